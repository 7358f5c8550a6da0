package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.ServiceEndpoint;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetDelegation;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Virtual networks with their subnets, peerings and DNS servers, and subnets and peerings on their own. */
final class VirtualNetworkMapper implements Mapper {

    static final String KIND = "virtualNetwork";
    private static final String VNET = "microsoft.network/virtualnetworks";
    private static final String SUBNET = "microsoft.network/virtualnetworks/subnets";
    private static final String PEERING = "microsoft.network/virtualnetworks/virtualnetworkpeerings";

    /** What a template says of a subnet, and what it has in it. */
    private static final List<String> SUBNET_COMPONENTS = List.of(
            "prefixes",
            "nsgId",
            "routeTableId",
            "natGatewayId",
            "delegations",
            "serviceEndpoints",
            "serviceEndpointPolicyIds",
            "privateEndpointNetworkPolicies",
            "defaultOutboundAccess",
            "ipConfigurations",
            "privateEndpoints");

    /** The DNS servers of one virtual network, so that two exports of it can be compared. */
    record DnsServers(List<DnsServer> servers, Provenance provenance) {}

    @Override
    public Set<String> types() {
        return Set.of(VNET, SUBNET, PEERING);
    }

    @Override
    public void map(Resource resource, Facts facts) {
        switch (resource.type()) {
            case SUBNET -> subnet(resource.id(), resource.node(), facts);
            case PEERING -> peering(resource.id(), resource.node(), facts);
            default -> virtualNetwork(resource, facts);
        }
    }

    private static void virtualNetwork(Resource resource, Facts facts) {
        Problems problems = facts.problems();
        ResourceId id = resource.id();
        Fields fields = new Fields(resource.node(), problems);
        String location = fields.text("location", "location");
        List<AddressPrefix> prefixes =
                Addresses.prefixes(fields, problems, "addressPrefixes", "addressSpace", "addressPrefixes");
        for (Node item : fields.objects("subnets", "subnets")) {
            childId(id, "subnets", item, problems).ifPresent(child -> {
                facts.saw(child, SUBNET);
                subnet(child, item, facts);
            });
        }
        for (Node item : fields.objects("peerings", "virtualNetworkPeerings")) {
            childId(id, "virtualNetworkPeerings", item, problems).ifPresent(child -> {
                facts.saw(child, PEERING);
                peering(child, item, facts);
            });
        }
        dnsServers(id, fields, facts);
        fields.reportRest(KIND);
        facts.add(new Draft(
                Facts.key(KIND, id),
                new VirtualNetwork(
                        id,
                        resource.name(),
                        location == null ? null : Region.of(location),
                        prefixes,
                        fields.provenance()),
                fields.said()));
    }

    /** A subnet of a network whose subnets are not known. */
    static Draft unknownSubnet(String key, ResourceId id, Draft network, String reason) {
        Provenance provenance = Provenance.at(network.provenance().place());
        for (String component : SUBNET_COMPONENTS) {
            provenance = provenance.withUnknown(component, reason);
        }
        ResourceId vnet = ((VirtualNetwork) network.fact()).id();
        Subnet subnet = new Subnet(
                id,
                id.name(),
                vnet,
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                provenance);
        return new Draft(key, subnet, Set.copyOf(SUBNET_COMPONENTS));
    }

    /** The ids of subnets that stand in a value, also those whose names are not all known. */
    static Set<ResourceId> subnetIds(Json value) {
        Set<ResourceId> found = new LinkedHashSet<>();
        if (value instanceof Json.Arr list) {
            list.items().forEach(item -> found.addAll(subnetIds(item)));
        } else if (value instanceof Json.Obj object) {
            for (int i = 0; i < object.size(); i++) {
                found.addAll(subnetIds(object.value(i)));
            }
        } else {
            String text =
                    value instanceof Json.Text t ? t.value() : value instanceof Json.Unknown u ? u.symbol() : null;
            Resource.tryId(text).filter(id -> id.type().equals(SUBNET)).ifPresent(found::add);
        }
        return found;
    }

