package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One network, deployed and in every way that templates have to write it: the facts are the same. */
class SameNetworkTest {

    private static final String GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg";

    private static String rule(int i, String access) {
        return """
                {"name": "r%d", "properties": {"priority": %d, "direction": "Outbound", "access": "%s", "protocol": "Tcp",
                 "sourceAddressPrefix": "VirtualNetwork", "sourcePortRange": "*", "destinationAddressPrefix": "Storage",
                 "destinationPortRange": "%d"}}""".formatted(i, 100 + i, access, 440 + i);
    }

    private static final String RULES = rule(0, "Allow") + ", " + rule(1, "Allow") + ", " + rule(2, "Deny");

    private static final String LOOPED = """
            {"name": "[format('r{0}', copyIndex('securityRules'))]", "properties": {
             "priority": "[add(100, copyIndex('securityRules'))]", "direction": "Outbound",
             "access": "[if(equals(copyIndex('securityRules'), 2), 'Deny', 'Allow')]", "protocol": "Tcp",
             "sourceAddressPrefix": "VirtualNetwork", "sourcePortRange": "*", "destinationAddressPrefix": "Storage",
             "destinationPortRange": "[string(add(440, copyIndex('securityRules')))]"}}""";

    private static final String ROUTES =
            "{\"name\": \"d\", \"properties\": {\"addressPrefix\": \"0.0.0.0/0\", \"nextHopType\": \"VirtualAppliance\","
                    + " \"nextHopIpAddress\": \"10.0.9.4\"}}";

    private static String resource(String id, String type, String name, String properties) {
        return "{" + id + "\"type\": \"" + type + "\", \"apiVersion\": \"2023-09-01\", \"name\": \"" + name
                + "\", \"location\": \"westeurope\", \"properties\": {" + properties + "}}";
    }

    private static String network(String id, String nsgId, String tableId, String subnets) {
        return resource(
                id,
                "Microsoft.Network/virtualNetworks",
                "v",
                "\"addressSpace\": {\"addressPrefixes\": [\"10.0.0.0/16\"]}, "
                        + subnets.replace("NSG", nsgId).replace("TABLE", tableId));
    }

    private static String subnet(String i, String name) {
        return "{\"name\": \"" + name + "\", \"properties\": {\"addressPrefix\": \"" + i
                + "\", \"networkSecurityGroup\": {\"id\": \"NSG\"}, \"routeTable\": {\"id\": \"TABLE\"}}}";
    }

    private static final String SUBNETS =
            "\"subnets\": [" + subnet("10.0.0.0/24", "s0") + ", " + subnet("10.0.1.0/24", "s1") + "]";

    private static final String NSG = "[resourceId('Microsoft.Network/networkSecurityGroups', 'g')]";
    private static final String TABLE = "[resourceId('Microsoft.Network/routeTables', 't')]";

    private static String id(String type, String name) {
        return "\"id\": \"" + GROUP + "/providers/" + type + "/" + name + "\", ";
    }

    private static final String N = "Microsoft.Network/";

    private static final String EXPORTED = "["
            + resource(
                    id(N + "networkSecurityGroups", "g"),
                    N + "networkSecurityGroups",
                    "g",
                    "\"securityRules\": [" + RULES + "]")
            + ", " + resource(id(N + "routeTables", "t"), N + "routeTables", "t", "\"routes\": [" + ROUTES + "]") + ", "
            + network(
                    id(N + "virtualNetworks", "v"),
                    GROUP + "/providers/" + N + "networkSecurityGroups/g",
                    GROUP + "/providers/" + N + "routeTables/t",
                    SUBNETS)
            + "]";

    private static final String FLAT = "\"resources\": ["
            + resource("", N + "networkSecurityGroups", "g", "\"securityRules\": [" + RULES + "]") + ", "
            + resource("", N + "routeTables", "t", "\"routes\": [" + ROUTES + "]") + ", "
            + network("", NSG, TABLE, SUBNETS) + "]";

    private static final String CHILDREN = "\"resources\": ["
            + resource("", N + "networkSecurityGroups", "g", "") + ", "
            + resource("", N + "networkSecurityGroups/securityRules", "g/r0", properties(rule(0, "Allow"))) + ", "
            + resource("", N + "networkSecurityGroups/securityRules", "g/r1", properties(rule(1, "Allow"))) + ", "
            + resource("", N + "networkSecurityGroups/securityRules", "g/r2", properties(rule(2, "Deny"))) + ", "
            + resource("", N + "routeTables", "t", "")
                    .replaceFirst("\\{", "{\"resources\": [" + resource("", "routes", "d", properties(ROUTES)) + "], ")
            + ", "
            + network("", NSG, TABLE, "\"subnets\": []")
                    .replaceFirst(
                            "\\{",
                            "{\"resources\": ["
                                    + resource(
                                                    "",
                                                    "subnets",
                                                    "[format('s{0}', copyIndex())]",
                                                    properties(subnet("[format('10.0.{0}.0/24', copyIndex())]", ""))
                                                            .replace("NSG", NSG)
                                                            .replace("TABLE", TABLE))
                                            .replaceFirst("\\{", "{\"copy\": {\"name\": \"l\", \"count\": 2}, ")
                                    + "], ")
            + "]";

