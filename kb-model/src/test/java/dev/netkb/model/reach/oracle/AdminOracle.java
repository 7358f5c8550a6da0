package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SecurityAdminRule.Access;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks one packet through the security admin rules of a virtual network by hand: the lowest number first.
 *
 * <p>A rule that may be tried at any place, or may match or not, leaves those behind it possible.
 */
final class AdminOracle {

    private final Snapshot snapshot;
    private final PacketOracle addresses;

    AdminOracle(Snapshot snapshot, PacketOracle addresses) {
        this.snapshot = snapshot;
        this.addresses = addresses;
    }

    /** Whether rules are, or may be, in effect on a virtual network. */
    boolean actsOn(ResourceId vnetId) {
        return snapshot.facts(SecurityAdminRule.class).stream()
                .anyMatch(rule -> rule.vnetId() == null || rule.vnetId().equals(vnetId));
    }

    /** What may decide a packet; one decider where nothing is unknown. */
    Set<Decider> at(Subnet subnet, Direction direction, OraclePacket packet) {
        Set<Decider> deciders = new LinkedHashSet<>();
        List<SecurityAdminRule> ordered = new ArrayList<>();
        for (SecurityAdminRule rule : snapshot.facts(SecurityAdminRule.class)) {
            if (rule.direction() != direction) {
                continue;
            }
            if (rule.vnetId() == null
                    || rule.priority() == null && rule.vnetId().equals(subnet.vnetId())) {
                add(deciders, rule, matches(rule, subnet, packet).unless(true));
            } else if (rule.vnetId().equals(subnet.vnetId())) {
                ordered.add(rule);
            }
        }
        ordered.sort(Comparator.comparing(SecurityAdminRule::priority));
        for (SecurityAdminRule rule : ordered) {
            Answer answer = matches(rule, subnet, packet);
            add(deciders, rule, answer);
            if (answer == Answer.YES) {
                return deciders;
            }
        }
        deciders.add(new Decider.NoAdminRule(subnet.vnetId()));
        return deciders;
    }

    private static void add(Set<Decider> deciders, SecurityAdminRule rule, Answer answer) {
        if (answer == Answer.NO) {
            return;
        }
        for (Access access : Access.values()) {
            if (access != Access.UNKNOWN && (rule.access() == access || rule.access() == Access.UNKNOWN)) {
                deciders.add(new Decider.Admin(rule, access));
            }
        }
    }

    private Answer matches(SecurityAdminRule rule, Subnet subnet, OraclePacket packet) {
        boolean knowsProtocols = rule.provenance().knows("protocols");
        boolean knowsPorts = rule.provenance().knows("destinationPorts");
        Answer protocol = Answer.of(!knowsProtocols || rule.protocols().contains(packet.protocol()));
        Answer ports = Answer.of(PacketOracle.portsMatch(
                knowsProtocols ? rule.protocols() : packet.protocols(),
                rule.sourcePorts(),
                knowsPorts ? rule.destinationPorts() : PortSet.ALL,
                packet));
        return protocol.and(ports)
                .and(addresses.holds(rule.sources(), subnet, packet.source()))
                .and(addresses.holds(rule.destinations(), subnet, packet.destination()))
                .and(toPlatform(rule, packet))
                .unless(!knowsProtocols || !knowsPorts);
    }

    /** As with groups, only rules with a tag of the platform act on what is sent to it. */
    private static Answer toPlatform(SecurityAdminRule rule, OraclePacket packet) {
        if (rule.direction() == Direction.INBOUND || !PacketOracle.isPlatform(packet.destination())) {
            return Answer.YES;
        }
        Answer named = Answer.NO;
        for (AddressMatch entry : rule.destinations()) {
            if (entry instanceof AddressMatch.Tag tag) {
                named = named.or(Answer.of(tag.tag().isPlatform()));
            } else if (entry instanceof AddressMatch.Unknown) {
                named = named.or(Answer.MAYBE);
            }
        }
        return named;
    }
}