    private static void dnsServers(ResourceId vnetId, Fields vnet, Facts facts) {
        List<AddressPrefix> addresses =
                Addresses.prefixes(vnet, facts.problems(), "dnsServers", "dhcpOptions", "dnsServers");
        if (!vnet.hasSaid("dnsServers") || vnet.isUnknown("dnsServers")) {
            return;
        }
        List<DnsServer> servers = new ArrayList<>();
        Node place = vnet.at("dnsServers", "dhcpOptions", "dnsServers");
        for (AddressPrefix address : addresses) {
            Provenance provenance = place == null
                    ? vnet.provenance()
                    : Provenance.at(place.place().index(servers.size()));
            servers.add(new DnsServer(vnetId, address, servers.size(), provenance));
        }
        facts.add(new Draft(
                Facts.key("dnsServers", vnetId),
                new DnsServers(List.copyOf(servers), Provenance.at(vnet.node().place())),
                Set.of("servers")));
    }

    /** The id of a child that stands inside its parent; made of the parent's where the child has none. */
    static Optional<ResourceId> childId(ResourceId parent, String type, Node child, Problems problems) {
        Optional<ResourceId> id = Resource.tryId(child.text("id"));
        if (id.isPresent()) {
            return id;
        }
        Facts.reportWrongId(child, problems);
        Node name = child.get("name");
        if (name != null && name.value() instanceof Json.Text text && !Fields.isBlank(text.value())) {
            return Optional.of(parent.child(type, text.value().trim()));
        }
        if (name != null && name.value() instanceof Json.Unknown unknown) {
            problems.count(
                    ProblemCode.UNKNOWN_VALUE,
                    name.place(),
                    "the name of an item of " + type + " is not known: " + Problems.quote(unknown.reason()),
                    "The item was left out.");
            return Optional.empty();
        }
        problems.add(
                ProblemCode.MISSING_FIELD,
                child.place(),
                "an item of " + type + " of " + Problems.quote(parent.name()) + " has neither id nor name",
                "Export the resource again with all its fields.");
        return Optional.empty();
    }

    private static void subnet(ResourceId id, Node node, Facts facts) {
        Problems problems = facts.problems();
        Fields fields = new Fields(node, problems);
        Optional<ResourceId> parent = id.parent().filter(p -> p.type().equals(VNET));
        if (parent.isEmpty()) {
            problems.add(
                    ProblemCode.NO_PARENT,
                    node.place(),
                    "the id " + Problems.quote(id.text()) + " of a subnet does not say its virtual network",
                    "The subnet was left out; export it again.");
            return;
        }
        List<AddressPrefix> prefixes =
                new ArrayList<>(Addresses.prefixes(fields, problems, "prefixes", "addressPrefix"));
        Addresses.prefixes(fields, problems, "prefixes", "addressPrefixes").stream()
                .filter(prefix -> !prefixes.contains(prefix))
                .forEach(prefixes::add);
        String name = Resource.lastPart(node.text("name"));
        Subnet subnet = new Subnet(
                id,
                name == null ? Resource.nameOf(id) : name,
                parent.get(),
                prefixes,
                fields.id("nsgId", "networkSecurityGroup", "id"),
                fields.id("routeTableId", "routeTable", "id"),
                fields.id("natGatewayId", "natGateway", "id"),
                delegations(fields, problems),
                serviceEndpoints(fields, problems),
                fields.ids("serviceEndpointPolicyIds", "serviceEndpointPolicies"),
                fields.text("privateEndpointNetworkPolicies", "privateEndpointNetworkPolicies"),
                fields.bool("defaultOutboundAccess", "defaultOutboundAccess"),
                Provenance.NONE);
        users(id, fields, facts);
        fields.reportRest("subnet");
        facts.add(new Draft(Facts.key("subnet", id), with(subnet, prefixes, fields.provenance()), fields.said()));
    }

