package dev.netkb.api.internal.result;

import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.value.ResourceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes of security admin rules that deny a flow. They belong to a network manager, which others may own. */
final class AdminRuleSteps {

    private AdminRuleSteps() {}

    static List<RemediationStep> of(FlowVerdict verdict, FlowDecision decision) {
        return decision.stages().stream()
                .flatMap(stage -> stage.parts().stream())
                .map(FlowDecision.Part::decider)
                .filter(decider -> !decider.allows() && decider instanceof Decider.Admin)
                .map(decider -> ((Decider.Admin) decider).rule())
                .distinct()
                .map(rule -> step(rule, verdict.text()))
                .toList();
    }

    private static RemediationStep step(SecurityAdminRule rule, String flow) {
        Names names = Names.of(rule.id());
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("op", "setAdminRuleAccess");
        change.put("rule", rule.id().text());
        change.put("access", SecurityAdminRule.Access.ALLOW.azureName());
        return new RemediationStep(
                "Let security admin rule " + rule.name() + " leave " + flow
                        + " to the network security groups: narrow it,"
                        + " or give it the access Allow; then deploy the configuration to the region again.",
                change,
                List.of(names.az()),
                names.powershell());
    }

    /** The names that commands need; gaps where the id of the rule does not have them. */
    private record Names(String group, String manager, String configuration, String collection, String rule) {

        static Names of(ResourceId id) {
            return new Names(
                    segment(id, "resourceGroups", "<resource group>"),
                    segment(id, "networkManagers", "<network manager>"),
                    segment(id, "securityAdminConfigurations", "<configuration>"),
                    segment(id, "ruleCollections", "<rule collection>"),
                    segment(id, "rules", "<rule>"));
        }

        private static String segment(ResourceId id, String label, String gap) {
            return id.segment(label).map(StandIns::asGaps).orElse(gap);
        }

        String az() {
            UnaryOperator<String> quote = ShellText::posix;
            return "az network manager security-admin-config rule-collection rule update -g " + quote.apply(group)
                    + " --network-manager-name " + quote.apply(manager) + " --configuration-name "
                    + quote.apply(configuration) + " --rule-collection-name " + quote.apply(collection)
                    + " --rule-name " + quote.apply(rule) + " --access Allow";
        }

        List<String> powershell() {
            UnaryOperator<String> quote = ShellText::powershell;
            return List.of(
                    "$rule = Get-AzNetworkManagerSecurityAdminRule -ResourceGroupName " + quote.apply(group)
                            + " -NetworkManagerName " + quote.apply(manager) + " -SecurityAdminConfigurationName "
                            + quote.apply(configuration) + " -RuleCollectionName " + quote.apply(collection)
                            + " -Name " + quote.apply(rule),
                    "$rule.Access = 'Allow'",
                    "Set-AzNetworkManagerSecurityAdminRule -InputObject $rule");
        }
    }
}
