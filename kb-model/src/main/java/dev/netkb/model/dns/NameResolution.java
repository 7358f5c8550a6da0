package dev.netkb.model.dns;

import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.PrivateDnsLink;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.PrivateDnsZone;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.dns.NameAnswer.Kind;
import dev.netkb.model.snapshot.Coverage;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.HostName;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers as Azure's DNS does what a virtual network gets that asks for a name: of the private zones that are linked to
 * it, the one with the longest name that the host lies in answers, and public DNS where there is none. What other servers
 * answer is in no export.
 */
public final class NameResolution {

    private static final String ZONES = "microsoft.network/privatednszones";
    private static final String SOA = ZONES + "/soa";

    /** More CNAME records than this are a loop. */
    private static final int MAX_ALIASES = 8;

    private final Snapshot snapshot;
    private final Coverage coverage;
    private final Map<ResourceId, Zone> zones = new LinkedHashMap<>();
    private final Map<HostName, List<Zone>> zonesByName;
    private final Map<ResourceId, List<DnsServer>> servers;

    /** A private zone with what was exported of it. */
    private static final class Zone {
        final ResourceId id;
        final HostName name;

        @Nullable
        PrivateDnsZone said;

        final List<PrivateDnsLink> links = new ArrayList<>();
        final List<PrivateDnsRecordSet> records = new ArrayList<>();

        Zone(ResourceId id) {
            this.id = id;
            this.name = HostName.of(id.name());
        }

        /** Whether it may have links that were not exported. */
        boolean mayLackLinks() {
            return said != null && said.linkCount() != null ? links.size() < said.linkCount() : links.isEmpty();
        }

        /** Whether it may have record sets that were not exported, besides its SOA record. */
        boolean mayLackRecords() {
            return said != null && said.recordSetCount() != null
                    ? records.size() + 1 < said.recordSetCount()
                    : records.isEmpty();
        }

        List<PrivateDnsLink> linksTo(ResourceId vnetId) {
            return links.stream()
                    .filter(link -> link.isCompleted() && vnetId.equals(link.vnetId()))
                    .toList();
        }

        Optional<PrivateDnsRecordSet> record(HostName host) {
            return records.stream()
                    .filter(record -> record.fqdn().equals(host.text()))
                    .min(Comparator.comparing(PrivateDnsRecordSet::type));
        }

        /** The record set of a name, else that of the nearest wildcard. */
        Optional<PrivateDnsRecordSet> recordOrWildcard(HostName host) {
            return record(host).or(() -> wildcard(host.parent()));
        }

        private Optional<PrivateDnsRecordSet> wildcard(Optional<HostName> domain) {
            return domain.filter(d -> d.isIn(name))
                    .flatMap(d -> record(d.below("*")).or(() -> wildcard(d.parent())));
        }
    }

    private NameResolution(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.coverage = snapshot.coverage();
        snapshot.facts(PrivateDnsZone.class).forEach(zone -> zone(zone.id()).said = zone);
        snapshot.facts(PrivateDnsLink.class)
                .forEach(link -> zone(link.zoneId()).links.add(link));
        snapshot.facts(PrivateDnsRecordSet.class)
                .forEach(record -> zone(record.zoneId()).records.add(record));
        zonesByName = zones.values().stream().collect(Collectors.groupingBy(zone -> zone.name));
        servers = snapshot.dnsServers().stream().collect(Collectors.groupingBy(DnsServer::vnetId));
    }

    public static NameResolution of(Snapshot snapshot) {
        return new NameResolution(snapshot);
    }

    private Zone zone(ResourceId id) {
        return zones.computeIfAbsent(id, Zone::new);
    }

    /** The DNS servers that a virtual network asks. */
    public NameServers servers(ResourceId vnetId) {
        Optional<VirtualNetwork> vnet = snapshot.virtualNetwork(vnetId);
        if (vnet.isEmpty() || !vnet.get().knows("dnsServers")) {
            return new NameServers(
                    vnetId,
                    List.of(),
                    "the DNS servers of virtual network " + vnetId + " (az network vnet show --ids " + vnetId + ")");
        }
        return new NameServers(vnetId, servers.getOrDefault(vnetId, List.of()), "");
    }

    /** Whether it is known which DNS servers a virtual network asks. */
    public boolean knowsServers(ResourceId vnetId) {
        return servers(vnetId).isKnown();
    }

    /** Whether a virtual network asks Azure's DNS servers and no others. */
    public boolean usesAzure(ResourceId vnetId) {
        return servers(vnetId).isAzureProvided();
    }

    /** Whether a virtual network asks other DNS servers than Azure's. */
    public boolean usesOthers(ResourceId vnetId) {
        return servers(vnetId).isCustom();
    }

    /** Whether private DNS zones were exported; there may be none. */
    public boolean isZonesExported() {
        return coverage.has(ZONES);
    }

    /** What is missing where private DNS zones were not exported, and how to get it. */
    public String missingZones() {
        return "the private DNS zones (az network private-dns zone list)";
    }

