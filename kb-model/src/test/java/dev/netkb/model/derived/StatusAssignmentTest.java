package dev.netkb.model.derived;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.NetworkStatus.ConnectivityStatus;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An answer that does not say whose it is, is given to a location only where there is no other. */
class StatusAssignmentTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Location WEST = location("orders", "westeurope", true);
    private static final Location NORTH = location("orders", "northeurope", true);
    private static final Location OTHER = location("payments", "westeurope", true);
    private static final Location PLANNED = location("payments", "westeurope", false);

    @Test
    void anAnswerThatSaysWhoseItIsBelongsToThatLocation() {
        NetworkStatus west = status("orders", "westeurope", NOW);
        NetworkStatus north = status("ORDERS", "northeurope", NOW);

        assertThat(assign(List.of(WEST, NORTH, OTHER), west, north).statuses())
                .extracting(LocationStatus::location, LocationStatus::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(WEST, west),
                        org.assertj.core.groups.Tuple.tuple(NORTH, north));
    }

    @Test
    void withoutAServiceItBelongsToTheOnlyOneThatIsDeployed() {
        StatusAssignment assigned = assign(List.of(WEST, NORTH, PLANNED), status(null, "northeurope", NOW));

        assertThat(assigned.statuses()).extracting(LocationStatus::location).containsExactly(NORTH);
        assertThat(assigned.ambiguous()).isEmpty();
    }

    @Test
    void withoutAServiceItMayBelongToEachOfSeveralInItsRegion() {
        StatusAssignment assigned = assign(List.of(WEST, NORTH, OTHER), status(null, "westeurope", NOW));

        assertThat(assigned.statuses()).isEmpty();
        assertThat(assigned.ambiguous()).extracting(AmbiguousStatus::location).containsExactly(WEST, OTHER);
        assertThat(assigned.ambiguous().get(0).missing()).contains("wrap the answer", "\"location\": \"westeurope\"");
    }

    @Test
    void aLocationWithAnAnswerOfItsOwnNeedsNoOther() {
        StatusAssignment assigned =
                assign(List.of(WEST, OTHER), status(null, "westeurope", NOW), status("orders", "westeurope", NOW));

        assertThat(assigned.statuses()).extracting(LocationStatus::location).containsExactly(WEST);
        assertThat(assigned.ambiguous()).extracting(AmbiguousStatus::location).containsExactly(OTHER);
    }

    @Test
    void withoutARegionItBelongsToTheOnlyLocation() {
        assertThat(assign(List.of(WEST), status("orders", null, NOW)).statuses())
                .hasSize(1);
        assertThat(assign(List.of(WEST, NORTH), status("orders", null, NOW)).ambiguous())
                .extracting(AmbiguousStatus::location)
                .containsExactly(WEST, NORTH);
        assertThat(assign(List.of(WEST, OTHER), status(null, null, NOW)).ambiguous())
                .extracting(AmbiguousStatus::answers)
                .containsExactly(1, 1);
    }

    @Test
    void aLocationOfUnknownRegionTakesWhatNoOtherTakes() {
        Location nowhere = location("orders", null, true);

        assertThat(assign(List.of(WEST, nowhere), status("orders", "northeurope", NOW))
                        .statuses())
                .extracting(LocationStatus::location)
                .containsExactly(nowhere);
        assertThat(assign(List.of(WEST, nowhere), status("orders", "westeurope", NOW))
                        .statuses())
                .extracting(LocationStatus::location)
                .containsExactly(WEST);
    }

    @Test
    void theNewestAnswerOfALocationCounts() {
        NetworkStatus old = status("orders", "westeurope", NOW.minusSeconds(3600));
        NetworkStatus newest = status("orders", "westeurope", NOW);

        assertThat(assign(List.of(WEST), newest, old).statuses().get(0).status())
                .isSameAs(newest);
        assertThat(assign(List.of(WEST), old, newest).statuses().get(0).status())
                .isSameAs(newest);
    }

    @Test
    void anAnswerOfNoLocationIsAStranger() {
        List<NetworkStatus> strangers = List.of(
                status("gone", "westeurope", NOW), status("orders", "eastus", NOW), status(null, "eastus", NOW));

        for (NetworkStatus stranger : strangers) {
            assertThat(assign(List.of(WEST, OTHER), stranger).strangers()).containsExactly(stranger);
        }
        assertThat(assign(List.of(PLANNED), status(null, "westeurope", NOW)).strangers())
                .hasSize(1);
    }

    @Test
    void ageIsCountedWithoutOverflow() {
        for (Instant asOf : List.of(Instant.MIN, Instant.MAX)) {
            for (Instant seen : List.of(Instant.MIN, Instant.MAX)) {
                DependencyStatus dependency = new DependencyStatus(WEST, row(seen), asOf);

                assertThat(dependency.isStale()).isEqualTo(seen.isBefore(asOf));
            }
        }
    }

    @Test
    void whatAnErrorSpeaksOfIsReadFromItsWords() {
        assertThat(failed("The remote name could not be resolved: 'x.vault.azure.net'")
                        .isAboutItsName())
                .isTrue();
        assertThat(failed("No such host is known.").isAboutItsName()).isTrue();
        assertThat(failed("Unable to connect to the remote server").isAboutItsName())
                .isFalse();
        assertThat(failed(null).isAboutItsName()).isFalse();
    }

    private static DependencyStatus failed(@Nullable String error) {
        return new DependencyStatus(
                WEST,
                new ConnectivityStatus("x", "failure", error, NOW, NOW, "AzureKeyVault", false, Provenance.NONE),
                NOW);
    }

    private static StatusAssignment assign(List<Location> locations, NetworkStatus... statuses) {
        return StatusAssignment.of(locations, List.of(statuses), NOW);
    }

    private static ConnectivityStatus row(Instant seen) {
        return new ConnectivityStatus("x", "success", "", seen, seen, "AzureKeyVault", false, Provenance.NONE);
    }

    private static NetworkStatus status(@Nullable String service, @Nullable String region, Instant seen) {
        return new NetworkStatus(
                service == null ? null : serviceId(service),
                region == null ? null : Region.of(region),
                List.of("10.0.0.4"),
                List.of(row(seen)),
                Provenance.at(new Place("status.json", "/0")));
    }

    private static ResourceId serviceId(String name) {
        return ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/" + name);
    }

    private static Location location(String service, @Nullable String region, boolean deployed) {
        return new Location(
                serviceId(service),
                region == null ? null : Region.of(Objects.requireNonNull(region)),
                true,
                "Premium",
                1,
                List.of(),
                VirtualNetworkType.INTERNAL,
                null,
                null,
                "stv2",
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                0,
                deployed,
                Provenance.NONE);
    }
}
