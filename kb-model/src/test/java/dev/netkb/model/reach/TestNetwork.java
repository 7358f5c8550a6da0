package dev.netkb.model.reach;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.ServiceEndpoint;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A network in short words. Its home is 10.0.0.0/16 with the subnet {@code apim} 10.0.0.0/24, whose group holds the
 * rules that are added, besides the default rules. A rule reads {@code "in 100 allow tcp Storage|10.0.0.0/8 -> *:443"}.
 */
final class TestNetwork {

    private static final ResourceId GROUP =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg");

    private final List<Object> facts = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Map<ServiceTag, List<String>> tags = new TreeMap<>();
    private final List<String> ranges = new ArrayList<>(List.of("10.0.0.0/16"));
    private final List<Route> routes = new ArrayList<>();
    private String own = "10.0.0.0/24";
    private @Nullable String provisioningState;
    private boolean withGroup = true;
    private boolean groupExported = true;
    private boolean stv2;
    private boolean allStages;
    private final Set<AddressPrefix> trusted = new HashSet<>();
    private final List<ServiceEndpoint> serviceEndpoints = new ArrayList<>();
    private final List<String> covered = new ArrayList<>();
    private @Nullable Region location;
    private @Nullable Boolean keepsGatewayRoutesAway;
    private boolean hasTable;
    private boolean unexportedTable;

    TestNetwork rule(String text) {
        rules.add(text);
        return this;
    }

    /** A security admin rule on the home, such as {@code "in 10 alwaysallow tcp ApiManagement -> *:3443"}. */
    TestNetwork adminRule(String text) {
        return adminRule("home", text);
    }

    /** @param vnet the network it is in effect on; an empty text where nobody knows */
    TestNetwork adminRule(String vnet, String text) {
        String[] words = text.split(" ", -1);
        String far = words[6];
        int colon = far.lastIndexOf(':');
        facts.add(new SecurityAdminRule(
                id("networkManagers/m/securityAdminConfigurations/c/ruleCollections/c/rules/" + words[0] + words[1]
                        + vnet),
                vnet.isEmpty() ? null : vnetId(vnet),
                words[0] + "-" + words[1],
                false,
                words[1].equals("?") ? null : Integer.valueOf(words[1]),
                words[0].equals("in") ? Direction.INBOUND : Direction.OUTBOUND,
                switch (words[2]) {
                    case "allow" -> SecurityAdminRule.Access.ALLOW;
                    case "deny" -> SecurityAdminRule.Access.DENY;
                    case "alwaysallow" -> SecurityAdminRule.Access.ALWAYS_ALLOW;
                    default -> SecurityAdminRule.Access.UNKNOWN;
                },
                protocols(words[3]),
                PortSet.ALL,
                PortSet.parse(far.substring(colon + 1)),
                matches(words[4]),
                matches(far.substring(0, colon)),
                Provenance.NONE));
        return this;
    }

    /** Another subnet of the home, with a group of its own. */
    TestNetwork subnet(String name, String prefix, String... rulesThere) {
        return subnetOf("home", name, prefix, rulesThere);
    }

    TestNetwork subnetOf(String vnet, String name, String prefix, String... rulesThere) {
        facts.add(subnetFact(vnet, name, prefix, id("networkSecurityGroups/nsg-" + name), null, List.of()));
        groups.put("nsg-" + name, List.of(rulesThere));
        return this;
    }

    /** Another subnet of the home of which nobody knows where in it it lies. */
    TestNetwork subnetSomewhere(String name, String... rulesThere) {
        facts.add(new Subnet(
                vnetId("home").child("subnets", name),
                name,
                vnetId("home"),
                List.of(),
                id("networkSecurityGroups/nsg-" + name),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Provenance.NONE.withUnknown("prefixes", "a parameter without a value")));
        groups.put("nsg-" + name, List.of(rulesThere));
        return this;
    }

    TestNetwork peer(String name, String range) {
        return peer(name, range, "Connected", true);
    }

    TestNetwork peer(String name, String range, String state, boolean access) {
        facts.add(new VirtualNetwork(vnetId(name), name, null, prefixes(range), Provenance.NONE));
        facts.add(peering("home", name, state, access));
        facts.add(peering(name, "home", state, access));
        return this;
    }

    /** A peering with a network that was not exported. */
    TestNetwork peeringWith(String name) {
        facts.add(peering("home", name, "Connected", true));
        return this;
    }

