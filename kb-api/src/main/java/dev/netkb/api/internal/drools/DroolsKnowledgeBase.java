package dev.netkb.api.internal.drools;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.Parameters;
import dev.netkb.api.RefusedRoutes;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.StaleRoutes;
import dev.netkb.api.UnknownTags;
import dev.netkb.api.UnknownTiers;
import dev.netkb.api.UnusedRoutes;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.internal.pack.Dates;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.internal.result.Differences;
import dev.netkb.api.internal.result.FlowChanges;
import dev.netkb.api.internal.result.LocationNetworks;
import dev.netkb.api.internal.result.MissingExports;
import dev.netkb.api.internal.result.Remediations;
import dev.netkb.api.internal.result.ResultAssembly;
import dev.netkb.api.internal.result.ResultAssembly.Described;
import dev.netkb.api.internal.result.SharedResults;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.api.rules.RuleTrace;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.change.Changes;
import dev.netkb.model.derived.Applicable;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.RequiredFlow;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.derived.RoutePlaces;
import dev.netkb.model.derived.StatusAssignment;
import dev.netkb.model.derived.Tiers;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Coverage;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ServiceTags;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.jspecify.annotations.Nullable;

/** A knowledge base on Drools. Every evaluation has a session of its own; nothing is shared but immutable rules. */
public final class DroolsKnowledgeBase implements KnowledgeBase {

    private static final String SEED = "SEED-";

    private final Composition composed;
    private final CompiledRules rules;
    private final RulePack pack;
    private final String toolVersion;

    /** Id → the rule that describes it. */
    private final Map<String, RuleMetadata> described;

    /** Rule name → id, also of the further rules of an id. */
    private final Map<String, String> idsByRuleName;

    private final List<RuleInfo> catalogue;
    private final Report.Rules applied;
    private final RuleTrace trace;

    /** What folders of rules accept. */
    private final Waivers waivers;

    /** What folders of rules set. */
    private final Parameters parameters;

    private DroolsKnowledgeBase(DroolsKnowledgeBase other, RuleTrace trace, Waivers waivers, Parameters parameters) {
        this.composed = other.composed;
        this.rules = other.rules;
        this.pack = other.pack;
        this.toolVersion = other.toolVersion;
        this.described = other.described;
        this.idsByRuleName = other.idsByRuleName;
        this.catalogue = other.catalogue;
        this.applied = other.applied;
        this.trace = trace;
        this.waivers = waivers;
        this.parameters = parameters;
    }

    private DroolsKnowledgeBase(Composition composed, String toolVersion) {
        this.composed = composed;
        this.rules = composed.rules();
        this.pack = composed.pack();
        this.toolVersion = toolVersion;
        this.trace = RuleTrace.NONE;
        Map<String, RuleMetadata> byId = new TreeMap<>();
        Map<String, String> ids = new TreeMap<>();
        rules.metadata().forEach((name, metadata) -> {
            String id = RuleMetadata.id(metadata);
            if (id != null) {
                ids.put(name, id);
                if (RuleMetadata.isComplete(metadata)) {
                    byId.put(id, RuleMetadata.of(name, metadata));
                }
            }
        });
        composed.needs().forEach((id, facts) -> byId.computeIfPresent(id, (same, rule) -> rule.needing(facts)));
        composed.changes()
                .forEach(change ->
                        byId.computeIfPresent(change.override().id(), (id, rule) -> rule.with(change.override())));
        this.described = Map.copyOf(byId);
        this.idsByRuleName = Map.copyOf(ids);
        this.catalogue = Catalogue.of(byId, pack, composed::packOf, composed.off());
        int deciding = (int) catalogue.stream()
                .filter(info -> Catalogue.DECIDING.contains(info.kind()))
                .count();
        this.applied = new Report.Rules(deciding, composed.packs(), composed.owners());
        this.waivers = Waivers.NONE;
        this.parameters = Parameters.NONE;
    }

    /** The same rules with what their folders accept and set. */
    DroolsKnowledgeBase with(Waivers accepted, Parameters given) {
        return new DroolsKnowledgeBase(this, trace, accepted, given);
    }

    /** The packaged rules, found on a class path. */
    public static KnowledgeBase packaged(ClassLoader loader, String toolVersion) {
        return of(Composition.of(CompiledRules.packaged(loader), RulePack.packaged(loader)), toolVersion);
    }

    /** Packaged rules with folders of rules. */
    static DroolsKnowledgeBase of(Composition composed, String toolVersion) {
        return new DroolsKnowledgeBase(composed, toolVersion);
    }

