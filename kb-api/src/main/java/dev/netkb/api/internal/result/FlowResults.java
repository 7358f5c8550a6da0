package dev.netkb.api.internal.result;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.derived.RoutePlaces;
import dev.netkb.model.reach.Box;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.Packet;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.FlowPart;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what was decided about a flow into words: prefixes, tags and ports instead of sets. */
public final class FlowResults {

    /** Entries of the far side that a deciding rule lists; the denied part lists all of its own. */
    private static final int MAX_PREFIXES_OF_A_RULE = 16;

    private FlowResults() {}

    /** The flow of a requirement. */
    public static FlowResult of(FlowVerdict verdict, RoutePlaces places) {
        FlowRequirement row = verdict.flow().row();
        FlowDecision decision = verdict.decision();
        return new FlowResult(
                row.direction().azureName(),
                row.protocols().toString(),
                row.destinationPorts().toTexts(),
                row.remote(),
                verdict.verdict(),
                decision == null ? List.of() : stages(decision, places),
                decision == null ? List.of() : denied(decision, verdict.surelyDenied()),
                decision == null ? null : witness(decision.witness()),
                verdict.missingForRequirement());
    }

    /**
     * A flow that somebody asked about.
     *
     * @param noTagData whether it was decided without any tag data
     */
    public static FlowResult of(FlowDecision decision, boolean noTagData, RoutePlaces places) {
        Flow flow = decision.flow();
        List<Part> surelyDenied =
                decision.verdict() == Verdict.UNDETERMINED ? decision.surelyDenied(noTagData) : List.of();
        return new FlowResult(
                flow.direction().azureName(),
                flow.protocols().toString(),
                flow.destinationPorts().toTexts(),
                flow.remote().text(),
                decision.verdict(),
                stages(decision, places),
                denied(decision, surelyDenied),
                witness(decision.witness()),
                decision.missing());
    }

    /** The rules that drop a part of the flow; of an undetermined flow those that surely do. */
    static List<DecidingRule> denying(FlowVerdict verdict, RoutePlaces places) {
        FlowDecision decision = verdict.decision();
        if (decision == null) {
            return List.of();
        }
        List<Part> parts = verdict.surelyDenied().isEmpty()
                ? decision.stages().stream()
                        .flatMap(stage -> stage.parts().stream())
                        .toList()
                : verdict.surelyDenied();
        return parts.stream()
                .filter(part -> !part.decider().allows())
                .map(part -> decidedBy(decision, part, places))
                .toList();
    }

    private static List<FlowStage> stages(FlowDecision decision, RoutePlaces places) {
        return decision.stages().stream()
                .map(stage -> new FlowStage(
                        stage.stage().word(),
                        stage.verdict(),
                        stage.parts().stream()
                                .map(part -> decidedBy(decision, part, places))
                                .toList()))
                .toList();
    }