    /**
     * A subnet whose blocks lie in the ranges of its network, as they must. Where they do not, one of the two is a
     * mistake and nobody can say which, so the blocks of the subnet are not known.
     */
    static Subnet inside(@Nullable VirtualNetwork network, Subnet subnet, Problems problems) {
        if (network == null
                || network.addressPrefixes().isEmpty()
                || !network.provenance().knows("addressPrefixes")
                || network.addressSpace().containsAll(subnet.addresses())) {
            return subnet;
        }
        AddressSet ranges = network.addressSpace();
        String outside = names(subnet.prefixes().stream()
                .filter(prefix -> !ranges.containsAll(prefix.addresses()))
                .toList());
        String reason = outside + " lies outside of " + names(network.addressPrefixes());
        problems.add(
                ProblemCode.OUTSIDE_NETWORK,
                subnet.provenance().place(),
                "subnet " + Problems.quote(subnet.name()) + " does not lie in its network "
                        + Problems.quote(network.name()) + ": " + reason,
                "Its addresses are taken as not known: maybe the files are from different days, or one was edited.");
        return with(subnet, List.of(), subnet.provenance().withUnknown("prefixes", reason));
    }

    private static String names(List<AddressPrefix> prefixes) {
        return String.join(", ", prefixes.stream().map(AddressPrefix::text).toList());
    }

    private static Subnet with(Subnet s, List<AddressPrefix> prefixes, Provenance provenance) {
        return new Subnet(
                s.id(),
                s.name(),
                s.vnetId(),
                prefixes,
                s.nsgId(),
                s.routeTableId(),
                s.natGatewayId(),
                s.delegations(),
                s.serviceEndpoints(),
                s.serviceEndpointPolicyIds(),
                s.privateEndpointNetworkPolicies(),
                s.defaultOutboundAccess(),
                provenance);
    }

    private static List<SubnetDelegation> delegations(Fields subnet, Problems problems) {
        List<SubnetDelegation> delegations = new ArrayList<>();
        for (Node item : subnet.objects("delegations", "delegations")) {
            Fields fields = new Fields(item, problems);
            String service = fields.text("serviceName", "serviceName");
            String name = fields.text("name", "name");
            if (service != null) {
                delegations.add(new SubnetDelegation(name == null ? service : name, service));
            }
            fields.provenance().unknown().forEach((field, reason) -> subnet.unknown("delegations", reason));
        }
        return delegations;
    }

    private static List<ServiceEndpoint> serviceEndpoints(Fields subnet, Problems problems) {
        List<ServiceEndpoint> endpoints = new ArrayList<>();
        for (Node item : subnet.objects("serviceEndpoints", "serviceEndpoints")) {
            Fields fields = new Fields(item, problems);
            String service = fields.text("service", "service");
            List<Region> locations = fields.texts("locations", "locations").stream()
                    .filter(location -> !location.equals("*"))
                    .map(Region::of)
                    .toList();
            if (service != null) {
                endpoints.add(new ServiceEndpoint(service, locations));
            }
            String reason = fields.whyUnknown("service");
            if (reason != null) {
                subnet.unknown("serviceEndpoints", reason);
            }
        }
        return endpoints;
    }

    private static void users(ResourceId subnetId, Fields subnet, Facts facts) {
        for (Node item : subnet.objects("ipConfigurations", "ipConfigurations")) {
            user(subnetId, SubnetUser.Kind.IP_CONFIGURATION, item, facts);
        }
        for (Node item : subnet.objects("privateEndpoints", "privateEndpoints")) {
            user(subnetId, SubnetUser.Kind.PRIVATE_ENDPOINT, item, facts);
        }
        for (Node item : subnet.objects("serviceAssociationLinks", "serviceAssociationLinks")) {
            link(subnetId, SubnetUser.Kind.SERVICE_ASSOCIATION_LINK, item, facts);
        }
        for (Node item : subnet.objects("resourceNavigationLinks", "resourceNavigationLinks")) {
            link(subnetId, SubnetUser.Kind.RESOURCE_NAVIGATION_LINK, item, facts);
        }
    }

