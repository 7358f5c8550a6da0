package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRule.Action;
import dev.netkb.model.azure.FirewallRule.ApplicationProtocol;
import dev.netkb.model.azure.FirewallRule.Kind;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rule collections of one rule collection group, or of a firewall that has its rules in itself. */
final class FirewallRuleReader {

    private static final String NOT_SAID = "the export does not say it";

    private final ResourceId owner;
    private final @Nullable ResourceId policy;
    private final @Nullable Integer groupPriority;
    private final Problems problems;

    FirewallRuleReader(
            ResourceId owner, @Nullable ResourceId policy, @Nullable Integer groupPriority, Problems problems) {
        this.owner = owner;
        this.policy = policy;
        this.groupPriority = groupPriority;
        this.problems = problems;
    }

    /**
     * The rules of all collections in a list.
     *
     * @param kind what all of them are; null where every rule says it itself
     */
    List<FirewallRule> collections(Fields owning, @Nullable Kind kind, String field) {
        List<FirewallRule> rules = new ArrayList<>();
        for (Node item : owning.objects("rules", field)) {
            Fields collection = new Fields(item, problems);
            String name = collection.text("name", "name");
            Integer priority = collection.integer("priority", "priority");
            String action = collection.text("action", "action", "type");
            for (Node rule : collection.objects("rules", "rules")) {
                FirewallRule read = rule(rule, kind, collection, name == null ? "unnamed" : name, priority, action);
                if (read == null) {
                    owning.unknown("rules", "the kind of a rule in " + name + " is not known");
                } else {
                    rules.add(read);
                }
            }
            if (collection.isUnknown("rules")) {
                owning.unknown("rules", collection.provenance().unknown().getOrDefault("rules", NOT_SAID));
            }
        }
        return rules;
    }

    private @Nullable FirewallRule rule(
            Node item,
            @Nullable Kind given,
            Fields collection,
            String collectionName,
            @Nullable Integer priority,
            @Nullable String actionText) {
        Fields fields = new Fields(item, problems);
        Kind kind = given == null ? kind(fields) : given;
        if (kind == null) {
            return null;
        }
        String name = fields.text("name", "name");
        Action action = action(fields, collection, actionText);
        if (priority == null) {
            fields.unknown("collectionPriority", reason(collection, "priority"));
        }
        if (policy != null && groupPriority == null) {
            fields.unknown("groupPriority", NOT_SAID);
        }
        boolean application = kind == Kind.APPLICATION;
        List<ResourceId> sourceGroups = fields.idTexts("sourceIpGroupIds", "sourceIpGroups");
        List<ResourceId> destinationGroups = fields.idTexts("destinationIpGroupIds", "destinationIpGroups");
        List<String> destinationFqdns = fields.texts("destinationFqdns", "destinationFqdns");
        boolean namedElse = application
                || says(fields, "destinationIpGroupIds", destinationGroups)
                || says(fields, "destinationFqdns", destinationFqdns);
        return new FirewallRule(
                owner,
                policy,
                groupPriority,
                collectionName,
                priority,
                name == null ? "unnamed" : name,
                kind,
                action,
                application ? ProtocolSet.EMPTY : protocols(fields),
                application ? applicationProtocols(fields) : List.of(),
                side(fields, "sources", "sourceAddresses", says(fields, "sourceIpGroupIds", sourceGroups)),
                sourceGroups,
                side(fields, "destinations", "destinationAddresses", namedElse),
                destinationGroups,
                destinationFqdns,
                application ? PortSet.EMPTY : ports(fields),
                fields.texts("targetFqdns", "targetFqdns"),
                fields.texts("targetUrls", "targetUrls"),
                fields.texts("fqdnTags", "fqdnTags"),
                fields.texts("webCategories", "webCategories"),
                translated(fields, "translatedAddress", "translatedFqdn"),
                translated(fields, "translatedPort", "translatedPort"),
                fields.provenance());
    }

    private static boolean says(Fields fields, String component, List<?> values) {
        return !values.isEmpty() || fields.isUnknown(component);
    }

