package dev.netkb.model.reach;

import dev.netkb.model.reach.FlowDecision.Piece;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of packets, exactly: a union of disjoint boxes. Where sets without data decide, a box holds those of its packets
 * that lie inside and outside of the named sets. Immutable.
 */
public final class PacketSet {

    /** The empty set. */
    public static final PacketSet EMPTY = new PacketSet(List.of());

    /** A limit on the parts of a difference; only flows that hundreds of tags without data cut come to it. */
    private static final int MAX_PARTS = 20_000;

    private final List<Cell> cells;

    PacketSet(List<Cell> cells) {
        this.cells = List.copyOf(cells);
    }

    /**
     * The packets of this set that are not in another one, as disjoint pieces; no piece where there are none. Empty where
     * there are too many pieces to tell.
     */
    public Optional<List<Piece>> minus(PacketSet other) {
        if (equals(other)) {
            return Optional.of(List.of());
        }
        List<Cell> rest = cells;
        for (Cell cell : other.cells) {
            rest = Reachability.subtract(rest, cell);
            if (rest.size() > MAX_PARTS) {
                return Optional.empty();
            }
        }
        return Optional.of(rest.stream().map(Reachability::piece).toList());
    }

    /** Whether both are made of the same boxes; sets of the same packets may be cut differently, see {@link #minus}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PacketSet that && cells.equals(that.cells);
    }

    @Override
    public int hashCode() {
        return cells.hashCode();
    }

    @Override
    public String toString() {
        return cells.toString();
    }
}
