package dev.netkb.test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A route as one line, such as {@code 0.0.0.0/0 -> VirtualAppliance 10.0.0.4} or {@code ApiManagement -> Internet}. */
final class RouteText {

    private static final Pattern LINE = Pattern.compile("(?<to>\\S+) -> (?<type>[A-Za-z]+)(?: (?<ip>\\S+))?");

    private RouteText() {}

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
