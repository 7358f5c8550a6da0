package dev.netkb.api.render;

import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.FlowChange.Packets;
import dev.netkb.model.report.FlowPart;
import dev.netkb.model.report.LocationDifference;
import dev.netkb.model.report.LocationDifference.Dependent;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.ResourceChange;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what differs between two snapshots: for a person what changes first, then what the change brings, what is
 * violated anew, what is solved, and which packets get through anew or no more; or as one JSON document of schema
 * {@value DiffReport#SCHEMA}, which {@code diff-1.schema.json} describes.
 *
 * <p>Names from data are made safe to print ({@link Printable}). Deterministic and thread-safe.
 */
public final class DiffRenderer {

    /** Where the schema of the document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/diff-1.schema.json";

    /** How many resources of one kind, dependents of one location and parts of one flow a person is shown. */
    private static final int SHOWN = 12;

    private final TextStyle style;
    private final boolean all;

    /** @param all whether people are shown what is unchanged one by one, instead of its number */
    public DiffRenderer(TextStyle style, boolean all) {
        this.style = style;
        this.all = all;
    }

    // ---- for people

    /** Writes it for a person. */
    public void table(DiffReport diff, Appendable out) throws IOException {
        TextPage page = new TextPage(style);
        side(page, "before", diff.before());
        side(page, "after ", diff.after());
        if (diff.compared()) {
            Set<ResourceId> introduced = changes(page, diff);
            results(page, "What the change brings", diff.changeResults(), introduced, diff.rules());
            List<Result> undecided = diff.violations().undecided();
            Set<Object> wereViolated = undecided.stream().map(Result::question).collect(Collectors.toSet());
            List<Result> undetermined = diff.undetermined().appeared();
            Predicate<Result> wasViolated = result -> wereViolated.contains(result.question());
            results(
                    page,
                    "New",
                    Stream.concat(
                                    diff.violations().appeared().stream(),
                                    undetermined.stream().filter(wasViolated.negate()))
                            .toList(),
                    introduced,
                    diff.rules());
            lines(page, "Solved", Ink.GOOD, "SOLVED", diff.violations().solved());
            lines(page, "Not decided any more", Ink.UNDETERMINED, "WAS VIOLATED", undecided);
            if (undetermined.stream().anyMatch(wasViolated)) {
                TableRenderer.results(
                        page, undetermined.stream().filter(wasViolated).toList(), introduced, diff.rules());
            }
            unchanged(page, diff.violations());
            flows(page, diff.flows());
        }
        page.blank();
        footer(page, diff);
        out.append(page.toString());
    }

    private static void side(TextPage page, String name, DiffReport.Side side) {
        SnapshotReport report = side.report();
        page.line(name + " " + page.ink(Ink.HEADING, report.source())
                + (report.evaluated() ? "" : " " + page.ink(Ink.ERROR, "rejected")));
        // Of a snapshot that was compared, notices are not about the change: check shows them.
        TableRenderer.problems(
                page,
                report.problems().stream()
                        .filter(problem -> !report.evaluated() || problem.level() != Problem.Level.NOTICE)
                        .toList());
    }

    /** @return the ids that were told in full */
    private Set<ResourceId> changes(TextPage page, DiffReport diff) {
        if (diff.locations().isEmpty() && diff.resources().isEmpty()) {
            page.blank();
            page.line(
                    diff.isWithoutLocations()
                            ? page.ink(
                                    Ink.WARNING,
                                    "No location of a service is in either snapshot, so no requirement was checked.")
                            : page.ink(Ink.GOOD, "nothing changes"));
        }
        for (LocationDifference location : diff.locations()) {
            page.blank();
            location(page, location);
        }
        resources(page, diff.resources());
        return diff.locations().stream().map(LocationDifference::service).collect(Collectors.toSet());
    }

    private void location(TextPage page, LocationDifference location) {
        page.words(
                Ink.HEADING,
                "",
                "    ",
                location.service().name() + " in " + location.location() + ": "
                        + location.kind().word());
        page.words(Ink.QUIET, "  ", location.service().text());
        for (LocationDifference.Field field : location.fields()) {
            page.words(
                    Ink.PLAIN,
                    "  ",
                    "      ",
                    field.name() + ": " + Words.withShortIds(field.before()) + " -> "
                            + Words.withShortIds(field.after()));
        }
        List<Dependent> dependents = location.dependents();
        if (!dependents.isEmpty()) {
            page.words(Ink.WARNING, "  ", "depend on its former addresses:");
        }
        dependents.stream()
                .limit(shown(dependents.size()))
                .forEach(dependent -> page.words(
                        Ink.PLAIN,
                        "    ",
                        "      ",
                        dependent.type() + " " + Words.shortName(dependent.id()) + " holds " + dependent.address()
                                + " in "
                                + dependent.field() + (dependent.inAfter() ? "" : " before the change")
                                + Words.bracketed(dependent.at())));
        more(page, dependents.size());
    }

    private int shown(int count) {
        return all ? count : SHOWN;
    }

    private void more(TextPage page, int count) {
        if (count > shown(count)) {
            page.words(Ink.QUIET, "    ", "and " + (count - SHOWN) + " more; --all shows them");
        }
    }

    private void resources(TextPage page, List<ResourceChange> resources) {
        if (resources.isEmpty()) {
            return;
        }
        page.blank();
        page.line(page.ink(Ink.HEADING, Words.count(resources.size(), "resource") + " changed, added or removed"));
        resources.stream()
                .limit(shown(resources.size()))
                .forEach(change -> page.words(
                        Ink.PLAIN,
                        "  ",
                        "      ",
                        change.kind().word() + " " + change.type() + " " + Words.shortName(change.id())));
        more(page, resources.size());
    }

    private static void results(
            TextPage page, String heading, List<Result> results, Set<ResourceId> introduced, Report.Rules rules) {
        if (!results.isEmpty()) {
            page.blank();
            page.line(page.ink(Ink.HEADING, heading + " (" + results.size() + ")"));
            TableRenderer.results(page, results, introduced, rules);
        }
    }

    private static void lines(TextPage page, String heading, Ink ink, String word, List<Result> results) {
        if (!results.isEmpty()) {
            page.blank();
            page.line(page.ink(Ink.HEADING, heading + " (" + results.size() + ")"));
            results.forEach(result -> TableRenderer.oneLine(page, result, ink, word, result.message()));
        }
    }

    private void unchanged(TextPage page, Difference violations) {
        List<Result> results = violations.unchanged();
        if (all) {
            lines(page, "Unchanged", Ink.QUIET, "UNCHANGED", results);
        } else if (!results.isEmpty()) {
            page.blank();
            page.words(
                    Ink.QUIET,
                    "",
                    Words.count(results.size(), "violation") + (results.size() == 1 ? " is" : " are")
                            + " as before; --all lists " + (results.size() == 1 ? "it" : "them"));
        }
    }

    private void flows(TextPage page, List<FlowChange> flows) {
        List<FlowChange> both = flows.stream()
                .filter(flow -> flow.before() != null && flow.after() != null)
                .toList();
        if (!both.isEmpty()) {
            page.blank();
            page.line(page.ink(Ink.HEADING, "Required flows that opened or closed (" + both.size() + ")"));
        }
        Predicate<FlowChange> folded = flow -> !all && isStillUndetermined(flow);
        for (FlowChange flow : both.stream().filter(folded.negate()).toList()) {
            page.words(
                    Ink.PLAIN,
                    "  ",
                    "      ",
                    flow.rule() + "  " + Words.flow(flow) + " in " + flow.location() + ": " + verdicts(flow));
            parts(page, flow, "opened", Ink.GOOD, flow.opened());
            parts(page, flow, "closed", Ink.ERROR, flow.closed());
            if (flow.packets() == Packets.OTHER_SUBNET) {
                page.words(Ink.QUIET, "      ", "the location is in another subnet, so packets are not compared");
            }
            if (flow.packets() == Packets.UNKNOWN) {
                page.words(Ink.QUIET, "      ", "what passes is not known on both sides, so packets are not compared");
            }
        }
        String open =
                both.stream().filter(folded).map(FlowChange::rule).distinct().collect(Collectors.joining(", "));
        if (!open.isEmpty()) {
            page.words(
                    Ink.QUIET,
                    "  ",
                    "      ",
                    "still undetermined, though other packets pass than before (--all shows which): " + open);
        }
        once(page, "Required no more", flows, flow -> flow.after() == null);
        once(page, "Required now", flows, flow -> flow.before() == null);
    }

    private static boolean isStillUndetermined(FlowChange flow) {
        return flow.before() == Verdict.UNDETERMINED && flow.after() == Verdict.UNDETERMINED;
    }

    private static String verdicts(FlowChange flow) {
        String was = verdict(flow.before());
        String is = verdict(flow.after());
        return was.equals(is) ? "still " + is + ", but other packets pass" : was + " -> " + is;
    }

    private static String verdict(@Nullable Verdict verdict) {
        return verdict == null ? "not required" : verdict.word();
    }

    private void parts(TextPage page, FlowChange flow, String label, Ink ink, List<FlowPart> parts) {
        parts.stream()
                .limit(shown(parts.size()))
                .forEach(part -> page.words(ink, "      ", "        ", label + " " + part(flow, part)));
        more(page, parts.size());
    }

    private String part(FlowChange flow, FlowPart part) {
        String toward = flow.direction().equals("Inbound") ? " from " : " to ";
        String ports = String.join(", ", part.ports()).replace("*", "any port");
        String remotes = all ? String.join(", ", part.remote()) : few(part.remote());
        return part.protocol() + " " + ports + toward + FlowRequirement.inWords(remotes)
                + (part.local().isEmpty() ? "" : ", near side " + Words.few(part.local()))
                + (part.sourcePorts().isEmpty() ? "" : ", source ports " + Words.few(part.sourcePorts()));
    }

    /** Like {@link Words#few}, but of parts that take many words only the first. */
    private static String few(List<String> remotes) {
        boolean wordy = remotes.size() > 1 && remotes.stream().anyMatch(remote -> remote.contains(" "));
        return wordy
                ? remotes.get(0) + ", and " + Words.count(remotes.size() - 1, "more part") + " (--all shows them)"
                : Words.few(remotes);
    }

    private static void once(TextPage page, String label, List<FlowChange> flows, Predicate<FlowChange> wanted) {
        List<String> found = flows.stream()
                .filter(wanted)
                .map(flow -> flow.rule() + " (" + Words.flow(flow) + " in " + flow.location() + ")")
                .toList();
        if (!found.isEmpty()) {
            page.blank();
            page.words(Ink.QUIET, "", "  ", label + ": " + String.join("; ", found));
        }
    }

    private static void footer(TextPage page, DiffReport diff) {
        if (!diff.compared()) {
            page.line(page.ink(Ink.ERROR, "nothing was compared: a snapshot was rejected"));
            return;
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int count = diff.newViolations(severity);
            Ink ink = count == 0
                    ? Ink.PLAIN
                    : severity == Severity.ERROR ? Ink.ERROR : severity == Severity.WARNING ? Ink.WARNING : Ink.INFO;
            counts.add(page.ink(ink, Words.count(count, "new " + severity.word())));
        }
        counts.add(diff.newlyUndetermined() + " newly undetermined");
        counts.add(diff.violations().solved().size() + " solved");
        if (!diff.violations().undecided().isEmpty()) {
            counts.add(diff.violations().undecided().size() + " not decided any more");
        }
        counts.add(diff.violations().unchanged().size() + " unchanged");
        Words.newlyAccepted(diff).ifPresent(words -> counts.add(words + " besides"));
        page.line(String.join(", ", counts));
        if (diff.isWithoutLocationsAfter()) {
            page.line(page.ink(Ink.ERROR, "NOTHING WAS CHECKED after the change, which is no pass"));
        }
    }

    // ---- for programs

    /** Writes it as JSON. */
    public void json(DiffReport diff, Appendable out) throws IOException {
        try (JsonText json = JsonText.to(out)) {
            json.object().field("schema", DiffReport.SCHEMA);
            json.object("tool")
                    .field("name", "netkb")
                    .field("version", diff.toolVersion())
                    .endObject();
            JsonRenderer.rules(json, diff.rules());
            side(json, "before", diff.before());
            side(json, "after", diff.after());
            summary(json, diff);
            json.array("locations");
            for (LocationDifference location : diff.locations()) {
                location(json, location);
            }
            json.endArray().array("resources");
            for (ResourceChange change : diff.resources()) {
                json.object()
                        .field("type", change.type())
                        .field("id", change.id().text())
                        .field("kind", change.kind().word())
                        .endObject();
            }
            json.endArray();
            results(json, "changeResults", diff.changeResults(), diff.rules());
            difference(json, "violations", diff.violations(), diff.rules());
            difference(json, "undetermined", diff.undetermined(), diff.rules());
            json.array("flows");
            for (FlowChange flow : diff.flows()) {
                flow(json, flow);
            }
            json.endArray().endObject().end();
        }
    }

    private static void side(JsonText json, String name, DiffReport.Side side) throws IOException {
        SnapshotReport report = side.report();
        json.object(name)
                .field("source", report.source())
                .field("status", report.evaluated() ? "evaluated" : "rejected");
        if (report.evaluated() && !report.complete()) {
            json.field("complete", false);
        }
        json.array("problems");
        for (Problem problem : report.problems()) {
            JsonRenderer.problem(json, problem);
        }
        json.endArray();
        JsonRenderer.tags(json, side.serviceTags());
        json.array("locations");
        for (LocationSummary location : report.locations()) {
            JsonRenderer.location(json, location);
        }
        json.endArray().endObject();
    }

    private static void summary(JsonText json, DiffReport diff) throws IOException {
        json.object("summary").object("new");
        for (Severity severity : Severity.values()) {
            json.field(severity.word(), diff.newViolations(severity));
        }
        json.endObject()
                .field("solved", diff.violations().solved().size())
                .field("undecided", diff.violations().undecided().size())
                .field("unchanged", diff.violations().unchanged().size())
                .field("undetermined", diff.newlyUndetermined())
                .field("flows", diff.flows().size())
                .endObject();
    }

    private static void location(JsonText json, LocationDifference location) throws IOException {
        json.object()
                .field("service", location.service().text())
                .field("location", location.location())
                .field("kind", location.kind().word())
                .array("fields");
        for (LocationDifference.Field field : location.fields()) {
            json.object()
                    .field("name", field.name())
                    .field("before", field.before())
                    .field("after", field.after())
                    .endObject();
        }
        json.endArray().array("dependents");
        for (Dependent dependent : location.dependents()) {
            json.object()
                    .field("address", dependent.address())
                    .field("type", dependent.type())
                    .field("id", dependent.id().text())
                    .field("field", dependent.field())
                    .field("snapshot", dependent.inAfter() ? "after" : "before");
            JsonRenderer.at(json, dependent.at());
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void difference(JsonText json, String name, Difference difference, Report.Rules rules)
            throws IOException {
        json.object(name);
        results(json, "new", difference.appeared(), rules);
        results(json, "solved", difference.solved(), rules);
        results(json, "undecided", difference.undecided(), rules);
        results(json, "unchanged", difference.unchanged(), rules);
        json.endObject();
    }

    private static void results(JsonText json, String name, List<Result> results, Report.Rules rules)
            throws IOException {
        json.array(name);
        for (Result result : results) {
            JsonRenderer.result(json, result, rules);
        }
        json.endArray();
    }

    private static void flow(JsonText json, FlowChange flow) throws IOException {
        json.object()
                .field("rule", flow.rule())
                .field("title", flow.title())
                .field("service", flow.service().text())
                .field("location", flow.location())
                .field("direction", flow.direction())
                .field("protocol", flow.protocol())
                .field("ports", flow.ports())
                .field("remote", flow.remote())
                .field("before", flow.before() == null ? null : flow.before().word())
                .field("after", flow.after() == null ? null : flow.after().word())
                .field("packets", flow.packets().word());
        parts(json, "opened", flow.opened());
        parts(json, "closed", flow.closed());
        json.endObject();
    }

    private static void parts(JsonText json, String name, List<FlowPart> parts) throws IOException {
        json.array(name);
        for (FlowPart part : parts) {
            json.object()
                    .field("protocol", part.protocol())
                    .field("ports", part.ports())
                    .field("remote", part.remote());
            if (!part.local().isEmpty()) {
                json.field("local", part.local());
            }
            if (!part.sourcePorts().isEmpty()) {
                json.field("sourcePorts", part.sourcePorts());
            }
            json.endObject();
        }
        json.endArray();
    }
}
