package dev.netkb.test;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a network security group as one line, such as
 * {@code 120 Allow In Tcp from ApiManagement to VirtualNetwork port 3443}.
 *
 * <p>{@code from}, {@code source port}, {@code to} and {@code port} may be left out and mean everything then. A list
 * (commas without spaces) becomes the plural field of the export, a single value the singular one.
 */
final class NsgRuleText {

    private static final Pattern LINE = Pattern.compile(
            "(?<priority>\\d+) (?<access>Allow|Deny) (?<direction>In|Out)"
                    + " (?<protocol>Tcp|Udp|Icmp|Esp|Ah|\\*)"
                    + "(?: from (?<from>\\S+))?(?: source port (?<sourcePort>\\S+))?(?: to (?<to>\\S+))?(?: port (?<port>\\S+))?");

    private NsgRuleText() {}

    /** The rule as it stands in an export, without its name. */
    static ObjectNode toArm(String line) {
        Matcher matcher = LINE.matcher(line.trim().replaceAll("\\s+", " "));
        if (!matcher.matches()) {
            throw new ExampleException("'" + line + "' is not a rule of a network security group: write"
                    + " '<priority> Allow|Deny In|Out Tcp|Udp|Icmp|Esp|Ah|*"
                    + " [from <source>] [source port <ports>] [to <destination>] [port <ports>]',"
                    + " such as '120 Allow In Tcp from ApiManagement to VirtualNetwork port 3443'");
        }
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.put("priority", Integer.parseInt(matcher.group("priority")));
        rule.put("access", matcher.group("access"));
        rule.put(
                "direction", matcher.group("direction").toLowerCase(Locale.ROOT).equals("in") ? "Inbound" : "Outbound");
        rule.put("protocol", matcher.group("protocol"));
        put(rule, "sourceAddressPrefix", "sourceAddressPrefixes", matcher.group("from"));
        put(rule, "sourcePortRange", "sourcePortRanges", matcher.group("sourcePort"));
        put(rule, "destinationAddressPrefix", "destinationAddressPrefixes", matcher.group("to"));
        put(rule, "destinationPortRange", "destinationPortRanges", matcher.group("port"));
        return rule;
    }

    private static void put(ObjectNode rule, String singular, String plural, @Nullable String text) {
        ArrayNode many = rule.arrayNode();
        if (text != null && text.contains(",")) {
            List.of(text.split(",")).forEach(many::add);
        } else {
            rule.put(singular, text == null ? "*" : text);
        }
        rule.set(plural, many);
    }
}