    private static void user(ResourceId subnetId, SubnetUser.Kind kind, Node item, Facts facts) {
        Fields fields = new Fields(item, facts.problems());
        ResourceId id = fields.id("owner", "id");
        if (id != null) {
            ResourceId owner = kind == SubnetUser.Kind.IP_CONFIGURATION ? owner(id) : id;
            facts.addDerived(new SubnetUser(id, subnetId, kind, owner, owner.type(), Provenance.at(item.place())));
        }
    }

    /** The resource that an IP configuration belongs to. */
    static ResourceId owner(ResourceId ipConfiguration) {
        return ipConfiguration.parent().orElse(ipConfiguration);
    }

    private static void link(ResourceId subnetId, SubnetUser.Kind kind, Node item, Facts facts) {
        Fields fields = new Fields(item, facts.problems());
        String type = fields.text("ownerType", "linkedResourceType");
        @Nullable ResourceId link = linked(fields.text("owner", "link"));
        @Nullable ResourceId own = linked(fields.text("owner", "id"));
        ResourceId owner =
                link != null ? link : own != null ? own : subnetId.child("links", String.valueOf(item.key()));
        facts.addDerived(new SubnetUser(
                own != null ? own : owner,
                subnetId,
                kind,
                owner,
                type == null ? owner.type() : type.toLowerCase(Locale.ROOT),
                Provenance.at(item.place())));
    }

    private static @Nullable ResourceId linked(@Nullable String text) {
        return text == null || !text.startsWith("/") ? null : ResourceId.of(text);
    }

    private static void peering(ResourceId id, Node node, Facts facts) {
        Problems problems = facts.problems();
        Fields fields = new Fields(node, problems);
        Optional<ResourceId> parent = id.parent().filter(p -> p.type().equals(VNET));
        if (parent.isEmpty()) {
            problems.add(
                    ProblemCode.NO_PARENT,
                    node.place(),
                    "the id " + Problems.quote(id.text()) + " of a peering does not say its virtual network",
                    "The peering was left out; export it again.");
            return;
        }
        List<AddressPrefix> remote = new ArrayList<>();
        for (String field : List.of("remoteVirtualNetworkAddressSpace", "remoteAddressSpace")) {
            Addresses.prefixes(fields, problems, "remotePrefixes", field, "addressPrefixes").stream()
                    .filter(prefix -> !remote.contains(prefix))
                    .forEach(remote::add);
        }
        ResourceId remoteId = fields.id("remoteVnetId", "remoteVirtualNetwork", "id");
        String state = fields.text("state", "peeringState");
        // Absent means allowed for access and not allowed for the others, as Azure does when it creates a peering.
        boolean access = !Boolean.FALSE.equals(fields.bool("allowVirtualNetworkAccess", "allowVirtualNetworkAccess"));
        boolean forwarded = Boolean.TRUE.equals(fields.bool("allowForwardedTraffic", "allowForwardedTraffic"));
        boolean transit = Boolean.TRUE.equals(fields.bool("allowGatewayTransit", "allowGatewayTransit"));
        boolean useRemote = Boolean.TRUE.equals(fields.bool("useRemoteGateways", "useRemoteGateways"));
        Boolean complete = fields.bool("peerCompleteVnets", "peerCompleteVnets");
        List<String> localSubnets = fields.texts("localSubnetNames", "localSubnetNames");
        List<String> remoteSubnets = fields.texts("remoteSubnetNames", "remoteSubnetNames");
        fields.reportRest("peering");
        facts.add(new Draft(
                Facts.key("peering", id),
                new VnetPeering(
                        id,
                        parent.get(),
                        remoteId,
                        state,
                        remote,
                        access,
                        forwarded,
                        transit,
                        useRemote,
                        complete,
                        localSubnets,
                        remoteSubnets,
                        fields.provenance()),
                fields.said()));
    }
}
