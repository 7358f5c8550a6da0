package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRule.Action;
import dev.netkb.model.azure.FirewallRule.ApplicationProtocol;
import dev.netkb.model.azure.FirewallRule.Kind;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random firewalls: rules of their own, or of a policy with or without a base. */
final class FirewallGenerator {

    private static final String UNSAID = "a parameter without a value";
    private static final List<String> ADDRESSES = List.of(
            "10.0.0.0/24", "10.0.0.0/25", "10.0.0.64/26", "20.38.0.0/16", "20.38.4.0/24", "40.79.0.0/24", "0.0.0.0/1");

    private final Draw draw;
    private final WorldGenerator matches;
    private final boolean open;
    private final List<ResourceId> ipGroups = new ArrayList<>();
    private int collections;

    /** @param open whether something may not be known */
    FirewallGenerator(Draw draw, WorldGenerator matches, boolean open) {
        this.draw = draw;
        this.matches = matches;
        this.open = open;
    }

    void addTo(Snapshot.Builder facts, String address) {
        for (String name : List.of("a", "b")) {
            ResourceId id = id("ipGroups/" + name);
            ipGroups.add(id);
            if (!isOpen(0.2)) {
                facts.add(new IpGroup(id, name, null, addresses(), unless("addresses", 0.1)));
            }
        }
        facts.add(firewall(facts, "fw", address));
        if (isOpen(0.05)) {
            facts.add(firewall(facts, "twin", address));
        }
    }

    private AzureFirewall firewall(Snapshot.Builder facts, String name, String address) {
        ResourceId firewall = id("azureFirewalls/" + name);
        ResourceId policy = draw.chance(0.6) ? addPolicy(facts, "of-" + name, draw.chance(0.4)) : null;
        return new AzureFirewall(
                firewall,
                name,
                null,
                "AZFW_VNet",
                "Standard",
                subnet(),
                List.of(AddressPrefix.parse(address)),
                policy,
                null,
                null,
                policy == null ? rules(firewall, null, null) : List.of(),
                Provenance.NONE);
    }

    /** Mostly at home, where routes lead to; networks that are not its peers have like addresses. */
    private @Nullable ResourceId subnet() {
        String vnet = draw.oneOf("home", "home", "home", "home", "home", "hub", "far");
        return draw.chance(0.3) ? null : WorldGenerator.vnetId(vnet).child("subnets", "AzureFirewallSubnet");
    }

    private ResourceId addPolicy(Snapshot.Builder facts, String name, boolean withBase) {
        ResourceId id = id("firewallPolicies/" + name);
        ResourceId base = withBase ? addPolicy(facts, "base-" + name, false) : null;
        List<ResourceId> groups = new ArrayList<>();
        List<Integer> priorities = draw.some(0, 2, List.of(100, 200, 300));
        for (int priority : priorities) {
            ResourceId group = id.child("ruleCollectionGroups", "g" + priority);
            groups.add(group);
            Integer said = isOpen(0.05) ? null : Integer.valueOf(priority);
            if (!isOpen(0.05)) {
                facts.add(new FirewallRuleCollectionGroup(
                        group, group.name(), id, said, rules(group, id, said), Provenance.NONE));
            }
        }
        if (!isOpen(0.05)) {
            facts.add(new FirewallPolicy(
                    id, name, null, "Standard", base, null, null, List.of(), groups, Provenance.NONE));
        }
        return id;
    }

    private List<FirewallRule> rules(ResourceId owner, @Nullable ResourceId policy, @Nullable Integer group) {
        List<FirewallRule> rules = new ArrayList<>();
        for (int priority : draw.some(1, 3, List.of(100, 200, 300, 400))) {
            Kind kind = draw.chance(0.55) ? Kind.NETWORK : Kind.APPLICATION;
            Action action = isOpen(0.05) ? Action.UNKNOWN : draw.chance(0.55) ? Action.ALLOW : Action.DENY;
            Integer said = isOpen(0.02) ? null : Integer.valueOf(priority);
            String collection = "c" + ++collections;
            for (int i = draw.number(1, 2); i > 0; i--) {
                rules.add(rule(owner, policy, group, collection, said, "r" + i, kind, action));
            }
        }
        return rules;
    }

    private FirewallRule rule(
            ResourceId owner,
            @Nullable ResourceId policy,
            @Nullable Integer group,
            String collection,
            @Nullable Integer priority,
            String name,
            Kind kind,
            Action action) {
        boolean network = kind == Kind.NETWORK;
        boolean grouped = draw.chance(0.2);
        boolean groupedTo = network && draw.chance(0.2);
        boolean named = network && isOpen(0.1);
        return new FirewallRule(
                owner,
                policy,
                group,
                collection,
                priority,
                name,
                kind,
                action,
                network
                        ? draw.oneOf(ProtocolSet.ALL, ProtocolSet.TCP, ProtocolSet.TCP, ProtocolSet.UDP)
                        : ProtocolSet.EMPTY,
                network ? List.of() : draw.list(1, 2, this::applicationProtocol),
                grouped && draw.chance(0.7) ? List.of() : sources(),
                grouped ? List.of(draw.from(ipGroups)) : List.of(),
                !network || groupedTo && draw.chance(0.7) || named ? List.of() : destinations(),
                groupedTo ? List.of(draw.from(ipGroups)) : List.of(),
                named ? List.of("db.example") : List.of(),
                network ? draw.chance(0.6) ? PortSet.ALL : matches.ports(2) : PortSet.EMPTY,
                network ? List.of() : isOpen(0.3) ? List.of("*.blob.core.windows.net") : List.of("*"),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                isOpen(0.1)
                        ? unknown(
                                network
                                        ? draw.oneOf("protocols", "sourceIpGroupIds", "destinationIpGroupIds")
                                        : draw.oneOf("applicationProtocols", "sourceIpGroupIds"))
                        : Provenance.NONE);
    }