    /** The rows of the requirement tables that are in force, in the order of their tables. */
    public List<FlowRow> flows() {
        return pack.flows();
    }

    /** Rules that the caller compiled, with the tables of the packaged ones. */
    static KnowledgeBase of(ClassLoader loader, List<Model> models, RulePack pack) {
        return of(Composition.of(CompiledRules.of(loader, models), pack), "test");
    }

    @Override
    public SnapshotReport evaluate(String source, Snapshot snapshot, Options options) {
        return evaluate(source, snapshot, options, List.of());
    }

    @Override
    public SnapshotReport evaluate(ReadResult read, Options options) {
        Snapshot snapshot = read.snapshot();
        if (snapshot == null) {
            return new SnapshotReport(read.source(), false, false, read.problems(), List.of(), List.of(), applied);
        }
        return read.located(evaluate(read.source(), snapshot, options, read.problems()));
    }

    private SnapshotReport evaluate(String source, Snapshot snapshot, Options options, List<Problem> problems) {
        SnapshotReport report = evaluated(source, snapshot, options, problems, UnaryOperator.identity())
                .report();
        List<Problem> all = new ArrayList<>(report.problems());
        all.addAll(MissingExports.of(report.results(), report.locations(), snapshot));
        return new SnapshotReport(
                report.source(),
                report.evaluated(),
                report.complete(),
                all,
                report.locations(),
                report.results(),
                report.rules());
    }

    /** The report, and what it was made of. */
    private record Evaluated(SnapshotReport report, Evaluation.Outcome outcome) {}

    private Evaluated evaluated(
            String source, Snapshot read, Options options, List<Problem> problems, UnaryOperator<Place> locate) {
        Tiers tiers = new Tiers(pack.tiers());
        Snapshot snapshot = believed(read, tiers);
        List<RuleMetadata> inForce = inForce(options.baseline(), false);
        Given given = Given.of(options.parameters().over(parameters), snapshot);
        List<FlowRow> flows = given.flows(pack.flows().stream()
                .filter(row -> inForce(row.requirement().id(), options.baseline(), row.dates()))
                .toList());
        Instant asOf = options.asOf() == null ? snapshot.newestTime().orElse(null) : options.asOf();
        StatusAssignment statuses =
                StatusAssignment.of(snapshot.locations(), snapshot.networkStatuses(), asOf, given.refresh());
        Evaluation.Outcome outcome = Evaluation.of(
                        rules,
                        snapshot,
                        standing(inForce),
                        flows.stream()
                                .filter(row -> !row.requirement().requirement().isOff())
                                .toList(),
                        facts(statuses, given),
                        given.parameters(),
                        options.limits(),
                        trace)
                .run();
        ResultAssembly assembly = new ResultAssembly(
                new Remediations(snapshot, pack.remediations(), sorted(outcome.verdicts())),
                new RoutePlaces(snapshot),
                locate,
                options.all());
        List<Result> results = new ArrayList<>();
        LocationNetworks networks = LocationNetworks.of(snapshot);
        List<LocationSummary> summaries = summaries(outcome, options.baseline(), networks);
        if (outcome.isWithoutResults()) {
            results.addAll(undecided(snapshot, assembly, inForce, flows));
            summaries = snapshot.locations().stream()
                    .map(location -> summary(location, NetworkModel.UNKNOWN, "none", networks))
                    .toList();
        } else {
            results.addAll(requirementResults(outcome, assembly));
            results.addAll(flowResults(outcome, assembly, flows));
            if (options.all()) {
                results.addAll(notApplicable(outcome, assembly, inForce, flows));
            }
        }
        List<Problem> all = new ArrayList<>(problems);
        UnknownTiers.in(read, tiers).forEach(problem -> all.add(problem.movedTo(locate.apply(problem.at()))));
        UnknownTags.in(snapshot).forEach(problem -> all.add(problem.movedTo(locate.apply(problem.at()))));
        UnusedRoutes.in(snapshot).forEach(problem -> all.add(problem.movedTo(locate.apply(problem.at()))));
        StaleRoutes.in(snapshot).forEach(problem -> all.add(problem.movedTo(locate.apply(problem.at()))));
        RefusedRoutes.in(snapshot).forEach(problem -> all.add(problem.movedTo(locate.apply(problem.at()))));
        given.problems().forEach(problem -> all.add(problem.movedTo(locate.apply(problem.at()))));
        statuses.strangers().forEach(status -> all.add(stranger(status, locate)));
        all.addAll(failures(outcome));
        if (snapshot.services().isEmpty() && outcome.locations().isEmpty()) {
            all.add(nothingToCheck(source, snapshot.coverage()));
        }
        SnapshotReport report = new SnapshotReport(source, true, outcome.complete(), all, summaries, results, applied);
        return new Evaluated(report, outcome);
    }

