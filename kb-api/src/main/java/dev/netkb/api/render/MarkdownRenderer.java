package dev.netkb.api.render;

import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Writes a report as Markdown that fits a comment on a pull request: the counts, then what is violated, worst first, each
 * behind a line that unfolds, then what is undetermined and what is accepted. What does not fit is left out from the end,
 * and the text says how much. Names from data are no markup ({@link Markup}).
 */
public final class MarkdownRenderer implements ReportRenderer {

    /** What a comment on GitHub holds; other services take more. */
    static final int LONGEST = 65_536;

    /** Room for the line that says what was left out. */
    private static final int RESERVE = 300;

    /** How many snapshots have a row in the table, and how many of those that were not evaluated a line. */
    private static final int SNAPSHOTS = 50;

    /** How many lines of evidence, and how many characters of a text, a person is shown. */
    private static final int LINES = 10;

    private static final int TEXT = 1_000;

    /** Beyond so many characters commands are not shown at all: a part of them would do harm. */
    private static final int COMMANDS = 4_000;

    private final int longest;

    public MarkdownRenderer() {
        this(LONGEST);
    }

    /** @param longest how many characters the text may have; the head is written in any case */
    MarkdownRenderer(int longest) {
        this.longest = longest;
    }

    private record Item(SnapshotReport snapshot, Result result) {}

    /** Items below one heading; {@code before} and {@code after} stand around them. */
    private record Section(String heading, String before, List<String> items, String after) {}

    @Override
    public void render(Report report, Appendable out) throws IOException {
        StringBuilder text = new StringBuilder();
        head(report, text);
        int left = 0;
        boolean full = false;
        for (Section section : sections(report)) {
            int shown = 0;
            for (String item : section.items()) {
                String frame = shown == 0 ? section.heading() + section.before() : "";
                full |= text.length()
                                + frame.length()
                                + item.length()
                                + section.after().length()
                                + RESERVE
                        > longest;
                if (full) {
                    left++;
                } else {
                    text.append(frame).append(item);
                    shown++;
                }
            }
            if (shown > 0) {
                text.append(section.after());
            }
        }
        if (left > 0) {
            text.append("\n**")
                    .append(Words.count(left, "more result"))
                    .append(left == 1 ? " is" : " are")
                    .append(" left out: a comment holds no more. The other formats have all.**\n");
        }
        out.append(text);
    }

    private static void head(Report report, StringBuilder text) {
        Report.Summary all = report.summary();
        text.append("### netkb: ")
                .append(Words.count(all.errors(), "error"))
                .append(", ")
                .append(Words.count(all.warnings(), "warning"))
                .append(", ")
                .append(Words.count(all.infos(), "info"))
                .append(", ")
                .append(all.undetermined())
                .append(" undetermined");
        Words.accepted(all).forEach(count -> text.append(", ").append(count));
        text.append(SnapshotState.noPass(report.snapshots())).append("\n\n");
        if (all.locations() == 0) {
            text.append("**Nothing was checked, which is no pass.**\n\n");
        }
        text.append("| snapshot | locations | errors | warnings | infos | undetermined | waived | known |\n")
                .append("|---|--:|--:|--:|--:|--:|--:|--:|\n");
        List<SnapshotReport> worstFirst = report.snapshots().stream()
                .sorted(Comparator.comparing(SnapshotState::of, Comparator.comparing(MarkdownRenderer::urgency))
                        .thenComparing(s -> -count(s, Severity.ERROR))
                        .thenComparing(s -> -count(s, Severity.WARNING)))
                .toList();
        for (SnapshotReport snapshot : worstFirst.subList(0, Math.min(worstFirst.size(), SNAPSHOTS))) {
            row(snapshot, text);
        }
        text.append('\n');
        if (worstFirst.size() > SNAPSHOTS) {
            text.append("and ").append(worstFirst.size() - SNAPSHOTS).append(" more snapshots\n\n");
        }
        List<SnapshotReport> troubled = worstFirst.stream()
                .filter(snapshot -> SnapshotState.of(snapshot) != SnapshotState.EVALUATED)
                .limit(LINES)
                .toList();
        troubled.forEach(snapshot -> text.append("- ")
                .append(Markup.code(Words.shortened(snapshot.source(), TEXT)))
                .append(": ")
                .append(words(SnapshotState.why(snapshot)))
                .append('\n'));
        text.append(troubled.isEmpty() ? "" : "\n");
    }

    private static int urgency(SnapshotState state) {
        return state == SnapshotState.EVALUATED ? 1 : 0;
    }

    private static void row(SnapshotReport snapshot, StringBuilder text) {
        SnapshotState state = SnapshotState.of(snapshot);
        text.append("| ")
                .append(Markup.code(Words.shortened(snapshot.source(), LINES * LINES)))
                .append(state == SnapshotState.EVALUATED ? "" : " **" + words(inWords(state)) + "**");
        for (long number : List.of(
                (long) snapshot.locations().size(),
                count(snapshot, Severity.ERROR),
                count(snapshot, Severity.WARNING),
                count(snapshot, Severity.INFO),
                count(snapshot, Outcome.UNDETERMINED),
                count(snapshot, Outcome.WAIVED),
                count(snapshot, Outcome.KNOWN))) {
            text.append(" | ").append(number);
        }
        text.append(" |\n");
    }

