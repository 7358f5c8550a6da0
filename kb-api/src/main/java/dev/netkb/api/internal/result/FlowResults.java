package dev.netkb.api.internal.result;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.FlowVerdict;
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
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.PortSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns what was decided about a flow into words: prefixes, tags and ports instead of sets. */
public final class FlowResults {

    /** Prefixes that a deciding rule lists; the denied part lists all of its own. */
    private static final int MAX_PREFIXES_OF_A_RULE = 16;

    private FlowResults() {}

    /** The flow of a requirement. */
    public static FlowResult of(FlowVerdict verdict) {
        FlowRequirement row = verdict.flow().row();
        FlowDecision decision = verdict.decision();
        return new FlowResult(
                row.direction().azureName(),
                row.protocols().toString(),
                row.destinationPorts().toTexts(),
                row.remote(),
                verdict.verdict(),
                decision == null ? List.of() : stages(decision),
                decision == null ? List.of() : denied(decision, deniedPieces(verdict, decision)),
                decision == null ? null : witness(decision.witness()),
                verdict.missing());
    }

    /** A flow that somebody asked about. */
    public static FlowResult of(FlowDecision decision) {
        Flow flow = decision.flow();
        return new FlowResult(
                flow.direction().azureName(),
                flow.protocols().toString(),
                flow.destinationPorts().toTexts(),
                flow.remote().text(),
                decision.verdict(),
                stages(decision),
                denied(decision, decision.denied()),
                witness(decision.witness()),
                decision.missing());
    }

    /** Of a flow that surely is denied in part only that part: what else a rule would drop may hold no packet. */
    private static List<Piece> deniedPieces(FlowVerdict verdict, FlowDecision decision) {
        return verdict.surelyDenied().isEmpty()
                ? decision.denied()
                : verdict.surelyDenied().stream()
                        .flatMap(part -> part.pieces().stream())
                        .toList();
    }

    /** The rules that drop a part of the flow; of an undetermined flow those that surely do. */
    static List<DecidingRule> denying(FlowVerdict verdict) {
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
                .map(part -> decidedBy(decision, part))
                .toList();
    }

    private static List<FlowStage> stages(FlowDecision decision) {
        return decision.stages().stream()
                .map(stage -> new FlowStage(
                        stage.stage().word(),
                        stage.verdict(),
                        stage.parts().stream()
                                .map(part -> decidedBy(decision, part))
                                .toList()))
                .toList();
    }