    private @Nullable Kind kind(Fields fields) {
        String type = fields.text("kind", "ruleType");
        switch (type == null ? "" : type.toLowerCase(Locale.ROOT)) {
            case "natrule":
                return Kind.NAT;
            case "networkrule":
                return Kind.NETWORK;
            case "applicationrule":
                return Kind.APPLICATION;
            default:
                if (!fields.isUnknown("kind")) {
                    problems.add(
                            type == null ? ProblemCode.MISSING_FIELD : ProblemCode.WRONG_VALUE,
                            fields.node().place(),
                            "the rule type of a firewall rule was "
                                    + (type == null ? "left out" : Problems.quote(type))
                                    + " but must be NetworkRule, ApplicationRule or NatRule",
                            "Export the rule collection group again with all its fields.");
                }
                return null;
        }
    }

    private static Action action(Fields rule, Fields collection, @Nullable String text) {
        switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
            case "allow":
                return Action.ALLOW;
            case "deny":
                return Action.DENY;
            case "dnat":
                return Action.DNAT;
            default:
                rule.unknown("action", text == null ? reason(collection, "action") : text + " is not known");
                return Action.UNKNOWN;
        }
    }

    private static String reason(Fields fields, String component) {
        return fields.provenance().unknown().getOrDefault(component, NOT_SAID);
    }

    /** A policy calls them {@code ipProtocols}, a firewall {@code protocols}, and a NAT rule may do either. */
    private static ProtocolSet protocols(Fields fields) {
        ProtocolSet all = ProtocolSet.EMPTY;
        for (String field : List.of("ipProtocols", "protocols")) {
            for (String text : fields.texts("protocols", field)) {
                ProtocolSet one = ProtocolSet.tryParse(text).orElse(ProtocolSet.EMPTY);
                if (one.isEmpty()) {
                    fields.unknown("protocols", Problems.quote(text) + " is not a known protocol");
                }
                all = all.union(one);
            }
        }
        if (all.isEmpty() && !fields.isUnknown("protocols")) {
            fields.unknown("protocols", NOT_SAID);
        }
        return all;
    }

    private List<ApplicationProtocol> applicationProtocols(Fields fields) {
        List<ApplicationProtocol> protocols = new ArrayList<>();
        for (Node item : fields.objects("applicationProtocols", "protocols")) {
            Fields protocol = new Fields(item, problems);
            String type = protocol.text("type", "protocolType");
            Integer port = protocol.integer("port", "port");
            if (type != null) {
                protocols.add(new ApplicationProtocol(type, port));
            }
            protocol.provenance().unknown().values().forEach(why -> fields.unknown("applicationProtocols", why));
        }
        return protocols;
    }

    private PortSet ports(Fields fields) {
        List<PortSet> ports =
                fields.values("destinationPorts", item -> Addresses.ports(item, fields, problems), "destinationPorts");
        if (ports.isEmpty() && !fields.isUnknown("destinationPorts")) {
            fields.unknown("destinationPorts", NOT_SAID);
        }
        return PortSet.union(ports);
    }

    /** One side of a rule; where neither addresses nor anything else names it, it may be any address. */
    private List<AddressMatch> side(Fields fields, String component, String field, boolean namedElse) {
        List<AddressMatch> matches = new ArrayList<>();
        for (Node item : fields.entries(component, field)) {
            matches.addAll(
                    item.value() instanceof Json.Text
                            ? AddressRanges.matches(item, problems)
                            : java.util.Collections.singletonList(Addresses.match(item, problems)));
        }
        matches.removeIf(java.util.Objects::isNull);
        if (fields.isUnknown(component)) {
            matches.add(new AddressMatch.Unknown(reason(fields, component)));
        } else if (matches.isEmpty() && !namedElse) {
            matches.add(new AddressMatch.Unknown(NOT_SAID));
        }
        return matches.stream().distinct().toList();
    }

    private static @Nullable String translated(Fields fields, String component, String other) {
        Node found = fields.at(component, component);
        if (found != null && !(found.value() instanceof Json.Text text && Fields.isBlank(text.value()))) {
            return fields.scalar(found);
        }
        return fields.text(component, other);
    }
}
