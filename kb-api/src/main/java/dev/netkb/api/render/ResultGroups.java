package dev.netkb.api.render;

import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which results of a snapshot belong to which of its locations. Every result belongs to exactly one group, so that
 * the groups add up to the counts of the report.
 *
 * @param others heading → results that belong to no single location
 */
public record ResultGroups(Map<LocationSummary, List<Result>> byLocation, Map<String, List<Result>> others) {

    /** Those of a snapshot. */
    public static ResultGroups of(SnapshotReport snapshot) {
        Map<LocationSummary, List<Result>> byLocation = new LinkedHashMap<>();
        Map<String, List<Result>> others = new TreeMap<>();
        for (Result result : snapshot.results()) {
            LocationSummary location = best(snapshot.locations(), result.subject());
            if (location == null) {
                others.computeIfAbsent(heading(snapshot, result.subject()), h -> new ArrayList<>())
                        .add(result);
            } else {
                byLocation.computeIfAbsent(location, l -> new ArrayList<>()).add(result);
            }
        }
        return new ResultGroups(byLocation, others);
    }

    /** Those of a location. */
    public List<Result> of(LocationSummary location) {
        return byLocation.getOrDefault(location, List.of());
    }

    /** Null also where several are as close as each other: none of them may be blamed for what is another's. */
    private static @Nullable LocationSummary best(List<LocationSummary> locations, Subject subject) {
        LocationSummary best = null;
        int highest = 0;
        for (LocationSummary location : locations) {
            int score = closeness(location, subject, locations);
            if (score > highest) {
                best = location;
                highest = score;
            } else if (score == highest) {
                best = null;
            }
        }
        return best;
    }

    /** How closely a subject belongs to a location; 0 where nothing says that it does. */
    private static int closeness(LocationSummary location, Subject subject, List<LocationSummary> all) {
        ResourceId id = subject.id();
        boolean sameRegion = location.location().equalsIgnoreCase(subject.location());
        if (id.equals(location.service())) {
            boolean only = all.stream().filter(l -> l.service().equals(id)).count() == 1;
            return sameRegion || only && subject.location() == null ? 4 : 0;
        }
        ResourceId subnet = location.subnet();
        if (subnet != null && id.equals(subnet)) {
            return sameRegion ? 4 : 3;
        }
        if (subnet != null && subnet.parent().filter(id::equals).isPresent()) {
            return 2;
        }
        return sameRegion ? 1 : 0;
    }

    private static String heading(SnapshotReport snapshot, Subject subject) {
        boolean service =
                snapshot.locations().stream().anyMatch(l -> l.service().equals(subject.id()));
        return service ? subject.id().name() + ", all its locations" : "Not tied to one location";
    }
}