    private static DecidingRule decidedBy(FlowDecision decision, Part part, RoutePlaces places) {
        Function<Box, PortSet> destinationPorts = destinationPorts(decision);
        List<String> ports = PortSet.union(part.pieces().stream()
                        .map(piece -> destinationPorts.apply(piece.box()))
                        .toList())
                .toTexts();
        List<String> remote = remoteInShort(decision, part.pieces());
        String access = part.decider().allows() ? "Allow" : "Deny";
        if (part.decider() instanceof Decider.Rule decider) {
            NsgRule rule = decider.rule();
            return new DecidingRule(
                    "nsgRule",
                    rule.id().text(),
                    rule.nsgId().name() + "/" + rule.name(),
                    rule.provenance().knows("priority") ? rule.priority() : null,
                    rule.isDefault(),
                    access,
                    ports,
                    remote,
                    places.place(rule));
        }
        if (part.decider() instanceof Decider.Admin decider) {
            SecurityAdminRule rule = decider.rule();
            return new DecidingRule(
                    "adminRule",
                    rule.id().text(),
                    rule.name(),
                    rule.priority(),
                    rule.isDefault(),
                    decider.access().azureName(),
                    ports,
                    remote,
                    rule.provenance().place());
        }
        if (part.decider() instanceof Decider.NoAdminRule none) {
            return new DecidingRule(
                    "noAdminRule",
                    none.vnetId().text(),
                    "no security admin rule matches",
                    null,
                    false,
                    access,
                    ports,
                    remote,
                    Place.NOWHERE);
        }
        if (part.decider() instanceof Decider.Firewall decider) {
            FirewallRule rule = decider.rule();
            return new DecidingRule(
                    "firewallRule",
                    rule == null ? decider.firewall().id().text() : rule.id().text(),
                    rule == null
                            ? "no rule of firewall " + decider.firewall().name() + " matches"
                            : decider.firewall().name() + "/" + rule.collection() + "/" + rule.name(),
                    rule == null ? null : rule.collectionPriority(),
                    rule == null,
                    access,
                    ports,
                    remote,
                    rule == null
                            ? decider.firewall().provenance().place()
                            : rule.provenance().place());
        }
        if (part.decider() instanceof Decider.Routed routed) {
            ResolvedRoute route = routed.route();
            return new DecidingRule(
                    routed.isKnown() ? "route" : "nextHop",
                    route.id().text(),
                    RoutePlaces.text(route),
                    null,
                    !route.isUserDefined(),
                    access,
                    ports,
                    remote,
                    places.place(route));
        }
        if (part.decider() instanceof Decider.NoNsg none) {
            return new DecidingRule(
                    "noNsg",
                    none.subnetId().text(),
                    "no network security group",
                    null,
                    false,
                    access,
                    ports,
                    remote,
                    places.place(none.subnetId()));
        }
        if (part.decider() instanceof Decider.Unexported unexported) {
            return new DecidingRule(
                    "notExported",
                    unexported.id().text(),
                    unexported.id().name(),
                    null,
                    false,
                    access,
                    ports,
                    remote,
                    Place.NOWHERE);
        }
        return new DecidingRule(
                "platform", "", "platform traffic is not filtered", null, false, access, ports, remote, Place.NOWHERE);
    }

    /**
     * The denied part, cell by cell of ports and near-side addresses; cells with the same far side together. Of an
     * undetermined flow only what surely is denied: what else a rule would drop may hold no packet.
     */
    private static List<DeniedPart> denied(FlowDecision decision, List<Part> surelyDenied) {
        List<Piece> denied = decision.verdict() == Verdict.UNDETERMINED
                ? surelyDenied.stream().flatMap(part -> part.pieces().stream()).toList()
                : decision.denied();
        return cells(decision, denied);
    }

    private static List<DeniedPart> cells(FlowDecision decision, List<Piece> denied) {
        Map<Sides, List<PortSet>> portsBySides = new LinkedHashMap<>();
        Function<Box, PortSet> destinationPorts = destinationPorts(decision);
        for (PortSet range : elementaryPorts(denied, destinationPorts)) {
            List<Piece> pieces = meeting(denied, destinationPorts, range);
            sides(decision, pieces)
                    .forEach(sides -> portsBySides
                            .computeIfAbsent(sides, s -> new ArrayList<>())
                            .add(range));
        }
        List<DeniedPart> parts = new ArrayList<>();
        portsBySides.forEach((sides, ports) -> parts.add(new DeniedPart(
                PortSet.union(ports).toTexts(),
                sides.remote(),
                sides.sourcePorts().equals(decision.flow().sourcePorts())
                        ? List.of()
                        : sides.sourcePorts().toTexts(),
                sides.local().equals(decision.flow().local())
                        ? List.of()
                        : sides.local().toPrefixes())));
        return List.copyOf(parts);
    }

    /** What a denied part has besides its destination ports. */
    private record Sides(List<String> remote, AddressSet local, PortSet sourcePorts) {}

