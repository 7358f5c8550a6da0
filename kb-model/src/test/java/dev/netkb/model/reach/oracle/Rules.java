package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.List;
import java.util.stream.Collectors;

/** Rules of tests: changed copies and a short text. */
final class Rules {

    private Rules() {}

    static NsgRule with(
            NsgRule rule,
            ProtocolSet protocols,
            PortSet sourcePorts,
            PortSet destinationPorts,
            List<AddressMatch> sources,
            List<AddressMatch> destinations) {
        return new NsgRule(
                rule.nsgId(),
                rule.name(),
                rule.priority(),
                rule.direction(),
                rule.access(),
                protocols,
                sourcePorts,
                destinationPorts,
                sources,
                destinations,
                rule.origin(),
                rule.provisioningState(),
                rule.provenance());
    }

    static String text(NsgRule rule) {
        return rule.direction() + " " + rule.priority() + " " + rule.access() + " " + rule.protocols() + " "
                + texts(rule.sources()) + ":" + rule.sourcePorts() + " -> " + texts(rule.destinations()) + ":"
                + rule.destinationPorts();
    }

    private static String texts(List<AddressMatch> entries) {
        return entries.stream().map(AddressMatch::text).collect(Collectors.joining("|"));
    }
}
