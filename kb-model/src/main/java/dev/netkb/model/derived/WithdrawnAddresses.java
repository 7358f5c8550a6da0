package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.value.ResourceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Addresses of the control plane that a rule or a route writes out, although they are no longer published.
 *
 * @param factId the rule or the route
 * @param holder the group or the route table that it stands in
 * @param addresses sorted, none twice
 */
public record WithdrawnAddresses(ResourceId factId, ResourceId holder, List<ControlPlaneAddress> addresses) {

    private static final int NAMED = 5;

    public WithdrawnAddresses {
        addresses = List.copyOf(addresses);
    }

    public static WithdrawnAddresses of(AzureFact fact, ResourceId holder, Collection<ControlPlaneAddress> addresses) {
        return new WithdrawnAddresses(
                fact.id(),
                holder,
                addresses.stream()
                        .distinct()
                        .sorted(Comparator.comparing(ControlPlaneAddress::text))
                        .toList());
    }

    public boolean isEmpty() {
        return addresses.isEmpty();
    }

    /** The first of them, joined. */
    public String text() {
        String first =
                addresses.stream().limit(NAMED).map(ControlPlaneAddress::text).collect(Collectors.joining(", "));
        return addresses.size() > NAMED ? first + " and " + (addresses.size() - NAMED) + " more" : first;
    }
}