    private static final String LOOPS = "\"resources\": ["
            + resource(
                    "",
                    N + "networkSecurityGroups",
                    "g",
                    "\"copy\": [{\"name\": \"securityRules\", \"count\": 3, \"input\": " + LOOPED + "}]")
            + ", " + resource("", N + "routeTables", "t", "\"routes\": [" + ROUTES + "]") + ", "
            + network(
                    "",
                    NSG,
                    TABLE,
                    "\"copy\": [{\"name\": \"subnets\", \"count\": 2, \"input\": "
                            + subnet(
                                    "[cidrSubnet('10.0.0.0/16', 24, copyIndex('subnets'))]",
                                    "[concat('s', copyIndex('subnets'))]")
                            + "}]")
            + "]";

    private static final String MODULES = "\"resources\": ["
            + Template.module(
                    "group",
                    "\"n\": {\"value\": 3}",
                    "\"parameters\": {\"n\": {\"type\": \"int\"}}, \"resources\": ["
                            + resource(
                                    "",
                                    N + "networkSecurityGroups",
                                    "g",
                                    "\"copy\": [{\"name\": \"securityRules\", \"count\": \"[parameters('n')]\", \"input\": "
                                            + LOOPED + "}]")
                            + "], \"outputs\": {\"id\": {\"type\": \"string\", \"value\": \"" + NSG + "\"}}")
            + ", "
            + Template.module(
                    "table",
                    "\"routes\": {\"value\": [" + ROUTES + "]}",
                    "\"parameters\": {\"routes\": {\"type\": \"array\"}}," + " \"resources\": ["
                            + resource("", N + "routeTables", "t", "\"routes\": \"[parameters('routes')]\"") + "]")
            + ", "
            + Template.module(
                    "net",
                    "\"nsg\": {\"value\": \"[reference('group').outputs.id.value]\"}",
                    "\"parameters\": {\"nsg\": {\"type\": \"string\"}}, \"resources\": ["
                            + network("", "[parameters('nsg')]", TABLE, SUBNETS) + "]")
            + "]";

    private static final String SYMBOLIC = "\"languageVersion\": \"2.0\", \"resources\": {\"nsg\": "
            + resource("", N + "networkSecurityGroups", "g", "\"securityRules\": [" + RULES + "]") + ", \"table\": "
            + resource("", N + "routeTables", "t", "\"routes\": [" + ROUTES + "]") + ", \"net\": "
            + network("", "[resourceInfo('nsg').id]", "[reference('table', '2023-09-01', 'full').resourceId]", SUBNETS)
            + "}";

    private static String properties(String item) {
        int start = item.indexOf("\"properties\": {") + "\"properties\": {".length();
        return item.substring(start, item.lastIndexOf("}}"));
    }

    /** All that matters of the network, without ids' scopes. */
    private static List<String> facts(Snapshot snapshot) {
        TreeSet<String> facts = new TreeSet<>();
        for (NetworkSecurityGroup group : snapshot.networkSecurityGroups()) {
            facts.add("group " + group.name() + " " + group.location() + " "
                    + group.provenance().unknown());
            group.rules().forEach(rule -> facts.add(group.name() + " " + words(rule)));
        }
        snapshot.routeTables()
                .forEach(table -> table.routes().forEach(route -> facts.add(table.name() + " " + words(route))));
        snapshot.virtualNetworks()
                .forEach(v -> facts.add("network " + v.name() + " " + v.addressPrefixes()
                        + v.provenance().unknown()));
        snapshot.subnets().forEach(s -> facts.add("subnet " + words(s)));
        return List.copyOf(facts);
    }

    private static String words(NsgRule rule) {
        return rule.name() + " " + rule.priority() + " " + rule.direction() + " " + rule.access() + " "
                + rule.protocols() + " " + rule.sources() + rule.sourcePorts() + rule.destinations()
                + rule.destinationPorts() + rule.provenance().unknown();
    }

    private static String words(Route route) {
        return route.name() + " " + route.destination() + " " + route.nextHopType() + " " + route.nextHopIp();
    }

    private static String words(Subnet subnet) {
        return subnet.name() + " " + subnet.prefixes() + " " + name(subnet.nsgId()) + " " + name(subnet.routeTableId())
                + " " + subnet.provenance().unknown();
    }

    private static String name(dev.netkb.model.value.@org.jspecify.annotations.Nullable ResourceId id) {
        return id == null ? "none" : id.name();
    }

    @TestFactory
    List<DynamicTest> everySpellingGivesTheSameFacts() {
        List<String> exported = facts(Reading.snapshot(Template.read("export.json", EXPORTED)));
        assertThat(exported).hasSizeGreaterThan(10);
        Function<String, DynamicTest> same = text -> DynamicTest.dynamicTest(text.substring(0, 40), () -> {
            ReadResult result = Template.readOnly(text);
            assertThat(facts(Reading.snapshot(result))).isEqualTo(exported);
            assertThat(result.problems().stream().map(Problem::message).collect(Collectors.toList()))
                    .isEmpty();
        });
        return List.of(FLAT, CHILDREN, LOOPS, MODULES, SYMBOLIC).stream()
                .map(same)
                .toList();
    }
}
