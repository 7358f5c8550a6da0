package dev.netkb.model.report;

import java.util.List;

/**
 * A part of a flow that does not pass.
 *
 * @param ports destination ports
 * @param remote far-side prefixes, or tags where their addresses are not known
 * @param local near-side prefixes; empty where the whole subnet is meant
 */
public record DeniedPart(List<String> ports, List<String> remote, List<String> local) {
    public DeniedPart {
        ports = List.copyOf(ports);
        remote = List.copyOf(remote);
        local = List.copyOf(local);
    }
}
