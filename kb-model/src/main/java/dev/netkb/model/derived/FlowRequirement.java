package dev.netkb.model.derived;

import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the flow table for one direction: what must get through.
 *
 * @param requirement id, severity and the locations it speaks of
 * @param remote a service tag, {@code OwnSubnet}, {@code DnsServers}, or prefixes joined by a comma
 * @param optional whether only a feature needs it
 * @param feature the feature that needs an optional flow, null where none is named
 * @param regional whether the documents allow regional variants of the tag (C-REGTAG)
 * @param accepts a narrower remote that also does, null where there is none
 * @param purpose what the flow is for
 * @param hosts the hosts that it is for, null where it is for every address of its far side
 */
public record FlowRequirement(
        Requirement requirement,
        Direction direction,
        ProtocolSet protocols,
        PortSet sourcePorts,
        PortSet destinationPorts,
        String remote,
        boolean optional,
        @Nullable Feature feature,
        boolean regional,
        @Nullable String accepts,
        String purpose,
        List<String> modifiers,
        @Nullable HostRequirement hosts) {

    /** The far side of flows between the machines of one instance: the subnet that they are in. */
    public static final String OWN_SUBNET = "OwnSubnet";

    /** The far side of flows to the DNS servers that the virtual network uses: each of them is a flow of its own. */
    public static final String DNS_SERVERS = "DnsServers";

    public FlowRequirement {
        modifiers = List.copyOf(modifiers);
    }

    /** An address that an instance calls, as a flow of a requirement. */
    public static FlowRequirement toBackend(Requirement requirement, BackendHost host, AddressPrefix address) {
        Integer port = host.port();
        return new FlowRequirement(
                requirement,
                Direction.OUTBOUND,
                ProtocolSet.TCP,
                PortSet.ALL,
                port == null ? PortSet.ALL : PortSet.of(port),
                address.text(),
                false,
                null,
                false,
                null,
                "a backend",
                List.of(),
                null);
    }

    public String id() {
        return requirement.id();
    }

    public boolean covers(LocationModel located) {
        return requirement.covers(located)
                && (hosts == null || hosts.mayBeIn(located.location().cloud()));
    }

    /** Whether it is for certain hosts of its far side only. */
    public boolean isToHosts() {
        return hosts != null;
    }

    /** The far side as a sentence names it: {@code own subnet} for {@code OwnSubnet}. */
    public String remoteInWords() {
        return inWords(remote);
    }

    /** A far side as tables and reports write it, as a sentence names it. */
    public static String inWords(String remote) {
        return switch (remote) {
            case OWN_SUBNET -> "own subnet";
            case DNS_SERVERS -> "DNS servers in use";
            default -> remote;
        };
    }

    public boolean isToDnsServers() {
        return remote.equals(DNS_SERVERS);
    }

    /** The same flow, required otherwise: with another severity, or of other locations. */
    public FlowRequirement of(Requirement other) {
        return new FlowRequirement(
                other,
                direction,
                protocols,
                sourcePorts,
                destinationPorts,
                remote,
                optional,
                feature,
                regional,
                accepts,
                purpose,
                modifiers,
                hosts);
    }

    /** The same with another far side, such as one of several DNS servers. */
    public FlowRequirement to(String other) {
        return new FlowRequirement(
                requirement,
                direction,
                protocols,
                sourcePorts,
                destinationPorts,
                other,
                optional,
                feature,
                regional,
                accepts,
                purpose,
                modifiers,
                hosts);
    }

    /** Such as {@code Tcp 1433 outbound to Sql}. */
    public String text() {
        String toward = direction == Direction.INBOUND ? " inbound from " : " outbound to ";
        return protocols + " " + destinationPorts + toward + remoteInWords();
    }

    /** Whether the documents let narrower far sides suffice. */
    public boolean sufficesInPart() {
        return regional || accepts != null;
    }

    public boolean isRemoteInternet() {
        return remote.equals("Internet");
    }
}
