package dev.netkb.html;

import dev.netkb.api.render.ResultGroups;
import dev.netkb.api.render.SnapshotState;
import dev.netkb.api.render.Words;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Overview;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report as a page shows it: what cannot be taken for a pass first, then the worst.
 *
 * @param snapshots worst first
 * @param requirements the worst of those that fail
 * @param failing how many fail
 * @param subscriptions worst first
 */
record ReportPage(
        Report report,
        Tally tally,
        List<SnapshotPart> snapshots,
        List<Requirement> requirements,
        int failing,
        List<Overview.Subscription> subscriptions) {

    /** How many parts are open at first. */
    private static final int OPEN = 3;

    /** How many requirements and subscriptions the summary shows. */
    private static final int SHOWN = 8;

    /**
     * How a requirement fares.
     *
     * @param count how often it is violated
     * @param known how many of these were known before
     * @param first the anchor of the first finding
     * @param width that of its bar, in percent
     */
    record Requirement(
            String rule,
            String title,
            Kind kind,
            int count,
            int known,
            String width,
            @Nullable String first) {}

    /** An entry of a filter: {@code value} is what stands at the parts and results. */
    record Choice(String value, String label, int count) {}

    static ReportPage of(Report report) {
        List<SnapshotReport> sorted = report.snapshots().stream()
                .sorted(Comparator.comparing((SnapshotReport each) -> SnapshotState.of(each) == SnapshotState.EVALUATED)
                        .thenComparing(each -> Tally.of(each.results()), WORST_FIRST))
                .toList();
        Builder builder = new Builder(report.rules());
        List<SnapshotPart> snapshots = sorted.stream().map(builder::snapshot).toList();
        Overview overview = Overview.of(List.of(report), List.of());
        return new ReportPage(
                report,
                Tally.of(snapshots.stream().map(SnapshotPart::tally).toList()),
                snapshots,
                requirements(overview, builder.firsts),
                (int) overview.requirements().stream()
                        .filter(each -> each.violated() > 0)
                        .count(),
                overview.subscriptions());
    }

    private static final Comparator<Tally> WORST_FIRST = (one, other) -> {
        for (Kind kind : List.of(Kind.ERROR, Kind.WARNING, Kind.INFO, Kind.UNDETERMINED, Kind.KNOWN)) {
            int order = Integer.compare(other.of(kind), one.of(kind));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    /** Numbers snapshots, parts and findings as they stand in the page. */
    private static final class Builder {

        private final Report.Rules rules;

        /** Rule → the anchor of the first finding that violates it. */
        private final Map<String, String> firsts = new HashMap<>();

        private int snapshots;
        private int parts;
        private int findings;
        private int open;

        Builder(Report.Rules rules) {
            this.rules = rules;
        }

        SnapshotPart snapshot(SnapshotReport snapshot) {
            ResultGroups groups = ResultGroups.of(snapshot);
            List<Part> all = new ArrayList<>();
            snapshot.locations().stream()
                    .sorted(Comparator.comparing(location -> Tally.of(groups.of(location)), WORST_FIRST))
                    .forEach(location -> all.add(part(snapshot, heading(location), location, groups.of(location))));
            groups.others().forEach((heading, results) -> all.add(part(snapshot, heading, null, results)));
            return new SnapshotPart("s" + ++snapshots, snapshot, Tally.of(snapshot.results()), all);
        }

        private Part part(
                SnapshotReport snapshot, String heading, @Nullable LocationSummary location, List<Result> results) {
            Report.Rules by = snapshot.rules().equals(Report.Rules.NONE) ? rules : snapshot.rules();
            List<Result> worstFirst =
                    results.stream().sorted(Findings.WORST_FIRST).toList();
            int first = findings + 1;
            List<Finding> numbered = worstFirst.stream()
                    .map(result -> Finding.of("r" + ++findings, snapshot, result, by))
                    .toList();
            Findings sorted = Findings.of(numbered);
            sorted.stream()
                    .filter(finding -> finding.kind().isViolated() || finding.kind() == Kind.KNOWN)
                    .forEach(finding -> firsts.putIfAbsent(finding.result().rule(), finding.id()));
            Tally tally = Tally.of(results);
            boolean failing = tally.worst().compareTo(Kind.UNDETERMINED) <= 0;
            return new Part(
                    "l" + ++parts, heading, location, worstFirst, first, tally, sorted, failing && open++ < OPEN);
        }

        private static String heading(LocationSummary location) {
            return location.service().name() + " in " + location.location();
        }
    }

    private static List<Requirement> requirements(Overview overview, Map<String, String> firsts) {
        List<Overview.Requirement> violated = overview.requirements().stream()
                .filter(each -> each.violated() > 0)
                .sorted(Comparator.comparing(Overview.Requirement::severity)
                        .thenComparing(Comparator.comparing(Overview.Requirement::violated)
                                .reversed())
                        .thenComparing(each -> number(firsts.get(each.rule())))
                        .thenComparing(Overview.Requirement::rule))
                .limit(SHOWN)
                .toList();
        double most =
                violated.stream().mapToInt(Overview.Requirement::violated).max().orElse(1);
        return violated.stream()
                .map(each -> new Requirement(
                        each.rule(),
                        each.title(),
                        switch (each.severity()) {
                            case ERROR -> Kind.ERROR;
                            case WARNING -> Kind.WARNING;
                            case INFO -> Kind.INFO;
                        },
                        each.violated(),
                        each.known(),
                        Tally.percent(each.violated() / most),
                        firsts.get(each.rule())))
                .toList();
    }

    /** Where a finding stands in the page. */
    private static int number(@Nullable String anchor) {
        return anchor == null ? Integer.MAX_VALUE : Integer.parseInt(anchor.substring(1));
    }

    /** What the whole report says, in a few words. */
    String headline() {
        Report.Summary all = report.summary();
        if (tally.hasViolations()) {
            return tally.violations() + SnapshotState.noPass(report.snapshots());
        }
        if (all.locations() == 0 && tally.total() == 0) {
            return "Nothing was checked, which is no pass";
        }
        List<String> rest = Stream.of(Kind.KNOWN, Kind.UNDETERMINED, Kind.WAIVED)
                .filter(kind -> tally.of(kind) > 0)
                .map(kind -> kind.counted(tally.of(kind)))
                .toList();
        if (!rest.isEmpty()) {
            boolean accepted = tally.of(Kind.KNOWN) + tally.of(Kind.WAIVED) > 0;
            return (accepted ? "Nothing new, but " : "Nothing found violated, but ")
                    + String.join(" and ", rest)
                    + SnapshotState.noPass(report.snapshots());
        }
        return alarming().isEmpty() ? "No violations" : "No violations in what was checked";
    }

    /** How bad it is. */
    Kind worst() {
        return alarming().isEmpty() && report.summary().locations() > 0 ? tally.worst() : Kind.ERROR;
    }

    /** Where it was looked. */
    String scope() {
        Report.Summary all = report.summary();
        return "in " + Words.count(all.locations(), "location") + " of " + Words.count(all.snapshots(), "snapshot");
    }

    /** Snapshots that nobody may take for a pass. */
    List<SnapshotPart> alarming() {
        return snapshots.stream().filter(SnapshotPart::isAlarming).toList();
    }

    /** The worst subscriptions, where there are several. */
    List<Overview.Subscription> worstSubscriptions() {
        return subscriptions.size() < 2 ? List.of() : subscriptions.subList(0, Math.min(subscriptions.size(), SHOWN));
    }

    /** The families of requirements. */
    List<Choice> families() {
        Map<String, Integer> counts = new TreeMap<>();
        snapshots.stream()
                .flatMap(snapshot -> snapshot.parts().stream())
                .flatMap(part -> part.findings().stream())
                .forEach(finding -> counts.merge(finding.family(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each -> new Choice(each.getKey(), each.getKey(), each.getValue()))
                .toList();
    }

    /** Subscription → its number, in the order of names. */
    Map<String, Integer> subscriptionNumbers() {
        SortedSet<String> ids = new TreeSet<>();
        snapshots.forEach(snapshot -> snapshot.parts().forEach(part -> ids.addAll(part.subscriptions())));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        ids.forEach(id -> numbers.put(id, numbers.size()));
        return numbers;
    }

    /** {@code 200 rules of netkb 2026.11}. */
    static String rules(Report.Rules rules) {
        String packs = rules.packs().stream()
                .map(pack -> pack.name() + " " + pack.version())
                .collect(Collectors.joining(", "));
        return Words.count(rules.count(), "rule") + (packs.isEmpty() ? "" : " of " + packs);
    }

    /** Whether some requirement fails more than once, so that bars tell something. */
    boolean hasBars() {
        return requirements.stream().anyMatch(each -> each.count() > 1);
    }

    /** Tool, rules and tag data. */
    List<String> facts() {
        List<String> facts = new ArrayList<>();
        facts.add("netkb " + report.toolVersion());
        facts.add(rules(report.rules()));
        facts.add(Optional.ofNullable(report.serviceTags())
                .map(tags -> "service tags " + tags.cloud() + " " + tags.changeNumber())
                .orElse("no service tag data"));
        return facts;
    }
}
