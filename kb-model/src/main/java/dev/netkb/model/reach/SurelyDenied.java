package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.FlowDecision.StageDecision;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PublishedTags;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads off a decision which packets are dropped wherever the sets without data lie: those that are in no piece that
 * passes.
 *
 * <p>That there is such a packet is sure where its far-side address is known. It is sure too where a set that surely
 * holds an address has dropped packets at every address where it may lie. Such a set is the far side of the flow itself;
 * and where no tag has data, a tag of the internet, a regional tag of its tag, and what either leaves over.
 */
final class SurelyDenied {

    /** A limit on the pieces that are held against each tag; beyond it no tag is looked at. */
    private static final int MAX_PIECES = 100;

    /** A limit on the different protocols, ports and near sides of dropped pieces; beyond it they are not told apart. */
    private static final int MAX_RESTS = 60;

    private final FlowDecision decision;
    private final Stage first;

    /** The parts of the first stage, which together are the flow. */
    private final List<Part> flow;

    /** Name → what all spellings of it have in common: a tag is one set in every spelling. */
    private final Map<String, String> keys = new HashMap<>();

    private final Where farSide;

    /** Far-side addresses: those of a space that lie inside and outside of the named sets. */
    private record Where(List<String> inside, List<String> outside, AddressSet space) {}

    SurelyDenied(FlowDecision decision) {
        this.decision = decision;
        this.first = decision.stages().isEmpty()
                ? Stage.NSG
                : decision.stages().get(0).stage();
        this.flow = decision.stages().stream()
                .filter(stage -> stage.stage() == first)
                .flatMap(stage -> stage.parts().stream())
                .toList();
        List<Piece> pieces = pieces(flow);
        this.farSide = new Where(common(pieces, Piece::inside), common(pieces, Piece::outside), far(pieces));
    }

    /**
     * The parts that surely hold dropped packets, cut to these.
     *
     * @param noTagData whether no service tag has data, so that each surely holds an address
     */
    List<Part> parts(boolean noTagData) {
        List<Part> parts = new ArrayList<>(dropped(farSide));
        if (meetsEverybody(parts, farSide)) {
            parts = new ArrayList<>(sharpened(parts, farSide));
        } else {
            parts.replaceAll(part -> only(part, this::isFarSideKnown));
        }
        for (Where where : noTagData ? tagsInFlow() : List.<Where>of()) {
            List<Part> there = dropped(where);
            if (meetsEverybody(there, where)) {
                parts.addAll(sharpened(there, where));
            }
        }
        return merged(parts);
    }

    /** Whether some far-side address may have no dropped packet; so it is where nothing was decided. */
    boolean mayLetOnePassWhole() {
        return flow.isEmpty() || !meetsEverybody(dropped(farSide), farSide);
    }

    /** Whether the parts have packets of every address that may be meant. */
    private boolean meetsEverybody(List<Part> parts, Where where) {
        return far(pieces(parts)).containsAll(where.space());
    }

    /**
     * Parts that together have packets of every address that may be meant, without what may hold none: protocols and ports
     * on which some address has no dropped packet. All of it where none are sure by themselves.
     */
    private List<Part> sharpened(List<Part> parts, Where where) {
        List<Box> sure = surelyHolding(pieces(parts), where);
        List<Part> sharpened = new ArrayList<>();
        for (Part part : parts) {
            List<Piece> pieces = new ArrayList<>();
            for (Piece piece : part.pieces()) {
                if (isFarSideKnown(piece)) {
                    pieces.add(piece);
                } else {
                    sure.stream()
                            .map(piece.box()::intersect)
                            .filter(Objects::nonNull)
                            .forEach(box -> pieces.add(new Piece(box, piece.inside(), piece.outside())));
                }
            }
            sharpened.add(new Part(part.decider(), pieces));
        }
        return meetsEverybody(sharpened, where) ? sharpened : parts;
    }

