package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.SubnetUser.Kind;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resources of which nothing matters but the subnet that they sit in. A subnet that was exported lists them itself; one that
 * is planned does not.
 */
final class SubnetUsers {

    /**
     * Where a resource names its subnet; lists on the way are walked.
     *
     * @param kind a link where the subnet is delegated or given as a whole, else what has addresses of its own in it
     */
    private record Place(Kind kind, List<String> path) {
        static Place link(String... path) {
            return new Place(Kind.SERVICE_ASSOCIATION_LINK, List.of(path));
        }

        static Place address(String... path) {
            return new Place(Kind.IP_CONFIGURATION, List.of(path));
        }
    }

    private static final Map<String, Place> PLACES = Map.ofEntries(
            Map.entry("microsoft.web/sites", Place.link("virtualNetworkSubnetId")),
            Map.entry("microsoft.web/sites/slots", Place.link("virtualNetworkSubnetId")),
            Map.entry("microsoft.web/sites/networkconfig", Place.link("subnetResourceId")),
            Map.entry("microsoft.web/sites/slots/networkconfig", Place.link("subnetResourceId")),
            Map.entry("microsoft.web/hostingenvironments", Place.link("virtualNetwork", "id")),
            Map.entry("microsoft.app/managedenvironments", Place.link("vnetConfiguration", "infrastructureSubnetId")),
            Map.entry("microsoft.containerinstance/containergroups", Place.link("subnetIds", "id")),
            Map.entry("microsoft.containerservice/managedclusters", Place.address("agentPoolProfiles", "vnetSubnetID")),
            Map.entry("microsoft.containerservice/managedclusters/agentpools", Place.address("vnetSubnetID")),
            Map.entry(
                    "microsoft.network/applicationgateways", Place.address("gatewayIPConfigurations", "subnet", "id")),
            Map.entry("microsoft.network/loadbalancers", Place.address("frontendIPConfigurations", "subnet", "id")),
            Map.entry(
                    "microsoft.compute/virtualmachinescalesets",
                    Place.address(
                            "virtualMachineProfile",
                            "networkProfile",
                            "networkInterfaceConfigurations",
                            "ipConfigurations",
                            "subnet",
                            "id")),
            Map.entry("microsoft.cache/redis", Place.address("subnetId")),
            Map.entry("microsoft.sql/managedinstances", Place.link("subnetId")),
            Map.entry("microsoft.dbforpostgresql/flexibleservers", Place.link("network", "delegatedSubnetResourceId")),
            Map.entry("microsoft.dbformysql/flexibleservers", Place.link("network", "delegatedSubnetResourceId")),
            Map.entry("microsoft.netapp/netappaccounts/capacitypools/volumes", Place.link("subnetId")));

    private SubnetUsers() {}

    /** @param type in lower case */
    static boolean recognises(String type) {
        return PLACES.containsKey(type);
    }

    /** Adds what the resource says of the subnets that it is in. */
    static void read(Resource resource, Facts facts) {
        Place place = PLACES.get(resource.type());
        if (place == null) {
            return;
        }
        List<Node> found = List.of(resource.node());
        for (String key : place.path()) {
            found = found.stream().flatMap(node -> below(node, key).stream()).toList();
        }
        for (Node subnet : found) {
            Optional<ResourceId> id = id(subnet);
            if (id.isPresent()) {
                facts.addDerived(new SubnetUser(
                        resource.id(),
                        id.get(),
                        place.kind(),
                        resource.id(),
                        resource.type(),
                        Provenance.at(subnet.place())));
            } else if (subnet.value() instanceof Json.Unknown unknown) {
                facts.problems()
                        .add(
                                ProblemCode.UNKNOWN_VALUE,
                                subnet.place(),
                                "the subnet of " + Problems.quote(resource.name()) + " is not known: "
                                        + Problems.quote(unknown.reason()),
                                "Whether it shares a subnet with API Management is not seen.");
            }
        }
    }

    private static List<Node> below(Node node, String key) {
        Node field = node.field(key);
        List<Node> below = new ArrayList<>();
        if (field != null && field.isArray()) {
            below.addAll(field.items());
        } else if (field != null) {
            below.add(field);
        }
        return below;
    }

    private static Optional<ResourceId> id(Node subnet) {
        if (subnet.value() instanceof Json.Unknown unknown) {
            return Resource.tryId(unknown.symbol());
        }
        return subnet.value() instanceof Json.Text text
                ? Resource.tryId(text.value().trim())
                : Optional.empty();
    }
}
