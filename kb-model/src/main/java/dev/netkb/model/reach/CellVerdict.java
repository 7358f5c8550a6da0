package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.AddressSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the verdict off the cells of a flow.
 *
 * <p>Where all cells agree the flow is allowed or denied. Where they differ it is partial if both a passing and a
 * dropped packet surely exist, else undetermined. A packet surely exists where a set that surely holds an address has,
 * for every way in which the unknown sets may lie, some protocol and ports that pass (or are dropped). Sets that surely
 * hold an address are: every known address, a service tag, a regional tag, the rest of a tag outside one of its
 * regions, the internet outside a tag, and the far side of the flow itself.
 */
final class CellVerdict {

    /** A limit on the ways in which unknown sets are tried; beyond it a packet does not surely exist. */
    private static final int MAX_TRIES = 2_000;

    /** A limit on the comparisons of symbols in all tries; hundreds of rules with tags without data come to it. */
    private static final long MAX_COMPARISONS = 5_000_000;

    private static final AddressSet PUBLIC_IPV4 = AddressSpaces.PUBLIC.ipv4();

    private final Direction direction;
    private final List<Cell> flow;
    private final AddressSet internet;
    private int tries;
    private long comparisons;

    /** A set that surely holds an address: the addresses of a space that lie where the signature says. */
    private record SureSet(AddressSet space, Signature signature) {}

    /** @param internet the public addresses but for those that are known to be in the virtual network */
    CellVerdict(Direction direction, List<Cell> flow, AddressSet internet) {
        this.direction = direction;
        this.flow = flow;
        this.internet = internet.ipv4();
    }

    /** @param passed,denied cells that together are the flow */
    Verdict of(List<Cell> passed, List<Cell> denied) {
        if (denied.isEmpty()) {
            return Verdict.ALLOWED;
        }
        if (passed.isEmpty()) {
            return Verdict.DENIED;
        }
        return surelyExists(passed, denied) && surelyExists(denied, passed) ? Verdict.PARTIAL : Verdict.UNDETERMINED;
    }