    /** Boxes over all far-side addresses in which each of these addresses has packets of some piece, the widest ones. */
    private List<Box> surelyHolding(List<Piece> pieces, Where where) {
        Direction direction = decision.flow().direction();
        Map<Box, List<AddressSet>> farByRest = new LinkedHashMap<>();
        for (Piece piece : pieces) {
            farByRest
                    .computeIfAbsent(piece.box().withFar(direction, where.space()), rest -> new ArrayList<>())
                    .add(far(piece));
        }
        if (farByRest.size() > MAX_RESTS) {
            return List.of();
        }
        Set<Box> cells = new LinkedHashSet<>();
        for (Box one : farByRest.keySet()) {
            farByRest.keySet().stream()
                    .map(one::intersect)
                    .filter(Objects::nonNull)
                    .forEach(cells::add);
        }
        List<Box> sure = cells.stream()
                .filter(cell -> AddressSet.union(farByRest.entrySet().stream()
                                .filter(entry -> isIn(cell, entry.getKey()))
                                .flatMap(entry -> entry.getValue().stream())
                                .distinct()
                                .toList())
                        .containsAll(where.space()))
                .toList();
        return sure.stream()
                .filter(cell -> sure.stream().noneMatch(other -> !other.equals(cell) && isIn(cell, other)))
                .toList();
    }

    private static boolean isIn(Box box, Box other) {
        return box.equals(box.intersect(other));
    }

    private static Part only(Part part, Predicate<Piece> wanted) {
        return new Part(part.decider(), part.pieces().stream().filter(wanted).toList());
    }

    /** Whether a piece may hold packets from or to certain addresses. */
    private boolean meet(Piece piece, Where where) {
        return areApart(piece.outside(), where.inside()) && areApart(piece.inside(), where.outside());
    }

    private boolean areApart(List<String> names, List<String> others) {
        return names.stream()
                .noneMatch(name -> others.stream().anyMatch(other -> key(name).equals(key(other))));
    }

    private String key(String name) {
        return keys.computeIfAbsent(name, n -> ServiceTag.of(n).canonicalKey());
    }

    /** What is dropped of the packets from or to certain addresses, whichever pieces they are in. */
    private List<Part> dropped(Where where) {
        Set<Box> passing = pieces(
                        flow.stream().filter(part -> part.decider().allows()).toList())
                .stream()
                .filter(piece -> meet(piece, where))
                .map(Piece::box)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<Part> parts = new ArrayList<>();
        for (StageDecision stage : decision.stages()) {
            for (Part part : stage.parts()) {
                if (!part.decider().allows()) {
                    List<Piece> pieces = part.pieces().stream()
                            .filter(piece -> meet(piece, where))
                            .flatMap(piece -> without(passing, piece, stage.stage() == first).stream())
                            .map(box -> new Piece(box, where.inside(), where.outside()))
                            .toList();
                    parts.add(new Part(part.decider(), pieces));
                }
            }
        }
        return parts;
    }

    /** Behind the first stage only concrete pieces count. */
    private static List<Box> without(Set<Box> passing, Piece piece, boolean isFirst) {
        if (piece.isConcrete()) {
            return List.of(piece.box());
        }
        List<Box> rest = isFirst ? List.of(piece.box()) : List.of();
        for (Box other : passing) {
            List<Box> next = new ArrayList<>();
            for (Box box : rest) {
                Box common = box.intersect(other);
                if (common == null) {
                    next.add(box);
                } else {
                    box.minus(common, next);
                }
            }
            rest = next;
        }
        return rest;
    }

    /** Whether the addresses of a piece surely are of the flow: those too that lie inside of no named set. */
    private boolean isFarSideKnown(Piece piece) {
        AddressSet far = far(piece);
        List<Piece> there = pieces(flow).stream()
                .filter(other -> far(other).intersects(far))
                .toList();
        List<Piece> insideOfNone =
                there.stream().filter(other -> other.inside().isEmpty()).toList();
        return far(insideOfNone).containsAll(far)
                && common(there, Piece::outside).isEmpty();
    }