    /** A peer whose gateway the home uses, if it is offered. */
    TestNetwork peerWithGateway(String name, String range, boolean offered) {
        facts.add(new VirtualNetwork(vnetId(name), name, null, prefixes(range), Provenance.NONE));
        facts.add(peering("home", name, "Connected", true, false, true, List.of(), List.of()));
        facts.add(peering(name, "home", "Connected", true, offered, false, List.of(), List.of()));
        return this;
    }

    /** A peer of which only some subnets are peered. */
    TestNetwork subnetPeer(String name, String range, List<String> localSubnets, List<String> remoteSubnets) {
        facts.add(new VirtualNetwork(vnetId(name), name, null, prefixes(range), Provenance.NONE));
        facts.add(peering("home", name, "Connected", true, false, false, localSubnets, remoteSubnets));
        return this;
    }

    /** A peering of subnets with a network that was not exported, whose address space the peering says. */
    TestNetwork subnetPeeringWith(String name, String range, List<String> localSubnets, List<String> remoteSubnets) {
        facts.add(new VnetPeering(
                vnetId("home").child("virtualNetworkPeerings", name),
                vnetId("home"),
                vnetId(name),
                "Connected",
                prefixes(range),
                true,
                false,
                false,
                false,
                false,
                localSubnets,
                remoteSubnets,
                Provenance.NONE));
        return this;
    }

    /** A VPN gateway in a network; its connections are all exported. */
    TestNetwork gateway(String vnet, @Nullable Boolean bgp) {
        return gateway(vnet, bgp, false);
    }

    TestNetwork gateway(String vnet, @Nullable Boolean bgp, boolean tunnelsAll) {
        covered.add("Microsoft.Network/virtualNetworkGateways");
        covered.add("Microsoft.Network/connections");
        facts.add(new VirtualNetworkGateway(
                id("virtualNetworkGateways/gateway"),
                "gateway",
                null,
                "Vpn",
                "RouteBased",
                vnetId(vnet).child("subnets", "GatewaySubnet"),
                bgp,
                null,
                prefixes("172.31.0.0/24"),
                tunnelsAll ? id("localNetworkGateways/site") : null,
                Provenance.NONE));
        return this;
    }

    /** A site that the gateway is connected with. */
    TestNetwork site(String prefixes) {
        ResourceId site = id("localNetworkGateways/site");
        facts.add(new LocalNetworkGateway(site, "site", null, prefixes(prefixes), null, Provenance.NONE));
        facts.add(new GatewayConnection(
                id("connections/to-site"),
                "to-site",
                "IPsec",
                id("virtualNetworkGateways/gateway"),
                null,
                site,
                null,
                false,
                "Connected",
                Provenance.NONE));
        return this;
    }

    /** A private endpoint in a subnet 10.0.9.0/24 of the home. */
    TestNetwork privateEndpoint(String address, @Nullable String policy) {
        ResourceId home = vnetId("home").child("subnets", "endpoints");
        facts.add(new Subnet(
                home,
                "endpoints",
                vnetId("home"),
                prefixes("10.0.9.0/24"),
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                policy,
                null,
                Provenance.NONE));
        facts.add(new PrivateEndpoint(
                id("privateEndpoints/endpoint"),
                "endpoint",
                null,
                home,
                List.of(),
                List.of(),
                prefixes(address),
                List.of(),
                Provenance.NONE));
        return this;
    }

    /** A service endpoint of the subnet. */
    TestNetwork serviceEndpoint(String service, String... regions) {
        serviceEndpoints.add(new ServiceEndpoint(
                service, Arrays.stream(regions).map(Region::of).toList()));
        return this;
    }

    /** The region of the home. */
    TestNetwork location(String name) {
        location = Region.of(name);
        return this;
    }

    /** Whether the route table keeps routes of gateways away; null where it does not say. */
    TestNetwork keepsGatewayRoutesAway(@Nullable Boolean away) {
        keepsGatewayRoutesAway = away;
        hasTable = true;
        return this;
    }

    /** The subnet has a route table that was not exported. */
    TestNetwork withUnexportedTable() {
        unexportedTable = true;
        return this;
    }

    /** A route that Azure reported of a machine in the subnet. */
    TestNetwork reportedRoute(String source, String state, String prefix, NextHopType hop) {
        ResourceId nic = id("networkInterfaces/nic");
        facts.add(new NetworkInterface(
                nic, "nic", List.of(vnetId("home").child("subnets", "apim")), List.of(), null, Provenance.NONE));
        facts.add(
                new EffectiveRoute(nic, null, source, state, prefixes(prefix), hop, List.of(), null, Provenance.NONE));
        return this;
    }

