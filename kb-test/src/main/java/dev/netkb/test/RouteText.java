package dev.netkb.test;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route as one line, such as {@code 0.0.0.0/0 -> VirtualAppliance 10.0.0.4} or {@code ApiManagement -> Internet}; an
 * effective one with its source before it, and its name where people wrote it: {@code User to-firewall 0.0.0.0/0 -> …}.
 */
final class RouteText {

    private static final Pattern LINE = Pattern.compile("(?<to>\\S+) -> (?<type>[A-Za-z]+)(?: (?<ip>\\S+))?");

    private static final Pattern EFFECTIVE =
            Pattern.compile("(?<source>Default|User|VirtualNetworkGateway) (?:(?<name>\\S+) )?(?<route>\\S+ -> .+)");

    private RouteText() {}

    /** The route as Azure reports it as effective. */
    static ObjectNode toEffective(String line) {
        Matcher matcher = EFFECTIVE.matcher(line.trim().replaceAll("\\s+", " "));
        if (!matcher.matches()) {
            throw new ExampleException("'" + line + "' is not an effective route: write '<Default, User or"
                    + " VirtualNetworkGateway> [<name>] <prefix> -> <next hop type> [<next hop address>]', such as"
                    + " 'Default 0.0.0.0/0 -> Internet'");
        }
        ObjectNode configured = toArm(matcher.group("route"));
        ObjectNode route = JsonNodeFactory.instance.objectNode();
        if (matcher.group("name") != null) {
            route.put("name", matcher.group("name"));
        }
        route.put("source", matcher.group("source"));
        route.put("state", "Active");
        route.putArray("addressPrefix").add(configured.path("addressPrefix").asText());
        route.put("nextHopType", configured.path("nextHopType").asText());
        ArrayNode hops = route.putArray("nextHopIpAddress");
        if (configured.has("nextHopIpAddress")) {
            hops.add(configured.path("nextHopIpAddress").asText());
        }
        return route;
    }

    /** The route as it stands in an export, without its name. */
    static ObjectNode toArm(String line) {
        Matcher matcher = LINE.matcher(line.trim().replaceAll("\\s+", " "));
        if (!matcher.matches()) {
            throw new ExampleException("'" + line + "' is not a route: write '<prefix or tag> -> <next hop type>"
                    + " [<next hop address>]', such as '0.0.0.0/0 -> VirtualAppliance 10.0.0.4'");
        }
        ObjectNode route = JsonNodeFactory.instance.objectNode();
        route.put("addressPrefix", matcher.group("to"));
        route.put("nextHopType", matcher.group("type"));
        if (matcher.group("ip") != null) {
            route.put("nextHopIpAddress", matcher.group("ip"));
        }
        return route;
    }
}
