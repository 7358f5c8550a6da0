package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose the network statuses of a snapshot are. An answer of Azure often says neither the service nor the location; it
 * is given to one only where the snapshot leaves no choice.
 *
 * @param statuses the newest of each location that has one
 * @param ambiguous locations without one that some answer may belong to
 * @param strangers answers that belong to no location of the snapshot
 */
public record StatusAssignment(
        List<LocationStatus> statuses, List<AmbiguousStatus> ambiguous, List<NetworkStatus> strangers) {

    private static final Comparator<NetworkStatus> NEWEST_LAST = Comparator.comparing(
                    StatusAssignment::newest, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(status -> status.provenance().place().file(), Comparator.reverseOrder());

    public StatusAssignment {
        statuses = List.copyOf(statuses);
        ambiguous = List.copyOf(ambiguous);
        strangers = List.copyOf(strangers);
    }

    /**
     * Gives each status to a location.
     *
     * @param locations all locations; only what is deployed has a status
     * @param asOf the point in time at which the snapshot is looked at; null where no time is known at all
     */
    public static StatusAssignment of(
            Collection<Location> locations, Collection<NetworkStatus> statuses, @Nullable Instant asOf) {
        return of(locations, statuses, asOf, DependencyStatus.REFRESH);
    }

    /**
     * As {@link #of(Collection, Collection, Instant)}.
     *
     * @param refresh how old a status may be, besides the tolerance
     */
    public static StatusAssignment of(
            Collection<Location> locations,
            Collection<NetworkStatus> statuses,
            @Nullable Instant asOf,
            Duration refresh) {
        Map<ResourceId, List<Location>> services = new LinkedHashMap<>();
        locations.stream()
                .filter(Location::deployed)
                .forEach(location -> services.computeIfAbsent(location.serviceId(), id -> new ArrayList<>())
                        .add(location));
        return new Assigning(services, asOf, refresh).run(statuses);
    }

    private static @Nullable Instant newest(NetworkStatus status) {
        return status.connectivity().stream()
                .map(NetworkStatus.ConnectivityStatus::lastUpdated)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static final class Assigning {
        private final Map<ResourceId, List<Location>> services;
        private final @Nullable Instant asOf;
        private final Duration refresh;
        private final Map<Location, NetworkStatus> own = new LinkedHashMap<>();
        private final Map<Location, Integer> perhaps = new HashMap<>();

        /** Of answers that may be of any service: how many name a region, and how many name none. */
        private final Map<Region, Integer> ofAnyService = new HashMap<>();

        private int ofAnywhere;
        private final Set<Region> regions = new HashSet<>();
        private boolean regionsOpen;
        private final List<NetworkStatus> strangers = new ArrayList<>();

        Assigning(Map<ResourceId, List<Location>> services, @Nullable Instant asOf, Duration refresh) {
            this.services = services;
            this.asOf = asOf;
            this.refresh = refresh;
            services.values().stream()
                    .flatMap(List::stream)
                    .map(Location::region)
                    .forEach(region -> {
                        if (region == null) {
                            regionsOpen = true;
                        } else {
                            regions.add(region);
                        }
                    });
        }

        StatusAssignment run(Collection<NetworkStatus> statuses) {
            statuses.forEach(this::assign);
            List<LocationStatus> assigned = new ArrayList<>();
            List<AmbiguousStatus> ambiguous = new ArrayList<>();
            for (List<Location> locations : services.values()) {
                for (Location location : locations) {
                    NetworkStatus status = own.get(location);
                    int answers = status == null ? answersFor(location) : 0;
                    if (status != null) {
                        assigned.add(LocationStatus.of(location, status, asOf, refresh));
                    } else if (answers > 0) {
                        ambiguous.add(new AmbiguousStatus(location, answers));
                    }
                }
            }
            return new StatusAssignment(assigned, ambiguous, strangers);
        }

        private int answersFor(Location location) {
            int anyService = location.region() == null
                    ? ofAnyService.values().stream().mapToInt(Integer::intValue).sum()
                    : ofAnyService.getOrDefault(location.region(), 0);
            return perhaps.getOrDefault(location, 0) + anyService + ofAnywhere;
        }

        private void assign(NetworkStatus status) {
            ResourceId service = status.serviceId();
            if (service == null && services.size() > 1) {
                if (status.location() == null) {
                    ofAnywhere++;
                } else if (isRegionOfSome(status.location())) {
                    ofAnyService.merge(status.location(), 1, Integer::sum);
                } else {
                    strangers.add(status);
                }
                return;
            }
            List<Location> locations = service == null
                    ? services.values().stream().findFirst().orElse(List.of())
                    : services.getOrDefault(service, List.of());
            List<Location> candidates = candidates(status.location(), locations);
            if (candidates.isEmpty()) {
                strangers.add(status);
            } else if (candidates.size() == 1) {
                own.merge(candidates.get(0), status, (a, b) -> NEWEST_LAST.compare(a, b) < 0 ? b : a);
            } else {
                candidates.forEach(location -> perhaps.merge(location, 1, Integer::sum));
            }
        }

        private static List<Location> candidates(@Nullable Region region, List<Location> locations) {
            if (region == null) {
                return locations;
            }
            List<Location> there = locations.stream()
                    .filter(location -> region.equals(location.region()))
                    .toList();
            return there.isEmpty()
                    ? locations.stream()
                            .filter(location -> location.region() == null)
                            .toList()
                    : there;
        }

        /** Whether some location lies there, or may. */
        private boolean isRegionOfSome(Region region) {
            return regionsOpen || regions.contains(region);
        }
    }
}
