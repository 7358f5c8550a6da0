package dev.netkb.api;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Nearest;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One end of a flow that somebody asks about: a subnet, addresses, or a service tag.
 *
 * @param text as it was asked
 * @param subnets the subnets that the addresses may lie in; exactly one where a subnet was named, none for a tag
 * @param addresses the addresses that were asked about, null for a subnet and a tag
 */
record FlowEnd(
        String text,
        List<Subnet> subnets,
        @Nullable AddressSet addresses,
        @Nullable ServiceTag tag) {

    /** How many subnets a message lists. */
    private static final int SHOWN = 5;

    FlowEnd {
        subnets = List.copyOf(subnets);
    }

    /**
     * @param option the option that says it, without dashes
     * @throws IllegalArgumentException when the text names nothing, or several subnets
     */
    static FlowEnd of(String text, String option, Snapshot snapshot, @Nullable Region location) {
        Optional<AddressPrefix> prefix = AddressPrefix.tryParse(text);
        if (prefix.isPresent()) {
            AddressSet addresses = prefix.get().addresses();
            List<Subnet> holders = snapshot.subnets().stream()
                    .filter(subnet -> subnet.addresses().containsAll(addresses))
                    .toList();
            List<Subnet> here = in(location, holders, snapshot);
            return new FlowEnd(text, here.isEmpty() ? holders : here, addresses, null);
        }
        List<Subnet> named = snapshot.subnets().stream()
                .filter(subnet -> isNamed(subnet, text))
                .toList();
        if (named.size() == 1) {
            return new FlowEnd(text, named, null, null);
        }
        if (named.size() > 1) {
            List<Subnet> here = in(location, named, snapshot);
            if (here.size() == 1) {
                return new FlowEnd(text, here, null, null);
            }
            String where = location == null || here.isEmpty() ? "" : " in " + location;
            String none = location == null || !here.isEmpty() ? "" : ", none of them in " + location;
            List<Subnet> candidates = here.isEmpty() ? named : here;
            throw new IllegalArgumentException(asked(option, text) + " names " + candidates.size() + " subnets" + where
                    + none + candidates(candidates, snapshot));
        }
        ServiceTag tag = text.startsWith("/") || !ServiceTag.isName(text) ? null : ServiceTag.of(text);
        if (tag == null || !snapshot.serviceTags().knows(tag)) {
            throw new IllegalArgumentException(asked(option, text)
                    + " is no subnet of the snapshot, no address, no CIDR block and no known service tag"
                    + advice(text, snapshot));
        }
        return new FlowEnd(text, List.of(), null, tag);
    }

    private static String asked(String option, String text) {
        return "--" + option + " '" + oneLine(text) + "'";
    }

    /** Names from an export may hold line ends, which must not look like the end of a line here. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static boolean isNamed(Subnet subnet, String text) {
        return text.startsWith("/")
                ? subnet.id().equals(ResourceId.of(text))
                : subnet.name().equalsIgnoreCase(text) || shortName(subnet).equalsIgnoreCase(text);
    }

    private static String shortName(Subnet subnet) {
        return subnet.vnetId().name() + "/" + subnet.name();
    }

    private static List<Subnet> in(@Nullable Region location, List<Subnet> subnets, Snapshot snapshot) {
        return location == null
                ? subnets
                : subnets.stream()
                        .filter(subnet -> region(subnet, snapshot)
                                .filter(location::equals)
                                .isPresent())
                        .toList();
    }

    private static Optional<Region> region(Subnet subnet, Snapshot snapshot) {
        return snapshot.virtualNetwork(subnet.vnetId()).map(VirtualNetwork::location);
    }

    /** A line for each of the first few, by the shortest name that tells it from the others, and how to choose. */
    static String candidates(List<Subnet> subnets, Snapshot snapshot) {
        Set<String> names = new HashSet<>();
        boolean told =
                subnets.stream().allMatch(subnet -> names.add(shortName(subnet).toLowerCase(Locale.ROOT)));
        StringBuilder text = new StringBuilder(":");
        Set<Region> regions = new TreeSet<>();
        for (Subnet subnet : subnets) {
            region(subnet, snapshot).ifPresent(regions::add);
        }
        for (Subnet subnet : subnets.subList(0, Math.min(SHOWN, subnets.size()))) {
            text.append("\n  ")
                    .append(oneLine(told ? shortName(subnet) : subnet.id().text()));
            region(subnet, snapshot)
                    .ifPresent(region -> text.append(" (").append(region).append(')'));
        }
        if (subnets.size() > SHOWN) {
            text.append("\n  and ").append(subnets.size() - SHOWN).append(" more");
        }
        return text.append("\nGive ")
                .append(told ? "network/subnet as listed" : "the whole id")
                .append(regions.size() > 1 ? ", or --location with its region." : ".")
                .toString();
    }

    private static String advice(String text, Snapshot snapshot) {
        String name = text.startsWith("/") ? ResourceId.of(text).name() : text;
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (ServiceTag.isName(name) && !text.startsWith("/")) {
            known.addAll(snapshot.serviceTags().namesLike(name));
        }
        snapshot.subnets().forEach(subnet -> known.add(name.indexOf('/') < 0 ? subnet.name() : shortName(subnet)));
        List<String> nearest = Nearest.to(name, known);
        return nearest.isEmpty() ? "" : "\n" + oneLine(Nearest.advice(nearest));
    }

    /**
     * The subnet that this end is or lies in, null where it is in none. Networks with the same ranges are never
     * connected: of several subnets with an address the one counts that the other end's network can reach.
     *
     * @throws IllegalArgumentException when it may be several
     */
    @Nullable
    Subnet subnet(String option, FlowEnd other, Snapshot snapshot) {
        if (subnets.size() == 1) {
            return subnets.get(0);
        }
        List<Subnet> candidates = other.subnets().isEmpty() ? subnets : reachedFrom(other, snapshot);
        if (candidates.size() <= 1) {
            return candidates.isEmpty() ? null : candidates.get(0);
        }
        throw new IllegalArgumentException(
                asked(option, text) + " lies in " + candidates.size() + " subnets" + candidates(candidates, snapshot));
    }

    private List<Subnet> reachedFrom(FlowEnd other, Snapshot snapshot) {
        Set<ResourceId> networks = new HashSet<>();
        other.subnets().forEach(subnet -> networks.add(subnet.vnetId()));
        for (VnetPeering peering : snapshot.peerings()) {
            ResourceId remote = peering.remoteVnetId();
            if (remote != null
                    && peering.isConnected()
                    && other.subnets().stream()
                            .anyMatch(subnet -> subnet.vnetId().equals(peering.vnetId()))) {
                networks.add(remote);
            }
        }
        return subnets.stream()
                .filter(subnet -> networks.contains(subnet.vnetId()))
                .toList();
    }

    /** The subnet that was named, where its addresses are not known. */
    Optional<Subnet> withoutAddresses() {
        return addresses == null
                ? subnets.stream()
                        .filter(subnet -> subnet.addresses().isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    /** This end as the far side of a flow. */
    FlowRemote remote() {
        if (tag != null) {
            return new FlowRemote.Tag(tag);
        }
        AddressSet all = addresses != null
                ? addresses
                : AddressSet.union(subnets.stream().map(Subnet::addresses).toList());
        return new FlowRemote.Addresses(all, text.startsWith("/") ? shortName(subnets.get(0)) : text);
    }

    /** The addresses that were asked about on the side of a subnet. */
    AddressSet local(Subnet subnet) {
        return addresses == null ? subnet.addresses() : addresses;
    }

    /** The regions that the snapshot speaks of. */
    static Set<Region> regions(Snapshot snapshot) {
        Set<Region> regions = new TreeSet<>();
        for (VirtualNetwork network : snapshot.virtualNetworks()) {
            if (network.location() != null) {
                regions.add(network.location());
            }
        }
        for (Location location : snapshot.locations()) {
            if (location.region() != null) {
                regions.add(location.region());
            }
        }
        return regions;
    }
}
