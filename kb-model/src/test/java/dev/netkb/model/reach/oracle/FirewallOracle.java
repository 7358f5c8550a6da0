package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRule.Action;
import dev.netkb.model.azure.FirewallRule.ApplicationProtocol;
import dev.netkb.model.azure.FirewallRule.Kind;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ResourceId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks one packet through the rules of Azure Firewall by hand: network rules before application rules, those of the base
 * policy first, then by the numbers of groups and collections.
 */
final class FirewallOracle {

    private static final Map<String, Integer> PORTS = Map.of("Http", 80, "Https", 443, "Mssql", 1433);

    private final Snapshot snapshot;
    private final Subnet subnet;
    private final PacketOracle addresses;
    private final Predicate<ResourceId> isInReach;

    /** @param isInReach whether packets get to a subnet at once */
    FirewallOracle(World world, PacketOracle addresses, Predicate<ResourceId> isInReach) {
        this.isInReach = isInReach;
        this.snapshot = world.snapshot();
        this.subnet = world.flow().subnet();
        this.addresses = addresses;
    }

    /** A rule, and its place among rules of one kind. */
    private record Placed(FirewallRule rule, int level, int group, int collection) {}

    /** What may decide a packet that is sent to an address; null where that is not a firewall with known rules. */
    @Nullable
    Set<Decider> at(AddressPrefix address, OraclePacket packet) {
        List<AzureFirewall> there = new ArrayList<>();
        for (AzureFirewall firewall : snapshot.facts(AzureFirewall.class)) {
            boolean near = firewall.subnetId() == null || isInReach.test(firewall.subnetId());
            if (near && firewall.privateAddresses().contains(address)) {
                there.add(firewall);
            }
        }
        List<Placed> rules = there.size() == 1 ? rules(there.get(0)) : null;
        if (rules == null) {
            return null;
        }
        AzureFirewall firewall = there.get(0);
        Set<Decider> deciders = new LinkedHashSet<>();
        for (Kind kind : List.of(Kind.NETWORK, Kind.APPLICATION)) {
            for (Placed placed : rules) {
                FirewallRule rule = placed.rule();
                Answer answer = rule.kind() == kind ? matches(rule, packet) : Answer.NO;
                if (answer != Answer.NO) {
                    if (rule.action() != Action.DENY) {
                        deciders.add(new Decider.Firewall(firewall, rule, true));
                    }
                    if (rule.action() != Action.ALLOW) {
                        deciders.add(new Decider.Firewall(firewall, rule, false));
                    }
                }
                if (answer == Answer.YES) {
                    return deciders;
                }
            }
        }
        deciders.add(new Decider.Firewall(firewall, null, false));
        return deciders;
    }

    private @Nullable List<Placed> rules(AzureFirewall firewall) {
        List<Placed> rules = new ArrayList<>();
        if (firewall.firewallPolicyId() == null) {
            if (!firewall.provenance().knows("firewallPolicyId")) {
                return null;
            }
            for (FirewallRule rule : firewall.rules()) {
                if (rule.collectionPriority() == null) {
                    return null;
                }
                rules.add(new Placed(rule, 0, 0, rule.collectionPriority()));
            }
        }
        int level = 0;
        for (ResourceId id = firewall.firewallPolicyId(); id != null; level--) {
            ResourceId next = null;
            boolean found = false;
            for (FirewallPolicy policy : snapshot.facts(FirewallPolicy.class)) {
                if (policy.id().equals(id)) {
                    found = policy.provenance().unknown().isEmpty() && addRules(rules, policy, level);
                    next = policy.basePolicyId();
                }
            }
            if (!found) {
                return null;
            }
            id = next;
        }
        rules.sort(Comparator.comparingInt(Placed::level)
                .thenComparingInt(Placed::group)
                .thenComparingInt(Placed::collection));
        return rules;
    }

    /** Whether all rules of the policy are known, and their order. */
    private boolean addRules(List<Placed> rules, FirewallPolicy policy, int level) {
        List<ResourceId> missing = new ArrayList<>(policy.ruleCollectionGroupIds());
        for (FirewallRuleCollectionGroup group : snapshot.facts(FirewallRuleCollectionGroup.class)) {
            if (!group.policyId().equals(policy.id())) {
                continue;
            }
            missing.remove(group.id());
            for (FirewallRule rule : group.rules()) {
                if (rule.groupPriority() == null || rule.collectionPriority() == null) {
                    return false;
                }
                rules.add(new Placed(rule, level, rule.groupPriority(), rule.collectionPriority()));
            }
        }
        return missing.isEmpty();
    }

    private Answer matches(FirewallRule rule, OraclePacket packet) {
        Answer source = addresses
                .holds(rule.sources(), subnet, packet.source())
                .or(inGroups(rule.sourceIpGroupIds(), packet.source()))
                .or(isUnknown(rule, "sourceIpGroupIds"));
        return source.and(
                rule.kind() == Kind.NETWORK ? networkMatches(rule, packet) : applicationMatches(rule, packet));
    }

    private Answer networkMatches(FirewallRule rule, OraclePacket packet) {
        boolean knowsProtocols = rule.provenance().knows("protocols");
        return addresses
                .holds(rule.destinations(), subnet, packet.destination())
                .or(inGroups(rule.destinationIpGroupIds(), packet.destination()))
                .or(rule.destinationFqdns().isEmpty() ? Answer.NO : Answer.MAYBE)
                .or(isUnknown(rule, "destinationIpGroupIds"))
                .and(Answer.of(!knowsProtocols || rule.protocols().contains(packet.protocol())))
                .and(Answer.of(PacketOracle.portsMatch(
                        knowsProtocols ? rule.protocols() : packet.protocols(),
                        PortSet.ALL,
                        rule.destinationPorts(),
                        packet)))
                .unless(!knowsProtocols);
    }

    private static Answer applicationMatches(FirewallRule rule, OraclePacket packet) {
        if (packet.protocol() != Protocol.TCP) {
            return Answer.NO;
        }
        Answer port = isUnknown(rule, "applicationProtocols");
        if (port == Answer.MAYBE) {
            return port;
        }
        for (ApplicationProtocol protocol : rule.applicationProtocols()) {
            int number = protocol.port() == null ? PORTS.get(protocol.type()) : protocol.port();
            port = port.or(Answer.of(number == packet.destinationPort()));
        }
        boolean everyName =
                rule.targetFqdns().contains("*") && rule.targetUrls().isEmpty();
        return port.unless(!everyName);
    }

    private static Answer isUnknown(FirewallRule rule, String field) {
        return rule.provenance().knows(field) ? Answer.NO : Answer.MAYBE;
    }

    private Answer inGroups(List<ResourceId> ids, BigInteger address) {
        Answer answer = Answer.NO;
        for (ResourceId id : ids) {
            Answer here = Answer.MAYBE;
            for (IpGroup group : snapshot.facts(IpGroup.class)) {
                if (group.id().equals(id)) {
                    here = Answer.of(Spans.ofSet(group.addresses()).holds(address))
                            .or(group.provenance().knows("addresses") ? Answer.NO : Answer.MAYBE);
                }
            }
            answer = answer.or(here);
        }
        return answer;
    }

    /** Every rule of every firewall. */
    static List<FirewallRule> all(Snapshot snapshot) {
        List<FirewallRule> all = new ArrayList<>();
        snapshot.facts(AzureFirewall.class).forEach(firewall -> all.addAll(firewall.rules()));
        snapshot.facts(FirewallRuleCollectionGroup.class).forEach(group -> all.addAll(group.rules()));
        return all;
    }
}
