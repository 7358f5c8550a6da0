package dev.netkb.model.reach;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRule.Action;
import dev.netkb.model.azure.FirewallRule.ApplicationProtocol;
import dev.netkb.model.azure.FirewallRule.Kind;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.TrafficRule;
import dev.netkb.model.reach.RuleProgram.Step;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Azure Firewall makes of packets that a subnet sends to it (requirements C.6): network rules, then application
 * rules, each by priority, those of a base policy first; what no rule matches is denied.
 *
 * <p>An application rule matches names, which no address tells: whether packets on its ports are for its names is not
 * known, unless it is for every name.
 */
final class FirewallView {

    private FirewallView() {}

    /** The steps of the firewall that has an address; empty where no firewall has it, or not all of its rules are known. */
    static Optional<List<Step>> at(AddressPrefix address, Snapshot snapshot, SubnetView view) {
        return snapshot.facts(AzureFirewall.class).stream()
                .filter(firewall -> firewall.hasPrivateAddress(address))
                .findFirst()
                .flatMap(firewall -> rules(firewall, snapshot).map(rules -> steps(firewall, rules, snapshot, view)));
    }

    // ---- which rules

    /** All rules, those of a base policy before those of the policy itself; empty where not all are known. */
    static Optional<List<FirewallRule>> rules(AzureFirewall firewall, Snapshot snapshot) {
        if (firewall.firewallPolicyId() == null) {
            return firewall.provenance().knows("rules") && firewall.provenance().knows("firewallPolicyId")
                    ? Optional.of(firewall.rules()).filter(FirewallView::areOrdered)
                    : Optional.empty();
        }
        List<FirewallRule> all = new ArrayList<>();
        ResourceId next = firewall.firewallPolicyId();
        for (int depth = 0; next != null && depth < 2; depth++) {
            Optional<FirewallPolicy> policy = snapshot.find(FirewallPolicy.class, next);
            Optional<List<FirewallRule>> rules = policy.flatMap(known -> rulesOf(known, snapshot));
            if (rules.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(0, rules.get());
            next = policy.get().basePolicyId();
        }
        return Optional.of(all);
    }

    private static Optional<List<FirewallRule>> rulesOf(FirewallPolicy policy, Snapshot snapshot) {
        List<FirewallRuleCollectionGroup> groups = snapshot.facts(FirewallRuleCollectionGroup.class).stream()
                .filter(group -> group.policyId().equals(policy.id()))
                .toList();
        boolean complete = policy.provenance().unknown().isEmpty()
                && groups.stream().allMatch(group -> group.provenance().knows("rules"))
                && policy.ruleCollectionGroupIds().stream()
                        .allMatch(id ->
                                groups.stream().anyMatch(group -> group.id().equals(id)));
        return complete
                ? Optional.of(groups.stream()
                                .flatMap(group -> group.rules().stream())
                                .sorted(FirewallRule.ORDER)
                                .toList())
                        .filter(FirewallView::areOrdered)
                : Optional.empty();
    }

    private static boolean areOrdered(List<FirewallRule> rules) {
        return rules.stream()
                .allMatch(rule ->
                        rule.collectionPriority() != null && (rule.policyId() == null || rule.groupPriority() != null));
    }

    // ---- what they do

    private static List<Step> steps(
            AzureFirewall firewall, List<FirewallRule> rules, Snapshot snapshot, SubnetView view) {
        List<Step> steps = new ArrayList<>();
        for (Kind kind : List.of(Kind.NETWORK, Kind.APPLICATION)) {
            for (FirewallRule rule : rules) {
                if (rule.kind() == kind) {
                    addSteps(steps, firewall, rule, RuleProgram.matches(Matching.of(rule, snapshot), view));
                }
            }
        }
        steps.add(new Step(new Decider.Firewall(firewall, null, false), RuleProgram.everyPacket()));
        return List.copyOf(steps);
    }

    private static void addSteps(List<Step> steps, AzureFirewall firewall, FirewallRule rule, List<Cell> matches) {
        if (rule.action() == Action.UNKNOWN) {
            Symbol allows = Symbol.ofUnknownRules(
                    rule.id().key() + " allows",
                    "packets that firewall rule " + rule.name() + " allows",
                    "the action of firewall rule " + rule.id());
            steps.add(new Step(new Decider.Firewall(firewall, rule, true), RuleProgram.within(matches, allows)));
        }
        steps.add(new Step(new Decider.Firewall(firewall, rule, rule.action() == Action.ALLOW), matches));
    }

    /** The port of a protocol that an application rule matches: its own where it names one. */
    static int port(ApplicationProtocol protocol) {
        if (protocol.port() != null) {
            return protocol.port();
        }
        return switch (protocol.type().toLowerCase(Locale.ROOT)) {
            case "http" -> 80;
            case "mssql" -> 1433;
            default -> 443;
        };
    }

    /** What a firewall rule matches, as other rules say it. */
    private record Matching(
            FirewallRule rule,
            ProtocolSet protocols,
            PortSet destinationPorts,
            List<AddressMatch> sources,
            List<AddressMatch> destinations)
            implements TrafficRule {

        static Matching of(FirewallRule rule, Snapshot snapshot) {
            List<AddressMatch> sources = sides(rule.sources(), rule.sourceIpGroupIds(), snapshot);
            if (rule.kind() == Kind.APPLICATION) {
                PortSet ports = PortSet.union(rule.applicationProtocols().stream()
                        .map(protocol -> PortSet.of(port(protocol)))
                        .toList());
                return new Matching(rule, ProtocolSet.TCP, ports, sources, List.of(named(rule)));
            }
            List<AddressMatch> destinations =
                    new ArrayList<>(sides(rule.destinations(), rule.destinationIpGroupIds(), snapshot));
            rule.destinationFqdns().forEach(name -> destinations.add(new AddressMatch.Unknown(name)));
            return new Matching(rule, rule.protocols(), rule.destinationPorts(), sources, destinations);
        }

        private static AddressMatch named(FirewallRule rule) {
            boolean any = rule.targetFqdns().contains("*") && rule.targetUrls().isEmpty();
            return any ? new AddressMatch.Any() : new AddressMatch.Unknown("the names of firewall rule " + rule.name());
        }

        private static List<AddressMatch> sides(
                List<AddressMatch> written, List<ResourceId> groups, Snapshot snapshot) {
            Stream<AddressMatch> grouped = groups.stream()
                    .flatMap(id -> snapshot.find(IpGroup.class, id)
                            .map(group -> group.addresses().toPrefixes().stream()
                                    .map(AddressPrefix::parse)
                                    .<AddressMatch>map(AddressMatch.Prefix::new))
                            .orElseGet(() -> Stream.of(new AddressMatch.Unknown("IP group " + id.name()))));
            return Stream.concat(written.stream(), grouped).toList();
        }

        @Override
        public ResourceId id() {
            return rule.id();
        }

        @Override
        public Direction direction() {
            return Direction.OUTBOUND;
        }

        @Override
        public PortSet sourcePorts() {
            return PortSet.ALL;
        }

        @Override
        public Provenance provenance() {
            return rule.provenance();
        }
    }
}
