package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    TestNetwork rule(String text) {
        rules.add(text);
        return this;
    }

    /** Another subnet of the home, with a group of its own. */
    TestNetwork subnet(String name, String prefix, String... rulesThere) {
        return subnetOf("home", name, prefix, rulesThere);
    }

    TestNetwork subnetOf(String vnet, String name, String prefix, String... rulesThere) {
        facts.add(subnetFact(vnet, name, prefix, id("networkSecurityGroups/nsg-" + name), null));
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
        return (allStages ? Reachability.of(snapshot) : Reachability.ofGroups(snapshot))
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
        builder.add(
                new VirtualNetwork(vnetId("home"), "home", null, prefixes(String.join(" ", ranges)), Provenance.NONE));
        ResourceId table = routes.isEmpty() ? null : id("routeTables/routes");
        if (table != null) {
            builder.add(new RouteTable(table, "routes", null, null, routes, Provenance.NONE));
        }
        builder.add(subnetFact("home", "apim", own, withGroup ? GROUP : null, table));
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
            String vnet, String name, String prefixes, @Nullable ResourceId group, @Nullable ResourceId table) {
        return new Subnet(
                vnetId(vnet).child("subnets", name),
                name,
                vnetId(vnet),
                prefixes(prefixes),
                group,
                table,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Provenance.NONE);
    }

    private static VnetPeering peering(String from, String to, String state, boolean access) {
        return new VnetPeering(
                vnetId(from).child("virtualNetworkPeerings", to),
                vnetId(from),
                vnetId(to),
                state,
                List.of(),
                access,
                false,
                false,
                false,
                null,
                List.of(),
                List.of(),
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
