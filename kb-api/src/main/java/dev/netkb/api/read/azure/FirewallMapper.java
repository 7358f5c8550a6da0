package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Azure Firewalls, their policies with the groups of rule collections, and IP groups. */
final class FirewallMapper implements Mapper {

    private static final String FIREWALL = "microsoft.network/azurefirewalls";
    private static final String POLICY = "microsoft.network/firewallpolicies";
    private static final String GROUP = "microsoft.network/firewallpolicies/rulecollectiongroups";
    private static final String IP_GROUP = "microsoft.network/ipgroups";

    @Override
    public Set<String> types() {
        return Set.of(FIREWALL, POLICY, GROUP, IP_GROUP);
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        switch (resource.type()) {
            case POLICY -> policy(resource, fields, facts);
            case GROUP -> group(resource, fields, facts);
            case IP_GROUP -> ipGroup(resource, fields, facts);
            default -> firewall(resource, fields, facts);
        }
    }

    private static void firewall(Resource resource, Fields fields, Facts facts) {
        Problems problems = facts.problems();
        List<AddressPrefix> addresses = new ArrayList<>();
        ResourceId subnet = null;
        for (Node item : fields.objects("subnetId", "ipConfigurations")) {
            fields.said("privateAddresses");
            Fields configuration = new Fields(item, problems);
            addresses.addAll(Addresses.prefixes(configuration, problems, "privateAddresses", "privateIPAddress"));
            ResourceId found = configuration.id("subnetId", "subnet", "id");
            subnet = subnet == null ? found : subnet;
            configuration.provenance().unknown().forEach(fields::unknown);
        }
        addresses.addAll(
                Addresses.prefixes(fields, problems, "privateAddresses", "hubIPAddresses", "privateIPAddress"));
        List<FirewallRule> rules = new ArrayList<>();
        FirewallRuleReader reader = new FirewallRuleReader(resource.id(), null, null, problems);
        rules.addAll(reader.collections(fields, FirewallRule.Kind.NAT, "natRuleCollections"));
        rules.addAll(reader.collections(fields, FirewallRule.Kind.NETWORK, "networkRuleCollections"));
        rules.addAll(reader.collections(fields, FirewallRule.Kind.APPLICATION, "applicationRuleCollections"));
        AzureFirewall firewall = new AzureFirewall(
                resource.id(),
                resource.name(),
                fields.region("location", "location"),
                fields.text("sku", "sku", "name"),
                fields.text("tier", "sku", "tier"),
                subnet,
                addresses,
                fields.id("firewallPolicyId", "firewallPolicy", "id"),
                fields.id("virtualHubId", "virtualHub", "id"),
                fields.text("threatIntelMode", "threatIntelMode"),
                rules,
                fields.provenance());
        fields.reportRest("azureFirewall");
        facts.add(firewall, fields);
    }

    private static void policy(Resource resource, Fields fields, Facts facts) {
        FirewallPolicy policy = new FirewallPolicy(
                resource.id(),
                resource.name(),
                fields.region("location", "location"),
                fields.text("tier", "sku", "tier"),
                fields.id("basePolicyId", "basePolicy", "id"),
                fields.text("threatIntelMode", "threatIntelMode"),
                fields.bool("dnsProxy", "dnsSettings", "enableProxy"),
                Addresses.prefixes(fields, facts.problems(), "dnsServers", "dnsSettings", "servers"),
                fields.ids("ruleCollectionGroupIds", "ruleCollectionGroups"),
                fields.provenance());
        fields.reportRest("firewallPolicy");
        facts.add(policy, fields);
    }

    private static void group(Resource resource, Fields fields, Facts facts) {
        Optional<ResourceId> policy =
                resource.id().parent().filter(parent -> parent.type().equals(POLICY));
        if (policy.isEmpty()) {
            facts.problems()
                    .add(
                            ProblemCode.NO_PARENT,
                            resource.node().place(),
                            "the id " + Problems.quote(resource.id().text())
                                    + " of a rule collection group does not say its firewall policy",
                            "The group was left out; export it again.");
            return;
        }
        @Nullable Integer priority = fields.integer("priority", "priority");
        FirewallRuleReader reader = new FirewallRuleReader(resource.id(), policy.get(), priority, facts.problems());
        List<FirewallRule> rules = reader.collections(fields, null, "ruleCollections");
        FirewallRuleCollectionGroup group = new FirewallRuleCollectionGroup(
                resource.id(), resource.name(), policy.get(), priority, rules, fields.provenance());
        fields.reportRest("ruleCollectionGroup");
        facts.add(group, fields);
    }

    private static void ipGroup(Resource resource, Fields fields, Facts facts) {
        IpGroup group = new IpGroup(
                resource.id(),
                resource.name(),
                fields.region("location", "location"),
                AddressRanges.set(fields, facts.problems(), "addresses", "ipAddresses"),
                fields.provenance());
        fields.reportRest("ipGroup");
        facts.add(group, fields);
    }
}