    private static DecidingRule decidedBy(FlowDecision decision, Part part) {
        List<String> ports = PortSet.union(part.pieces().stream()
                        .map(piece -> piece.box().destinationPorts())
                        .toList())
                .toTexts();
        List<String> remote = remote(decision, part.pieces(), MAX_PREFIXES_OF_A_RULE);
        String access = part.decider().allows() ? "Allow" : "Deny";
        if (part.decider() instanceof Decider.Rule decider) {
            NsgRule rule = decider.rule();
            return new DecidingRule(
                    "nsgRule",
                    rule.id().text(),
                    rule.nsgId().name() + "/" + rule.name(),
                    rule.priority(),
                    rule.isDefault(),
                    access,
                    ports,
                    remote,
                    rule.provenance().place());
        }
        if (part.decider() instanceof Decider.Routed routed) {
            ResolvedRoute route = routed.route();
            return new DecidingRule(
                    "route",
                    route.id().text(),
                    route.text(),
                    null,
                    !route.isUserDefined(),
                    access,
                    ports,
                    remote,
                    Place.NOWHERE);
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
                    Place.NOWHERE);
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

    /** The denied part: for each set of ports the far-side addresses; ports with the same addresses together. */
    private static List<DeniedPart> denied(FlowDecision decision, List<Piece> denied) {
        Map<Remotes, List<PortSet>> byRemote = new LinkedHashMap<>();
        for (PortSet range : elementaryPorts(denied)) {
            List<Piece> pieces = denied.stream()
                    .filter(piece -> piece.box().destinationPorts().intersects(range))
                    .toList();
            Remotes remotes = new Remotes(
                    remote(decision, pieces, Integer.MAX_VALUE),
                    AddressSet.union(
                            pieces.stream().map(piece -> local(decision, piece)).toList()));
            byRemote.computeIfAbsent(remotes, r -> new ArrayList<>()).add(range);
        }
        List<DeniedPart> parts = new ArrayList<>();
        byRemote.forEach((remotes, ports) -> parts.add(new DeniedPart(
                PortSet.union(ports).toTexts(),
                remotes.texts(),
                remotes.local().equals(decision.flow().local())
                        ? List.of()
                        : remotes.local().toPrefixes())));
        return List.copyOf(parts);
    }

    /**
     * Disjoint pieces as parts: for each protocol and source ports the destination ports with their far-side addresses.
     *
     * @param decision of the flow that the pieces belong to
     */
    static List<FlowPart> parts(FlowDecision decision, List<Piece> pieces) {
        Map<List<Object>, List<Piece>> byKind = new LinkedHashMap<>();
        pieces.forEach(piece -> byKind.computeIfAbsent(
                        List.of(piece.box().protocols().toString(), piece.box().sourcePorts()),
                        kind -> new ArrayList<>())
                .add(piece));
        List<FlowPart> parts = new ArrayList<>();
        byKind.values().forEach(alike -> {
            Box box = alike.get(0).box();
            boolean anySourcePort = box.sourcePorts().equals(decision.flow().sourcePorts());
            denied(decision, alike)
                    .forEach(part -> parts.add(new FlowPart(
                            box.protocols().toString(),
                            anySourcePort ? List.of() : box.sourcePorts().toTexts(),
                            part.ports(),
                            part.remote(),
                            part.local())));
        });
        return parts.stream().sorted(Comparator.comparing(FlowPart::toString)).toList();
    }

    private record Remotes(List<String> texts, AddressSet local) {}

    /** The ranges between all bounds of the pieces' ports, in rising order. */
    private static List<PortSet> elementaryPorts(List<Piece> pieces) {
        TreeSet<Integer> starts = new TreeSet<>();
        PortSet all = PortSet.union(
                pieces.stream().map(piece -> piece.box().destinationPorts()).toList());
        for (Piece piece : pieces) {
            for (PortSet.Range range : piece.box().destinationPorts().ranges()) {
                starts.add(range.first());
                starts.add(range.last() + 1);
            }
        }
        List<PortSet> ranges = new ArrayList<>();
        for (int start : starts) {
            Integer next = starts.higher(start);
            if (next != null && all.contains(start)) {
                ranges.add(PortSet.of(start, next - 1));
            }
        }
        return ranges;
    }

    /** The far side of pieces in words: the flow's own name for it where they cover all of it. */
    private static List<String> remote(FlowDecision decision, List<Piece> pieces, int most) {
        AddressSet known = AddressSet.union(pieces.stream()
                .filter(Piece::isConcrete)
                .map(piece -> far(decision, piece))
                .toList());
        List<String> texts = new ArrayList<>();
        if (!known.isEmpty()) {
            if (coversFlow(decision, known)) {
                texts.add(decision.flow().remote().text());
            } else {
                List<String> prefixes = known.toPrefixes();
                texts.addAll(prefixes.subList(0, Math.min(most, prefixes.size())));
                if (prefixes.size() > most) {
                    texts.add("and " + (prefixes.size() - most) + " more");
                }
            }
        }
        pieces.stream()
                .filter(piece -> !piece.isConcrete())
                .map(piece -> symbolic(decision, piece, most))
                .distinct()
                .sorted()
                .forEach(texts::add);
        return List.copyOf(texts);
    }

    private static boolean coversFlow(FlowDecision decision, AddressSet addresses) {
        AddressSet whole =
                decision.flow().local().ipv6().isEmpty() ? decision.remote().ipv4() : decision.remote();
        return addresses.containsAll(whole);
    }

    /** Such as {@code Storage outside Storage.WestEurope}, or {@code 20.1.0.0/16 inside Sql}. */
    private static String symbolic(FlowDecision decision, Piece piece, int most) {
        StringBuilder text = new StringBuilder();
        boolean whole = coversFlow(decision, far(decision, piece));
        String inside = piece.inside().isEmpty() ? "" : innermost(piece.inside());
        if (whole) {
            text.append(inside.isEmpty() ? decision.flow().remote().text() : inside);
        } else {
            List<String> prefixes = far(decision, piece).toPrefixes();
            text.append(String.join(", ", prefixes.subList(0, Math.min(Math.min(most, 8), prefixes.size()))));
            if (prefixes.size() > Math.min(most, 8)) {
                text.append(", …");
            }
            if (!inside.isEmpty()) {
                text.append(" inside ").append(inside);
            }
        }
        if (!piece.outside().isEmpty()) {
            text.append(" outside ").append(String.join(" and ", piece.outside()));
        }
        return text.toString();
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
