package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.PrivateDnsLink;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.PrivateDnsZone;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Private DNS zones with their record sets and their links to virtual networks. */
final class PrivateDnsMapper implements Mapper {

    private static final String ZONE = "microsoft.network/privatednszones";
    private static final String LINK = ZONE + "/virtualnetworklinks";
    private static final Set<String> READ = Set.of("a", "aaaa", "cname");

    @Override
    public Set<String> types() {
        return Set.of(
                ZONE,
                LINK,
                ZONE + "/a",
                ZONE + "/aaaa",
                ZONE + "/cname",
                ZONE + "/mx",
                ZONE + "/ptr",
                ZONE + "/soa",
                ZONE + "/srv",
                ZONE + "/txt");
    }

    /**
     * The type of which there may be one with any name, where that of a zone or of a record set is not known: names are
     * looked up, and do not only tell resources apart.
     */
    static Optional<String> withoutName(ResourceId id) {
        String type = id.type();
        if (!type.startsWith(ZONE)) {
            return Optional.empty();
        }
        String zone = id.parent().map(ResourceId::name).orElseGet(id::name);
        if (StandIns.isIn(zone)) {
            return Optional.of(ZONE);
        }
        return type.equals(LINK) || !StandIns.isIn(id.name()) ? Optional.empty() : Optional.of(type);
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        if (resource.type().equals(ZONE)) {
            PrivateDnsZone zone = new PrivateDnsZone(
                    resource.id(),
                    resource.name(),
                    fields.integer("linkCount", "numberOfVirtualNetworkLinks"),
                    fields.integer("recordSetCount", "numberOfRecordSets"),
                    fields.provenance());
            facts.add(zone, fields);
            return;
        }
        Optional<ResourceId> zone =
                resource.id().parent().filter(parent -> parent.type().equals(ZONE));
        if (zone.isEmpty()) {
            facts.problems()
                    .add(
                            ProblemCode.NO_PARENT,
                            resource.node().place(),
                            "the id " + Problems.quote(resource.id().text()) + " does not say its private DNS zone",
                            "It was left out; export it again.");
        } else if (resource.type().equals(LINK)) {
            link(resource, zone.get(), fields, facts);
        } else if (READ.contains(resource.type().substring(ZONE.length() + 1))) {
            records(resource, zone.get(), fields, facts);
        }
    }

    private static void link(Resource resource, ResourceId zone, Fields fields, Facts facts) {
        PrivateDnsLink link = new PrivateDnsLink(
                resource.id(),
                resource.name(),
                zone,
                fields.id("vnetId", "virtualNetwork", "id"),
                fields.bool("registrationEnabled", "registrationEnabled"),
                fields.text("state", "virtualNetworkLinkState"),
                fields.text("resolutionPolicy", "resolutionPolicy"),
                fields.provenance());
        fields.reportRest("privateDnsLink");
        facts.add(link, fields);
    }

    private static void records(Resource resource, ResourceId zone, Fields fields, Facts facts) {
        List<AddressPrefix> addresses = new ArrayList<>(addresses(fields, "aRecords", "ipv4Address", facts));
        addresses.addAll(addresses(fields, "aaaaRecords", "ipv6Address", facts));
        PrivateDnsRecordSet records = new PrivateDnsRecordSet(
                resource.id(),
                zone,
                resource.name(),
                resource.type().substring(ZONE.length() + 1).toUpperCase(Locale.ROOT),
                addresses,
                fields.text("cname", "cnameRecord", "cname"),
                fields.provenance());
        fields.reportRest("privateDnsRecordSet");
        facts.add(records, fields);
    }

    private static List<AddressPrefix> addresses(Fields set, String field, String address, Facts facts) {
        List<AddressPrefix> addresses = new ArrayList<>();
        for (Node item : set.objects("addresses", field)) {
            Fields one = new Fields(item, facts.problems());
            addresses.addAll(Addresses.prefixes(one, facts.problems(), "addresses", address));
            one.provenance().unknown().forEach(set::unknown);
        }
        return addresses;
    }
}
