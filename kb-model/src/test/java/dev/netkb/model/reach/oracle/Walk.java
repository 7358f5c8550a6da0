package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.SecurityAdminRule.Access;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.report.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks packets one by one through security admin rules, groups, routes and firewalls, and what is at the other end. */
final class Walk {

    private final Flow flow;
    private final AdminOracle admin;
    private final PacketOracle groups;
    private final RouteOracle routes;

    Walk(World world) {
        this(world, new PacketOracle(world.snapshot(), world.tagData(), Assumption.NOTHING_IS_OPEN));
    }

    /** @param groups knows where things lie that the export does not say */
    Walk(World world, PacketOracle groups) {
        this.flow = world.flow();
        this.groups = groups;
        this.admin = new AdminOracle(world.snapshot(), groups);
        this.routes = new RouteOracle(world, groups);
    }

    ElementaryCells cells(World world) {
        return ElementaryCells.of(world, groups, routes.boundaries());
    }

    /** Where the fate of a far-side address may differ from that of the one before, by routes. */
    List<BigInteger> cuts() {
        List<BigInteger> cuts = new ArrayList<>();
        routes.boundaries().addCuts(cuts);
        return cuts;
    }

    /** What becomes of a packet, as far as it is known. */
    enum Fate {
        PASSES,
        DROPS,
        UNKNOWN;

        static Fate of(Set<Decider> deciders) {
            boolean passes = deciders.stream().anyMatch(Decider::allows);
            boolean drops = deciders.stream().anyMatch(decider -> !decider.allows());
            return passes && drops ? UNKNOWN : passes ? PASSES : DROPS;
        }

        /** Of a packet that goes on to where that becomes of it. */
        Fate then(Fate next) {
            return this == DROPS || next == PASSES ? this : this == PASSES || next == DROPS ? next : UNKNOWN;
        }
    }

    /** Which fates packets have. */
    static final class Tally {
        private final Set<Fate> fates = new HashSet<>();

        void add(Fate fate) {
            fates.add(fate);
        }

        Verdict verdict() {
            if (fates.equals(Set.of(Fate.PASSES))) {
                return Verdict.ALLOWED;
            }
            if (fates.equals(Set.of(Fate.DROPS))) {
                return Verdict.DENIED;
            }
            return fates.containsAll(Set.of(Fate.PASSES, Fate.DROPS)) ? Verdict.PARTIAL : Verdict.UNDETERMINED;
        }
    }

    /**
     * The way of a packet: what may decide at each stage that it may come to.
     *
     * @param isSureAtPeer whether only one way leads past the security admin rules at the other end
     * @param fate what becomes of it in the end
     */
    record Way(Map<Stage, Set<Decider>> deciders, boolean isSureAtPeer, Fate fate) {

        Set<Decider> at(Stage stage) {
            return deciders.getOrDefault(stage, Set.of());
        }

        /** Whether it surely comes to a stage, and one way only. */
        boolean isSureUpTo(Stage stage) {
            return List.of(Stage.values()).subList(0, stage.ordinal()).stream()
                    .allMatch(before -> at(before).size() <= 1);
        }

        /** The stage that may drop it first. */
        Stage dropsAt() {
            for (Stage stage : Stage.values()) {
                if (at(stage).stream().anyMatch(decider -> !decider.allows())) {
                    return stage;
                }
            }
            throw new IllegalStateException("nothing drops it");
        }

        /** Whether exactly one thing drops it, wherever what is unknown lies. */
        boolean isDroppedByOne() {
            return fate == Fate.DROPS
                    && isSureUpTo(dropsAt())
                    && at(dropsAt()).size() == 1
                    && (dropsAt() != Stage.PEER_NSG || isSureAtPeer);
        }
    }

    Way of(OraclePacket packet) {
        Direction direction = flow.direction();
        Gate near = gate(flow.subnet(), direction, packet, isClosed(flow.subnet(), direction));
        Fate fate = near.fate();
        Set<Decider> onRoutes = fate == Fate.DROPS ? Set.of() : routes.at(packet, direction);
        fate = onRoutes.isEmpty() ? fate : fate.then(Fate.of(onRoutes));
        Subnet other = fate == Fate.DROPS ? null : groups.subnetAt(flow.subnet(), packet.remote(direction));
        Set<Decider> atPeer = Set.of();
        boolean isSureAtPeer = true;
        if (other != null) {
            Gate far = gate(other, direction.opposite(), packet, isClosed(other, direction.opposite()));
            atPeer = new LinkedHashSet<>(far.admin());
            atPeer.removeIf(Gate::goesOn);
            atPeer.addAll(far.group());
            if (isClosed(other, direction.opposite())) {
                atPeer.removeIf(Gate::delivers);
            }
            isSureAtPeer = far.admin().size() <= 1;
            fate = fate.then(far.fate());
        }
        return new Way(
                Map.of(
                        Stage.ADMIN_RULES,
                        near.admin(),
                        Stage.NSG,
                        near.group(),
                        Stage.ROUTE,
                        onRoutes,
                        Stage.PEER_NSG,
                        atPeer),
                isSureAtPeer,
                fate);
    }

    /** Whether nothing gets in there for want of a group. */
    private boolean isClosed(Subnet subnet, Direction direction) {
        return flow.deniedWithoutNsg()
                && subnet.nsgId() == null
                && direction == Direction.INBOUND
                && subnet.id().equals(flow.subnet().id());
    }

    /**
     * What decides at a subnet.
     *
     * @param group empty where the packet surely does not come to the group
     */
    private record Gate(Set<Decider> admin, Set<Decider> group, Fate fate) {

        static boolean delivers(Decider decider) {
            return decider instanceof Decider.Admin rule && rule.access() == Access.ALWAYS_ALLOW;
        }

        static boolean goesOn(Decider decider) {
            return decider.allows() && !delivers(decider);
        }
    }

    private Gate gate(Subnet subnet, Direction direction, OraclePacket packet, boolean closed) {
        Set<Decider> rules = admin.actsOn(subnet.vnetId()) ? admin.at(subnet, direction, packet) : Set.of();
        boolean delivered = !closed && rules.stream().anyMatch(Gate::delivers);
        boolean goesOn =
                rules.isEmpty() || rules.stream().anyMatch(rule -> Gate.goesOn(rule) || closed && Gate.delivers(rule));
        Set<Decider> group = goesOn ? Set.of(groups.decide(subnet, direction, packet, closed)) : Set.of();
        boolean blocked = rules.stream().anyMatch(rule -> !rule.allows());
        boolean passes = delivered || group.stream().anyMatch(Decider::allows);
        boolean drops = blocked || group.stream().anyMatch(decider -> !decider.allows());
        return new Gate(rules, group, passes && drops ? Fate.UNKNOWN : passes ? Fate.PASSES : Fate.DROPS);
    }
}
