package dev.netkb.model.change;

import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A subnet before and after a change.
 *
 * @param id its id; where it is moved, the former one
 * @param before,after null where the snapshot does not have it at this id
 * @param knownBefore,knownAfter whether the snapshot says whether it exists: its virtual network was exported, or
 *     virtual networks were and it is not among them
 * @param usersBefore,usersAfter what sits in it
 * @param usedBefore,usedAfter whether a location of a service uses it
 * @param movedTo the same subnet in another subscription, null where there is none
 */
public record SubnetChange(
        ResourceId id,
        ResourceId vnetId,
        @Nullable Subnet before,
        @Nullable Subnet after,
        boolean knownBefore,
        boolean knownAfter,
        List<SubnetUser> usersBefore,
        List<SubnetUser> usersAfter,
        boolean usedBefore,
        boolean usedAfter,
        @Nullable Subnet movedTo) {

    public SubnetChange {
        usersBefore = List.copyOf(usersBefore);
        usersAfter = List.copyOf(usersAfter);
    }

    /** Whether the change deletes it. */
    public boolean isDeleted() {
        return before != null && after == null && knownAfter && movedTo == null;
    }

    /** Whether the change creates it. */
    public boolean isCreated() {
        return before == null && after != null && knownBefore;
    }

    /** What API Management left behind in it before, though no location used it then; null where nothing. */
    public @Nullable SubnetUser leftoverBefore() {
        return usedBefore
                ? null
                : usersBefore.stream()
                        .filter(SubnetChange::isOfApiManagement)
                        .findFirst()
                        .orElse(null);
    }

    /** A link of API Management that is still there after, though no location uses the subnet; null where none is. */
    public @Nullable SubnetUser linkAfter() {
        return usedAfter
                ? null
                : usersAfter.stream()
                        .filter(user -> user.isApiManagement() && !user.takesAddress())
                        .findFirst()
                        .orElse(null);
    }

    /** Something other than API Management that the change puts into it; null where nothing. */
    public @Nullable SubnetUser newcomer() {
        Set<ResourceId> known = usersBefore.stream().map(SubnetUser::id).collect(Collectors.toSet());
        return knownBefore
                ? usersAfter.stream()
                        .filter(user -> !isOfApiManagement(user) && !known.contains(user.id()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static boolean isOfApiManagement(SubnetUser user) {
        return user.isApiManagement() || user.isPlatformManaged();
    }
}