    /** What is denied on one destination port. */
    private static List<Sides> sides(FlowDecision decision, List<Piece> denied) {
        Map<Sides, List<PortSet>> sourcePorts = new LinkedHashMap<>();
        Function<Box, PortSet> fromPorts =
                box -> hasPorts(box) ? box.sourcePorts() : decision.flow().sourcePorts();
        for (PortSet range : elementaryPorts(denied, fromPorts)) {
            Map<List<String>, List<AddressSet>> locals = new LinkedHashMap<>();
            List<Piece> there = meeting(denied, fromPorts, range);
            for (AddressSet local : elementaryLocals(decision, there)) {
                List<Piece> pieces = there.stream()
                        .filter(piece -> local(decision, piece).intersects(local))
                        .toList();
                locals.computeIfAbsent(remote(decision, pieces), r -> new ArrayList<>())
                        .add(local);
            }
            locals.forEach((remote, parts) -> sourcePorts
                    .computeIfAbsent(new Sides(remote, AddressSet.union(parts), PortSet.EMPTY), s -> new ArrayList<>())
                    .add(range));
        }
        return sourcePorts.entrySet().stream()
                .map(entry ->
                        new Sides(entry.getKey().remote(), entry.getKey().local(), PortSet.union(entry.getValue())))
                .toList();
    }

    /** The near sides of pieces, cut where they overlap in part. */
    private static List<AddressSet> elementaryLocals(FlowDecision decision, List<Piece> pieces) {
        List<AddressSet> cells = new ArrayList<>();
        for (AddressSet local :
                pieces.stream().map(piece -> local(decision, piece)).distinct().toList()) {
            AddressSet rest = local;
            for (AddressSet cell : List.copyOf(cells)) {
                if (cell.intersects(rest) && !rest.containsAll(cell)) {
                    cells.remove(cell);
                    cells.add(cell.intersect(rest));
                    cells.add(cell.minus(rest));
                }
                rest = rest.minus(cell);
            }
            if (!rest.isEmpty()) {
                cells.add(rest);
            }
        }
        return cells;
    }

    /** The destination ports of a box; what carries no ports is decided alike for all ports of the flow. */
    private static Function<Box, PortSet> destinationPorts(FlowDecision decision) {
        return box -> hasPorts(box) ? box.destinationPorts() : decision.flow().destinationPorts();
    }

    private static boolean hasPorts(Box box) {
        return !box.protocols().intersect(ProtocolSet.WITH_PORTS).isEmpty();
    }

    private static List<Piece> meeting(List<Piece> pieces, Function<Box, PortSet> side, PortSet range) {
        return pieces.stream()
                .filter(piece -> side.apply(piece.box()).intersects(range))
                .toList();
    }
    /**
     * Disjoint pieces as parts: for each protocol what a denied part says.
     *
     * @param decision of the flow that the pieces belong to
     */
    static List<FlowPart> parts(FlowDecision decision, List<Piece> pieces) {
        Map<String, List<Piece>> byProtocols = new LinkedHashMap<>();
        pieces.forEach(piece -> byProtocols
                .computeIfAbsent(piece.box().protocols().toString(), protocols -> new ArrayList<>())
                .add(piece));
        return byProtocols.entrySet().stream()
                .flatMap(entry -> cells(decision, entry.getValue()).stream()
                        .map(part -> new FlowPart(
                                entry.getKey(), part.sourcePorts(), part.ports(), part.remote(), part.local())))
                .sorted(Comparator.comparing(FlowPart::toString))
                .toList();
    }

    /** The ranges between all bounds of the pieces' ports, in rising order. */
    private static List<PortSet> elementaryPorts(List<Piece> pieces, Function<Box, PortSet> side) {
        TreeSet<Integer> starts = new TreeSet<>();
        List<PortSet> sets =
                pieces.stream().map(piece -> side.apply(piece.box())).distinct().toList();
        for (PortSet ports : sets) {
            for (PortSet.Range range : ports.ranges()) {
                starts.add(range.first());
                starts.add(range.last() + 1);
            }
        }
        PortSet all = PortSet.union(sets);
        List<PortSet> ranges = new ArrayList<>();
        for (int start : starts) {
            Integer next = starts.higher(start);
            if (next != null && all.contains(start)) {
                ranges.add(PortSet.of(start, next - 1));
            }
        }
        return ranges;
    }

