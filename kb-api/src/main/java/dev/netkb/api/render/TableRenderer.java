package dev.netkb.api.render;

import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Source;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report for a person: grouped by snapshot and location, worst first, each violation as subject, because,
 * evidence, remediation and source; a last line with the counts.
 *
 * <p>Names from data are made safe to print ({@link Printable}).
 */
public final class TableRenderer implements ReportRenderer {

    /** How many notices of one kind are shown for a snapshot. */
    private static final int NOTICES = 5;

    /** How many undecided requirements that lack the same data are shown with their flows. */
    private static final int UNDECIDED = 24;

    private static final Comparator<Result> WORST_FIRST =
            Comparator.comparing(Result::severity).thenComparing(Result.ORDER);

    private final TextStyle style;

    public TableRenderer(TextStyle style) {
        this.style = style;
    }

    @Override
    public void render(Report report, Appendable out) throws IOException {
        for (SnapshotReport snapshot : report.snapshots()) {
            TextPage page = new TextPage(style);
            snapshot(page, snapshot, report.rules());
            page.blank();
            out.append(page.toString());
        }
        TextPage page = new TextPage(style);
        footer(page, report);
        out.append(page.toString());
    }

    private static void snapshot(TextPage page, SnapshotReport snapshot, Report.Rules ofAll) {
        String rejected = snapshot.evaluated() ? "" : " " + page.ink(Ink.ERROR, "rejected");
        page.line("snapshot " + page.ink(Ink.HEADING, snapshot.source()) + rejected);
        problems(
                page,
                snapshot.problems().stream()
                        .filter(problem -> !MissingData.isMissing(problem))
                        .toList());
        if (!snapshot.evaluated()) {
            return;
        }
        if (!snapshot.complete()) {
            page.words(Ink.ERROR, "  ", "incomplete: a rule failed or was stopped, so results may be missing");
        }
        Report.Rules rules = snapshot.rules().equals(Report.Rules.NONE) ? ofAll : snapshot.rules();
        ResultGroups groups = ResultGroups.of(snapshot);
        for (LocationSummary location : snapshot.locations()) {
            page.blank();
            heading(page, location);
            results(page, groups.of(location), introduced(location), rules);
        }
        groups.others().forEach((heading, results) -> {
            page.blank();
            page.words(Ink.HEADING, "", "    ", heading);
            results(page, results, Set.of(), rules);
        });
        if (snapshot.locations().isEmpty()) {
            page.blank();
            page.words(
                    Ink.WARNING,
                    "",
                    "No location of a service was found, so no requirement was checked."
                            + " Export the API Management service too.");
        }
        missing(
                page,
                snapshot.problems().stream().filter(MissingData::isMissing).toList());
    }

    /** What the whole export lacks, what most results wait for first, each with the command that fetches it. */
    private static void missing(TextPage page, List<Problem> missing) {
        if (missing.isEmpty()) {
            return;
        }
        page.blank();
        page.words(
                Ink.HEADING, "", "  ", "Missing from this export; fetch it with these commands into the same folder:");
        for (Problem each : missing) {
            page.words(Ink.PLAIN, "  ", "      ", MissingData.inWords(each));
            page.command(each.hint());
        }
    }

    /** Worst first; of notices of one kind a few, and what to do about them once. */
    static void problems(TextPage page, List<Problem> problems) {
        List<Problem> worstFirst =
                problems.stream().sorted(Comparator.comparing(Problem::level)).toList();
        Map<String, Integer> notices = new LinkedHashMap<>();
        Set<String> hints = new HashSet<>();
        for (Problem problem : worstFirst) {
            boolean notice = problem.level() == Problem.Level.NOTICE;
            if (!notice || notices.merge(problem.code(), 1, Integer::sum) <= NOTICES) {
                problem(page, problem, !notice || hints.add(problem.code() + problem.hint()));
            }
        }
        notices.forEach((code, count) -> {
            if (count > NOTICES) {
                page.words(
                        Ink.QUIET,
                        "  ",
                        code + " and " + Words.count(count - NOTICES, "more notice") + " like this; the json format"
                                + " lists all");
            }
        });
    }

