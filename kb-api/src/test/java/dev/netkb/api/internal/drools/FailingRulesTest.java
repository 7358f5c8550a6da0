package dev.netkb.api.internal.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
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
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Map;
import org.drools.model.Model;
import org.drools.model.Rule;
import org.drools.model.RuleItemBuilder;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.junit.jupiter.api.Test;

/** A rule that throws costs its own result and nothing else. */
class FailingRulesTest {

    private static final Variable<Location> LOCATION = declarationOf(Location.class, "$loc");
    private static final Variable<LocationModel> LOCATED = declarationOf(LocationModel.class, "$located");
    private static final Variable<Requirement> REQUIREMENT = declarationOf(Requirement.class, "$r");
    private static final Variable<Applicable> APPLICABLE = declarationOf(Applicable.class, "$a");

    @Test
    void aConsequenceThatThrowsLeavesItsOwnRequirementUndeterminedWithTheCause() {
        SnapshotReport report = evaluate(decided(
                "X-1 fails",
                pattern(APPLICABLE).expr(a -> a.rule().equals("X-1")),
                on(APPLICABLE).execute(a -> {
                    throw new IllegalStateException("boom");
                })));

        assertThat(result(report, "X-1").outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(result(report, "X-1").message()).isEqualTo("the rule failed: boom");
        assertThat(result(report, "X-2").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.complete()).isFalse();
        assertThat(report.problems())
                .anyMatch(p -> p.code().equals("KB-E201") && p.message().contains("X-1 fails"));
    }

    @Test
    void aConditionThatThrowsLeavesItsOwnRequirementUndeterminedWithTheCause() {
        SnapshotReport report = evaluate(decided(
                "X-1 fails",
                pattern(APPLICABLE).expr(a -> {
                    if (a.rule().equals("X-1")) {
                        throw new IllegalStateException("boom");
                    }
                    return false;
                }),
                on(APPLICABLE).execute(a -> {})));

        assertThat(result(report, "X-1").outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(result(report, "X-1").message()).contains("boom");
        assertThat(result(report, "X-2").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.complete()).isFalse();
    }

    @Test
    void factsAndWhatStandsInsideThemReachTheRules() {
        Variable<ManagementLock> lock = declarationOf(ManagementLock.class, "$lock");
        Variable<FirewallRule> firewallRule = declarationOf(FirewallRule.class, "$rule");
        SnapshotReport report = evaluate(decided(
                "X-1 sees",
                pattern(lock),
                pattern(firewallRule),
                on(lock, firewallRule).execute((l, r) -> {
                    throw new IllegalStateException(l.level() + " and " + r.name());
                })));

        assertThat(result(report, "X-1").message()).isEqualTo("the rule failed: CanNotDelete and kv");
    }

    private static Result result(SnapshotReport report, String rule) {
        return report.results().stream()
                .filter(r -> r.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }

    private static SnapshotReport evaluate(Rule failing) {
        Rule located = rule("rules.test", "A location has a model")
                .build(
                        pattern(LOCATION),
                        on(LOCATION)
                                .execute((drools, location) -> drools.insert(
                                        new LocationModel(location, NetworkModel.CLASSIC, Platform.STV2))));
        Rule applies = rule("rules.test", "A requirement applies")
                .build(
                        pattern(LOCATED),
                        pattern(REQUIREMENT),
                        on(LOCATED, REQUIREMENT)
                                .execute((drools, model, requirement) ->
                                        drools.insert(new Applicable(requirement, model))));
        Rule passing = decided(
                "X-2 holds",
                pattern(APPLICABLE).expr(a -> false),
                on(APPLICABLE).execute(a -> {}));
        Model model = new ModelImpl()
                .addRule(located)
                .addRule(applies)
                .addRule(failing)
                .addRule(passing);
        RulePack pack = new RulePack(
                "test", "1", "", List.of(), List.of(), Map.of(), List.of(), Map.of(), Map.of(), Map.of(), Map.of(),
                List.of(), Map.of(), List.of());
        KnowledgeBase rules = DroolsKnowledgeBase.of(FailingRulesTest.class.getClassLoader(), List.of(model), pack);
        return rules.evaluate("built", snapshot(), Options.DEFAULT.withAll(true));
    }

    private static Rule decided(String name, RuleItemBuilder<?>... items) {
        return rule("rules.test", name)
                .metadata("id", '"' + name.substring(0, 3) + '"')
                .metadata("severity", "\"error\"")
                .build(items);
    }

    private static Snapshot snapshot() {
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
