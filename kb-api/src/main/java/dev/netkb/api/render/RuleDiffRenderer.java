package dev.netkb.api.render;

import dev.netkb.api.edit.RuleDiff;
import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.api.rules.VerdictChange;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Waiver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes which verdicts other rules change, for people and for programs. Deterministic and thread-safe. */
public final class RuleDiffRenderer {

    /** The schema of the JSON document. */
    public static final String SCHEMA = "netkb/rule-diff/1";

    /** Where the schema of the JSON document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/rule-diff-1.schema.json";

    private final TextStyle style;

    public RuleDiffRenderer(TextStyle style) {
        this.style = style;
    }

    /** Snapshot by snapshot what changes, then how often it changes so. */
    public void table(RuleDiff diff, Appendable out) throws IOException {
        TextPage page = new TextPage(style);
        for (RuleDiff.Compared snapshot : diff.snapshots()) {
            snapshot(snapshot, page);
        }
        summary(diff)
                .forEach((change, count) -> page.line(MARGIN + String.format("%6d  ", count) + Printable.of(change)));
        page.line(Words.count(diff.changed(), "verdict") + (diff.changed() == 1 ? " changes in " : " change in ")
                + diff.affected() + " of " + Words.count(diff.snapshots().size(), "snapshot") + ", " + diff.unchanged()
                + " unchanged");
        out.append(page.toString());
    }

    private static final String MARGIN = "  ";

    /** Such as {@code C-NET-05: violated (error) -> violated (warning)}. */
    private static Map<String, Long> summary(RuleDiff diff) {
        return diff.snapshots().stream()
                .flatMap(snapshot -> snapshot.changes().stream())
                .collect(Collectors.groupingBy(
                        change -> change.rule() + ": " + fromTo(change), TreeMap::new, Collectors.counting()));
    }

    private static void snapshot(RuleDiff.Compared snapshot, TextPage page) {
        if (snapshot.evaluated() && snapshot.complete() && snapshot.changes().isEmpty()) {
            return;
        }
        page.line(page.ink(Ink.HEADING, snapshot.source()));
        if (!snapshot.evaluated()) {
            page.words(Ink.ERROR, MARGIN, "was rejected, so nothing was compared");
            snapshot.problems()
                    .forEach(problem -> page.words(Ink.PLAIN, MARGIN, problem.code() + " " + problem.message()));
        } else if (!snapshot.complete()) {
            page.words(Ink.ERROR, MARGIN, "a rule failed, so changes may be missing");
        }
        page.blank();
        for (VerdictChange change : snapshot.changes()) {
            String id = Printable.of(change.rule());
            page.headed(page.ink(Ink.HEADING, id), id.length(), MARGIN + MARGIN, change.title());
            page.labelled("verdict", ink(change), fromTo(change));
            page.labelled("subject", Words.subject(change.subject(), Set.of()));
            if (change.flow() != null) {
                page.labelled("flow", Words.flow(change.flow()));
            }
            Result said = change.after() == null ? change.before() : change.after();
            if (said != null) {
                page.labelled(change.after() == null ? "it said" : "it says", Words.withShortIds(said.message()));
            }
            Waiver waiver = waiver(change);
            if (waiver != null) {
                page.labelled("waiver", waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires() + ")");
            }
            page.labelled("why", why(change));
            page.blank();
        }
    }