    /** A tier that no table knows is as good as none. */
    private static Snapshot believed(Snapshot read, Tiers tiers) {
        return read.locations().stream().anyMatch(tiers::isUnknownOf) ? read.withLocations(tiers::believed) : read;
    }

    private List<RuleMetadata> inForce(Baseline baseline, boolean overChange) {
        return described.values().stream()
                .filter(rule -> overChange ? rule.overChange() : rule.overSnapshot())
                .filter(rule -> inForce(rule.requirement().id(), baseline, rule.dates()))
                .map(rule -> baseline.kind() == Baseline.Kind.SEED ? rule.inSeed() : rule)
                .sorted(Comparator.comparing(rule -> rule.requirement().id()))
                .toList();
    }

    /** Those that are not switched off. */
    private static List<Requirement> standing(List<RuleMetadata> inForce) {
        return inForce.stream()
                .map(RuleMetadata::requirement)
                .filter(requirement -> !requirement.isOff())
                .toList();
    }

    private boolean inForce(String id, Baseline baseline, Dates dates) {
        return dates.inForce(baseline, isSeed(id), isReplaced(id));
    }

    private static boolean isSeed(String id) {
        return id.startsWith(SEED);
    }

    private boolean isReplaced(String id) {
        return pack.replaces().containsKey(id);
    }

    private List<Object> facts(StatusAssignment statuses, Given given) {
        List<Object> facts = new ArrayList<>(pack.statusMappings());
        facts.addAll(given.facts());
        facts.add(new Tiers(pack.tiers()));
        facts.addAll(pack.tiers());
        facts.addAll(pack.controlPlaneAddresses());
        facts.addAll(statuses.statuses());
        statuses.statuses().forEach(status -> facts.addAll(status.dependencies()));
        facts.addAll(statuses.ambiguous());
        return facts;
    }

    // ---- results

    private List<Result> requirementResults(Evaluation.Outcome outcome, ResultAssembly assembly) {
        Map<Key, List<Finding>> findings = outcome.findings().stream()
                .filter(finding -> finding.verdict() == null)
                .collect(Collectors.groupingBy(finding -> new Key(finding.rule(), finding.location())));
        Map<String, String> failures = new HashMap<>();
        outcome.failures().forEach((rule, why) -> failures.put(idsByRuleName.getOrDefault(rule, ""), why));
        Set<Key> asked = outcome.verdicts().stream()
                .map(v -> new Key(v.flow().row().id(), v.flow().location()))
                .collect(Collectors.toSet());
        SharedResults results = new SharedResults();
        for (Applicable applicable : outcome.applicable()) {
            Key key = new Key(applicable.rule(), applicable.location());
            List<Finding> found = believed(applicable.rule(), findings.getOrDefault(key, List.of()));
            String failure = failures.get(applicable.rule());
            boolean decidedByFlows = asked.contains(key) && found.isEmpty() && failure == null;
            if (!decidedByFlows) {
                assembly.of(applicable, describe(applicable.rule()), found, failure)
                        .forEach(result -> results.add(result, applicable.location()));
            }
        }
        return results.distinct();
    }