    TestNetwork route(String destination, NextHopType hop, String address) {
        routes.add(new Route(
                id("routeTables/routes"),
                destination.replace('/', '-'),
                match(destination),
                hop,
                AddressPrefix.parse(address),
                Provenance.NONE));
        return this;
    }

    /**
     * An Azure Firewall with rules such as {@code "network 200 allow tcp * -> Sql|group:a:1433"}; of a source
     * {@code group:?} and of an application protocol {@code ?} the export does not say what they are.
     */
    TestNetwork firewall(String address, String... rulesThere) {
        ResourceId firewall = id("azureFirewalls/fw");
        return firewall(firewall, null, address, null, firewallRules(firewall, null, rulesThere));
    }

    /** An Azure Firewall in a virtual network. */
    TestNetwork firewallIn(String vnet, String address, String... rulesThere) {
        ResourceId firewall = id("azureFirewalls/fw-" + vnet);
        ResourceId subnet = vnetId(vnet).child("subnets", "AzureFirewallSubnet");
        return firewall(firewall, subnet, address, null, firewallRules(firewall, null, rulesThere));
    }

    /** An Azure Firewall with the rules of a policy. */
    TestNetwork firewallOf(String policy, String address) {
        return firewall(id("azureFirewalls/fw"), null, address, id("firewallPolicies/" + policy), List.of());
    }

    private TestNetwork firewall(
            ResourceId firewall,
            @Nullable ResourceId subnet,
            String address,
            @Nullable ResourceId policy,
            List<FirewallRule> rulesThere) {
        facts.add(new AzureFirewall(
                firewall,
                firewall.name(),
                null,
                "AZFW_VNet",
                "Standard",
                subnet,
                prefixes(address),
                policy,
                null,
                null,
                rulesThere,
                Provenance.NONE));
        return this;
    }

    /** @param base the name of its base policy; an empty text where it has none */
    TestNetwork policy(String name, String base, String... rulesThere) {
        ResourceId policy = id("firewallPolicies/" + name);
        ResourceId group = policy.child("ruleCollectionGroups", "g");
        facts.add(new FirewallPolicy(
                policy,
                name,
                null,
                "Standard",
                base.isEmpty() ? null : id("firewallPolicies/" + base),
                null,
                null,
                List.of(),
                List.of(group),
                Provenance.NONE));
        facts.add(new FirewallRuleCollectionGroup(
                group, "g", policy, 100, firewallRules(group, policy, rulesThere), Provenance.NONE));
        return this;
    }

    /** @param unknown whether the export says only some of its addresses */
    TestNetwork ipGroup(String name, boolean unknown, String... prefixes) {
        facts.add(new IpGroup(
                id("ipGroups/" + name),
                name,
                null,
                addresses(prefixes),
                unknown ? Provenance.NONE.withUnknown("addresses", "a parameter without a value") : Provenance.NONE));
        return this;
    }

    private static List<FirewallRule> firewallRules(
            ResourceId owner, @Nullable ResourceId policy, String... rulesThere) {
        List<FirewallRule> all = new ArrayList<>();
        for (String text : rulesThere) {
            String[] words = text.split(" ", -1);
            boolean application = words[0].equals("application");
            int colon = application ? words[6].length() : words[6].lastIndexOf(':');
            List<String> sources = List.of(words[4].split("\\|", -1));
            List<String> destinations = application
                    ? List.of()
                    : List.of(words[6].substring(0, colon).split("\\|", -1));
            boolean unknownProtocols = words[3].equals("?");
            Provenance provenance = unknownProtocols
                    ? Provenance.NONE.withUnknown("applicationProtocols", "a parameter without a value")
                    : Provenance.NONE;
            all.add(new FirewallRule(
                    owner,
                    policy,
                    policy == null ? null : 100,
                    "c" + words[1],
                    Integer.valueOf(words[1]),
                    words[0] + all.size(),
                    application ? FirewallRule.Kind.APPLICATION : FirewallRule.Kind.NETWORK,
                    words[2].equals("allow") ? FirewallRule.Action.ALLOW : FirewallRule.Action.DENY,
                    application ? ProtocolSet.EMPTY : protocols(words[3]),
                    application && !unknownProtocols
                            ? List.of(new FirewallRule.ApplicationProtocol(words[3], null))
                            : List.of(),
                    withoutGroups(sources),
                    groups(sources),
                    withoutGroups(destinations),
                    groups(destinations),
                    List.of(),
                    application ? PortSet.EMPTY : PortSet.parse(words[6].substring(colon + 1)),
                    application ? List.of(words[6]) : List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    sources.contains("group:?")
                            ? provenance.withUnknown("sourceIpGroupIds", "a parameter without a value")
                            : provenance));
        }
        return all;
    }

