package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.OwnFormat;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.NsgRule.Access;
import dev.netkb.model.azure.NsgRule.Origin;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Network security groups, and security rules on their own. */
final class NetworkSecurityGroupMapper implements Mapper {

    static final String KIND = "networkSecurityGroup";
    private static final String GROUP = "microsoft.network/networksecuritygroups";
    private static final String RULE = "microsoft.network/networksecuritygroups/securityrules";
    private static final String DEFAULT_RULE = "microsoft.network/networksecuritygroups/defaultsecurityrules";

    private static final int FIRST_DEFAULT_PRIORITY = 65_000;

    /** Effective rules and some views list Azure's default rules among the others. */
    private static final Set<String> DEFAULT_NAMES = Set.of(
            "allowvnetinbound",
            "allowazureloadbalancerinbound",
            "denyallinbound",
            "allowvnetoutbound",
            "allowinternetoutbound",
            "denyalloutbound");

    private static final int LOWEST_PRIORITY = 100;
    private static final int HIGHEST_PRIORITY = 4_096;

    @Override
    public Set<String> types() {
        return Set.of(GROUP, RULE, DEFAULT_RULE);
    }

    @Override
    public void map(Resource resource, Facts facts) {
        if (resource.type().equals(GROUP)) {
            group(resource, facts);
            return;
        }
        Optional<ResourceId> parent =
                resource.id().parent().filter(id -> id.type().equals(GROUP));
        if (parent.isEmpty()) {
            facts.problems()
                    .add(
                            ProblemCode.NO_PARENT,
                            resource.node().place(),
                            "the id " + Problems.quote(resource.id().text())
                                    + " of a security rule does not say its group",
                            "The rule was left out; export it again.");
            return;
        }
        Origin origin = resource.type().equals(RULE) ? Origin.CUSTOM : Origin.DEFAULT;
        RuleReader reader = new RuleReader(parent.get(), facts.problems());
        reader.read(resource.node(), origin, resource.name())
                .ifPresent(rule -> facts.addChild(parent.get(), "rules", rule));
        reader.unknown().ifPresent(why -> facts.addOpenChild(parent.get(), "rules", resource.node(), why));
    }

    private static void group(Resource resource, Facts facts) {
        ResourceId id = resource.id();
        Fields fields = new Fields(resource.node(), facts.problems());
        String location = fields.text("location", "location");
        RuleReader reader = new RuleReader(id, facts.problems());
        List<Draft> rules = new ArrayList<>();
        for (Node item : fields.objects("rules", "securityRules")) {
            facts.saw(id.child("securityRules", String.valueOf(item.text("name"))), RULE);
            reader.read(item, Origin.CUSTOM, null).ifPresent(rules::add);
        }
        boolean customSaid = fields.hasSaid("rules");
        for (Node item : fields.objects("defaultRules", "defaultSecurityRules")) {
            reader.read(item, Origin.DEFAULT, null).ifPresent(rules::add);
        }
        reader.unknown().ifPresent(why -> fields.unknown("rules", why));
        String reason = fields.whyUnknown("rules");
        if (reason != null) {
            facts.problems()
                    .add(
                            ProblemCode.UNKNOWN_VALUE,
                            resource.node().place(),
                            "the rules of " + Problems.quote(id.name()) + " are not known: " + Problems.quote(reason),
                            "What the group lets through is undetermined.");
        }
        fields.reportRest(KIND);
        Set<String> said = new HashSet<>(fields.said());
        if (!customSaid) {
            said.remove("rules");
        }
        List<Draft> all = withDefaults(id, rules);
        RuleChecks.check(id, all, resource.planned() || reason != null, facts.problems())
                .filter(why -> reason == null)
                .ifPresent(why -> fields.unknown("rules", why));
        facts.add(new Draft(
                Facts.key(KIND, id),
                new NetworkSecurityGroup(
                        id,
                        resource.name(),
                        location == null ? null : Region.of(location),
                        all.stream().map(rule -> (NsgRule) rule.fact()).toList(),
                        fields.provenance()),
                said,
                Map.of("rules", all)));
    }

