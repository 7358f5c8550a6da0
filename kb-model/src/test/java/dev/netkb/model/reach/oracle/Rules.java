package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.SecurityAdminRule;
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

    static String text(SecurityAdminRule rule) {
        return "admin rule " + rule.name() + " on "
                + (rule.vnetId() == null ? "?" : rule.vnetId().name()) + " " + rule.direction() + " "
                + rule.priority() + " " + rule.access() + " " + rule.protocols() + " " + texts(rule.sources()) + ":"
                + rule.sourcePorts() + " -> " + texts(rule.destinations()) + ":" + rule.destinationPorts() + " "
                + rule.provenance().unknown();
    }

    static String text(FirewallRule rule) {
        return "firewall rule " + rule.ownerId().name() + " " + rule.groupPriority() + " " + rule.collection() + " "
                + rule.collectionPriority() + " " + rule.name() + " " + rule.kind() + " " + rule.action() + " "
                + rule.protocols() + rule.applicationProtocols() + " " + texts(rule.sources())
                + rule.sourceIpGroupIds() + " -> " + texts(rule.destinations()) + rule.destinationIpGroupIds()
                + rule.destinationFqdns() + rule.targetFqdns() + ":" + rule.destinationPorts() + " "
                + rule.provenance().unknown();
    }

    private static String texts(List<AddressMatch> entries) {
        return entries.stream().map(AddressMatch::text).collect(Collectors.joining("|"));
    }
}
