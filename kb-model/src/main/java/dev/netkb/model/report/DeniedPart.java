package dev.netkb.model.report;

import java.util.List;

/**
 * A part of a flow that does not pass.
 *
 * @param ports destination ports
 * @param remote far-side prefixes, tags where their addresses are not known, or both: {@code 20.1.0.0/16 inside Sql}
 * @param sourcePorts source ports; empty where all source ports of the flow are meant
 * @param local near-side prefixes; empty where the whole subnet is meant
 */
public record DeniedPart(List<String> ports, List<String> remote, List<String> sourcePorts, List<String> local) {
    public DeniedPart {
        ports = List.copyOf(ports);
        remote = List.copyOf(remote);
        sourcePorts = List.copyOf(sourcePorts);
        local = List.copyOf(local);
    }
}
