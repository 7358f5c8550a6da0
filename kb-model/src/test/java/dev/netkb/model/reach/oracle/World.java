package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot and a question about it.
 *
 * @param tagData tag → prefixes as a tag file lists them; empty for a world without a tag file
 */
record World(Snapshot snapshot, Map<ServiceTag, List<String>> tagData, Flow flow) {

    static World of(Snapshot.Builder facts, Map<ServiceTag, List<String>> tagData, Flow flow) {
        ServiceTags tags = tagData.isEmpty() ? ServiceTags.NONE : ServiceTags.of("Public", "1", "tags.json", tagData);
        return new World(facts.serviceTags(tags).build(), tagData, flow);
    }

    /** The same world without service tag data. */
    World withoutTagData() {
        return of(snapshot.toBuilder(), Map.of(), flow);
    }

    /** The smallest world near this one of which something still holds. */
    World shrink(Predicate<World> stillHolds) {
        World smallest = this;
        for (World next = this; next != null; ) {
            smallest = next;
            next = smallest.simpler().filter(stillHolds).findFirst().orElse(null);
        }
        return smallest;
    }

    /** Worlds that differ by one simplification. */
    private Stream<World> simpler() {
        return Stream.of(fewerFacts(), fewerRules(), simplerRules(), simplerFlows(), fewerTags())
                .flatMap(worlds -> worlds);
    }

    private Stream<World> fewerFacts() {
        Stream<Object> facts = snapshot.facts().stream()
                .filter(fact -> !fact.equals(flow.subnet())
                        && !(fact instanceof VirtualNetwork vnet
                                && vnet.id().equals(flow.subnet().vnetId()))
                        && !(fact instanceof NetworkSecurityGroup)
                        && !(fact instanceof RouteTable)
                        && !(fact instanceof EffectiveNsg));
        // What Azure reported depends on the routes.
        Stream<World> routes = snapshot.routeTables().stream()
                .filter(table -> snapshot.effectiveNsgs().isEmpty())
                .flatMap(table -> table.routes().stream().map(route -> replace(table, without(table, route))));
        return Stream.concat(facts.map(fact -> replace(fact, null)), routes);
    }

    private static RouteTable without(RouteTable table, Route route) {
        List<Route> routes = new ArrayList<>(table.routes());
        routes.remove(route);
        return new RouteTable(
                table.id(), table.name(), null, table.disableBgpRoutePropagation(), routes, table.provenance());
    }

    private Stream<World> fewerRules() {
        Stream<World> ofGroups = snapshot.networkSecurityGroups().stream()
                .flatMap(group -> group.rules().stream()
                        .filter(rule -> !rule.isDefault())
                        .map(rule -> replace(group, withRule(group, rule, null))));
        Stream<World> ofFirewalls = snapshot.facts(AzureFirewall.class).stream()
                .flatMap(firewall -> firewall.rules().stream()
                        .map(rule -> replace(firewall, FirewallGenerator.without(firewall, rule))));
        Stream<World> ofPolicies = snapshot.facts(FirewallRuleCollectionGroup.class).stream()
                .flatMap(group ->
                        group.rules().stream().map(rule -> replace(group, FirewallGenerator.without(group, rule))));
        return Stream.of(ofGroups, ofFirewalls, ofPolicies).flatMap(s -> s);
    }

    private Stream<World> simplerRules() {
        return snapshot.networkSecurityGroups().stream()
                .flatMap(group -> group.rules().stream()
                        .filter(rule -> !rule.isDefault())
                        .flatMap(rule -> simpler(rule).map(other -> replace(group, withRule(group, rule, other)))));
    }

