package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of a world what an export of it may leave unsaid. */
final class Forgetting {

    private final Draw draw;
    private final World world;

    private Forgetting(Draw draw, World world) {
        this.draw = draw;
        this.world = world;
    }

    static World of(Draw draw, World world) {
        return new Forgetting(draw, world).forgetful();
    }

    private World forgetful() {
        Snapshot.Builder facts = Snapshot.builder();
        Set<ResourceId> leftOut = leftOut();
        Subnet own = null;
        for (Subnet subnet : world.snapshot().subnets()) {
            if (leftOut.contains(subnet.vnetId())) {
                continue;
            }
            Subnet less = draw.chance(0.05) ? withUnknownGroup(subnet) : subnet;
            own = subnet.equals(world.flow().subnet()) ? less : own;
            facts.add(less);
        }
        for (VirtualNetwork vnet : world.snapshot().virtualNetworks()) {
            boolean home = vnet.id().equals(world.flow().subnet().vnetId());
            if (home ? !draw.chance(0.1) : !leftOut.contains(vnet.id())) {
                facts.add(vnet);
            }
        }
        world.snapshot().peerings().forEach(facts::add);
        for (RouteTable table : world.snapshot().routeTables()) {
            if (!draw.chance(0.1)) {
                facts.add(table);
            }
        }
        for (EffectiveNsg effective : world.snapshot().effectiveNsgs()) {
            if (draw.chance(0.5)) {
                facts.add(effective);
            }
        }
        for (NetworkSecurityGroup group : world.snapshot().networkSecurityGroups()) {
            if (!draw.chance(0.05)) {
                facts.add(draw.chance(0.5) ? withUnknownParts(group) : group);
            }
        }
        return World.of(facts, tagData(), flow(own == null ? world.flow().subnet() : own));
    }

    /** Virtual networks that were not exported at all. */
    private Set<ResourceId> leftOut() {
        Set<ResourceId> leftOut = new HashSet<>();
        for (VirtualNetwork vnet : world.snapshot().virtualNetworks()) {
            if (!vnet.id().equals(world.flow().subnet().vnetId()) && draw.chance(0.3)) {
                leftOut.add(vnet.id());
            }
        }
        return leftOut;
    }

    private Map<ServiceTag, List<String>> tagData() {
        Map<ServiceTag, List<String>> data = new TreeMap<>();
        int kind = draw.number(0, 9);
        if (kind < 3) {
            data.putAll(world.tagData());
        } else if (kind < 5) {
            // A file that does not list every tag.
            world.tagData().forEach((tag, prefixes) -> {
                if (draw.chance(0.6)) {
                    data.put(tag, prefixes);
                }
            });
        }
        return data;
    }

    private Flow flow(Subnet subnet) {
        Flow flow = world.flow();
        return new Flow(
                subnet,
                flow.direction(),
                flow.protocols(),
                flow.sourcePorts(),
                flow.destinationPorts(),
                flow.remote(),
                flow.local(),
                flow.deniedWithoutNsg());
    }

    private static Subnet withUnknownGroup(Subnet subnet) {
        return new Subnet(
                subnet.id(),
                subnet.name(),
                subnet.vnetId(),
                subnet.prefixes(),
                null,
                subnet.routeTableId(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Provenance.NONE.withUnknown("nsgId", "a parameter without a value"));
    }

    /** The same group, of which an export does not say something. */
    static NetworkSecurityGroup less(Draw draw, World world, NetworkSecurityGroup group) {
        return new Forgetting(draw, world).withUnknownParts(group);
    }

    private NetworkSecurityGroup withUnknownParts(NetworkSecurityGroup group) {
        List<NsgRule> rules = new ArrayList<>();
        for (NsgRule rule : group.rules()) {
            rules.add(rule.isDefault() || !draw.chance(0.5) ? rule : withUnknownParts(rule));
        }
        return new NetworkSecurityGroup(group.id(), group.name(), null, rules, group.provenance());
    }

    private NsgRule withUnknownParts(NsgRule rule) {
        String field = draw.oneOf("sources", "destinations", "protocol", "sourcePorts", "destinationPorts", "access");
        Provenance unknown = rule.provenance().withUnknown(field, "a parameter without a value");
        return new NsgRule(
                rule.nsgId(),
                rule.name(),
                rule.priority(),
                rule.direction(),
                field.equals("access") ? draw.oneOf(NsgRule.Access.values()) : rule.access(),
                field.equals("protocol") ? ProtocolSet.ALL : rule.protocols(),
                field.equals("sourcePorts") ? PortSet.ALL : rule.sourcePorts(),
                field.equals("destinationPorts") ? PortSet.ALL : rule.destinationPorts(),
                field.equals("sources") ? masked(rule.sources()) : rule.sources(),
                field.equals("destinations") ? masked(rule.destinations()) : rule.destinations(),
                rule.origin(),
                null,
                rule.provenance().equals(unknown) || field.equals("sources") || field.equals("destinations")
                        ? rule.provenance()
                        : unknown);
    }

    /** Addresses as people mask them: different ones may look alike. */
    private List<AddressMatch> masked(List<AddressMatch> entries) {
        List<AddressMatch> masked = new ArrayList<>();
        for (AddressMatch entry : entries) {
            masked.add(draw.chance(0.7) ? new AddressMatch.Unknown(draw.oneOf("x.x.x.x", "y.y.y.y")) : entry);
        }
        return masked;
    }

    /** The rule of a complete world that a rule of a forgetful one is; null where it has none of that id. */
    static @Nullable NsgRule original(World complete, NsgRule rule) {
        Stream<NsgRule> rules = complete.snapshot().networkSecurityGroups().stream()
                .map(NetworkSecurityGroup::rules)
                .flatMap(List::stream);
        return rules.filter(other -> other.id().equals(rule.id()) && other.direction() == rule.direction())
                .findFirst()
                .orElse(null);
    }
}
