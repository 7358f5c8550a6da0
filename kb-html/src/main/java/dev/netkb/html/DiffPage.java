package dev.netkb.html;

import dev.netkb.api.render.ResultGroups;
import dev.netkb.api.render.SnapshotState;
import dev.netkb.api.render.Words;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.FlowPart;
import dev.netkb.model.report.LocationDifference;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as a page shows it.
 *
 * @param changes those of each location, then what belongs to none; without what stays as it is
 */
record DiffPage(DiffReport diff, List<Change> changes) {

    /** How many entries of a list a person is shown. */
    static final int SHOWN = 12;

    static DiffPage of(DiffReport diff) {
        return new DiffPage(diff, new Builder(diff).changes());
    }

    /** A location on both sides. */
    private record Key(ResourceId service, String location) implements Comparable<Key> {
        static Key of(LocationSummary location) {
            return new Key(location.service(), location.location());
        }

        @Override
        public int compareTo(Key other) {
            int order = service.compareTo(other.service);
            return order != 0 ? order : location.compareTo(other.location);
        }
    }

    /** Sorts everything to its location and numbers it. */
    private static final class Builder {

        private final DiffReport diff;
        private final Map<Key, LocationSummary> before;
        private final Map<Key, LocationSummary> after;
        private int findings;
        private int parts;

        Builder(DiffReport diff) {
            this.diff = diff;
            this.before = locations(diff.before());
            this.after = locations(diff.after());
        }

        private static Map<Key, LocationSummary> locations(DiffReport.Side side) {
            Map<Key, LocationSummary> locations = new TreeMap<>();
            side.report().locations().forEach(location -> locations.put(Key.of(location), location));
            return locations;
        }

        /** Results by location; those of none under an empty list of keys. */
        private record Sorted(Map<Key, List<Result>> byLocation, List<Result> others) {
            List<Result> of(@Nullable Key key) {
                return key == null ? others : byLocation.getOrDefault(key, List.of());
            }
        }

        private static Sorted sorted(SnapshotReport side, List<Result> results) {
            ResultGroups groups =
                    ResultGroups.of(new SnapshotReport("", true, true, List.of(), side.locations(), results));
            Map<Key, List<Result>> byLocation = new TreeMap<>();
            groups.byLocation().forEach((location, all) -> byLocation.put(Key.of(location), all));
            return new Sorted(
                    byLocation,
                    groups.others().values().stream().flatMap(List::stream).toList());
        }

        List<Change> changes() {
            if (!diff.compared()) {
                return List.of();
            }
            SnapshotReport was = diff.before().report();
            SnapshotReport is = diff.after().report();
            Difference violations = diff.violations();
            Sorted appeared = sorted(
                    is,
                    Stream.of(
                                    violations.appeared(),
                                    diff.changeResults(),
                                    diff.undetermined().appeared())
                            .flatMap(List::stream)
                            .filter(result -> Kind.of(result).compareTo(Kind.PASSED) < 0)
                            .toList());
            Sorted unchanged = sorted(is, violations.unchanged());
            Sorted solved = sorted(was, violations.solved());
            Sorted undecided = sorted(was, violations.undecided());
            Sorted allBefore = sorted(was, was.results());
            Sorted allAfter = sorted(is, is.results());
            Map<Key, LocationDifference> differences = new TreeMap<>();
            diff.locations().forEach(each -> differences.put(new Key(each.service(), each.location()), each));
            Map<Key, List<FlowChange>> flows = new TreeMap<>();
            diff.flows()
                    .forEach(flow -> flows.computeIfAbsent(
                                    new Key(flow.service(), flow.location()), key -> new ArrayList<>())
                            .add(flow));
            Set<Key> keys = new TreeSet<>(before.keySet());
            keys.addAll(after.keySet());
            keys.addAll(differences.keySet());
            keys.addAll(flows.keySet());
            List<@Nullable Key> all = new ArrayList<>(keys);
            all.add(null);
            List<Change> changes = new ArrayList<>();
            for (Key key : all) {
                String id = "l" + ++parts;
                Change change = new Change(
                        id,
                        key == null ? "Not tied to one location" : key.service().name() + " in " + key.location(),
                        key == null ? null : differences.get(key),
                        new Change.Side(id + "b", key == null ? null : before.get(key), allBefore.of(key)),
                        new Change.Side(id + "a", key == null ? null : after.get(key), allAfter.of(key)),
                        key == null ? List.of() : flows.getOrDefault(key, List.of()),
                        findings(is, appeared.of(key)),
                        findings(was, solved.of(key)),
                        findings(was, undecided.of(key)),
                        findings(is, unchanged.of(key)),
                        parts <= SHOWN);
                if (!change.isQuiet()) {
                    changes.add(change);
                }
            }
            return changes;
        }