    /** The sets of tags that surely hold addresses of the flow, and what they surely leave over of it. */
    private List<Where> tagsInFlow() {
        List<Piece> pieces = pieces(flow);
        if (!(decision.flow().remote() instanceof FlowRemote.Tag remote) || pieces.size() > MAX_PIECES) {
            return List.of();
        }
        Set<String> named = pieces.stream()
                .flatMap(piece -> Stream.concat(piece.inside().stream(), piece.outside().stream()))
                .map(this::key)
                .collect(Collectors.toSet());
        Set<ServiceTag> tags = tagsOfRules();
        Set<String> known = tags.stream().map(ServiceTag::canonicalKey).collect(Collectors.toSet());
        boolean isAllInternet =
                remote.tag().equals(ServiceTag.INTERNET) && farSide.outside().isEmpty() && known.containsAll(named);
        boolean isAllPublic = farSide.space().containsAll(AddressSpaces.PUBLIC.ipv4());
        List<Where> sets = new ArrayList<>();
        for (ServiceTag tag : tags) {
            Optional<ServiceTag> parent = tag.parent();
            if (!PublishedTags.contains(tag)
                    || !named.contains(tag.canonicalKey())
                    || !isAllInternet && parent.filter(remote.tag()::equals).isEmpty()) {
                continue;
            }
            List<String> inside = Stream.concat(parent.stream(), Stream.of(tag))
                    .map(ServiceTag::name)
                    .toList();
            if (isAllPublic) {
                sets.add(new Where(inside, List.of(), farSide.space()));
            }
            sets.add(new Where(farSide.inside(), List.of(tag.name()), farSide.space()));
        }
        return sets;
    }

    /** A name of a piece may also be that of something unknown; what a rule calls a tag is one. */
    private Set<ServiceTag> tagsOfRules() {
        Set<ServiceTag> tags = new TreeSet<>();
        flow.stream()
                .map(Part::decider)
                .flatMap(decider -> decider instanceof Decider.Rule made ? Stream.of(made.rule()) : Stream.of())
                .flatMap(rule -> Stream.concat(rule.sources().stream(), rule.destinations().stream()))
                .flatMap(match -> match instanceof AddressMatch.Tag made ? Stream.of(made.tag()) : Stream.of())
                .forEach(tag -> {
                    tags.add(tag);
                    tag.parent().ifPresent(tags::add);
                });
        return tags;
    }

    /** One part for each rule, without the pieces that lie in earlier ones. */
    private static List<Part> merged(List<Part> parts) {
        Set<Decider> deciders = parts.stream().map(Part::decider).collect(Collectors.toCollection(LinkedHashSet::new));
        List<Part> merged = new ArrayList<>();
        for (Decider decider : deciders) {
            List<Piece> pieces = new ArrayList<>();
            for (Part part : parts) {
                for (Piece piece : part.decider().equals(decider) ? part.pieces() : List.<Piece>of()) {
                    if (pieces.stream().noneMatch(earlier -> isIn(earlier, piece))) {
                        pieces.add(piece);
                    }
                }
            }
            if (!pieces.isEmpty()) {
                merged.add(new Part(decider, pieces));
            }
        }
        return List.copyOf(merged);
    }

    private static boolean isIn(Piece earlier, Piece piece) {
        return earlier.box().equals(piece.box())
                && piece.inside().containsAll(earlier.inside())
                && piece.outside().containsAll(earlier.outside());
    }

    private static List<Piece> pieces(List<Part> parts) {
        return parts.stream().flatMap(part -> part.pieces().stream()).toList();
    }

    /** The names that all pieces have. */
    private static List<String> common(List<Piece> pieces, Function<Piece, List<String>> names) {
        List<String> common = new ArrayList<>(pieces.isEmpty() ? List.of() : names.apply(pieces.get(0)));
        pieces.forEach(piece -> common.retainAll(names.apply(piece)));
        return List.copyOf(common);
    }

    private AddressSet far(List<Piece> pieces) {
        return AddressSet.union(pieces.stream().map(this::far).distinct().toList());
    }

    private AddressSet far(Piece piece) {
        Box box = piece.box();
        return decision.flow().direction() == Direction.INBOUND ? box.source() : box.destination();
    }
}