    private static Stream<NsgRule> simpler(NsgRule rule) {
        Stream<NsgRule> sources = without(rule.sources())
                .map(less -> Rules.with(
                        rule,
                        rule.protocols(),
                        rule.sourcePorts(),
                        rule.destinationPorts(),
                        less,
                        rule.destinations()));
        Stream<NsgRule> destinations = without(rule.destinations())
                .map(less -> Rules.with(
                        rule, rule.protocols(), rule.sourcePorts(), rule.destinationPorts(), rule.sources(), less));
        Stream<NsgRule> others = Stream.of(
                        Rules.with(
                                rule,
                                rule.protocols(),
                                PortSet.ALL,
                                rule.destinationPorts(),
                                rule.sources(),
                                rule.destinations()),
                        Rules.with(
                                rule,
                                rule.protocols(),
                                rule.sourcePorts(),
                                PortSet.ALL,
                                rule.sources(),
                                rule.destinations()),
                        Rules.with(
                                rule,
                                ProtocolSet.ALL,
                                rule.sourcePorts(),
                                rule.destinationPorts(),
                                rule.sources(),
                                rule.destinations()))
                .filter(other -> !other.equals(rule));
        return Stream.of(sources, destinations, others).flatMap(s -> s);
    }

    private static Stream<List<AddressMatch>> without(List<AddressMatch> entries) {
        if (entries.size() == 1) {
            AddressMatch any = new AddressMatch.Any();
            return entries.contains(any) ? Stream.of() : Stream.of(List.of(any));
        }
        return entries.stream().map(entry -> {
            List<AddressMatch> less = new ArrayList<>(entries);
            less.remove(entry);
            return less;
        });
    }

    private Stream<World> simplerFlows() {
        Stream<ProtocolSet> protocols = flow.protocols().toList().stream().map(ProtocolSet::of);
        Stream<PortSet> from = flow.sourcePorts().ranges().stream().map(range -> PortSet.of(range.first()));
        Stream<PortSet> to = flow.destinationPorts().ranges().stream().map(range -> PortSet.of(range.first()));
        return Stream.of(
                        protocols.map(p -> with(p, flow.sourcePorts(), flow.destinationPorts())),
                        from.map(ports -> with(flow.protocols(), ports, flow.destinationPorts())),
                        to.map(ports -> with(flow.protocols(), flow.sourcePorts(), ports)))
                .flatMap(s -> s)
                .filter(other -> !other.flow.equals(flow));
    }

    private World with(ProtocolSet protocols, PortSet sourcePorts, PortSet destinationPorts) {
        return new World(
                snapshot,
                tagData,
                new Flow(
                        flow.subnet(),
                        flow.direction(),
                        protocols,
                        sourcePorts,
                        destinationPorts,
                        flow.remote(),
                        flow.local(),
                        flow.deniedWithoutNsg()));
    }

    private Stream<World> fewerTags() {
        return tagData.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .flatMap(entry -> entry.getValue().stream().map(prefix -> {
                    List<String> less = new ArrayList<>(entry.getValue());
                    less.remove(prefix);
                    Map<ServiceTag, List<String>> data = new TreeMap<>(tagData);
                    data.put(entry.getKey(), less);
                    return of(snapshot.toBuilder(), data, flow);
                }));
    }

    private static NetworkSecurityGroup withRule(NetworkSecurityGroup group, NsgRule old, @Nullable NsgRule rule) {
        List<NsgRule> rules = new ArrayList<>(group.rules());
        rules.remove(old);
        if (rule != null) {
            rules.add(rule);
        }
        return new NetworkSecurityGroup(group.id(), group.name(), null, rules, group.provenance());
    }

