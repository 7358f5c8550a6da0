package dev.netkb.api.internal.drools;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.Applicable;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.drools.model.Rule;
import org.drools.model.RuleItemBuilder;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;

/** Rules that are built rather than compiled, and a snapshot for them. */
final class TestRules {

    static final Variable<Location> LOCATION = declarationOf(Location.class, "$loc");
    static final Variable<Applicable> APPLICABLE = declarationOf(Applicable.class, "$a");

    private static final Variable<LocationModel> LOCATED = declarationOf(LocationModel.class, "$located");
    private static final Variable<Requirement> REQUIREMENT = declarationOf(Requirement.class, "$r");

    private TestRules() {}

    /** Rules of a base in which each location has a model, and each requirement applies where it says. */
    static KnowledgeBase base(Rule... rules) {
        return DroolsKnowledgeBase.of(
                TestRules.class.getClassLoader(),
                List.of(model(Stream.concat(Stream.of(located(), applies()), Arrays.stream(rules))
                        .toArray(Rule[]::new))),
                pack(List.of()));
    }

    static ModelImpl model(Rule... rules) {
        ModelImpl model = new ModelImpl();
        Arrays.stream(rules).forEach(model::addRule);
        return model;
    }

    static RulePack pack(List<FlowRow> flows) {
        return new RulePack(
                "packaged",
                "1",
                "",
                flows,
                List.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(new Tier("Premium", Tier.Generation.CLASSIC, Set.of(), 31, 2)));
    }

    static Rule located() {
        return rule("rules.test", "A location has a model")
                .build(
                        pattern(LOCATION),
                        on(LOCATION)
                                .execute((drools, location) -> drools.insert(
                                        new LocationModel(location, NetworkModel.CLASSIC, Platform.STV2))));
    }

    static Rule applies() {
        return rule("rules.test", "A requirement applies")
                .build(
                        pattern(LOCATED),
                        pattern(REQUIREMENT)
                                .expr("covers", LOCATED, (requirement, located) -> requirement.covers(located)),
                        on(LOCATED, REQUIREMENT)
                                .execute((drools, model, requirement) ->
                                        drools.insert(new Applicable(requirement, model))));
    }

    /** A rule whose name begins with its id, of three characters. */
    static Rule decided(String name, RuleItemBuilder<?>... items) {
        return rule("rules.test", name)
                .metadata("id", '"' + name.substring(0, 3) + '"')
                .metadata("severity", "\"error\"")
                .build(items);
    }

    /** One instance, in one region, with a lock and a firewall rule. */
    static Snapshot snapshot() {
        ResourceId id = ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/a");
        Region region = Region.of("westeurope");
        Location location = new Location(
                id,
                region,
                true,
                "Premium",
                1,
                List.of(),
                VirtualNetworkType.INTERNAL,
                null,
                null,
                "stv2",
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                region,
                0,
                true,
                Provenance.NONE);
        ResourceId group = ResourceId.of(
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/firewallPolicies/p/ruleCollectionGroups/g");
        FirewallRule rule = new FirewallRule(
                group,
                ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/firewallPolicies/p"),
                100,
                "c",
                100,
                "kv",
                FirewallRule.Kind.NETWORK,
                FirewallRule.Action.ALLOW,
                ProtocolSet.TCP,
                List.of(),
                List.of(new AddressMatch.Any()),
                List.of(),
                List.of(new AddressMatch.Any()),
                List.of(),
                List.of(),
                PortSet.of(443),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Provenance.NONE);
        return Snapshot.builder()
                .add(new ManagementLock(id.child("locks", "l"), "l", id, "CanNotDelete", Provenance.NONE))
                .add(new FirewallRuleCollectionGroup(
                        group, "g", group.parent().orElseThrow(), 100, List.of(rule), Provenance.NONE))
                .add(new ApiManagementService(
                        id,
                        "a",
                        region,
                        "Premium",
                        "Internal",
                        "stv2",
                        null,
                        null,
                        null,
                        null,
                        true,
                        List.of(location),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Provenance.NONE))
                .build();
    }
}