    /** Why the violation is accepted after the change, or was before it. */
    private static @Nullable Waiver waiver(VerdictChange change) {
        return Stream.of(Optional.ofNullable(change.after()), Optional.ofNullable(change.before()))
                .flatMap(Optional::stream)
                .map(Result::waiver)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<String> why(VerdictChange change) {
        if (change.why().isEmpty()) {
            return List.of(
                    waiver(change) == null
                            ? "parameters, tiers, or other rules and rows that changed lead to it"
                            : "the waiver, which holds only before or only after");
        }
        return change.why().stream().map(RuleOrigin::text).toList();
    }

    private static String fromTo(VerdictChange change) {
        String from = said(change.before(), change.from());
        String to = said(change.after(), change.to());
        return from.equals(to) ? to + ", and says something else" : from + " -> " + to;
    }

    private static String said(@Nullable Result result, String outcome) {
        return result == null || !hasSeverity(result)
                ? outcome
                : outcome + " (" + result.severity().word() + ")";
    }

    private static boolean hasSeverity(Result result) {
        return switch (result.outcome()) {
            case VIOLATED, UNDETERMINED, WAIVED, KNOWN -> true;
            case PASSED, NOT_APPLICABLE -> false;
        };
    }

    private static Ink ink(VerdictChange change) {
        Result after = change.after();
        if (after == null) {
            return Ink.PLAIN;
        }
        return switch (after.outcome()) {
            case VIOLATED ->
                after.severity() == Severity.ERROR
                        ? Ink.ERROR
                        : after.severity() == Severity.WARNING ? Ink.WARNING : Ink.INFO;
            case UNDETERMINED -> Ink.UNDETERMINED;
            case PASSED -> Ink.GOOD;
            default -> Ink.PLAIN;
        };
    }

    /** A JSON document of schema {@value #SCHEMA}. */
    public void json(RuleDiff diff, Appendable out) throws IOException {
        try (JsonText json = JsonText.to(out)) {
            json.object().field("schema", SCHEMA);
            rules("before", diff.before(), json);
            rules("after", diff.after(), json);
            json.object("summary")
                    .field("snapshots", diff.snapshots().size())
                    .field("affected", diff.affected())
                    .field("changed", diff.changed())
                    .field("unchanged", diff.unchanged())
                    .field("rejected", (int) diff.snapshots().stream()
                            .filter(s -> !s.evaluated())
                            .count())
                    .endObject()
                    .array("snapshots");
            for (RuleDiff.Compared snapshot : diff.snapshots()) {
                json.object()
                        .field("source", snapshot.source())
                        .field("status", snapshot.evaluated() ? "evaluated" : "rejected")
                        .field("complete", snapshot.complete())
                        .field("unchanged", snapshot.unchanged())
                        .array("changes");
                for (VerdictChange change : snapshot.changes()) {
                    change(change, json);
                }
                json.endArray().endObject();
            }
            json.endArray().endObject().end();
        }
    }

    private static void rules(String name, Report.Rules rules, JsonText json) throws IOException {
        json.object(name).field("count", rules.count()).array("packs");
        for (Report.Pack pack : rules.packs()) {
            json.object()
                    .field("name", pack.name())
                    .field("version", pack.version())
                    .field("origin", pack.origin())
                    .field("sha256", pack.sha256())
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static void change(VerdictChange change, JsonText json) throws IOException {
        json.object()
                .field("rule", change.rule())
                .field("title", change.title())
                .object("subject")
                .field("type", change.subject().type())
                .field("id", change.subject().id().text())
                .field("location", change.subject().location())
                .endObject();
        if (change.flow() == null) {
            json.nothing("flow");
        } else {
            json.object("flow")
                    .field("direction", change.flow().direction())
                    .field("protocol", change.flow().protocol())
                    .field("ports", change.flow().ports())
                    .field("remote", change.flow().remote())
                    .endObject();
        }
        side("before", change.from(), change.before(), json);
        side("after", change.to(), change.after(), json);
        json.array("why");
        for (RuleOrigin origin : change.why()) {
            json.object()
                    .field("pack", origin.pack())
                    .field("what", origin.what())
                    .field("place", origin.place())
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static void side(String name, String outcome, @Nullable Result result, JsonText json) throws IOException {
        json.object(name)
                .field("outcome", outcome)
                .field(
                        "severity",
                        result == null || !hasSeverity(result)
                                ? null
                                : result.severity().word())
                .field("message", result == null ? null : result.message())
                .endObject();
    }
}
