package dev.netkb.model.report;

import dev.netkb.model.value.Place;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A rule that decides a part of a flow.
 *
 * @param type {@code nsgRule}; {@code adminRule}; {@code firewallRule}; {@code route}; {@code nextHop} for a route to a hop of which nobody
 *     knows what it lets pass; {@code noNsg} where a missing group decides; {@code notExported}; {@code platform} for traffic that
 *     groups do not filter
 * @param id its resource id; of a route that nobody wrote, that of the subnet
 * @param priority null where it has none
 * @param access {@code Allow} or {@code Deny}
 * @param ports the destination ports that it decides
 * @param remote the far-side addresses that it decides, as prefixes or tags
 * @param at where it was read
 */
public record DecidingRule(
        String type,
        String id,
        String name,
        @Nullable Integer priority,
        boolean isDefault,
        String access,
        List<String> ports,
        List<String> remote,
        Place at) {

    public DecidingRule {
        ports = List.copyOf(ports);
        remote = List.copyOf(remote);
    }

    /** The same with another place. */
    public DecidingRule withPlaces(UnaryOperator<Place> places) {
        return new DecidingRule(type, id, name, priority, isDefault, access, ports, remote, places.apply(at));
    }

    /** Whether nobody knows what it lets pass: the same packets may fare the other way. */
    public boolean isUnknown() {
        return type.equals("nextHop") || type.equals("notExported");
    }

    /** Whether it lets its part pass. */
    public boolean allows() {
        return access.equals("Allow");
    }
}