    /** Whether a packet of the part surely exists, where part and others together are the flow. */
    boolean surelyExists(List<Cell> part, List<Cell> others) {
        if (part.stream().anyMatch(Cell::isConcrete)) {
            return true;
        }
        tries = 0;
        comparisons = 0;
        for (Cell cell : flow) {
            if (cell.isConcrete()
                    && !good(cell.box(), Signature.NONE, far(cell.box()), others)
                            .isEmpty()) {
                return true;
            }
        }
        for (SureSet sure :
                sureSets(Stream.concat(part.stream(), others.stream()).toList())) {
            for (Cell cell : flow) {
                if (sure.signature().implies(cell.signature())
                        && far(cell.box()).containsAll(sure.space())
                        && good(cell.box(), sure.signature(), sure.space(), others)
                                .containsAll(sure.space())) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The addresses of {@code space} that have, for every way in which the unknown sets may lie beyond
     * {@code signature}, some packet of {@code box} that is in none of the {@code others}.
     */
    private AddressSet good(Box box, Signature signature, AddressSet space, List<Cell> others) {
        if (++tries > MAX_TRIES || comparisons > MAX_COMPARISONS) {
            return AddressSet.EMPTY;
        }
        List<Cell> against = new ArrayList<>();
        for (Cell cell : others) {
            if (far(cell.box()).intersects(space)) {
                long symbols = cell.signature().inside().size()
                        + cell.signature().outside().size();
                comparisons += symbols * symbols;
                if (!signature.contradicts(cell.signature())) {
                    against.add(cell);
                }
            }
        }
        AddressSet good = AddressSet.union(
                without(withFar(box, space), against).stream().map(this::far).toList());
        AddressSet bad = space.minus(good);
        while (!bad.isEmpty()) {
            Symbol open = firstOpen(signature, against, bad);
            if (open == null) {
                return good;
            }
            // What a set may hold matters only where cells speak of it.
            AddressSet there = bad.intersect(whereDependsOn(open, against));
            AddressSet both = there;
            for (Signature way : ways(signature, open)) {
                both = both.isEmpty() ? both : good(box, way, both, against);
            }
            good = good.union(both);
            bad = bad.minus(there);
        }
        return good;
    }

    private AddressSet whereDependsOn(Symbol symbol, List<Cell> cells) {
        return AddressSet.union(cells.stream()
                .filter(cell -> cell.signature().inside().contains(symbol)
                        || cell.signature().outside().contains(symbol))
                .map(cell -> far(cell.box()))
                .toList());
    }

    private static List<Signature> ways(Signature signature, Symbol symbol) {
        return Stream.of(signature.insideOf(symbol), signature.outsideOf(symbol))
                .filter(Objects::nonNull)
                .map(way -> (Signature) way)
                .toList();
    }

    /** A symbol that a cell over {@code space} depends on and that the signature leaves open; null where there is none. */
    private @Nullable Symbol firstOpen(Signature signature, List<Cell> cells, AddressSet space) {
        for (Cell cell : cells) {
            if (!far(cell.box()).intersects(space)) {
                continue;
            }
            for (List<Symbol> symbols :
                    List.of(cell.signature().inside(), cell.signature().outside())) {
                for (Symbol symbol : symbols) {
                    if (signature.leavesOpen(symbol)) {
                        return symbol;
                    }
                }
            }
        }
        return null;
    }

    /** The sets that surely hold an address, among those that the cells speak of. Tags surely hold IPv4 addresses. */
    private List<SureSet> sureSets(List<Cell> cells) {
        Set<Symbol> symbols = new HashSet<>();
        for (Cell cell : cells) {
            symbols.addAll(cell.signature().inside());
            symbols.addAll(cell.signature().outside());
        }
        List<SureSet> sure = new ArrayList<>();
        // A verdict is about a flow that holds packets.
        Cell whole = flow.get(0);
        if (flow.stream()
                .allMatch(cell -> cell.signature().equals(whole.signature())
                        && far(cell.box()).equals(far(whole.box())))) {
            sure.add(new SureSet(far(whole.box()), whole.signature()));
        }
        for (Symbol symbol :
                symbols.stream().filter(Symbol::holdsPackets).sorted().toList()) {
            addIfConsistent(sure, PUBLIC_IPV4, Signature.NONE.insideOf(symbol));
            if (symbol.parent() == null) {
                addIfConsistent(sure, internet, Signature.NONE.outsideOf(symbol));
            } else {
                Signature holder = Signature.NONE.insideOf(symbol.parent());
                addIfConsistent(sure, PUBLIC_IPV4, holder == null ? null : holder.outsideOf(symbol));
            }
        }
        return sure;
    }

    private static void addIfConsistent(List<SureSet> sets, AddressSet space, @Nullable Signature signature) {
        if (signature != null && !space.isEmpty()) {
            sets.add(new SureSet(space, signature));
        }
    }

    private List<Box> without(Box box, List<Cell> others) {
        List<Box> rest = List.of(box);
        for (Box other : joined(others)) {
            List<Box> next = new ArrayList<>();
            for (Box piece : rest) {
                Box common = piece.intersect(other);
                if (common == null) {
                    next.add(piece);
                } else {
                    piece.minus(common, next);
                }
            }
            rest = next;
        }
        return rest;
    }

    /** The boxes of cells, as one where they differ in nothing but the far side. */
    private List<Box> joined(List<Cell> cells) {
        Map<Box, List<AddressSet>> farByRest = new LinkedHashMap<>();
        for (Cell cell : cells) {
            farByRest
                    .computeIfAbsent(withFar(cell.box(), AddressSet.EMPTY), rest -> new ArrayList<>())
                    .add(far(cell.box()));
        }
        return farByRest.entrySet().stream()
                .map(entry -> withFar(entry.getKey(), AddressSet.union(entry.getValue())))
                .toList();
    }

    private AddressSet far(Box box) {
        return direction == Direction.INBOUND ? box.source() : box.destination();
    }

    private Box withFar(Box box, AddressSet far) {
        return direction == Direction.INBOUND
                ? new Box(box.protocols(), far, box.sourcePorts(), box.destination(), box.destinationPorts())
                : new Box(box.protocols(), box.source(), box.sourcePorts(), far, box.destinationPorts());
    }
}