    private static void problem(TextPage page, Problem problem, boolean withHint) {
        String level = problem.level().name();
        Ink ink = switch (problem.level()) {
            case ERROR -> Ink.ERROR;
            case WARNING -> Ink.WARNING;
            case NOTICE -> Ink.QUIET;
        };
        String head = "  " + problem.code() + " [" + level + "]";
        String at = Words.place(problem.at());
        page.headed(
                "  " + problem.code() + " " + page.ink(ink, "[" + level + "]"),
                head.length(),
                "      ",
                (at.isEmpty() ? "" : at + ": ") + problem.message());
        if (withHint && !problem.hint().isBlank()) {
            page.words(Ink.QUIET, "      ", problem.hint());
        }
    }

    private static void heading(TextPage page, LocationSummary location) {
        ResourceId subnet = location.subnet();
        List<String> words = new ArrayList<>();
        words.add(location.virtualNetworkType());
        words.add(location.sku() == null ? "unknown tier" : location.sku());
        words.add(location.platformVersion() == null ? "unknown platform" : location.platformVersion());
        words.add(subnet == null ? "no subnet" : "subnet " + Words.shortName(subnet));
        words.add("baseline " + location.baseline());
        page.words(
                Ink.HEADING,
                "",
                "    ",
                location.service().name() + " in " + location.location() + ": " + String.join(", ", words));
        page.words(Ink.QUIET, "  ", location.service().text());
        if (subnet != null) {
            page.words(Ink.QUIET, "  ", subnet.text());
        }
    }

    private static Set<ResourceId> introduced(LocationSummary location) {
        ResourceId subnet = location.subnet();
        return subnet == null || subnet.equals(location.service())
                ? Set.of(location.service())
                : Set.of(location.service(), subnet);
    }

    /**
     * @param introduced ids that the heading has told in full
     * @param rules those by which the results were decided
     */
    static void results(TextPage page, List<Result> results, Set<ResourceId> introduced, Report.Rules rules) {
        Map<Outcome, List<Result>> byOutcome = new EnumMap<>(Outcome.class);
        for (Result result : results) {
            byOutcome.computeIfAbsent(result.outcome(), o -> new ArrayList<>()).add(result);
        }
        List<Result> violated = byOutcome.getOrDefault(Outcome.VIOLATED, List.of());
        List<Result> undetermined = byOutcome.getOrDefault(Outcome.UNDETERMINED, List.of());
        List<Result> passed = byOutcome.getOrDefault(Outcome.PASSED, List.of());

        if (violated.isEmpty() && undetermined.isEmpty()) {
            page.line("  " + page.ink(Ink.GOOD, "no violations"));
        }
        List<Result> worstFirst = violated.stream().sorted(WORST_FIRST).toList();
        List<Result> consequences = Consequences.among(worstFirst);
        Set<Result> toldElsewhere = new HashSet<>(consequences);
        List<Result> own =
                worstFirst.stream().filter(r -> !toldElsewhere.contains(r)).toList();
        violations(page, own, consequences, introduced, rules);
        undetermined(page, undetermined.stream().sorted(WORST_FIRST).toList(), introduced, rules);
        List<Result> infos =
                own.stream().filter(r -> r.severity() == Severity.INFO).toList();
        if (!infos.isEmpty()) {
            page.blank();
            infos.forEach(info -> oneLine(page, info, Ink.INFO, "INFO", info.message()));
        }
        accepted(page, byOutcome.getOrDefault(Outcome.WAIVED, List.of()), "WAIVED");
        accepted(page, byOutcome.getOrDefault(Outcome.KNOWN, List.of()), "KNOWN");
        passed(page, passed);
        notApplicable(page, byOutcome.getOrDefault(Outcome.NOT_APPLICABLE, List.of()));
    }

    private static void violations(
            TextPage page,
            List<Result> violated,
            List<Result> consequences,
            Set<ResourceId> introduced,
            Report.Rules rules) {
        boolean told = false;
        for (Result result : violated) {
            if (result.severity() != Severity.INFO) {
                boolean here = !told && Consequences.isCause(result);
                violation(page, result, here ? consequences : List.of(), introduced);
                pack(page, List.of(result), rules);
                told |= here;
            }
        }
    }

