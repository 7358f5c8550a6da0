package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.reach.AddressSpaces;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Public addresses that a rule or a route writes out where it could name a service tag.
 *
 * @param fact the rule or the route
 * @param holder the group or the route table that it stands in
 * @param prefixes none of them is a default route or the half of one
 */
public record FixedAddresses(AzureFact fact, ResourceId holder, List<AddressPrefix> prefixes) {

    private static final int NAMED = 5;

    public FixedAddresses {
        prefixes = List.copyOf(prefixes);
    }

    /** Of the far side of a rule. */
    public static FixedAddresses of(NsgRule rule) {
        return of(rule, rule.nsgId(), rule.literalRemotes().stream());
    }

    /** Of the destination of a route. */
    public static FixedAddresses of(Route route) {
        return of(
                route,
                route.routeTableId(),
                route.destination() instanceof AddressMatch.Prefix prefix
                        ? Stream.of(prefix.prefix())
                        : Stream.empty());
    }

    private static FixedAddresses of(AzureFact fact, ResourceId holder, Stream<AddressPrefix> prefixes) {
        return new FixedAddresses(
                fact, holder, prefixes.filter(FixedAddresses::isPublic).toList());
    }

    private static boolean isPublic(AddressPrefix prefix) {
        return prefix.length() > 1 && prefix.addresses().intersects(AddressSpaces.PUBLIC);
    }

    public boolean isEmpty() {
        return prefixes.isEmpty();
    }

    /** The first of them, joined. */
    public String text() {
        String first = prefixes.stream().limit(NAMED).map(AddressPrefix::text).collect(Collectors.joining(", "));
        return prefixes.size() > NAMED ? first + " and " + (prefixes.size() - NAMED) + " more" : first;
    }
}
