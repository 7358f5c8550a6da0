package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SecurityAdminRule.Access;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Effective security admin rules of a virtual network. The answer itself does not say which network it is about. */
public final class AdminRuleReader {

    /** How coverage calls these answers. */
    public static final String KIND = "microsoft.network/virtualnetworks/effectivesecurityadminrules";

    private static final String MANAGED =
            "microsoft.network/networkmanagers/securityadminconfigurations/rulecollections/rules";

    private static final String NOT_SAID = "the export does not say it";

    private AdminRuleReader() {}

    /** Whether it is such a rule; the rules of a network manager itself say their type and may not be in effect. */
    public static boolean recognises(Node node) {
        Node sources = node.field("sources");
        Node destinations = node.field("destinations");
        return node.field("access") != null
                && node.field("direction") != null
                && (sources != null && sources.isArray() || destinations != null && destinations.isArray())
                && (node.get("type") == null
                        || node.get("ruleCollectionAppliesToGroups") != null
                        || node.get("ruleGroups") != null);
    }

    /** Whether a type in lower case is that of a rule in a configuration of a network manager. */
    static boolean isManaged(String type) {
        return type.equals(MANAGED);
    }

    /** Whether it is a rule of a network manager that is planned; of one that is there, the effective rules tell more. */
    static boolean recognisesManaged(Resource resource) {
        return isManaged(resource.type()) && resource.planned();
    }

    /**
     * A planned rule of a network manager. In effect it is only where its configuration is deployed to a group that the network
     * is in, and no template says so: what it matches is open.
     */
    static void readManaged(Resource resource, Facts facts) {
        facts.problems()
                .add(
                        ProblemCode.PLANNED_ADMIN_RULE,
                        resource.node().place(),
                        "security admin rule " + Problems.quote(resource.name())
                                + " is planned, and on which networks it will be in effect is not decided here",
                        "What it matches is undetermined. When its configuration is deployed, export the effective"
                                + " security admin rules of the network.");
        Fields fields = new Fields(resource.node(), facts.problems());
        String direction = fields.text("direction", "direction");
        for (Direction each : Direction.values()) {
            // Where the direction is not known, the rule may be of either.
            if (direction == null || each.azureName().equalsIgnoreCase(direction)) {
                facts.addLoose(
                        rule(resource.id(), null, each, new Fields(resource.node(), facts.problems()), facts, true));
            }
        }
    }

    /** Says that the rules of a network were exported, even where it has none. */
    public static void covers(Facts facts) {
        facts.covers(KIND);
    }

    /** @param vnet whose rules they are, null where nothing says it */
    public static void read(Node node, @Nullable ResourceId vnet, Facts facts) {
        facts.sawKind(KIND);
        Problems problems = facts.problems();
        Fields fields = new Fields(node, problems);
        Direction direction = direction(fields, problems);
        if (direction == null) {
            return;
        }
        String id = fields.text("id", "id");
        ResourceId rule = ResourceId.of(id == null ? "rule at " + node.place().pointer() : id);
        facts.addLoose(rule(rule, vnet, direction, fields, facts, false));
    }

    private static SecurityAdminRule rule(
            ResourceId id,
            @Nullable ResourceId vnet,
            Direction direction,
            Fields fields,
            Facts facts,
            boolean managed) {
        Problems problems = facts.problems();
        String name = fields.text("name", "name");
        Integer priority = fields.integer("priority", "priority");
        if (priority == null && !fields.isUnknown("priority")) {
            fields.unknown("priority", NOT_SAID);
        }
        Access access = managed ? notInEffectYet(fields) : access(fields);
        ProtocolSet protocols = protocols(fields);
        return new SecurityAdminRule(
                id,
                vnet,
                name == null || managed ? Resource.nameOf(id) : name,
                "Default".equalsIgnoreCase(fields.text("isDefault", "kind")),
                priority,
                direction,
                access,
                protocols,
                ports(fields, "sourcePorts", "sourcePortRanges", protocols, problems),
                ports(fields, "destinationPorts", "destinationPortRanges", protocols, problems),
                side(fields, "sources", problems),
                side(fields, "destinations", problems),
                fields.provenance());
    }