    private ApplicationProtocol applicationProtocol() {
        return draw.oneOf(
                new ApplicationProtocol("Http", null),
                new ApplicationProtocol("Http", null),
                new ApplicationProtocol("Https", null),
                new ApplicationProtocol("Https", null),
                new ApplicationProtocol("Https", 443),
                new ApplicationProtocol("Https", 444),
                new ApplicationProtocol("Mssql", null));
    }

    private List<AddressMatch> sources() {
        return draw.chance(0.5)
                ? List.of(new AddressMatch.Any())
                : List.of(new AddressMatch.Prefix(
                        AddressPrefix.parse(draw.oneOf("10.0.0.0/24", "10.0.0.0/25", "10.0.0.64/26"))));
    }

    private List<AddressMatch> destinations() {
        return draw.chance(0.5) ? List.of(new AddressMatch.Any()) : matches.entries();
    }

    private AddressSet addresses() {
        return AddressSet.union(draw.some(1, 2, ADDRESSES).stream()
                .map(text -> AddressPrefix.parse(text).addresses())
                .toList());
    }

    private boolean isOpen(double probability) {
        return open && draw.chance(probability);
    }

    private Provenance unless(String field, double probability) {
        return isOpen(probability) ? unknown(field) : Provenance.NONE;
    }

    private static Provenance unknown(String field) {
        return Provenance.NONE.withUnknown(field, UNSAID);
    }

    private static ResourceId id(String rest) {
        return ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/" + rest);
    }

    /** A firewall with network rules that match what rules of a group match. */
    static AzureFirewall withRulesLike(List<NsgRule> rules, AddressPrefix address) {
        ResourceId firewall = id("azureFirewalls/fw");
        List<FirewallRule> own = new ArrayList<>();
        for (NsgRule rule : rules) {
            own.add(new FirewallRule(
                    firewall,
                    null,
                    null,
                    rule.name(),
                    rule.priority(),
                    "r",
                    Kind.NETWORK,
                    rule.access() == NsgRule.Access.ALLOW ? Action.ALLOW : Action.DENY,
                    rule.protocols(),
                    List.of(),
                    rule.sources(),
                    List.of(),
                    rule.destinations(),
                    List.of(),
                    List.of(),
                    rule.destinationPorts(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    Provenance.NONE));
        }
        return new AzureFirewall(
                firewall, "fw", null, null, null, null, List.of(address), null, null, null, own, Provenance.NONE);
    }

    // ---- changed copies

    static AzureFirewall without(AzureFirewall firewall, FirewallRule rule) {
        return with(
                firewall,
                firewall.rules().stream().filter(other -> other != rule).toList());
    }

    static AzureFirewall with(AzureFirewall firewall, List<FirewallRule> rules) {
        return new AzureFirewall(
                firewall.id(),
                firewall.name(),
                null,
                firewall.sku(),
                firewall.tier(),
                firewall.subnetId(),
                firewall.privateAddresses(),
                firewall.firewallPolicyId(),
                null,
                null,
                rules,
                firewall.provenance());
    }

    static FirewallRuleCollectionGroup without(FirewallRuleCollectionGroup group, FirewallRule rule) {
        return with(group, group.rules().stream().filter(other -> other != rule).toList());
    }

    static FirewallRuleCollectionGroup with(FirewallRuleCollectionGroup group, List<FirewallRule> rules) {
        return new FirewallRuleCollectionGroup(
                group.id(), group.name(), group.policyId(), group.priority(), rules, group.provenance());
    }

    /** The same rule, of which an export does not say something. */
    static FirewallRule less(Draw draw, FirewallRule rule) {
        boolean network = rule.kind() == Kind.NETWORK;
        int kind = draw.number(0, 5);
        boolean noAction = kind == 0;
        boolean noPriority = kind == 1;
        boolean noSources = kind == 2;
        boolean noGroups = kind == 3;
        boolean noDestinations = kind == 4;
        boolean noProtocols = kind == 5;
        AddressMatch unknown = new AddressMatch.Unknown(UNSAID);
        Provenance provenance = rule.provenance();
        if (noGroups) {
            provenance =
                    provenance.withUnknown("sourceIpGroupIds", UNSAID).withUnknown("destinationIpGroupIds", UNSAID);
        } else if (noProtocols) {
            provenance = provenance.withUnknown(network ? "protocols" : "applicationProtocols", UNSAID);
        } else if (noAction) {
            provenance = provenance.withUnknown("action", UNSAID);
        }
        return new FirewallRule(
                rule.ownerId(),
                rule.policyId(),
                rule.groupPriority(),
                rule.collection(),
                noPriority ? null : rule.collectionPriority(),
                rule.name(),
                rule.kind(),
                noAction ? Action.UNKNOWN : rule.action(),
                noProtocols ? ProtocolSet.EMPTY : rule.protocols(),
                noProtocols ? List.of() : rule.applicationProtocols(),
                noSources ? List.of(unknown) : rule.sources(),
                noGroups ? List.of() : rule.sourceIpGroupIds(),
                noDestinations && network ? List.of(unknown) : rule.destinations(),
                noGroups ? List.of() : rule.destinationIpGroupIds(),
                rule.destinationFqdns(),
                rule.destinationPorts(),
                noDestinations && !network ? List.of() : rule.targetFqdns(),
                rule.targetUrls(),
                rule.fqdnTags(),
                rule.webCategories(),
                null,
                null,
                provenance);
    }
}
