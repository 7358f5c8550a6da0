package dev.netkb.model.derived;

import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.value.ResourceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What sits in a subnet besides API Management.
 *
 * @param users sorted by id, without API Management's own and the platform's addresses
 */
public record SubnetOccupants(ResourceId subnetId, List<SubnetUser> users) {

    private static final int NAMED = 3;

    public SubnetOccupants {
        users = List.copyOf(users);
    }

    /** Of everything that sits in a subnet. */
    public static SubnetOccupants of(ResourceId subnetId, Collection<SubnetUser> users) {
        return new SubnetOccupants(
                subnetId,
                users.stream()
                        .filter(user -> !user.isApiManagement() && !user.isPlatformManaged())
                        .sorted(Comparator.comparing(SubnetUser::id))
                        .toList());
    }

    /** How many addresses they take. */
    public int addresses() {
        return (int) users.stream().filter(SubnetUser::takesAddress).count();
    }

    /** Whether there is anything. */
    public boolean isShared() {
        return !users.isEmpty();
    }

    /**
     * Whether there is anything that a v2 instance did not bring itself: its own link to the subnet is one of
     * Microsoft.Web and names no plan of the subscription.
     */
    public boolean isSharedWithV2() {
        return users.stream().anyMatch(user -> !isLinkOfV2(user));
    }

    private static boolean isLinkOfV2(SubnetUser user) {
        boolean link = user.kind() == SubnetUser.Kind.SERVICE_ASSOCIATION_LINK
                || user.kind() == SubnetUser.Kind.RESOURCE_NAVIGATION_LINK;
        boolean ownPlan = user.owner().type().startsWith("microsoft.web/")
                && user.owner().subscription().equalsIgnoreCase(user.subnetId().subscription());
        return link && user.ownerType().startsWith("microsoft.web/") && !ownPlan;
    }

    /** The owners by kind, such as {@code 2 network interfaces (vm1-nic, vm2-nic), 1 private endpoint (pe1)}. */
    public String text() {
        TreeMap<String, Set<String>> names = new TreeMap<>();
        for (SubnetUser user : users) {
            if (!user.isPrivateEndpointAddress()) {
                names.computeIfAbsent(kind(user), kind -> new TreeSet<>())
                        .add(user.owner().name());
            }
        }
        return names.entrySet().stream()
                .map(entry -> count(entry.getValue().size(), entry.getKey()) + " (" + some(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String kind(SubnetUser user) {
        String type = user.ownerType();
        String last = type.substring(type.lastIndexOf('/') + 1);
        return switch (last) {
            case "" -> "other resource";
            case "networkinterfaces" -> "network interface";
            case "privateendpoints" -> "private endpoint";
            case "loadbalancers" -> "load balancer";
            case "applicationgateways" -> "application gateway";
            case "virtualnetworkgateways" -> "gateway";
            case "serverfarms" -> "App Service plan";
            default -> "resource of type " + type;
        };
    }

    private static String count(int number, String kind) {
        if (number == 1) {
            return "1 " + kind;
        }
        return kind.startsWith("resource ")
                ? number + " resources" + kind.substring("resource".length())
                : number + " " + kind + "s";
    }

    private static String some(Set<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? first + ", …" : first;
    }
}