    private static Access notInEffectYet(Fields fields) {
        fields.unknown("access", "whether the rule will be in effect on this network is not said");
        return Access.UNKNOWN;
    }

    /** The rule on the only virtual network of the export; as it is, with a problem added, where there are several. */
    static SecurityAdminRule tie(SecurityAdminRule rule, List<ResourceId> vnets, Problems problems) {
        if (rule.vnetId() != null || vnets.isEmpty()) {
            return rule;
        }
        if (vnets.size() == 1) {
            return rule.on(vnets.get(0));
        }
        problems.count(
                ProblemCode.NO_PARENT,
                rule.provenance().place(),
                "the export has " + vnets.size()
                        + " virtual networks, and a security admin rule does not say on which of them it is in effect",
                "Wrap the answer: {\"virtualNetworkId\": \"<id of the network>\", \"value\": [ … ]}. Until then the rule"
                        + " counts as possible on every network.");
        return rule;
    }

    private static @Nullable Direction direction(Fields fields, Problems problems) {
        String text = fields.text("direction", "direction");
        for (Direction direction : Direction.values()) {
            if (direction.azureName().equalsIgnoreCase(text)) {
                return direction;
            }
        }
        problems.add(
                text == null ? ProblemCode.MISSING_FIELD : ProblemCode.WRONG_VALUE,
                fields.node().place(),
                "the direction of a security admin rule was " + (text == null ? "left out" : Problems.quote(text))
                        + " but must be Inbound or Outbound",
                "Ask for the effective security admin rules again and save the whole answer.");
        return null;
    }

    private static Access access(Fields fields) {
        String text = fields.text("access", "access");
        for (Access access : Access.values()) {
            if (access != Access.UNKNOWN && access.azureName().equalsIgnoreCase(text)) {
                return access;
            }
        }
        if (!fields.isUnknown("access")) {
            fields.unknown("access", text == null ? NOT_SAID : Problems.quote(text) + " is not known");
        }
        return Access.UNKNOWN;
    }

    private static ProtocolSet protocols(Fields fields) {
        String text = fields.text("protocols", "protocol");
        Optional<ProtocolSet> protocols = text == null ? Optional.empty() : ProtocolSet.tryParse(text);
        if (protocols.isEmpty() && !fields.isUnknown("protocols")) {
            fields.unknown("protocols", text == null ? NOT_SAID : Problems.quote(text) + " is not a known protocol");
        }
        return protocols.orElse(ProtocolSet.ALL);
    }

    private static PortSet ports(
            Fields fields, String component, String field, ProtocolSet protocols, Problems problems) {
        List<PortSet> ports = fields.values(component, item -> Addresses.ports(item, fields, problems), field);
        if (!ports.isEmpty()) {
            return PortSet.union(ports);
        }
        boolean carriesPorts = !protocols.intersect(ProtocolSet.WITH_PORTS).isEmpty();
        if (carriesPorts && !fields.isUnknown(component)) {
            fields.unknown(component, NOT_SAID);
        }
        return PortSet.ALL;
    }

    private static List<AddressMatch> side(Fields fields, String side, Problems problems) {
        List<AddressMatch> matches = new ArrayList<>();
        for (Node item : fields.objects(side, side)) {
            AddressMatch match = entry(item, problems);
            if (match != null) {
                matches.add(match);
            }
        }
        if (matches.isEmpty() || fields.isUnknown(side)) {
            matches.add(new AddressMatch.Unknown(fields.provenance().unknown().getOrDefault(side, NOT_SAID)));
        }
        return matches;
    }

    private static @Nullable AddressMatch entry(Node item, Problems problems) {
        Node prefix = item.get("addressPrefix");
        if (prefix == null) {
            return new AddressMatch.Unknown(NOT_SAID);
        }
        if ("NetworkGroup".equalsIgnoreCase(item.text("addressPrefixType"))) {
            String group = prefix.value() instanceof Json.Text text ? text.value() : "";
            return new AddressMatch.Unknown("the members of network group " + Problems.quote(group));
        }
        return Addresses.match(prefix, problems);
    }
}
