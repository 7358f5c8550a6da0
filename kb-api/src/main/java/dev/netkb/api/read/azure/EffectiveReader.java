package dev.netkb.api.read.azure;

import dev.netkb.api.read.azure.NetworkSecurityGroupMapper.RuleReader;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Effective security rules and effective routes of a network interface, as Azure reports them. */
public final class EffectiveReader {

    /** How coverage calls these answers. */
    public static final String RULES = "microsoft.network/networkinterfaces/effectivenetworksecuritygroups";

    public static final String ROUTES = "microsoft.network/networkinterfaces/effectiveroutetable";

    private static final ResourceId NO_GROUP = ResourceId.of("unknown");

    private EffectiveReader() {}

    public static boolean recognisesRules(Node node) {
        Node rules = node.get("effectiveSecurityRules");
        return rules != null && rules.isArray();
    }

    public static boolean recognisesRoute(Node node) {
        Node prefix = node.get("addressPrefix");
        return prefix != null
                && prefix.isArray()
                && node.get("nextHopType") != null
                && (node.get("source") != null || node.get("state") != null);
    }

    public static void readRules(Node node, Facts facts) {
        facts.sawKind(RULES);
        Fields fields = new Fields(node, facts.problems());
        ResourceId nsg = fields.id("nsgId", "networkSecurityGroup", "id");
        RuleReader reader = new RuleReader(nsg == null ? NO_GROUP : nsg, facts.problems());
        List<NsgRule> rules = new ArrayList<>();
        Map<ServiceTag, List<AddressPrefix>> expansions = new TreeMap<>();
        tagMap(node, facts, expansions);
        for (Node item : fields.objects("rules", "effectiveSecurityRules")) {
            reader.readEffective(item).ifPresent(rules::add);
            expansion(item, "source", facts, expansions);
            expansion(item, "destination", facts, expansions);
        }
        Map<ServiceTag, AddressSet> sets = new TreeMap<>();
        expansions.forEach((tag, prefixes) -> sets.put(
                tag,
                AddressSet.union(prefixes.stream().map(AddressPrefix::addresses).toList())));
        facts.addLoose(new EffectiveNsg(
                nsg,
                fields.id("networkInterfaceId", "association", "networkInterface", "id"),
                fields.id("subnetId", "association", "subnet", "id"),
                rules.stream().sorted(NsgRule.ORDER).toList(),
                sets,
                fields.provenance()));
    }

    /** A map that is unknown says as little as one that is missing: of no tag is it told what it stands for. */
    private static void tagMap(Node node, Facts facts, Map<ServiceTag, List<AddressPrefix>> expansions) {
        Node map = new Fields(node, facts.problems()).at("expansions", "tagMap");
        if (map == null) {
            return;
        }
        for (Node member : map.members()) {
            for (Node item : member.items()) {
                AddressPrefix prefix = Addresses.prefix(item, facts.problems());
                if (prefix != null) {
                    expansions
                            .computeIfAbsent(ServiceTag.of(member.key()), tag -> new ArrayList<>())
                            .add(prefix);
                }
            }
        }
    }

    /** The expansion that stands in a rule belongs to its tag only where the side names one tag and nothing else. */
    private static void expansion(
            Node rule, String side, Facts facts, Map<ServiceTag, List<AddressPrefix>> expansions) {
        Fields fields = new Fields(rule, facts.problems());
        List<AddressPrefix> expanded = Addresses.prefixes(
                fields,
                facts.problems(),
                "expansions",
                "expanded" + Character.toUpperCase(side.charAt(0)) + side.substring(1) + "AddressPrefix");
        @Nullable ServiceTag only = null;
        for (String field : List.of(side + "AddressPrefix", side + "AddressPrefixes")) {
            for (Node item : fields.entries("side", field)) {
                String text = item.value() instanceof Json.Text value ? value.value() : "";
                if (!ServiceTag.isName(text) || only != null && !only.equals(ServiceTag.of(text))) {
                    return;
                }
                only = ServiceTag.of(text);
            }
        }
        if (only != null && !expanded.isEmpty()) {
            expansions.putIfAbsent(only, expanded);
        }
    }

    /** @param networkInterface whose routes they are, null where the answer does not say it */
    public static void readRoute(Node node, @Nullable ResourceId networkInterface, Facts facts) {
        Fields fields = new Fields(node, facts.problems());
        String source = fields.text("source", "source");
        String state = fields.text("state", "state");
        String hop = fields.text("nextHopType", "nextHopType");
        facts.addLoose(new EffectiveRoute(
                networkInterface,
                fields.text("name", "name"),
                source == null ? "Unknown" : source,
                state == null ? "Active" : state,
                Addresses.prefixes(fields, facts.problems(), "prefixes", "addressPrefix"),
                hop == null ? NextHopType.UNKNOWN : NextHopType.of(hop),
                Addresses.prefixes(fields, facts.problems(), "nextHopIps", "nextHopIpAddress"),
                fields.bool("disableBgpRoutePropagation", "disableBgpRoutePropagation"),
                fields.provenance()));
    }

    public static void sawRoutes(Facts facts) {
        facts.sawKind(ROUTES);
    }
}
