package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.model.azure.PublicIpAddress;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Public IP addresses. */
final class PublicIpAddressMapper implements Mapper {

    @Override
    public Set<String> types() {
        return Set.of("microsoft.network/publicipaddresses");
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        String location = fields.text("location", "location");
        PublicIpAddress address = new PublicIpAddress(
                resource.id(),
                resource.name(),
                location == null ? null : Region.of(location),
                fields.text("sku", "sku", "name"),
                fields.text("version", "publicIPAddressVersion"),
                fields.text("ipAddress", "ipAddress"),
                fields.text("domainNameLabel", "dnsSettings", "domainNameLabel"),
                fields.texts("zones", "zones"),
                routingPreference(fields),
                Provenance.NONE);
        fields.reportRest("publicIpAddress");
        facts.add(
                new Draft(Facts.key("publicIpAddress", resource.id()), withProvenance(address, fields), fields.said()));
    }

    private static @Nullable String routingPreference(Fields address) {
        for (Node tag : address.objects("routingPreference", "ipTags")) {
            if ("RoutingPreference".equalsIgnoreCase(tag.text("ipTagType"))) {
                return tag.text("tag");
            }
        }
        return null;
    }

    private static PublicIpAddress withProvenance(PublicIpAddress a, Fields fields) {
        return new PublicIpAddress(
                a.id(),
                a.name(),
                a.location(),
                a.sku(),
                a.version(),
                a.ipAddress(),
                a.domainNameLabel(),
                a.zones(),
                a.routingPreference(),
                fields.provenance());
    }
}