    private static String inWords(SnapshotState state) {
        return state == SnapshotState.NOTHING_CHECKED ? "nothing checked" : state.word();
    }

    private static long count(SnapshotReport snapshot, Severity severity) {
        return count(snapshot, r -> r.outcome() == Outcome.VIOLATED && r.severity() == severity);
    }

    private static long count(SnapshotReport snapshot, Outcome outcome) {
        return count(snapshot, r -> r.outcome() == outcome);
    }

    private static long count(SnapshotReport snapshot, Predicate<Result> wanted) {
        return snapshot.results().stream().filter(wanted).count();
    }

    private static List<Section> sections(Report report) {
        List<Section> sections = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            List<Item> violated = items(report, r -> r.outcome() == Outcome.VIOLATED && r.severity() == severity);
            sections.add(new Section(
                    "#### " + severity.name().charAt(0) + severity.word().substring(1) + "s (" + violated.size()
                            + ")\n\n",
                    "",
                    violated.stream().map(MarkdownRenderer::violation).toList(),
                    ""));
        }
        sections.add(lines(report, Outcome.UNDETERMINED, "Undetermined", item -> ""));
        sections.add(lines(report, Outcome.WAIVED, "Waived", MarkdownRenderer::waived));
        sections.add(lines(report, Outcome.KNOWN, "Known before", item -> ""));
        sections.add(lines(report, Outcome.PASSED, "Passed", item -> ""));
        return sections;
    }

    private static List<Item> items(Report report, Predicate<Result> wanted) {
        return report.snapshots().stream()
                .flatMap(snapshot ->
                        snapshot.results().stream().filter(wanted).map(result -> new Item(snapshot, result)))
                .toList();
    }

    private static Section lines(Report report, Outcome outcome, String heading, Function<Item, String> more) {
        List<Item> items = items(report, r -> r.outcome() == outcome);
        return new Section(
                "#### " + heading + " (" + items.size() + ")\n\n",
                "<details><summary>show them</summary>\n\n",
                items.stream()
                        .map(item -> "- " + named(item.result()) + ": "
                                + words(item.result().message()) + more.apply(item) + "\n")
                        .toList(),
                "\n</details>\n\n");
    }

    private static String waived(Item item) {
        Waiver waiver = item.result().waiver();
        return waiver == null
                ? ""
                : words(" (" + waiver.reason() + "; " + waiver.owner() + ", until " + waiver.expires() + ")");
    }

    private static String violation(Item item) {
        Result result = item.result();
        StringBuilder text = new StringBuilder("<details><summary>")
                .append(named(result))
                .append(" ")
                .append(words(result.title()))
                .append("</summary>\n\n");
        line("because", words(result.message()), text);
        line("subject", code(result.subject().id().text()), text);
        Place at = Grounds.place(result);
        line("place", at.file().isEmpty() ? "" : code(place(item.snapshot(), at)), text);
        line("snapshot", code(item.snapshot().source()), text);
        Grounds grounds = Grounds.of(result);
        lines("evidence", grounds.evidence(), text);
        lines("denied", grounds.denied(), text);
        lines("note", result.notes(), text);
        Remediation remediation = result.remediation();
        if (remediation != null) {
            line("remediation", words(remediation.hint()), text);
            commands(remediation.commands().getOrDefault("az", List.of()), text);
            if (!remediation.introduces().isEmpty()) {
                line("this alone would violate", words(String.join(", ", remediation.introduces())), text);
            }
        }
        if (!result.source().isEmpty()) {
            line("source", words(Words.source(Words.newest(result.source()))), text);
        }
        return text.append("\n</details>\n\n").toString();
    }

    private static String place(SnapshotReport snapshot, Place at) {
        return Words.place(new Place(Grounds.path(snapshot, at), at.pointer(), at.line(), at.column()));
    }

    private static void commands(List<String> commands, StringBuilder text) {
        if (commands.stream().mapToInt(String::length).sum() > COMMANDS) {
            line("commands", "too long for a comment; the json format has them", text);
        } else if (!commands.isEmpty()) {
            text.append(Markup.block("sh", commands));
        }
    }

    private static void lines(String label, List<String> lines, StringBuilder text) {
        lines.stream().limit(LINES).forEach(each -> line(label, words(each), text));
        if (lines.size() > LINES) {
            line(label, "and " + (lines.size() - LINES) + " more", text);
        }
    }

    private static void line(String label, String safe, StringBuilder text) {
        if (!safe.isEmpty()) {
            text.append("- ").append(label).append(": ").append(safe).append('\n');
        }
    }

    /** {@code C-NET-05 shop in westeurope}. */
    private static String named(Result result) {
        String location = result.subject().location();
        return code(result.rule()) + " "
                + words(Words.shortName(result.subject().id()) + (location == null ? "" : " in " + location));
    }

    private static String code(String text) {
        return Markup.code(Words.shortened(text, TEXT));
    }

    private static String words(String text) {
        return Markup.text(Words.shortened(text, TEXT));
    }
}