    /** Adds the default rules that an export lacks. */
    private static List<Draft> withDefaults(ResourceId id, List<Draft> rules) {
        Map<String, Draft> all = new LinkedHashMap<>();
        for (Draft rule : rules) {
            // A rule that is there twice stays there twice: the checks report it.
            String key = rule.key();
            while (all.containsKey(key)) {
                key += "+";
            }
            all.put(key, rule);
        }
        for (NsgRule rule : NsgRule.defaults(id)) {
            all.putIfAbsent(ruleKey(rule), new Draft(ruleKey(rule), rule, Set.of()));
        }
        return List.copyOf(all.values());
    }

    static String ruleKey(NsgRule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A group or table with parts that were exported on their own.
     *
     * @param planned whether it is not deployed yet
     */
    static Draft withParts(Draft parent, String component, List<Draft> parts, boolean planned, Problems problems) {
        Map<String, Draft> all = new LinkedHashMap<>();
        parent.parts().getOrDefault(component, List.of()).forEach(part -> all.put(part.key(), part));
        for (Draft part : parts) {
            all.merge(part.key(), part, (a, b) -> a.join(b, Problems.quote(a.key()), problems));
        }
        List<Draft> joined = List.copyOf(all.values());
        Map<String, List<Draft>> newParts = new LinkedHashMap<>(parent.parts());
        newParts.put(component, joined);
        Set<String> said = new HashSet<>(parent.said());
        said.add(component);
        if (parent.fact() instanceof NetworkSecurityGroup group) {
            boolean known = parent.knows(component);
            Optional<String> refused = RuleChecks.check(group.id(), joined, planned || !known, problems)
                    .filter(why -> known);
            NetworkSecurityGroup changed = new NetworkSecurityGroup(
                    group.id(),
                    group.name(),
                    group.location(),
                    joined.stream().map(part -> (NsgRule) part.fact()).toList(),
                    group.provenance());
            Draft draft = new Draft(parent.key(), changed, said, newParts);
            return refused.map(why -> draft.withUnknown(component, why)).orElse(draft);
        }
        RouteTable table = (RouteTable) parent.fact();
        return new Draft(parent.key(), RouteTableMapper.withRoutes(table, joined), said, newParts);
    }

    /** Reads the rules of one group. */
    static final class RuleReader {
        private final ResourceId nsgId;
        private final Problems problems;
        private final List<String> missing = new ArrayList<>();
        private final List<String> absent = new ArrayList<>();
        private @Nullable String unknown;

        RuleReader(ResourceId nsgId, Problems problems) {
            this.nsgId = nsgId;
            this.problems = problems;
        }

        /** Why the list of rules as a whole is not known; empty where it is. */
        Optional<String> unknown() {
            return Optional.ofNullable(unknown);
        }

        /** A rule as an exported group holds it; empty, with a problem added, where it cannot be one. */
        Optional<Draft> read(Node node, Origin listed, @Nullable String knownName) {
            return read(node, listed, knownName, true);
        }

        /** A rule as Azure reports it for a network interface. */
        Optional<NsgRule> readEffective(Node node) {
            return read(node, Origin.CUSTOM, null, false).map(rule -> (NsgRule) rule.fact());
        }

        private Optional<Draft> read(Node node, Origin listed, @Nullable String knownName, boolean checked) {
            Fields fields = new Fields(node, problems);
            Node properties = node.get("properties");
            if (properties != null && !properties.isObject() && !(properties.value() instanceof Json.Unknown)) {
                fields.wrongType(properties, "an object");
                return Optional.empty();
            }
            missing.clear();
            absent.clear();
            String exported = fields.text("name", "name");
            String name = knownName != null ? knownName : Resource.lastPart(exported);
            Integer priority = priority(fields, node);
            Direction direction = direction(fields);
            Access access = access(fields);
            if (fields.isUnknown("direction")) {
                unknown = fields.whyUnknown("direction");
                return Optional.empty();
            }
            if (name == null && fields.isUnknown("name")) {
                // It matters for nothing but which rule it is, and that the place in its list says too.
                name = "{" + node.key() + "}";
                fields.forget("name");
            }
            perhaps(fields, node);
            reportUnknown(fields, node, name);
            if (name == null) {
                missing.add("name");
            }
            ProtocolSet protocols = protocols(fields);
            PortSet sourcePorts = ports(fields, "sourcePorts", "sourcePortRange", "sourcePortRanges");
            PortSet destinationPorts =
                    ports(fields, "destinationPorts", "destinationPortRange", "destinationPortRanges");
            List<AddressMatch> sources = side(fields, "source");
            List<AddressMatch> destinations = side(fields, "destination");
            String state = fields.text("provisioningState", "provisioningState");
            if (checked) {
                reportState(node, name, state);
                reportAbsent(node);
                fields.reportRest("securityRule");
            }
            if (!missing.isEmpty()) {
                reportMissing(node);
            }
            if (priority == null && fields.isUnknown("priority")) {
                priority = NsgRule.UNKNOWN_PRIORITY;
            }
            if (name == null || priority == null || direction == null || access == null) {
                return Optional.empty();
            }
            boolean isDefault = listed == Origin.DEFAULT
                    || priority >= FIRST_DEFAULT_PRIORITY && DEFAULT_NAMES.contains(name.toLowerCase(Locale.ROOT))
                    || exported != null && exported.toLowerCase(Locale.ROOT).startsWith("defaultsecurityrules/");
            boolean inRange = priority >= LOWEST_PRIORITY && priority <= HIGHEST_PRIORITY;
            if (checked && !isDefault && !inRange && !fields.isUnknown("priority")) {
                wrongPriority(fields.node().field("priority"), node, Integer.toString(priority));
                return Optional.empty();
            }
            NsgRule rule = new NsgRule(
                    nsgId,
                    name,
                    priority,
                    direction,
                    access,
                    protocols,
                    sourcePorts,
                    destinationPorts,
                    sources,
                    destinations,
                    isDefault ? Origin.DEFAULT : Origin.CUSTOM,
                    state,
                    fields.provenance());
            return Optional.of(new Draft(ruleKey(rule), rule, fields.said()));
        }

        private static void perhaps(Fields fields, Node node) {
            fields.readElsewhere(OwnFormat.PERHAPS);
            String why = node.text(OwnFormat.PERHAPS);
            if (why != null) {
                fields.unknown(NsgRule.EXISTENCE, why);
            }
        }

        private void reportUnknown(Fields fields, Node node, @Nullable String name) {
            for (String component : List.of(NsgRule.EXISTENCE, "priority")) {
                String why = fields.whyUnknown(component);
                if (why != null) {
                    problems.add(
                            ProblemCode.UNKNOWN_VALUE,
                            node.place(),
                            "the " + component + " of rule " + Problems.quote(String.valueOf(name)) + " in "
                                    + Problems.quote(nsgId.name()) + " is not known: " + Problems.quote(why),
                            "What it matches is undetermined, and nothing else.");
                }
            }
        }

        private @Nullable Integer priority(Fields fields, Node node) {
            Node found = fields.at("priority", "priority");
            if (found == null) {
                if (!fields.isUnknown("priority")) {
                    missing.add("priority");
                }
                return null;
            }
            String text = found.value() instanceof Json.Num number
                    ? number.value()
                    : found.value() instanceof Json.Text t ? t.value().trim() : null;
            if (text == null) {
                fields.wrongType(found, "a whole number");
                return null;
            }
            try {
                return Integer.valueOf(Fields.withoutFraction(text));
            } catch (NumberFormatException e) {
                wrongPriority(found, node, text);
                return null;
            }
        }

        private void wrongPriority(@Nullable Node found, Node node, String text) {
            problems.add(
                    ProblemCode.WRONG_PRIORITY,
                    (found == null ? node : found).place(),
                    "priority was " + Problems.quote(text) + " but must be a whole number from " + LOWEST_PRIORITY
                            + " to " + HIGHEST_PRIORITY,
                    "Only Azure's own default rules have 65000 and above.");
        }

        private @Nullable Direction direction(Fields fields) {
            String text = fields.text("direction", "direction");
            if (text == null) {
                missingUnlessUnknown(fields, "direction");
                return null;
            }
            for (Direction direction : Direction.values()) {
                if (direction.azureName().equalsIgnoreCase(text)) {
                    return direction;
                }
            }
            wrongValue(fields, "direction", text, "Inbound or Outbound");
            return null;
        }

        private @Nullable Access access(Fields fields) {
            String text = fields.text("access", "access");
            if (text == null) {
                if (fields.isUnknown("access")) {
                    return Access.DENY;
                }
                missingUnlessUnknown(fields, "access");
                return null;
            }
            for (Access access : Access.values()) {
                if (access.azureName().equalsIgnoreCase(text)) {
                    return access;
                }
            }
            wrongValue(fields, "access", text, "Allow or Deny");
            return null;
        }

        private ProtocolSet protocols(Fields fields) {
            int errors = problems.errorCount();
            String text = fields.text("protocol", "protocol");
            fields.said("protocols");
            if (text == null) {
                notExported(fields, "protocol", "protocol", errors);
                return ProtocolSet.ALL;
            }
            Optional<ProtocolSet> protocols = ProtocolSet.tryParse(text);
            if (protocols.isEmpty()) {
                wrongValue(fields, "protocol", text, "Tcp, Udp, Icmp, Esp, Ah or *");
            }
            return protocols.orElse(ProtocolSet.ALL);
        }

        private PortSet ports(Fields fields, String component, String singular, String plural) {
            int errors = problems.errorCount();
            List<PortSet> sets = new ArrayList<>();
            sets.addAll(fields.values(component, item -> Addresses.ports(item, fields, problems), singular));
            sets.addAll(fields.values(component, item -> Addresses.ports(item, fields, problems), plural));
            if (sets.isEmpty()) {
                notExported(fields, component, singular, errors);
                return PortSet.ALL;
            }
            return PortSet.union(sets);
        }

        /** @param errors how many there were before the field was read: a value that was rejected is not absent */
        private void notExported(Fields fields, String component, String field, int errors) {
            if (!fields.isUnknown(component) && problems.errorCount() == errors) {
                absent.add(field);
                fields.unknown(component, field + " is not in " + fields.node().file());
            }
        }

        private List<AddressMatch> side(Fields fields, String side) {
            String component = side + "s";
            int errors = problems.errorCount();
            Set<AddressMatch> entries = new LinkedHashSet<>(
                    Addresses.matches(fields, problems, component, side + "AddressPrefix", side + "AddressPrefixes"));
            fields.ids(component, side + "ApplicationSecurityGroups")
                    .forEach(id -> entries.add(new AddressMatch.Asg(id)));
            if (entries.isEmpty()) {
                String field = side + "AddressPrefix";
                if (problems.errorCount() == errors) {
                    absent.add(field);
                }
                // Where it matters, a sentence goes on behind it: "the value of … in rule …".
                entries.add(new AddressMatch.Unknown(
                        field + ", which " + fields.node().file() + " does not give,"));
            }
            // An unknown entry says so itself.
            fields.forget(component);
            return entries.stream()
                    .sorted(Comparator.comparing(RuleReader::rank))
                    .toList();
        }

        /** Known entries in their order, then unknown ones, then groups. */
        private static int rank(AddressMatch entry) {
            return entry instanceof AddressMatch.Asg ? 2 : entry instanceof AddressMatch.Unknown ? 1 : 0;
        }

        private void reportState(Node node, @Nullable String name, @Nullable String state) {
            if ("Failed".equalsIgnoreCase(state) || "Deleting".equalsIgnoreCase(state)) {
                problems.add(
                        ProblemCode.PROVISIONING,
                        node.place(),
                        "the rule " + Problems.quote(String.valueOf(name)) + " of " + Problems.quote(nsgId.name())
                                + " is in the state " + state,
                        "It is decided as if it stood; look at the group in Azure and export it again.");
            }
        }

        private void reportAbsent(Node node) {
            if (!absent.isEmpty() && missing.isEmpty()) {
                problems.count(
                        ProblemCode.UNKNOWN_VALUE,
                        node.place(),
                        "a rule of " + Problems.quote(nsgId.name()) + " has no " + String.join(", no ", absent),
                        "What it matches is not known. Export the group with all fields of its rules:"
                                + " az network nsg show.");
            }
        }

        private void missingUnlessUnknown(Fields fields, String field) {
            Node found = fields.node().field(field);
            boolean isEmpty = found == null
                    || found.value() instanceof Json.Text text && text.value().isBlank();
            if (!fields.isUnknown(field) && isEmpty) {
                missing.add(field);
            }
        }

        private void reportMissing(Node node) {
            problems.add(
                    ProblemCode.MISSING_FIELD,
                    node.place(),
                    "a rule of " + Problems.quote(nsgId.name()) + " has no " + String.join(", ", missing),
                    "Export the group with all fields of its rules: without it nothing can be decided.");
        }

        private void wrongValue(Fields fields, String field, String text, String wanted) {
            Node found = fields.node().field(field);
            problems.add(
                    ProblemCode.WRONG_VALUE,
                    (found == null ? fields.node() : found).place(),
                    field + " was " + Problems.quote(text) + " but must be " + wanted,
                    "Maybe the export was edited by hand.");
        }
    }
}