        private List<Finding> findings(SnapshotReport snapshot, List<Result> results) {
            return results.stream()
                    .sorted(Findings.WORST_FIRST)
                    .map(result -> Finding.of("r" + ++findings, snapshot, result, diff.rules()))
                    .toList();
        }
    }

    /** What the change brings, in a few words. */
    String headline() {
        if (!diff.compared()) {
            return "Nothing was compared";
        }
        if (diff.isWithoutLocations()) {
            return "Nothing was checked, which is no pass";
        }
        if (diff.isWithoutLocationsAfter()) {
            return "Nothing was checked after the change, which is no pass";
        }
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int count = diff.newViolations(severity);
            if (count > 0 && (severity != Severity.INFO || parts.isEmpty())) {
                parts.add(Words.count(count, "new " + severity.word()));
            }
        }
        if (!parts.isEmpty()) {
            return String.join(", ", parts);
        }
        Words.newlyAccepted(diff).ifPresent(words -> parts.add(words + " among what is new"));
        if (diff.newlyUndetermined() > 0) {
            parts.add(diff.newlyUndetermined() + " newly undetermined");
        }
        if (!diff.violations().undecided().isEmpty()) {
            parts.add(diff.violations().undecided().size() + " not decided any more");
        }
        return parts.isEmpty()
                ? "Nothing gets worse"
                : "Nothing gets worse as far as is known, but " + String.join(", ", parts);
    }

    /** What else there is to say of it. */
    String scope() {
        return diff.compared()
                ? Words.count(diff.newViolations(Severity.INFO), "new info") + ", "
                        + diff.newlyUndetermined() + " newly undetermined, "
                        + diff.violations().solved().size() + " solved, "
                        + diff.violations().unchanged().size() + " as before, "
                        + (diff.violations().undecided().isEmpty()
                                ? ""
                                : diff.violations().undecided().size() + " not decided any more, ")
                        + Words.newlyAccepted(diff)
                                .map(words -> words + " besides, ")
                                .orElse("")
                        + Words.count(diff.flows().size(), "required flow") + " changed"
                : "a snapshot was rejected";
    }

    /** How bad it is. */
    Kind worst() {
        if (!diff.compared() || !diff.complete() || diff.isWithoutLocationsAfter()) {
            return Kind.ERROR;
        }
        return Tally.of(Stream.concat(diff.newViolations().stream(), diff.undetermined().appeared().stream())
                        .toList())
                .worst();
    }

    /** The sides that nobody may take for a pass. */
    List<SnapshotPart> alarming() {
        return Stream.of(part("before", diff.before()), part("after", diff.after()))
                .filter(part -> part.state() == SnapshotState.REJECTED || part.state() == SnapshotState.INCOMPLETE)
                .toList();
    }

    /** A side, with what was told of its input. */
    static SnapshotPart part(String id, DiffReport.Side side) {
        return new SnapshotPart(id, side.report(), Tally.of(side.report().results()), List.of());
    }

    /** A set of packets in words. */
    static String inWords(FlowChange flow, FlowPart part) {
        String toward = flow.direction().equals("Inbound") ? " from " : " to ";
        return part.protocol() + " " + String.join(", ", part.ports()).replace("*", "any port") + toward
                + Words.few(part.remote())
                + (part.local().isEmpty() ? "" : ", near side " + Words.few(part.local()))
                + (part.sourcePorts().isEmpty() ? "" : ", source ports " + Words.few(part.sourcePorts()));
    }

    /** Why the packets of a flow are not compared; empty where they are. */
    static String uncompared(FlowChange flow) {
        return switch (flow.packets()) {
            case COMPARED, REQUIRED_ONCE -> "";
            case OTHER_SUBNET -> "the location is in another subnet, so packets are not compared";
            case UNKNOWN -> "what passes is not known on both sides, so packets are not compared";
        };
    }

    /** Tool, rules and tag data. */
    List<String> facts() {
        return Stream.of(
                        Stream.of("netkb " + diff.toolVersion(), ReportPage.rules(diff.rules())),
                        Stream.of(diff.before(), diff.after())
                                .flatMap(side -> Stream.ofNullable(side.serviceTags()))
                                .map(tags -> "service tags " + tags.cloud() + " " + tags.changeNumber()))
                .flatMap(each -> each)
                .distinct()
                .collect(Collectors.toList());
    }
}