    private static List<AddressMatch> withoutGroups(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.startsWith("group:"))
                .map(TestNetwork::match)
                .toList();
    }

    private static List<ResourceId> groups(List<String> texts) {
        return texts.stream()
                .filter(text -> text.startsWith("group:") && !text.equals("group:?"))
                .map(text -> id("ipGroups/" + text.substring(6)))
                .toList();
    }

    TestNetwork route(String destination, NextHopType hop) {
        routes.add(new Route(
                id("routeTables/routes"),
                destination.replace('/', '-'),
                match(destination),
                hop,
                null,
                Provenance.NONE));
        return this;
    }

    /** A route to an appliance whose address nobody knows for a reason, such as an expression of a template. */
    TestNetwork routeToUnknown(String destination, String reason) {
        routes.add(new Route(
                id("routeTables/routes"),
                destination.replace('/', '-'),
                match(destination),
                NextHopType.VIRTUAL_APPLIANCE,
                null,
                Provenance.NONE.withUnknown("nextHopIp", reason)));
        return this;
    }

    /** What Azure reported of the tag VirtualNetwork on the subnet. */
    TestNetwork reported(String... expansion) {
        facts.add(new EffectiveNsg(
                GROUP,
                null,
                vnetId("home").child("subnets", "apim"),
                List.of(),
                Map.of(ServiceTag.VIRTUAL_NETWORK, addresses(expansion)),
                Provenance.NONE));
        return this;
    }

    TestNetwork tag(String name, String... prefixes) {
        tags.put(ServiceTag.of(name), List.of(prefixes));
        return this;
    }

    TestNetwork range(String prefix) {
        ranges.add(prefix);
        return this;
    }

    /** The prefixes of the subnet, separated by blanks. */
    TestNetwork own(String prefixes) {
        own = prefixes;
        return this;
    }

    TestNetwork withoutGroup() {
        withGroup = false;
        return this;
    }

    /** The subnet has a group, but the export lacks it. */
    TestNetwork groupNotExported() {
        groupExported = false;
        return this;
    }

    /** The service refuses inbound traffic where its subnet has no group. */
    TestNetwork onStv2() {
        stv2 = true;
        return this;
    }

    /** Somebody says that an appliance lets everything pass. */
    TestNetwork trusting(String address) {
        trusted.add(AddressPrefix.parse(address));
        return this;
    }

    /** Routes count too, not only groups. */
    TestNetwork onAllStages() {
        allStages = true;
        return this;
    }

    TestNetwork provisioningState(String state) {
        provisioningState = state;
        return this;
    }

    // ---- questions

    FlowDecision in(String protocol, String remote, String ports) {
        return decide(Direction.INBOUND, protocol, remote, ports);
    }

    FlowDecision out(String protocol, String remote, String ports) {
        return decide(Direction.OUTBOUND, protocol, remote, ports);
    }

    private FlowDecision decide(Direction direction, String protocol, String remote, String ports) {
        Snapshot snapshot = snapshot();
        Subnet subnet = subnet(snapshot);
        return (allStages ? Reachability.of(snapshot, trusted) : Reachability.ofGroups(snapshot))
                .decide(new Flow(
                        subnet,
                        direction,
                        protocols(protocol),
                        PortSet.ALL,
                        PortSet.parse(ports),
                        remote(remote),
                        subnet.addresses(),
                        stv2));
    }

    /** What an expression of a rule or flow covers as seen from the subnet. */
    AddressSet covered(String expression) {
        Snapshot snapshot = snapshot();
        return Reachability.ofGroups(snapshot).addresses(subnet(snapshot), remote(expression));
    }

    static Subnet subnet(Snapshot snapshot) {
        return snapshot.subnets().stream()
                .filter(subnet -> subnet.name().equals("apim"))
                .findFirst()
                .orElseThrow();
    }

    Snapshot snapshot() {
        Snapshot.Builder builder = Snapshot.builder();
        builder.add(new VirtualNetwork(
                vnetId("home"), "home", location, prefixes(String.join(" ", ranges)), Provenance.NONE));
        boolean withTable = hasTable || unexportedTable || !routes.isEmpty();
        ResourceId table = withTable ? id("routeTables/routes") : null;
        if (table != null && !unexportedTable) {
            builder.add(new RouteTable(table, "routes", null, keepsGatewayRoutesAway, routes, Provenance.NONE));
        }
        covered.forEach(builder::covers);
        builder.add(subnetFact("home", "apim", own, withGroup ? GROUP : null, table, serviceEndpoints));
        if (groupExported) {
            builder.add(group(GROUP, rules));
        }
        groups.forEach((name, there) -> builder.add(group(id("networkSecurityGroups/" + name), there)));
        facts.forEach(builder::add);
        builder.serviceTags(tags.isEmpty() ? ServiceTags.NONE : ServiceTags.of("Public", "1", "tags.json", tags));
        return builder.build();
    }

    // ---- facts

    private static ResourceId id(String rest) {
        return ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/" + rest);
    }

    static ResourceId vnetId(String name) {
        return id("virtualNetworks/" + name);
    }

    private static Subnet subnetFact(
            String vnet,
            String name,
            String prefixes,
            @Nullable ResourceId group,
            @Nullable ResourceId table,
            List<ServiceEndpoint> serviceEndpoints) {
        return new Subnet(
                vnetId(vnet).child("subnets", name),
                name,
                vnetId(vnet),
                prefixes(prefixes),
                group,
                table,
                null,
                List.of(),
                serviceEndpoints,
                List.of(),
                null,
                null,
                Provenance.NONE);
    }

    private static VnetPeering peering(String from, String to, String state, boolean access) {
        return peering(from, to, state, access, false, false, List.of(), List.of());
    }

    private static VnetPeering peering(
            String from,
            String to,
            String state,
            boolean access,
            boolean offersGateway,
            boolean usesGateway,
            List<String> localSubnets,
            List<String> remoteSubnets) {
        return new VnetPeering(
                vnetId(from).child("virtualNetworkPeerings", to),
                vnetId(from),
                vnetId(to),
                state,
                List.of(),
                access,
                false,
                offersGateway,
                usesGateway,
                localSubnets.isEmpty() ? null : Boolean.FALSE,
                localSubnets,
                remoteSubnets,
                Provenance.NONE);
    }

    private NetworkSecurityGroup group(ResourceId id, List<String> texts) {
        List<NsgRule> all = new ArrayList<>(NsgRule.defaults(id));
        texts.forEach(text -> all.add(rule(id, text)));
        return new NetworkSecurityGroup(id, id.name(), null, all, Provenance.NONE);
    }

    private NsgRule rule(ResourceId group, String text) {
        String[] words = text.split(" ", -1);
        String far = words[6];
        int colon = far.lastIndexOf(':');
        return new NsgRule(
                group,
                words[0] + "-" + words[1],
                Integer.parseInt(words[1]),
                words[0].equals("in") ? Direction.INBOUND : Direction.OUTBOUND,
                words[2].equals("allow") ? NsgRule.Access.ALLOW : NsgRule.Access.DENY,
                protocols(words[3]),
                PortSet.ALL,
                PortSet.parse(far.substring(colon + 1)),
                matches(words[4]),
                matches(far.substring(0, colon)),
                NsgRule.Origin.CUSTOM,
                provisioningState,
                Provenance.NONE);
    }

    private static ProtocolSet protocols(String text) {
        ProtocolSet all = ProtocolSet.EMPTY;
        for (String name : text.split("\\|", -1)) {
            all = all.union(ProtocolSet.tryParse(name).orElseThrow());
        }
        return all;
    }

    private static List<AddressMatch> matches(String text) {
        return Arrays.stream(text.split("\\|", -1)).map(TestNetwork::match).toList();
    }

    private static AddressMatch match(String text) {
        if (text.equals("*")) {
            return new AddressMatch.Any();
        }
        if (text.startsWith("asg:")) {
            return new AddressMatch.Asg(id("applicationSecurityGroups/" + text.substring(4)));
        }
        if (text.startsWith("?")) {
            return new AddressMatch.Unknown(text.substring(1));
        }
        return AddressPrefix.tryParse(text)
                .<AddressMatch>map(AddressMatch.Prefix::new)
                .orElseGet(() -> new AddressMatch.Tag(ServiceTag.of(text)));
    }

    private static FlowRemote remote(String text) {
        if (text.equals("own")) {
            return new FlowRemote.OwnSubnet();
        }
        if (text.indexOf('|') < 0 && match(text) instanceof AddressMatch.Tag tag) {
            return new FlowRemote.Tag(tag.tag());
        }
        return new FlowRemote.Addresses(addresses(text.split("\\|", -1)), text);
    }

    static AddressSet addresses(String... texts) {
        return AddressSet.union(prefixes(String.join(" ", texts)).stream()
                .map(AddressPrefix::addresses)
                .toList());
    }

    private static List<AddressPrefix> prefixes(String texts) {
        return Arrays.stream(texts.split(" ", -1)).map(AddressPrefix::parse).toList();
    }
}