    /** What a virtual network is told that asks for a name. */
    public NameAnswer ask(ResourceId vnetId, HostName host) {
        NameServers servers = servers(vnetId);
        if (!servers.isKnown()) {
            return NameAnswer.unknown(host, servers.missing());
        }
        if (servers.isCustom()) {
            return NameAnswer.unknown(
                    host,
                    "the answers of DNS server " + servers.text() + ", which virtual network " + vnetId.name()
                            + " asks and whose records are in no export (in the network: nslookup " + host + " "
                            + servers.addresses().get(0) + ")");
        }
        return askAzure(vnetId, host, host, 0);
    }

    private NameAnswer askAzure(ResourceId vnetId, HostName asked, HostName host, int aliases) {
        if (!isZonesExported()) {
            return NameAnswer.unknown(asked, missingZones());
        }
        List<Zone> candidates = zonesOf(host).toList();
        Zone linked = candidates.stream()
                .filter(zone -> !zone.linksTo(vnetId).isEmpty())
                .findFirst()
                .orElse(null);
        List<Zone> before = candidates.stream()
                .filter(zone -> linked == null
                        || zone.name.text().length() >= linked.name.text().length())
                .toList();
        Optional<Zone> open = before.stream()
                .filter(zone -> zone != linked && zone.mayLackLinks())
                .findFirst();
        if (open.isPresent()) {
            return NameAnswer.unknown(asked, missingLinks(open.get()));
        }
        Optional<PrivateDnsLink> nowhere = before.stream()
                .flatMap(zone -> zone.links.stream())
                .filter(link -> link.vnetId() == null)
                .findFirst();
        if (nowhere.isPresent()) {
            return NameAnswer.unknown(
                    asked,
                    "the virtual network of link " + nowhere.get().name() + " of private DNS zone "
                            + nowhere.get().zoneId().name());
        }
        List<ResourceId> unlinked = candidates.stream()
                .filter(zone -> zone != linked && zone.recordOrWildcard(host).isPresent())
                .map(zone -> zone.id)
                .toList();
        if (linked == null) {
            return new NameAnswer(asked, Kind.PUBLIC, null, null, unlinked, "");
        }
        Optional<PrivateDnsRecordSet> record = linked.recordOrWildcard(host);
        if (record.isEmpty()) {
            return withoutRecord(vnetId, asked, linked, unlinked);
        }
        return follow(vnetId, asked, linked, record.get(), aliases);
    }

    private NameAnswer withoutRecord(ResourceId vnetId, HostName asked, Zone zone, List<ResourceId> unlinked) {
        if (!recordsExported(zone)) {
            return NameAnswer.unknown(asked, missingRecords(zone));
        }
        boolean fallsBack = zone.linksTo(vnetId).stream().allMatch(PrivateDnsLink::fallsBackToInternet);
        return new NameAnswer(asked, fallsBack ? Kind.PUBLIC : Kind.NO_SUCH_NAME, zone.id, null, unlinked, "");
    }

    private NameAnswer follow(ResourceId vnetId, HostName asked, Zone zone, PrivateDnsRecordSet record, int aliases) {
        String cname = record.cname();
        if (cname != null && aliases < MAX_ALIASES) {
            return askAzure(vnetId, asked, HostName.of(cname), aliases + 1);
        }
        if (!record.knows("addresses") || !record.knows("cname")) {
            return NameAnswer.unknown(
                    asked, "the value of record " + record.name() + " in private DNS zone " + zone.id.name());
        }
        return new NameAnswer(
                asked,
                record.addresses().isEmpty() ? Kind.NO_SUCH_NAME : Kind.ADDRESSES,
                zone.id,
                record,
                List.of(),
                "");
    }

    /** The zones that a host lies in, the longest name first. */
    private Stream<Zone> zonesOf(HostName host) {
        return Stream.iterate(Optional.of(host), Optional::isPresent, domain -> domain.flatMap(HostName::parent))
                .flatMap(domain -> zonesByName.getOrDefault(domain.orElseThrow(), List.of()).stream()
                        .sorted(Comparator.comparing((Zone zone) -> zone.id)));
    }

    /**
     * Whether a zone without the record in question surely lacks it: as many record sets as the zone has were exported.
     * Each zone has one SOA record: as many of them as zones say that the records of all zones were exported, unless a list
     * of records says that it is only a part.
     */
    private boolean recordsExported(Zone zone) {
        return !zone.mayLackRecords()
                || coverage.incomplete().stream().noneMatch(type -> type.startsWith(ZONES + "/"))
                        && coverage.resourceTypes().getOrDefault(SOA, 0)
                                >= Math.max(1, coverage.resourceTypes().getOrDefault(ZONES, 0));
    }

    private static String missingLinks(Zone zone) {
        return "the links of private DNS zone " + zone.id.name() + " (az network private-dns link vnet list -g "
                + zone.id.resourceGroup() + " -z " + zone.id.name() + ")";
    }

    private static String missingRecords(Zone zone) {
        return "the records of private DNS zone " + zone.id.name() + " (az network private-dns record-set list -g "
                + zone.id.resourceGroup() + " -z " + zone.id.name() + ")";
    }
}
