package dev.netkb.model.derived;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.Tier.Generation;
import dev.netkb.model.derived.Tier.Use;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TiersTest {

    private static final Tiers TIERS = new Tiers(List.of(
            new Tier("Consumption", Generation.CONSUMPTION, Set.of(), 0, 2),
            new Tier("Premium", Generation.CLASSIC, Set.of(Use.ZONES), 31, 2),
            new Tier("PremiumV2", Generation.V2, Set.of(Use.INJECTION), 30, 2)));

    private static Location location(@Nullable String sku, @Nullable String platform, VirtualNetworkType mode) {
        return new Location(
                ResourceId.of("/subscriptions/s1/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim"),
                Region.of("westeurope"),
                true,
                sku,
                1,
                List.of(),
                mode,
                null,
                null,
                platform,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Region.of("westeurope"),
                0,
                true,
                Provenance.NONE);
    }

    private static List<String> tiers(@Nullable String sku, @Nullable String platform) {
        return TIERS.possibilities(location(sku, platform, VirtualNetworkType.EXTERNAL)).stream()
                .map(possible -> possible.assumed().sku() + (possible.v2() ? " v2" : ""))
                .toList();
    }

    @Test
    void aKnownTierIsItselfHoweverItIsSpelt() {
        assertThat(tiers("premiumV2", "stv1")).containsExactly("premiumV2 v2");
        assertThat(TIERS.possibilities(location("Premium", null, VirtualNetworkType.UNKNOWN)))
                .extracting(possible -> possible.assumed().virtualNetworkType())
                .containsExactly(VirtualNetworkType.NONE, VirtualNetworkType.EXTERNAL, VirtualNetworkType.INTERNAL);
    }

    @Test
    void thePlatformRulesTiersOut() {
        assertThat(tiers(null, null)).containsExactly("Consumption", "Premium", "PremiumV2 v2");
        assertThat(tiers(null, "mtv1")).containsExactly("Consumption");
        assertThat(tiers(null, "stv1")).containsExactly("Premium");
        assertThat(tiers(null, "stv2")).containsExactly("Premium", "PremiumV2 v2");
    }

    @Test
    void aTierThatIsInNoTableIsNotKnown() {
        Location ultra = location("Ultra", null, VirtualNetworkType.EXTERNAL);
        Location premium = location("PREMIUM", null, VirtualNetworkType.EXTERNAL);

        assertThat(TIERS.isUnknownOf(ultra)).isTrue();
        assertThat(TIERS.believed(ultra).sku()).isNull();
        assertThat(TIERS.believed(ultra).provenance().unknown())
                .containsEntry(
                        "sku",
                        "sku.name is 'Ultra', a tier that is not known; a row of tiers.csv in a rules folder makes a new tier known");
        assertThat(TIERS.isUnknownOf(premium)).isFalse();
        assertThat(TIERS.believed(premium)).isSameAs(premium);
    }
}