    private static void violation(TextPage page, Result result, List<Result> consequences, Set<ResourceId> introduced) {
        page.blank();
        Ink ink = result.severity() == Severity.ERROR ? Ink.ERROR : Ink.WARNING;
        head(page, result, ink, result.severity().name());
        page.labelled("subject", Words.subject(result.subject(), introduced));
        page.labelled("because", result.message());
        evidence(page, result);
        if (!consequences.isEmpty()) {
            page.labelled("consequence", Consequences.inWords(consequences));
        }
        page.labelled("note", result.notes());
        remediation(page, result.remediation());
        sources(page, result.source());
    }

    /** The packaged rules go without saying. */
    private static void pack(TextPage page, List<Result> results, Report.Rules rules) {
        page.labelled(
                "pack",
                results.stream()
                        .flatMap(result -> rules.folderOf(result.rule()).stream())
                        .distinct()
                        .toList());
    }

    private static void head(TextPage page, Result result, Ink ink, String word) {
        String rule = Printable.of(result.rule());
        int width = rule.length() + word.length() + 3;
        page.headed(page.ink(Ink.HEADING, rule) + " " + page.ink(ink, "[" + word + "]"), width, "    ", result.title());
    }

    private static void evidence(TextPage page, Result result) {
        Grounds grounds = Grounds.of(result);
        page.labelled("evidence", grounds.evidence());
        page.labelled("denied", grounds.denied());
    }

    private static void remediation(TextPage page, @Nullable Remediation remediation) {
        if (remediation == null) {
            return;
        }
        page.labelled("remediation", remediation.hint());
        remediation.commands().getOrDefault("az", List.of()).forEach(page::command);
        List<String> gaps = remediation.gaps("az");
        if (!gaps.isEmpty()) {
            page.labelled("fill in", String.join(", ", gaps) + " before you run this");
        }
        if (!remediation.introduces().isEmpty()) {
            page.labelled("", "this alone would violate " + String.join(", ", remediation.introduces()));
        }
    }

    /** The newest document in full, the others by name: they say the same for older dates. */
    private static void sources(TextPage page, List<Source> sources) {
        if (sources.isEmpty()) {
            return;
        }
        Source newest = Words.newest(sources);
        List<String> others = sources.stream()
                .filter(source -> !source.equals(newest))
                .map(Source::document)
                .distinct()
                .toList();
        page.labelled("source", Words.source(newest));
        if (!others.isEmpty()) {
            page.labelled("", "also " + String.join(", ", others));
        }
    }

    /** Requirements that lack the same kind of data stand together: the data are what a reader has to get. */
    private static void undetermined(
            TextPage page, List<Result> undetermined, Set<ResourceId> introduced, Report.Rules rules) {
        Map<Set<String>, List<Result>> byKind = new LinkedHashMap<>();
        for (Result result : undetermined) {
            byKind.computeIfAbsent(MissingData.kinds(result), k -> new ArrayList<>())
                    .add(result);
        }
        for (List<Result> results : byKind.values()) {
            page.blank();
            Result first = results.get(0);
            if (results.size() == 1) {
                head(page, first, Ink.UNDETERMINED, "UNDETERMINED");
                page.labelled("subject", Words.subject(first.subject(), introduced));
                page.labelled("because", first.message());
            } else {
                page.headed(
                        page.ink(Ink.UNDETERMINED, "[UNDETERMINED]"),
                        "[UNDETERMINED]".length(),
                        "    ",
                        results.size() + " requirements lack the same data");
                page.labelled("undecided", undecided(results));
            }
            List<String> missing = MissingData.inWords(results);
            if (results.size() > 1 || !missing.equals(List.of(first.message()))) {
                page.labelled("missing", missing);
            }
            MissingData.export(results).ifPresent(export -> {
                page.labelled("export", export.hint());
                page.command(export.command());
            });
            page.labelled(
                    "note",
                    results.stream().flatMap(r -> r.notes().stream()).distinct().toList());
            if (results.size() == 1) {
                pack(page, results, rules);
            }
        }
    }

    private static String ruleAndFlow(Result result) {
        FlowResult flow = result.flow();
        return flow == null ? result.rule() : result.rule() + " (" + Words.flow(flow) + ")";
    }

