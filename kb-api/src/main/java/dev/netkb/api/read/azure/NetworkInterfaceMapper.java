package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Network interfaces. */
final class NetworkInterfaceMapper implements Mapper {

    @Override
    public Set<String> types() {
        return Set.of("microsoft.network/networkinterfaces");
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        Set<ResourceId> subnets = new LinkedHashSet<>();
        Set<AddressPrefix> addresses = new LinkedHashSet<>();
        for (Node item : fields.objects("subnetIds", "ipConfigurations")) {
            Fields configuration = new Fields(item, facts.problems());
            ResourceId subnet = configuration.id("subnetIds", "subnet", "id");
            if (subnet != null) {
                subnets.add(subnet);
                facts.addDerived(new SubnetUser(
                        VirtualNetworkMapper.childId(resource.id(), "ipConfigurations", item, facts.problems())
                                .orElse(resource.id()),
                        subnet,
                        SubnetUser.Kind.IP_CONFIGURATION,
                        resource.id(),
                        resource.type(),
                        Provenance.at(item.place())));
            }
            addresses.addAll(
                    Addresses.prefixes(configuration, facts.problems(), "privateAddresses", "privateIPAddress"));
            configuration.provenance().unknown().forEach(fields::unknown);
            configuration.said().forEach(fields::said);
        }
        String open = fields.whyUnknown("subnetIds");
        if (open != null) {
            facts.perhapsIn(
                    null, "ipConfigurations", "network interface " + resource.name() + " may be in it: " + open);
        }
        ResourceId nsg = fields.id("nsgId", "networkSecurityGroup", "id");
        fields.reportRest("networkInterface");
        facts.add(new Draft(
                Facts.key("networkInterface", resource.id()),
                new NetworkInterface(
                        resource.id(),
                        resource.name(),
                        List.copyOf(subnets),
                        List.copyOf(addresses),
                        nsg,
                        fields.provenance()),
                fields.said()));
    }
}
