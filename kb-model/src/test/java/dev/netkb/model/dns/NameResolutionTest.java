package dev.netkb.model.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.PrivateDnsLink;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.PrivateDnsZone;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.dns.NameAnswer.Kind;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.HostName;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameResolutionTest {

    private static final String GROUP = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";
    private static final ResourceId VNET = ResourceId.of(GROUP + "virtualNetworks/v");
    private static final ResourceId OTHER = ResourceId.of(GROUP + "virtualNetworks/other");
    private static final String TYPE = "Microsoft.Network/privateDnsZones";

    private final Snapshot.Builder snapshot = Snapshot.builder()
            .add(new VirtualNetwork(VNET, "v", null, List.of(), Provenance.NONE))
            .covers(TYPE)
            .covers(TYPE + "/virtualNetworkLinks");

    private static ResourceId zoneId(String name) {
        return ResourceId.of(GROUP + "privateDnsZones/" + name);
    }

    private NameResolutionTest zone(String name) {
        return zone(name, null, null);
    }

    private NameResolutionTest zone(String name, @Nullable Integer links, @Nullable Integer recordSets) {
        snapshot.add(new PrivateDnsZone(zoneId(name), name, links, recordSets, Provenance.NONE))
                .saw(TYPE);
        return this;
    }

    private NameResolutionTest linked(String zone, @Nullable ResourceId vnet, @Nullable String policy) {
        snapshot.add(new PrivateDnsLink(
                zoneId(zone).child("virtualNetworkLinks", "l"),
                "l",
                zoneId(zone),
                vnet,
                false,
                "Completed",
                policy,
                Provenance.NONE));
        return this;
    }

    private NameResolutionTest a(String zone, String name, String address) {
        snapshot.add(new PrivateDnsRecordSet(
                zoneId(zone).child("A", name),
                zoneId(zone),
                name,
                "A",
                List.of(AddressPrefix.parse(address)),
                null,
                Provenance.NONE));
        return this;
    }

    private NameResolutionTest cname(String zone, String name, String target) {
        snapshot.add(new PrivateDnsRecordSet(
                zoneId(zone).child("CNAME", name), zoneId(zone), name, "CNAME", List.of(), target, Provenance.NONE));
        return this;
    }

    private NameAnswer ask(String host) {
        return NameResolution.of(snapshot.build()).ask(VNET, HostName.of(host));
    }

    @Test
    void aLinkedZoneGivesItsAddresses() {
        zone("contoso.com").linked("contoso.com", VNET, null).a("contoso.com", "api", "10.0.0.4");

        assertThat(ask("API.contoso.com").kind()).isEqualTo(Kind.ADDRESSES);
        assertThat(ask("API.contoso.com").addressText()).isEqualTo("10.0.0.4");
    }

    @Test
    void theZoneWithTheLongestNameAnswersAlone() {
        zone("contoso.com").linked("contoso.com", VNET, null).a("contoso.com", "a.api", "10.0.0.4");
        zone("api.contoso.com").linked("api.contoso.com", VNET, null).a("api.contoso.com", "b", "10.0.0.5");

        assertThat(ask("a.api.contoso.com").kind()).isEqualTo(Kind.NO_SUCH_NAME);
        assertThat(ask("b.api.contoso.com").addressText()).isEqualTo("10.0.0.5");
    }

    @Test
    void aZoneOfAnotherNetworkDoesNotAnswerButIsNamed() {
        zone("contoso.com").linked("contoso.com", OTHER, null).a("contoso.com", "api", "10.0.0.4");

        assertThat(ask("api.contoso.com").kind()).isEqualTo(Kind.PUBLIC);
        assertThat(ask("api.contoso.com").unlinked()).containsExactly(zoneId("contoso.com"));
    }

    @Test
    void aLinkWithFallbackLeavesOtherNamesToPublicDns() {
        zone("contoso.com").linked("contoso.com", VNET, "NxDomainRedirect").a("contoso.com", "api", "10.0.0.4");

        assertThat(ask("www.contoso.com").kind()).isEqualTo(Kind.PUBLIC);
        assertThat(ask("api.contoso.com").kind()).isEqualTo(Kind.ADDRESSES);
    }

    @Test
    void wildcardsAndAliasesAreFollowed() {
        zone("contoso.com").linked("contoso.com", VNET, null).a("contoso.com", "*", "10.0.0.4");
        cname("contoso.com", "www", "portal.contoso.com").cname("contoso.com", "loop", "loop.contoso.com");

        assertThat(ask("x.y.contoso.com").addressText()).isEqualTo("10.0.0.4");
        assertThat(ask("www.contoso.com").addressText()).isEqualTo("10.0.0.4");
        assertThat(ask("loop.contoso.com").hasAddresses()).isFalse();
    }

    @Test
    void azuresOwnServersMayBeNamed() {
        zone("contoso.com").linked("contoso.com", VNET, null).a("contoso.com", "api", "10.0.0.4");
        snapshot.add(new DnsServer(VNET, AddressPrefix.parse("168.63.129.16"), 0, Provenance.NONE));

        assertThat(ask("api.contoso.com").hasAddresses()).isTrue();
    }

    @Test
    void whatOtherServersAnswerIsNotKnown() {
        zone("contoso.com").linked("contoso.com", VNET, null).a("contoso.com", "api", "10.0.0.4");
        snapshot.add(new DnsServer(VNET, AddressPrefix.parse("10.0.0.53"), 0, Provenance.NONE));

        assertThat(ask("api.contoso.com").missing()).contains("10.0.0.53");
    }

    @Test
    void aZoneWithoutExportedRecordsIsNotEmpty() {
        zone("contoso.com").linked("contoso.com", VNET, null);

        assertThat(ask("api.contoso.com").missing()).contains("record-set list -g g -z contoso.com");
    }

    @Test
    void aZoneIsEmptyWhereTheSoaRecordsOfAllZonesWereExported() {
        zone("contoso.com").linked("contoso.com", VNET, null);
        snapshot.saw(TYPE + "/SOA");
        assertThat(ask("api.contoso.com").kind()).isEqualTo(Kind.NO_SUCH_NAME);

        zone("fabrikam.com");
        assertThat(ask("api.contoso.com").isKnown()).isFalse();
    }

    @Test
    void aLinkToANetworkThatIsNotKnownLeavesTheAnswerOpen() {
        zone("contoso.com").linked("contoso.com", null, null).a("contoso.com", "api", "10.0.0.4");

        assertThat(ask("api.contoso.com").missing()).contains("link l");
        assertThat(ask("api.fabrikam.com").kind()).isEqualTo(Kind.PUBLIC);
    }

    @Test
    void nothingIsKnownOfANetworkThatWasNotExported() {
        assertThat(NameResolution.of(snapshot.build())
                        .ask(OTHER, HostName.of("api.contoso.com"))
                        .missing())
                .contains("az network vnet show");
    }

    @Test
    void zonesAndLinksMustBeExported() {
        Snapshot none = Snapshot.builder()
                .add(new VirtualNetwork(VNET, "v", null, List.of(), Provenance.NONE))
                .build();
        Snapshot noLinks = none.toBuilder()
                .add(new PrivateDnsZone(zoneId("contoso.com"), "contoso.com", null, null, Provenance.NONE))
                .saw(TYPE)
                .build();

        assertThat(NameResolution.of(none)
                        .ask(VNET, HostName.of("api.contoso.com"))
                        .missing())
                .contains("az network private-dns zone list");
        assertThat(NameResolution.of(noLinks)
                        .ask(VNET, HostName.of("api.contoso.com"))
                        .missing())
                .contains("link vnet list -g g -z contoso.com");
        assertThat(NameResolution.of(noLinks)
                        .ask(VNET, HostName.of("api.fabrikam.com"))
                        .kind())
                .isEqualTo(Kind.PUBLIC);
    }

    @Test
    void aLinkOfAZoneThatHasMoreOfThemMayBeMissing() {
        zone("contoso.com", 2, 2).linked("contoso.com", OTHER, null).a("contoso.com", "api", "10.0.1.4");

        assertThat(ask("api.contoso.com").missing()).contains("the links of private DNS zone contoso.com");
    }

    @Test
    void aRecordOfAZoneThatHasMoreOfThemMayBeMissing() {
        zone("contoso.com", 1, 3).linked("contoso.com", VNET, null).a("contoso.com", "api", "10.0.1.4");

        assertThat(ask("api.contoso.com").isKnown()).isTrue();
        assertThat(ask("www.contoso.com").missing()).contains("the records of private DNS zone contoso.com");
    }

    @Test
    void aZoneWithAllItsRecordsLacksEveryOtherName() {
        zone("contoso.com", 1, 2).linked("contoso.com", VNET, null).a("contoso.com", "api", "10.0.1.4");

        assertThat(ask("www.contoso.com").kind()).isEqualTo(Kind.NO_SUCH_NAME);
    }
}
