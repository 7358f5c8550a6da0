package dev.netkb.api;

import dev.netkb.api.internal.result.FlowResults;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question about one flow: may packets get from here to there? Answered offline, over sets of packets, by the network
 * security groups of a snapshot.
 *
 * @param from,to a subnet id, a subnet name (also {@code vnet/subnet}), an address, a CIDR block, or a service tag; at
 *     least one of them must be, or lie in, a subnet of the snapshot
 */
public record FlowQuestion(
        String from, String to, ProtocolSet protocols, PortSet sourcePorts, PortSet destinationPorts) {

    /**
     * What becomes of the packets.
     *
     * @throws IllegalArgumentException when {@code from} or {@code to} names nothing, or more than one thing, or when no
     *     packet can go between them because they have no address family in common; the message says what and lists the
     *     candidates
     */
    public FlowResult answer(Snapshot snapshot) {
        End source = End.of(from, "from", snapshot);
        End destination = End.of(to, "to", snapshot);
        Subnet sourceSubnet = source.subnet();
        Subnet destinationSubnet = destination.subnet();
        Flow flow;
        if (sourceSubnet != null) {
            flow = flow(sourceSubnet, Direction.OUTBOUND, source, destination);
        } else if (destinationSubnet != null) {
            flow = flow(destinationSubnet, Direction.INBOUND, destination, source);
        } else {
            throw new IllegalArgumentException("neither '" + from + "' nor '" + to
                    + "' is or lies in a subnet of the snapshot; one of them must, because its rules decide");
        }
        return FlowResults.of(Reachability.of(snapshot).decide(flow));
    }

    private Flow flow(Subnet subnet, Direction direction, End near, End far) {
        AddressSet local = near.addresses() == null ? subnet.addresses() : near.addresses();
        if (far.remote() instanceof FlowRemote.Addresses there && !meet(local, there.addresses())) {
            throw new IllegalArgumentException("no packet can go from '" + from + "' to '" + to
                    + "': one of them has only IPv4 addresses, the other only IPv6 addresses");
        }
        return new Flow(subnet, direction, protocols, sourcePorts, destinationPorts, far.remote(), local, false);
    }

    /** Whether both have addresses of one family: a packet is IPv4 or IPv6. */
    private static boolean meet(AddressSet near, AddressSet far) {
        return !near.ipv4().isEmpty() && !far.ipv4().isEmpty()
                || !near.ipv6().isEmpty() && !far.ipv6().isEmpty();
    }

    /** One end: a subnet, addresses (in a subnet or not), or a tag. */
    private record End(
            String text,
            @Nullable Subnet subnet,
            @Nullable AddressSet addresses,
            @Nullable ServiceTag tag) {

        static End of(String text, String option, Snapshot snapshot) {
            Optional<AddressPrefix> prefix = AddressPrefix.tryParse(text);
            if (prefix.isPresent()) {
                AddressSet addresses = prefix.get().addresses();
                Subnet holder = snapshot.subnets().stream()
                        .filter(subnet -> subnet.addresses().containsAll(addresses))
                        .findFirst()
                        .orElse(null);
                return new End(text, holder, addresses, null);
            }
            List<Subnet> named = snapshot.subnets().stream()
                    .filter(subnet -> isNamed(subnet, text))
                    .toList();
            if (named.size() == 1) {
                return new End(text, named.get(0), null, null);
            }
            if (named.size() > 1) {
                throw new IllegalArgumentException("--" + option + " '" + text + "' names " + named.size()
                        + " subnets; use one of the ids: "
                        + String.join(
                                ", ", named.stream().map(s -> s.id().text()).toList()));
            }
            if (text.startsWith("/") || !ServiceTag.isName(text)) {
                throw new IllegalArgumentException("--" + option + " '" + text
                        + "' is no subnet of the snapshot, no address, no CIDR block and no service tag");
            }
            ServiceTag tag = ServiceTag.of(text);
            if (!tag.isBuiltIn()
                    && !snapshot.serviceTags().isEmpty()
                    && !snapshot.serviceTags().contains(tag)) {
                throw new IllegalArgumentException("--" + option + " '" + text
                        + "' is no subnet of the snapshot, and the service tag data ("
                        + snapshot.serviceTags().file() + ") have no tag of that name");
            }
            return new End(text, null, null, tag);
        }

        private static boolean isNamed(Subnet subnet, String text) {
            return text.startsWith("/")
                    ? subnet.id().equals(ResourceId.of(text))
                    : subnet.name().equalsIgnoreCase(text)
                            || (subnet.vnetId().name() + "/" + subnet.name()).equalsIgnoreCase(text);
        }

        FlowRemote remote() {
            if (tag != null) {
                return new FlowRemote.Tag(tag);
            }
            AddressSet all = addresses != null ? addresses : subnet == null ? AddressSet.EMPTY : subnet.addresses();
            return new FlowRemote.Addresses(all, text);
        }
    }
}
