package dev.netkb.model.change;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.derived.Unavailable;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Agreement;
import dev.netkb.model.value.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A location before and after a change. At least one of the two is there.
 *
 * @param before,after null where the snapshot does not have the location
 * @param serviceStays whether the later snapshot has the service, in whatever location
 * @param sameInstance whether both are one instance: it was created at one time. A service that is only planned changes
 *     the one that exists
 * @param bornBefore,bornAfter when the service was created, null where the snapshot does not say it
 * @param dependents what holds one of the former addresses
 * @param unsearched what was exported in neither snapshot and so not searched for these addresses, in words
 * @param unavailable what is missing to decide about the change
 */
public record LocationChange(
        @Nullable LocationModel before,
        @Nullable LocationModel after,
        boolean serviceStays,
        Agreement sameInstance,
        @Nullable Instant bornBefore,
        @Nullable Instant bornAfter,
        List<AddressDependent> dependents,
        List<String> unsearched,
        List<Unavailable> unavailable) {

    public LocationChange {
        if (before == null && after == null) {
            throw new IllegalArgumentException("a location that changes is there before or after");
        }
        dependents = List.copyOf(dependents);
        unsearched = List.copyOf(unsearched);
        unavailable = List.copyOf(unavailable);
    }

    // ---- what results are about

    /** The location as results name it: after the change, or before where it is gone. */
    public LocationModel located() {
        return Objects.requireNonNull(after != null ? after : before);
    }

    /** As {@link #located()}. */
    public Location location() {
        return located().location();
    }

    /** The location before; that after where it is new. Rules ask whether it is there first. */
    public Location was() {
        return (before != null ? before : located()).location();
    }

    /** Whether a requirement speaks of the location before or after. Those on gateways of workspaces speak of none. */
    public boolean concerns(Requirement requirement) {
        return !requirement.needs(GatewayChange.FACT)
                && (before != null && requirement.covers(before) || after != null && requirement.covers(after));
    }

    /** As {@link #concerns}, where tier or mode are not known before or after: whether it may speak of the location. */
    public boolean mayConcern(Requirement requirement) {
        return !requirement.needs(GatewayChange.FACT)
                && !concerns(requirement)
                && Stream.of(before, after)
                        .anyMatch(side -> side != null && !side.missing().isEmpty());
    }

    /** The side of which tier or mode are not known, the later one first; that of results where both are. */
    public LocationModel unclear() {
        return Stream.of(after, before)
                .filter(side -> side != null && !side.missing().isEmpty())
                .findFirst()
                .orElse(located());
    }

    // ---- what changes

    public boolean isAdded() {
        return before == null;
    }

    public boolean isRemoved() {
        return after == null;
    }

    /** Whether the location is there before and after. */
    public boolean isKept() {
        return before != null && after != null;
    }

    /** Whether the service leaves this region and keeps others. */
    public boolean isVacated() {
        return isRemoved() && serviceStays;
    }

    public boolean isServiceRemoved() {
        return isRemoved() && !serviceStays;
    }

    /** Whether another instance has taken the place of this one. */
    public boolean isRecreated() {
        return isKept() && sameInstance == Agreement.DIFFERENT;
    }

    /** Whether it is kept and nobody knows whether another instance has taken its place. */
    public boolean isInstanceUnknown() {
        return isKept() && sameInstance == Agreement.UNKNOWN;
    }

    /** Whether the virtual network is switched on or off. */
    public boolean isToggled() {
        return both((was, is) ->
                was.isInjectedMode() && isWithoutNetwork(is) || isWithoutNetwork(was) && is.isInjectedMode());
    }

    private static boolean isWithoutNetwork(Location location) {
        return location.virtualNetworkType() == VirtualNetworkType.NONE;
    }

    /** Whether the mode changes between External and Internal. */
    public boolean isSwitched() {
        return both((was, is) ->
                was.isInjectedMode() && is.isInjectedMode() && was.virtualNetworkType() != is.virtualNetworkType());
    }

    /** Whether it uses a subnet before and another one after. */
    public boolean isMoved() {
        return leftSubnetId() != null && enteredSubnetId() != null;
    }

    /** The subnet that it uses before and not after, null where there is none. */
    public @Nullable ResourceId leftSubnetId() {
        ResourceId was = subnetId(before);
        return was == null || was.equals(subnetId(after)) ? null : was;
    }

    /** The virtual network of the subnet that it leaves, null where it leaves none. */
    public @Nullable ResourceId leftSubnetVnetId() {
        ResourceId left = leftSubnetId();
        return left == null ? null : left.parent().orElse(null);
    }

    /** The virtual network that it uses before and not after, null where there is none. */
    public @Nullable ResourceId leftVnetId() {
        ResourceId was = leftSubnetVnetId();
        ResourceId entered = enteredSubnetId();
        return entered != null && entered.parent().filter(is -> is.equals(was)).isPresent() ? null : was;
    }

    /** The subnet that an existing location uses after and not before, null where there is none. */
    public @Nullable ResourceId enteredSubnetId() {
        ResourceId is = subnetId(after);
        return before == null || is == null || is.equals(subnetId(before)) ? null : is;
    }

    private static @Nullable ResourceId subnetId(@Nullable LocationModel located) {
        return located == null || isWithoutNetwork(located.location())
                ? null
                : located.location().subnetId();
    }

    /** Whether it has another public IP address resource, or one instead of Azure's own, or the other way round. */
    public boolean isPublicIpExchanged() {
        return both((was, is) -> was.knows("publicIpAddressId")
                && is.knows("publicIpAddressId")
                && !Objects.equals(was.publicIpAddressId(), is.publicIpAddressId()));
    }

    /** Whether it keeps a public IP address resource of one's own. */
    public boolean isPublicIpKept() {
        return both((was, is) ->
                was.publicIpAddressId() != null && Objects.equals(was.publicIpAddressId(), is.publicIpAddressId()));
    }

    public boolean isZonesChanged() {
        return both((was, is) -> was.knows("zones")
                && is.knows("zones")
                && !Set.copyOf(was.zones()).equals(Set.copyOf(is.zones())));
    }

    /** Whether the compute platform is known before and after, and another one. */
    public boolean isPlatformChanged() {
        return both((was, is) ->
                !was.isPlatformUnknown() && !is.isPlatformUnknown() && Platform.of(was) != Platform.of(is));
    }

    /** Whether mode, subnet or network change. */
    public boolean isNetworkChanged() {
        return isToggled() || isSwitched() || isMoved();
    }

    /** Whether one of the changes happens that may need another public IP address. */
    public boolean isPublicIpNeeded() {
        return isNetworkChanged() || isZonesChanged() || isPlatformChanged();
    }

    /** Whether an existing instance has a networking model before and another one after. */
    public boolean isFromTo(NetworkModel was, NetworkModel is) {
        return before != null && after != null && before.model() == was && after.model() == is;
    }

    /** Whether it changes between injection and integration of the v2 tiers. */
    public boolean isModelSwitchedInV2() {
        return isFromTo(NetworkModel.V2_INJECTION, NetworkModel.V2_INTEGRATION)
                || isFromTo(NetworkModel.V2_INTEGRATION, NetworkModel.V2_INJECTION);
    }

    private boolean both(BiPredicate<Location, Location> changed) {
        return before != null && after != null && changed.test(before.location(), after.location());
    }

    // ---- addresses

    /** The addresses that it had, public ones first. */
    public List<AddressPrefix> formerAddresses() {
        return before == null
                ? List.of()
                : Stream.of(
                                before.location().publicAddresses(),
                                before.location().privateAddresses(),
                                before.location().outboundPublicAddresses())
                        .flatMap(List::stream)
                        .distinct()
                        .toList();
    }

    /** Such as {@code its addresses change (20.50.1.1, 10.0.1.4)}. */
    public String consequence() {
        List<AddressPrefix> former = formerAddresses();
        String named = former.stream().map(AddressPrefix::text).collect(Collectors.joining(", "));
        return (former.size() == 1 ? "its address changes" : "its addresses change")
                + (named.isEmpty() ? "" : " (" + named + ")");
    }

    /** That what holds a former address holds it, with its place. */
    public List<Evidence> dependentEvidence() {
        return dependents.stream().map(AddressDependent::evidence).toList();
    }

    /** What holds a former address, in one sentence, and what was not searched. */
    public String dependentsInWords() {
        String searched;
        if (formerAddresses().isEmpty()) {
            searched = "the earlier snapshot does not say the addresses, so what holds them is not known";
        } else if (dependents.isEmpty()) {
            searched = "nothing that was exported holds one of them";
        } else {
            searched = dependents.size() == 1
                    ? "1 entry that was exported holds one of them"
                    : dependents.size() + " entries that were exported hold one of them";
        }
        return searched
                + (unsearched.isEmpty() || formerAddresses().isEmpty()
                        ? ""
                        : "; not exported and so not searched: " + String.join(", ", unsearched));
    }

    // ---- in words

    /** Such as {@code from External to Internal}. */
    public String modesInWords() {
        return fromTo(location -> location.virtualNetworkType().azureName());
    }

    /** Such as {@code from vnet-a/apim to vnet-b/apim}. */
    public String subnetsInWords() {
        return fromTo(location -> shortName(location.subnetId()));
    }

    /** Such as {@code from pip-a to pip-b}; {@code Azure's own} where none is supplied. */
    public String publicIpsInWords() {
        return fromTo(location -> {
            ResourceId id = location.publicIpAddressId();
            return id == null ? "Azure's own" : id.name();
        });
    }

    /** Such as {@code from none to 1, 2}. */
    public String zonesInWords() {
        return fromTo(Location::zoneNames);
    }

    /** What changes of mode, subnet, zones and platform, in words. */
    public String changesInWords() {
        return Stream.of(
                        isToggled() || isSwitched() ? "mode " + modesInWords() : "",
                        isMoved() ? "subnet " + subnetsInWords() : "",
                        isZonesChanged() ? "zones " + zonesInWords() : "",
                        isPlatformChanged()
                                ? "platform " + fromTo(location -> String.valueOf(location.platformVersion()))
                                : "")
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining(", "));
    }

    private String fromTo(java.util.function.Function<Location, String> words) {
        return "from " + words.apply(was()) + " to " + words.apply(location());
    }

    private static String shortName(@Nullable ResourceId id) {
        return id == null
                ? "none"
                : id.parent().map(parent -> parent.name() + "/").orElse("") + id.name();
    }
}
