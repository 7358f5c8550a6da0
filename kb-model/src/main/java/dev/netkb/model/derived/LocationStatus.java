package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The network status of a location.
 *
 * @param asOf the point in time at which the snapshot is looked at; null where no time is known at all
 * @param dependencies one for each row of the status
 */
public record LocationStatus(
        Location location, NetworkStatus status, @Nullable Instant asOf, List<DependencyStatus> dependencies)
        implements AzureFact {

    private static final Comparator<DependencyStatus> OLDEST_FIRST = Comparator.comparing(
                    (DependencyStatus dependency) -> dependency.row().lastUpdated(),
                    Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(dependency -> dependency.row().name());

    public LocationStatus {
        dependencies = List.copyOf(dependencies);
    }

    static LocationStatus of(Location location, NetworkStatus status, @Nullable Instant asOf, Duration refresh) {
        return new LocationStatus(
                location,
                status,
                asOf,
                status.connectivity().stream()
                        .map(row -> new DependencyStatus(location, row, asOf, refresh))
                        .toList());
    }

    /** The id of the service. */
    @Override
    public ResourceId id() {
        return location.serviceId();
    }

    @Override
    public Provenance provenance() {
        return status.provenance();
    }

    @Override
    public String factType() {
        return NetworkStatus.class.getSimpleName();
    }

    /** Whether it says nothing of any dependency. */
    public boolean isEmpty() {
        return dependencies.isEmpty();
    }

    /** Whether it names the DNS servers that the instance uses. */
    public boolean isWithDnsServers() {
        return !status.dnsServers().isEmpty();
    }

    /** Whether all of it is so old that Azure should have looked again since. */
    public boolean isOutdated() {
        return !dependencies.isEmpty() && dependencies.stream().allMatch(DependencyStatus::isStale);
    }

    /** The dependency that was looked at longest ago of those that are stale, null where none is. */
    public @Nullable DependencyStatus oldestStale() {
        return dependencies.stream()
                .filter(LocationStatus::isStaleAnswer)
                .min(OLDEST_FIRST)
                .orElse(null);
    }

    /** One that says nothing yet is as old as it likes. */
    private static boolean isStaleAnswer(DependencyStatus dependency) {
        return dependency.isStale() && !dependency.isOpen();
    }

    /** What is stale of all dependencies; empty where nothing is. */
    public String staleText() {
        return staleText("", dependency -> true);
    }

    /** What is stale of the dependencies that are needed, or may be; empty where nothing is. */
    public String staleNeededText() {
        return staleText("needed ", dependency -> !dependency.isOptional());
    }

    /** What is stale of the dependencies that are optional; empty where nothing is. */
    public String staleOptionalText() {
        return staleText("optional ", DependencyStatus::isOptional);
    }

    private String staleText(String kind, Predicate<DependencyStatus> wanted) {
        List<DependencyStatus> all = dependencies.stream().filter(wanted).toList();
        List<DependencyStatus> stale = all.stream()
                .filter(LocationStatus::isStaleAnswer)
                .sorted(OLDEST_FIRST)
                .toList();
        if (stale.isEmpty()) {
            return "";
        }
        DependencyStatus oldest = stale.get(0);
        return stale.size() + " of " + all.size() + " " + kind
                + (all.size() == 1 ? "dependency was" : "dependencies were") + " last looked at more than "
                + oldest.refresh().toMinutes() + " minutes before "
                + (asOf == null ? "" : asOf.truncatedTo(ChronoUnit.SECONDS)) + ", "
                + (stale.size() == 1 ? "" : "the oldest ") + oldest.text() + " " + oldest.lastUpdatedText();
    }

    /** How to get it anew. */
    public String export() {
        return export(location);
    }

    /** How to get the network status of all locations of a service. */
    static String export(Location location) {
        return "az rest --url " + location.serviceId() + "/networkstatus --url-parameters api-version=2024-05-01";
    }
}
