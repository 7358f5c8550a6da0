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
import java.util.function.Predicate;

/**
 * What Azure Firewall makes of packets that a subnet sends to it (requirements C.6): network rules, then application
 * rules, each by priority, those of a base policy first; what no rule matches is denied.
 *
 * <p>An application rule matches names, which no address tells: whether packets on its ports are for its names is not
 * known, unless it is for every name.
 */
final class FirewallView {

    private FirewallView() {}

    /**
     * The steps of the firewall that has an address; empty where none has it, or several, or not all of its rules are
     * known.
     *
     * @param isInReach whether packets get to a subnet at once: firewalls elsewhere may have the same address
     */
    static Optional<List<Step>> at(
            AddressPrefix address, Predicate<ResourceId> isInReach, Snapshot snapshot, SubnetView view) {
        return only(address, isInReach, snapshot)
                .flatMap(firewall -> rules(firewall, snapshot).map(rules -> steps(firewall, rules, snapshot, view)));
    }

    /**
     * What would have to be exported to know the rules of the firewall that has an address; empty where none has it, or
     * several, or its rules are known.
     */
    static Optional<String> lackingAt(AddressPrefix address, Predicate<ResourceId> isInReach, Snapshot snapshot) {
        return only(address, isInReach, snapshot)
                .filter(firewall -> rules(firewall, snapshot).isEmpty())
                .map(firewall -> lacking(firewall, snapshot));
    }

    private static Optional<AzureFirewall> only(
            AddressPrefix address, Predicate<ResourceId> isInReach, Snapshot snapshot) {
        List<AzureFirewall> there = snapshot.facts(AzureFirewall.class).stream()
                .filter(firewall -> firewall.hasPrivateAddress(address))
                .filter(firewall -> firewall.subnetId() == null || isInReach.test(firewall.subnetId()))
                .toList();
        return there.size() == 1 ? Optional.of(there.get(0)) : Optional.empty();
    }

    private static String lacking(AzureFirewall firewall, Snapshot snapshot) {
        ResourceId policy = firewall.firewallPolicyId();
        if (policy == null) {
            return "the rules of firewall " + firewall.name() + " (az network firewall show --ids " + firewall.id()
                    + ")";
        }
        Optional<FirewallPolicy> own = snapshot.find(FirewallPolicy.class, policy);
        ResourceId base = own.map(FirewallPolicy::basePolicyId).orElse(null);
        if (base != null && own.flatMap(known -> rulesOf(known, snapshot)).isPresent()) {
            policy = base;
        }
        return "the rules of firewall policy " + policy + ", because firewall " + firewall.name()
                + " goes by them (az network firewall policy show --ids " + policy
                + "; az network firewall policy rule-collection-group list -g " + policy.resourceGroup()
                + " --policy-name " + policy.name() + " --subscription " + policy.subscription() + ")";
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
        return next == null ? Optional.of(all) : Optional.empty();
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
            List<AddressMatch> destinations,
            Provenance provenance)
            implements TrafficRule {

        static Matching of(FirewallRule rule, Snapshot snapshot) {
            Provenance provenance = rule.provenance();
            List<AddressMatch> sources =
                    sides(rule, rule.sources(), rule.sourceIpGroupIds(), "sourceIpGroupIds", snapshot);
            if (rule.kind() == Kind.APPLICATION) {
                String why = provenance.unknown().get("applicationProtocols");
                return new Matching(
                        rule,
                        ProtocolSet.TCP,
                        PortSet.union(rule.applicationProtocols().stream()
                                .map(protocol -> PortSet.of(port(protocol)))
                                .toList()),
                        sources,
                        List.of(named(rule)),
                        why == null ? provenance : provenance.withUnknown("destinationPorts", why));
            }
            List<AddressMatch> destinations =
                    sides(rule, rule.destinations(), rule.destinationIpGroupIds(), "destinationIpGroupIds", snapshot);
            rule.destinationFqdns().forEach(name -> destinations.add(new AddressMatch.Unknown(name)));
            addIfUnknown(destinations, rule, "destinationFqdns");
            return new Matching(rule, rule.protocols(), rule.destinationPorts(), sources, destinations, provenance);
        }

        /** Addresses that are written in the rule and those of IP groups; what is not known of these may be any. */
        private static List<AddressMatch> sides(
                FirewallRule rule,
                List<AddressMatch> written,
                List<ResourceId> groups,
                String field,
                Snapshot snapshot) {
            List<AddressMatch> all = new ArrayList<>(written);
            for (ResourceId id : groups) {
                Optional<IpGroup> group = snapshot.find(IpGroup.class, id);
                group.stream()
                        .flatMap(known -> known.addresses().toPrefixes().stream())
                        .map(AddressPrefix::parse)
                        .map(AddressMatch.Prefix::new)
                        .forEach(all::add);
                if (group.filter(known -> known.provenance().knows("addresses")).isEmpty()) {
                    all.add(new AddressMatch.Unknown("IP group " + id.name()));
                }
            }
            addIfUnknown(all, rule, field);
            return all;
        }

        private static void addIfUnknown(List<AddressMatch> matches, FirewallRule rule, String field) {
            if (!rule.provenance().knows(field)) {
                matches.add(new AddressMatch.Unknown(field));
            }
        }

        private static AddressMatch named(FirewallRule rule) {
            boolean any = rule.targetFqdns().contains("*") && rule.targetUrls().isEmpty();
            return any ? new AddressMatch.Any() : new AddressMatch.Unknown("the names of firewall rule " + rule.name());
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
    }
}