    /** Each with its flow; of very many the first ids, because what they lack is the same anyway. */
    private static String undecided(List<Result> results) {
        if (results.size() <= UNDECIDED) {
            return String.join(
                    "; ", results.stream().map(TableRenderer::ruleAndFlow).toList());
        }
        List<String> ids = results.stream().map(Result::rule).distinct().toList();
        List<String> first = ids.subList(0, Math.min(UNDECIDED / 2, ids.size()));
        return String.join(", ", first)
                + (first.size() == ids.size()
                        ? ""
                        : " and " + (ids.size() - first.size()) + " more; the json format lists all");
    }

    static void oneLine(TextPage page, Result result, Ink ink, String word, String words) {
        String rule = Printable.of(result.rule());
        page.headed(
                page.ink(Ink.HEADING, rule) + " " + page.ink(ink, "[" + word + "]"),
                rule.length() + word.length() + 3,
                "    ",
                words);
    }

    private static void accepted(TextPage page, List<Result> results, String word) {
        if (!results.isEmpty()) {
            page.blank();
        }
        for (Result result : results) {
            String why = result.waiver() == null
                    ? ""
                    : " (" + result.waiver().reason() + "; " + result.waiver().owner() + ", until "
                            + result.waiver().expires() + ")";
            oneLine(page, result, Ink.QUIET, word, result.message() + why);
        }
    }

    private static void passed(TextPage page, List<Result> passed) {
        if (passed.isEmpty()) {
            return;
        }
        page.blank();
        page.line(page.ink(Ink.GOOD, Words.count(passed.size(), "requirement") + " passed"));
        for (Result result : passed) {
            String notes = result.notes().isEmpty() ? "" : " (" + String.join("; ", result.notes()) + ")";
            page.words(Ink.PLAIN, "  ", "      ", result.rule() + "  " + passedBecause(result) + notes);
        }
    }

    private static String passedBecause(Result result) {
        FlowResult flow = result.flow();
        if (flow == null) {
            return result.message();
        }
        List<String> by = flow.stages().stream()
                .flatMap(stage -> stage.decidedBy().stream())
                .map(Words::decidingRule)
                .distinct()
                .toList();
        return Words.flow(flow) + (by.isEmpty() ? "" : ": " + Words.few(by));
    }

    private static void notApplicable(TextPage page, List<Result> results) {
        if (results.isEmpty()) {
            return;
        }
        page.blank();
        List<String> ids = results.stream().map(Result::rule).distinct().toList();
        page.words(
                Ink.QUIET,
                "",
                "  ",
                Words.count(results.size(), "requirement") + (results.size() == 1 ? " does" : " do") + " not apply: "
                        + String.join(", ", ids));
    }

    private void footer(TextPage page, Report report) {
        Report.Summary summary = report.summary();
        Report.Tags tags = report.serviceTags();
        if (tags != null) {
            page.words(
                    Ink.QUIET,
                    "",
                    "Service tags: " + tags.cloud() + ", change " + tags.changeNumber() + " (" + tags.file() + ")");
        }
        List<String> counts = new ArrayList<>();
        counts.add(counted(page, Ink.ERROR, summary.errors(), "error"));
        counts.add(counted(page, Ink.WARNING, summary.warnings(), "warning"));
        counts.add(counted(page, Ink.INFO, summary.infos(), "info"));
        counts.add(page.ink(
                summary.undetermined() == 0 ? Ink.PLAIN : Ink.UNDETERMINED, summary.undetermined() + " undetermined"));
        counts.addAll(Words.accepted(summary));
        String rejected =
                summary.rejected() == 0 ? "" : " (" + page.ink(Ink.ERROR, summary.rejected() + " rejected") + ")";
        page.line(String.join(", ", counts) + " in " + Words.count(summary.snapshots(), "snapshot") + rejected + ", "
                + Words.count(summary.locations(), "location"));
        if (summary.locations() == 0) {
            page.line(page.ink(Ink.ERROR, "NOTHING WAS CHECKED, which is no pass"));
        }
    }

    private static String counted(TextPage page, Ink ink, int count, String singular) {
        return page.ink(count == 0 ? Ink.PLAIN : ink, Words.count(count, singular));
    }
}