    private World replace(Object fact, @Nullable Object replacement) {
        Snapshot.Builder builder = Snapshot.builder();
        snapshot.facts().stream()
                .map(f -> f == fact ? replacement : f)
                .filter(Objects::nonNull)
                .forEach(builder::add);
        snapshot.coverage().resourceTypes().keySet().forEach(builder::covers);
        return of(builder, tagData, flow);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("flow ").append(flow.direction()).append(' ').append(flow.protocols());
        text.append(" from ports ")
                .append(flow.sourcePorts())
                .append(" to ports ")
                .append(flow.destinationPorts());
        text.append(" remote ").append(flow.remote().text());
        if (flow.remote() instanceof FlowRemote.Addresses a) {
            text.append(' ').append(a.addresses());
        }
        text.append(" local ").append(flow.local());
        text.append(" of ").append(flow.subnet().name());
        text.append(flow.deniedWithoutNsg() ? ", denied without group\n" : "\n");
        for (VirtualNetwork vnet : snapshot.virtualNetworks()) {
            text.append("vnet ")
                    .append(vnet.name())
                    .append(' ')
                    .append(vnet.addressPrefixes())
                    .append('\n');
        }
        for (Subnet subnet : snapshot.subnets()) {
            text.append("subnet ").append(subnet.vnetId().name()).append('/').append(subnet.name());
            text.append(' ').append(subnet.prefixes()).append(" nsg ");
            text.append(subnet.nsgId() == null ? "-" : subnet.nsgId().name()).append(" routes ");
            text.append(
                            subnet.routeTableId() == null
                                    ? "-"
                                    : subnet.routeTableId().name())
                    .append(subnet.serviceEndpoints().isEmpty() ? "" : " " + subnet.serviceEndpoints())
                    .append('\n');
        }
        for (VnetPeering peering : snapshot.peerings()) {
            text.append("peering ")
                    .append(peering.vnetId().name())
                    .append(" -> ")
                    .append(peering.remoteVnetId());
            text.append(' ').append(peering.state()).append(' ').append(peering.remotePrefixes());
            text.append(peering.useRemoteGateways() ? " uses gateway" : "")
                    .append(peering.allowGatewayTransit() ? " offers gateway" : "")
                    .append(
                            Boolean.FALSE.equals(peering.peerCompleteVnets())
                                    ? " subnets " + peering.localSubnetNames() + " with " + peering.remoteSubnetNames()
                                    : "");
            text.append(peering.allowVirtualNetworkAccess() ? "\n" : " no access\n");
        }
        for (RouteTable table : snapshot.routeTables()) {
            for (Route route : table.routes()) {
                text.append("route ")
                        .append(table.name())
                        .append(' ')
                        .append(route.destination().text());
                text.append(" -> ").append(route.nextHopType());
                text.append(route.provenance().knows("nextHopType") ? "\n" : " (unknown)\n");
            }
            if (table.disableBgpRoutePropagation() != null) {
                text.append("no propagation ")
                        .append(table.disableBgpRoutePropagation())
                        .append('\n');
            }
        }
        snapshot.facts().stream()
                .filter(fact -> fact instanceof VirtualNetworkGateway
                        || fact instanceof GatewayConnection
                        || fact instanceof LocalNetworkGateway
                        || fact instanceof PrivateEndpoint
                        || fact instanceof EffectiveRoute)
                .forEach(fact -> text.append(fact).append('\n'));
        snapshot.facts(SecurityAdminRule.class)
                .forEach(rule -> text.append(Rules.text(rule)).append('\n'));
        snapshot.facts(AzureFirewall.class).forEach(firewall -> {
            text.append("firewall ").append(firewall.privateAddresses()).append(" policy ");
            text.append(firewall.firewallPolicyId()).append('\n');
        });
        snapshot.facts(FirewallPolicy.class).forEach(policy -> {
            text.append("policy ").append(policy.name()).append(" base ").append(policy.basePolicyId());
            text.append(" groups ").append(policy.ruleCollectionGroupIds()).append('\n');
        });
        FirewallOracle.all(snapshot)
                .forEach(rule -> text.append(Rules.text(rule)).append('\n'));
        snapshot.facts(IpGroup.class).forEach(group -> {
            text.append("IP group ").append(group.name()).append(' ').append(group.addresses());
            text.append(' ').append(group.provenance().unknown()).append('\n');
        });
        snapshot.effectiveNsgs()
                .forEach(e -> text.append("effective ")
                        .append(e.subnetId())
                        .append(' ')
                        .append(e.expansions())
                        .append('\n'));
        for (NetworkSecurityGroup group : snapshot.networkSecurityGroups()) {
            for (NsgRule rule : group.rules()) {
                if (!rule.isDefault()) {
                    text.append(group.name())
                            .append(' ')
                            .append(Rules.text(rule))
                            .append('\n');
                }
            }
        }
        tagData.forEach((tag, prefixes) ->
                text.append("tag ").append(tag).append(' ').append(prefixes).append('\n'));
        return text.toString();
    }
}
