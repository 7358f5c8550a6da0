package dev.netkb.model.derived;

import dev.netkb.model.value.PortSet;
import java.util.List;

/**
 * Which required flows a kind of dependency in a network status proves: a row of {@code status.csv}.
 *
 * @param resourceType what a network status calls the dependency, in lower case
 * @param flows ids of requirements, those of the seed article too; empty where no requirement stands for it
 * @param ports the ports that the dependency uses, all where it uses those of the flows
 * @param purpose what the dependency is for
 */
public record StatusMapping(String resourceType, List<String> flows, PortSet ports, String purpose) {

    public StatusMapping {
        flows = List.copyOf(flows);
    }

    /** Whether the dependency proves the flow of a requirement. */
    public boolean proves(String id) {
        return flows.contains(id);
    }
}