    /** That there is no such fact, or only so many, is no evidence where some of them may not have been exported. */
    private List<Finding> believed(String id, List<Finding> findings) {
        boolean open = composed.counting().contains(id)
                && findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.UNDETERMINED);
        return open
                ? findings.stream()
                        .filter(finding -> finding.kind() != Finding.Kind.VIOLATED)
                        .toList()
                : findings;
    }

    private record Key(String rule, Location location) {}

    /** What the locations have to meet, or may have to. */
    private static Set<Key> spoken(Evaluation.Outcome outcome) {
        Set<Key> spoken = new HashSet<>();
        outcome.applicable().forEach(a -> spoken.add(new Key(a.rule(), a.location())));
        outcome.verdicts()
                .forEach(v -> spoken.add(new Key(v.flow().row().id(), v.flow().location())));
        return spoken;
    }

    private List<Result> flowResults(Evaluation.Outcome outcome, ResultAssembly assembly, List<FlowRow> flows) {
        Map<RequiredFlow, List<Finding>> findings = new HashMap<>();
        for (Finding finding : outcome.findings()) {
            FlowVerdict verdict = finding.verdict();
            if (verdict != null) {
                findings.computeIfAbsent(verdict.flow(), f -> new ArrayList<>()).add(finding);
            }
        }
        Map<dev.netkb.model.derived.FlowRequirement, FlowRow> rows = new HashMap<>();
        flows.forEach(row -> rows.put(row.requirement(), row));
        List<Result> results = new ArrayList<>();
        for (FlowVerdict verdict : withoutTwins(sorted(outcome.verdicts()))) {
            FlowRow row = rows.get(verdict.flow().tableRow());
            // A rule can require flows that stand in no table, such as those to the backends of an instance.
            Described described = row == null ? describe(verdict.flow().row().id()) : describe(row);
            List<Result> decided =
                    assembly.ofFlow(verdict, described, findings.getOrDefault(verdict.flow(), List.of()));
            if (row != null) {
                decided.forEach(result -> trace.decided(row.place(), result));
            }
            results.addAll(decided);
        }
        return results;
    }

    /** The order in which remediations take free priorities must not depend on the engine. */
    private static List<FlowVerdict> sorted(List<FlowVerdict> verdicts) {
        return verdicts.stream()
                .sorted(Comparator.comparing((FlowVerdict v) -> v.severity())
                        .thenComparing(v -> v.flow().row().id())
                        .thenComparing(v -> v.flow().location().key())
                        .thenComparing(v -> v.flow().row().direction())
                        .thenComparing(FlowVerdict::text))
                .toList();
    }

    /** Rows of one flow that differ in their tiers are one question where the tier is not known; the gravest asks it. */
    private static List<FlowVerdict> withoutTwins(List<FlowVerdict> gravestFirst) {
        Set<List<Object>> asked = new HashSet<>();
        return gravestFirst.stream()
                .filter(verdict -> verdict.flow().certain()
                        || asked.add(List.of(
                                verdict.flow().row().id(),
                                verdict.flow().location().key(),
                                verdict.text())))
                .toList();
    }

    private List<Result> notApplicable(
            Evaluation.Outcome outcome, ResultAssembly assembly, List<RuleMetadata> inForce, List<FlowRow> flows) {
        Set<Key> spoken = new HashSet<>();
        outcome.applicable().forEach(a -> spoken.add(new Key(a.rule(), a.location())));
        outcome.verdicts()
                .forEach(v -> spoken.add(new Key(v.flow().row().id(), v.flow().location())));
        List<Result> results = new ArrayList<>();
        List<Asked> asked = asked(inForce, flows);
        for (LocationModel located : outcome.locations()) {
            Set<String> switchedOff = asked.stream()
                    .filter(each -> each.requirement().isSwitchedOffFor(located))
                    .map(each -> each.requirement().id())
                    .collect(Collectors.toSet());
            for (Asked each : asked) {
                String id = each.requirement().id();
                if (spoken.add(new Key(id, located.location()))) {
                    results.add(assembly.of(
                            Outcome.NOT_APPLICABLE,
                            each.requirement(),
                            located.location(),
                            each.described(),
                            whyNot(id, located, switchedOff.contains(id))));
                }
            }
        }
        return results;
    }

    private String whyNot(String id, LocationModel located, boolean switchedOff) {
        return switchedOff
                ? composed.switchesOff(id, located)
                        .map(name -> "pack '" + name + "' switches it off"
                                + (composed.off().containsKey(id) ? "" : " for this location"))
                        .orElse("it is switched off")
                : "does not speak of this location (model " + located.model().word() + ")";
    }

    /** Of an evaluation that was stopped, nothing is known; least of all that something passed. */
    private List<Result> undecided(
            Snapshot snapshot, ResultAssembly assembly, List<RuleMetadata> inForce, List<FlowRow> flows) {
        Map<String, Asked> byId = new TreeMap<>();
        asked(inForce, flows).stream()
                .filter(each -> !each.requirement().isOff())
                .forEach(each -> byId.putIfAbsent(each.requirement().id(), each));
        return snapshot.locations().stream()
                .flatMap(
                        location -> byId.values().stream()
                                .map(
                                        each -> assembly.of(
                                                Outcome.UNDETERMINED,
                                                each.requirement(),
                                                location,
                                                each.described(),
                                                "not decided, because the evaluation was stopped; the problems of the snapshot say why")))
                .toList();
    }

    /** What is asked of locations: a rule, or a row of a table. */
    private record Asked(Requirement requirement, Described described) {}

    private List<Asked> asked(List<RuleMetadata> inForce, List<FlowRow> flows) {
        return Stream.concat(
                        inForce.stream()
                                .map(RuleMetadata::requirement)
                                .map(requirement -> new Asked(requirement, describe(requirement.id()))),
                        flows.stream().map(row -> new Asked(row.requirement().requirement(), describe(row))))
                .toList();
    }

    private Described describe(String id) {
        RuleMetadata rule = described.get(id);
        if (rule == null) {
            return new Described(id, null, List.of());
        }
        return new Described(rule.title(), rule.remediation(), pack.sources(rule.source()));
    }

    private Described describe(FlowRow row) {
        return new Described(row.title(), null, pack.sources(row.source()));
    }

    // ---- two snapshots

    @Override
    public DiffReport diff(ReadResult before, ReadResult after, Options options) {
        Snapshot was = before.snapshot();
        Snapshot is = after.snapshot();
        if (was == null || is == null) {
            return new DiffReport(
                    toolVersion,
                    applied,
                    side(evaluate(before, options), was),
                    side(evaluate(after, options), is),
                    List.of(),
                    List.of(),
                    List.of(),
                    Difference.NONE,
                    Difference.NONE,
                    List.of());
        }
        Options whole = options.withAll(true);
        Evaluated earlier = evaluated(before.source(), was, whole, before.problems(), before.locate());
        Evaluated later = evaluated(after.source(), is, whole, after.problems(), after.locate());
        Tiers tiers = new Tiers(pack.tiers());
        Changes changes = Changes.between(
                believed(was, tiers),
                earlier.outcome().locations(),
                believed(is, tiers),
                later.outcome().locations());
        Evaluation.Outcome outcome = Evaluation.ofChanges(
                        rules, changes.facts(), standing(inForce(options.baseline(), true)), options, trace)
                .run();
        ResultAssembly assembly = new ResultAssembly(
                new Remediations(is, pack.remediations(), List.of()),
                new RoutePlaces(is),
                after.locate(),
                before.locate(),
                options.all());
        List<FlowChange> flows = FlowChanges.between(
                earlier.outcome().verdicts(), later.outcome().verdicts(), this::titleOf);
        SnapshotReport earlierTold =
                options.all() ? earlier.report() : Differences.told(earlier.report(), later.report(), flows);
        SnapshotReport laterTold =
                options.all() ? later.report() : Differences.told(later.report(), earlier.report(), flows);
        return new DiffReport(
                toolVersion,
                applied,
                side(earlierTold, was),
                side(withFailures(laterTold, outcome), is),
                Differences.locations(changes, before.locate(), after.locate()),
                Differences.resources(was, is),
                requirementResults(outcome, assembly),
                Differences.of(Outcome.VIOLATED, earlier.report(), later.report(), Changes.hasServices(is)),
                Differences.of(Outcome.UNDETERMINED, earlier.report(), later.report(), Changes.hasServices(is)),
                flows);
    }

    private String titleOf(FlowVerdict verdict) {
        return pack.flows().stream()
                .filter(row -> row.requirement().equals(verdict.flow().tableRow()))
                .map(FlowRow::title)
                .findFirst()
                .orElse(verdict.flow().row().id());
    }

    private static DiffReport.Side side(SnapshotReport report, @Nullable Snapshot snapshot) {
        return new DiffReport.Side(report, snapshot == null ? null : tags(snapshot.serviceTags()));
    }

    /** What a rule about changes decides may be missing too; it is told with the later snapshot. */
    private static SnapshotReport withFailures(SnapshotReport report, Evaluation.Outcome outcome) {
        if (outcome.complete()) {
            return report;
        }
        List<Problem> problems = new ArrayList<>(report.problems());
        problems.addAll(failures(outcome));
        return new SnapshotReport(
                report.source(),
                report.evaluated(),
                false,
                problems,
                report.locations(),
                report.results(),
                report.rules());
    }

    // ---- what else a report says

    private List<LocationSummary> summaries(Evaluation.Outcome outcome, Baseline baseline, LocationNetworks networks) {
        return outcome.locations().stream()
                .map(located -> summary(located.location(), located.model(), lastChange(located, baseline), networks))
                .sorted(Comparator.comparing(LocationSummary::service).thenComparing(LocationSummary::location))
                .toList();
    }

    private static LocationSummary summary(
            Location location, NetworkModel model, String lastChange, LocationNetworks networks) {
        return new LocationSummary(
                location.serviceId(),
                location.regionName(),
                location.subnetId(),
                location.virtualNetworkType().azureName(),
                location.platformVersion(),
                location.sku(),
                model.word(),
                lastChange,
                networks.around(location));
    }

    /** The month in which the requirements that a baseline sets a location last changed; {@code none} where it sets none. */
    private String lastChange(LocationModel located, Baseline baseline) {
        if (baseline.kind() == Baseline.Kind.SEED) {
            return Baseline.FIRST.toString();
        }
        Stream<Dated> all = Stream.concat(
                described.values().stream()
                        .filter(RuleMetadata::overSnapshot)
                        .map(rule -> new Dated(rule.requirement(), rule.dates())),
                pack.flows().stream().map(row -> new Dated(row.requirement().requirement(), row.dates())));
        return all.filter(dated -> !isReplaced(dated.requirement().id())
                        && !dated.requirement().isOff())
                .filter(dated ->
                        !located.missing().isEmpty() || dated.requirement().covers(located))
                .flatMap(dated -> dated.dates().changes())
                .filter(month -> baseline.month() == null || !month.isAfter(baseline.month()))
                .max(Comparator.naturalOrder())
                .map(YearMonth::toString)
                .orElse("none");
    }

    private record Dated(Requirement requirement, Dates dates) {}

    private static List<Problem> failures(Evaluation.Outcome outcome) {
        List<Problem> problems = new ArrayList<>();
        outcome.failures().forEach((rule, why) -> problems.add(ruleFailed(rule, why)));
        if (outcome.stopped() != null) {
            problems.add(stopped(outcome.stopped()));
        }
        return problems;
    }

    private static Problem stopped(String why) {
        return new Problem(
                "KB-E202",
                Problem.Level.ERROR,
                "the evaluation was stopped: " + why + "; everything that it asks is undetermined",
                Place.NOWHERE,
                "Mend the rule if it is yours: it repeats itself, or joins everything with everything. Raise the limits"
                        + " where the snapshot is so large.");
    }

    private static Problem ruleFailed(String rule, String why) {
        return new Problem(
                "KB-E201",
                Problem.Level.WARNING,
                "rule '" + rule + "' failed: " + why + "; what it decides is undetermined",
                Place.NOWHERE,
                "The rule has a fault. Report it, or mend it if it is yours.");
    }

    private static Problem stranger(NetworkStatus status, UnaryOperator<Place> locate) {
        String of = status.serviceId() == null ? "" : " of " + status.serviceId();
        String in = status.location() == null ? "" : " in " + status.location();
        return new Problem(
                "KB-N203",
                Problem.Level.NOTICE,
                "the network status" + of + in + " belongs to no location of the snapshot, so it decides nothing",
                locate.apply(status.provenance().place()),
                "Export the service too (az apim list), or take the network status of another service away.");
    }

    private static Problem nothingToCheck(String source, Coverage coverage) {
        String read = coverage.resourceTypes().entrySet().stream()
                .filter(type -> type.getValue() > 0)
                .map(type -> type.getValue() + " " + type.getKey())
                .collect(Collectors.joining(", "));
        return new Problem(
                "KB-N201",
                Problem.Level.NOTICE,
                "no API Management service is in '" + source + "', so nothing was checked; "
                        + (read.isEmpty() ? "no resource of any other kind was read" : "read were " + read),
                Place.NOWHERE,
                "Export the service too: az apim list, or the Resource Graph query of the README.");
    }

    @Override
    public Report report(List<SnapshotReport> snapshots, ServiceTags serviceTags) {
        return new Report(toolVersion, Report.Rules.of(snapshots, applied), tags(serviceTags), snapshots);
    }

    private static Report.@Nullable Tags tags(ServiceTags tags) {
        return tags.isEmpty() ? null : new Report.Tags(tags.cloud(), tags.changeNumber(), tags.file());
    }

    @Override
    public List<RuleInfo> catalogue() {
        return catalogue;
    }

    @Override
    public List<RuleOrigin> origins(String id) {
        return composed.origins().getOrDefault(id, List.of());
    }

    @Override
    public KnowledgeBase traced(RuleTrace wanted) {
        return new DroolsKnowledgeBase(this, wanted, waivers, parameters);
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Waivers waivers() {
        return waivers;
    }
}
