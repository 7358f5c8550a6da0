package dev.netkb.api.internal.result;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.value.ResourceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Network rules of Azure Firewall that let an outbound flow pass, as narrow as its requirement. */
final class FirewallSteps {

    private static final String PRIORITY = "<free priority>";
    private static final String GROUP = "<rule collection group>";
    private static final String COLLECTION = "api-management";

    private FirewallSteps() {}

    static List<RemediationStep> of(FlowVerdict verdict, FlowDecision decision) {
        Subnet subnet = verdict.flow().subnet();
        if (subnet == null || verdict.flow().row().direction() == Direction.INBOUND) {
            return List.of();
        }
        return decision.stages().stream()
                .flatMap(stage -> stage.parts().stream())
                .map(FlowDecision.Part::decider)
                .filter(decider -> !decider.allows() && decider instanceof Decider.Firewall)
                .map(decider -> ((Decider.Firewall) decider).firewall())
                .distinct()
                .map(firewall -> new NetworkRule(firewall, verdict.flow().row(), subnet).step())
                .toList();
    }

    private record NetworkRule(AzureFirewall firewall, FlowRequirement row, Subnet subnet) {

        /** Firewall rules have no tag for the internet. */
        List<String> destinations() {
            return row.isRemoteInternet() ? List.of("*") : List.of(row.remote().split(",", -1));
        }

        List<String> sources() {
            return subnet.ipv4Addresses().toPrefixes();
        }

        List<String> ports() {
            return row.destinationPorts().toTexts();
        }

        String name() {
            return "Allow-" + row.id();
        }

        String protocol() {
            return row.protocols().toString().equals("*")
                    ? "Any"
                    : row.protocols().toString();
        }

        RemediationStep step() {
            return new RemediationStep(hint(), change(), List.of(az()), powershell());
        }

        String hint() {
            return "Allow " + row.protocols() + " " + row.destinationPorts() + " from " + String.join(", ", sources())
                    + " to " + row.remoteInWords() + " by a network rule of firewall "
                    + StandIns.asGaps(firewall.name()) + ", in a collection that is tried before the rule that denies.";
        }

        Map<String, Object> change() {
            ResourceId policy = firewall.firewallPolicyId();
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("op", "addFirewallRule");
            change.put("firewall", firewall.id().text());
            if (policy != null) {
                change.put("policy", policy.text());
            }
            change.put("name", name());
            change.put("ruleType", "NetworkRule");
            change.put("action", "Allow");
            change.put("ipProtocols", List.of(protocol()));
            change.put("sourceAddresses", sources());
            change.put("destinationAddresses", destinations());
            change.put("destinationPorts", ports());
            return change;
        }

        String az() {
            ResourceId policy = firewall.firewallPolicyId();
            String rule = " --action Allow --source-addresses " + posix(sources()) + " --destination-addresses "
                    + posix(destinations()) + " --destination-ports " + posix(ports());
            return policy == null
                    ? "az network firewall network-rule create -g "
                            + posix(firewall.id().resourceGroup())
                            + " --firewall-name " + posix(firewall.name()) + " --collection-name " + COLLECTION
                            + " --priority " + posix(PRIORITY) + " -n " + posix(name()) + rule + " --protocols "
                            + posix(protocol())
                    : "az network firewall policy rule-collection-group collection add-filter-collection -g "
                            + posix(policy.resourceGroup()) + " --policy-name " + posix(policy.name())
                            + " --rule-collection-group-name " + posix(GROUP) + " -n " + COLLECTION
                            + " --collection-priority " + posix(PRIORITY) + " --rule-type NetworkRule --rule-name "
                            + posix(name()) + rule + " --ip-protocols " + posix(protocol());
        }

        List<String> powershell() {
            ResourceId policy = firewall.firewallPolicyId();
            String rule = " -Name " + quoted(name()) + " -SourceAddress " + quoted(sources()) + " -Protocol "
                    + quoted(protocol()) + " -DestinationAddress " + quoted(destinations()) + " -DestinationPort "
                    + quoted(ports());
            if (policy == null) {
                return List.of(
                        "$firewall = Get-AzFirewall -ResourceGroupName "
                                + quoted(firewall.id().resourceGroup()) + " -Name " + quoted(firewall.name()),
                        "$rule = New-AzFirewallNetworkRule" + rule,
                        "$firewall.AddNetworkRuleCollection((New-AzFirewallNetworkRuleCollection -Name " + COLLECTION
                                + " -Priority " + quoted(PRIORITY) + " -Rule $rule -ActionType Allow))",
                        "Set-AzFirewall -AzureFirewall $firewall");
            }
            return List.of(
                    "$policy = Get-AzFirewallPolicy -ResourceGroupName " + quoted(policy.resourceGroup()) + " -Name "
                            + quoted(policy.name()),
                    "$group = Get-AzFirewallPolicyRuleCollectionGroup -Name " + quoted(GROUP)
                            + " -AzureFirewallPolicy $policy",
                    "$rule = New-AzFirewallPolicyNetworkRule" + rule,
                    "$group.Properties.RuleCollection.Add((New-AzFirewallPolicyFilterRuleCollection -Name " + COLLECTION
                            + " -Priority " + quoted(PRIORITY) + " -Rule $rule -ActionType Allow))",
                    "Set-AzFirewallPolicyRuleCollectionGroup -Name " + quoted(GROUP)
                            + " -Priority $group.Properties.Priority"
                            + " -RuleCollection $group.Properties.RuleCollection -FirewallPolicyObject $policy");
        }

        private static String posix(List<String> words) {
            return words.stream().map(NetworkRule::posix).collect(Collectors.joining(" "));
        }

        private static String posix(String word) {
            return ShellText.posix(StandIns.asGaps(word));
        }

        private static String quoted(List<String> words) {
            return words.stream().map(NetworkRule::quoted).collect(Collectors.joining(","));
        }

        private static String quoted(String word) {
            return ShellText.powershell(StandIns.asGaps(word));
        }
    }
}
