package dev.netkb.model.report;

import java.util.List;

/**
 * A set of packets of a flow.
 *
 * @param protocol such as {@code Tcp}
 * @param sourcePorts empty where all source ports of the flow are meant
 * @param ports destination ports
 * @param remote far-side prefixes, or tags where their addresses are not known
 * @param local near-side prefixes; empty where the whole subnet is meant
 */
public record FlowPart(
        String protocol, List<String> sourcePorts, List<String> ports, List<String> remote, List<String> local) {
    public FlowPart {
        sourcePorts = List.copyOf(sourcePorts);
        ports = List.copyOf(ports);
        remote = List.copyOf(remote);
        local = List.copyOf(local);
    }
}