    /** The far side of pieces in words; of many prefixes only the first. */
    private static List<String> remoteInShort(FlowDecision decision, List<Piece> pieces) {
        List<String> texts = remote(decision, pieces);
        if (texts.size() <= MAX_PREFIXES_OF_A_RULE) {
            return texts;
        }
        List<String> few = new ArrayList<>(texts.subList(0, MAX_PREFIXES_OF_A_RULE));
        few.add("and " + (texts.size() - MAX_PREFIXES_OF_A_RULE) + " more");
        return few;
    }

    /** The far side of pieces in words: known addresses, then the sorted ones that are known by names only. */
    private static List<String> remote(FlowDecision decision, List<Piece> pieces) {
        Map<Names, List<AddressSet>> byNames = new TreeMap<>();
        for (Piece piece : pieces) {
            byNames.computeIfAbsent(Names.of(piece), n -> new ArrayList<>()).add(far(decision, piece));
        }
        List<String> texts = new ArrayList<>();
        byNames.forEach((names, far) -> texts.addAll(names.texts(decision, AddressSet.union(far))));
        return List.copyOf(texts);
    }

    /**
     * The names of the sets without data that a piece lies in and out of.
     *
     * @param inside empty where it lies in none
     * @param outside such as {@code " outside Storage.WestEurope"}; empty where it lies out of none
     */
    private record Names(String inside, String outside) implements Comparable<Names> {

        private static final Comparator<Names> ORDER =
                Comparator.comparing(Names::inside).thenComparing(Names::outside);

        static Names of(Piece piece) {
            return new Names(
                    innermost(piece.inside()),
                    piece.outside().isEmpty() ? "" : " outside " + String.join(" and ", piece.outside()));
        }

        /**
         * Such as {@code Storage outside Storage.WestEurope}, or {@code 20.1.0.0/16 inside Sql} for each prefix; the flow's
         * own name for its far side where the addresses are all of it.
         */
        List<String> texts(FlowDecision decision, AddressSet addresses) {
            if (coversFlow(decision, addresses)) {
                return List.of((inside.isEmpty() ? decision.flow().remote().text() : inside) + outside);
            }
            String in = inside.isEmpty() ? "" : " inside " + inside;
            return addresses.toPrefixes().stream()
                    .map(prefix -> prefix + in + outside)
                    .toList();
        }

        @Override
        public int compareTo(Names other) {
            return ORDER.compare(this, other);
        }
    }

    private static boolean coversFlow(FlowDecision decision, AddressSet addresses) {
        AddressSet whole =
                decision.flow().local().ipv6().isEmpty() ? decision.remote().ipv4() : decision.remote();
        return addresses.containsAll(whole);
    }

    /** A regional tag says that the tag itself holds too. */
    private static String innermost(List<String> names) {
        List<String> inner = names.stream()
                .filter(name -> names.stream().noneMatch(other -> other.startsWith(name + ".")))
                .toList();
        return String.join(" and ", inner);
    }

    private static AddressSet far(FlowDecision decision, Piece piece) {
        return decision.flow().direction() == Direction.INBOUND
                ? piece.box().source()
                : piece.box().destination();
    }

    private static AddressSet local(FlowDecision decision, Piece piece) {
        return decision.flow().direction() == Direction.INBOUND
                ? piece.box().destination()
                : piece.box().source();
    }

    private static @Nullable Witness witness(@Nullable Packet packet) {
        if (packet == null) {
            return null;
        }
        boolean ports = packet.protocol().hasPorts();
        return new Witness(
                packet.protocol().azureName(),
                packet.source().toString(),
                ports ? packet.sourcePort() : null,
                packet.destination().toString(),
                ports ? packet.destinationPort() : null);
    }
}
