package dev.netkb.model.reach;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which symbols an address lies inside of and which it lies outside of. Lying inside a symbol includes lying inside
 * its parent. Immutable; a contradiction has no signature.
 *
 * @param inside symbols that hold the address, parents included, sorted
 * @param outside symbols that do not hold it, sorted
 */
record Signature(List<Symbol> inside, List<Symbol> outside) {

    /** Nothing is said. */
    static final Signature NONE = new Signature(List.of(), List.of());

    boolean isNone() {
        return inside.isEmpty() && outside.isEmpty();
    }

    /** This and "inside the symbol"; null where that contradicts. */
    @Nullable
    Signature insideOf(Symbol symbol) {
        if (inside.contains(symbol)) {
            return this;
        }
        Signature base = symbol.parent() == null ? this : insideOf(symbol.parent());
        if (base == null || outside.contains(symbol)) {
            return null;
        }
        return new Signature(plus(base.inside, symbol), outside);
    }

    /** This and "outside the symbol"; null where that contradicts. */
    @Nullable
    Signature outsideOf(Symbol symbol) {
        if (inside.contains(symbol)) {
            return null;
        }
        if (excludes(symbol)) {
            return this;
        }
        return new Signature(inside, plus(outside, symbol));
    }

    /** Whether nothing is said about the symbol, neither that it holds the address nor that it does not. */
    boolean leavesOpen(Symbol symbol) {
        return !inside.contains(symbol) && !excludes(symbol);
    }

    /** Whether there is no address of which both can be said. */
    boolean contradicts(Signature other) {
        return haveCommon(outside, other.inside) || haveCommon(inside, other.outside);
    }

    /** Whether the other one says nothing more: this is the same as both. */
    boolean implies(Signature other) {
        return inside.containsAll(other.inside) && other.outside.stream().allMatch(this::excludes);
    }

    private static boolean haveCommon(List<Symbol> some, List<Symbol> others) {
        for (Symbol symbol : some) {
            if (others.contains(symbol)) {
                return true;
            }
        }
        return false;
    }

    private boolean excludes(Symbol symbol) {
        for (Symbol s = symbol; s != null; s = s.parent()) {
            if (outside.contains(s)) {
                return true;
            }
        }
        return false;
    }

    /** Both; null where they contradict. */
    @Nullable
    Signature and(Signature other) {
        if (other.isNone() || this == other) {
            return this;
        }
        Signature both = this;
        for (Symbol symbol : other.inside) {
            both = both == null ? null : both.insideOf(symbol);
        }
        for (Symbol symbol : other.outside) {
            both = both == null ? null : both.outsideOf(symbol);
        }
        return both;
    }

    /** What is left of this when {@code other} is taken away, as disjoint signatures. */
    List<Signature> minus(Signature other) {
        List<Signature> rest = new ArrayList<>();
        Signature within = this;
        for (Symbol symbol : other.inside) {
            add(rest, within.outsideOf(symbol));
            within = within.insideOf(symbol);
            if (within == null) {
                return rest;
            }
        }
        for (Symbol symbol : other.outside) {
            add(rest, within.insideOf(symbol));
            within = within.outsideOf(symbol);
            if (within == null) {
                return rest;
            }
        }
        return rest;
    }

    private void add(List<Signature> rest, @Nullable Signature part) {
        if (part != null) {
            rest.add(part);
        }
    }

    private static List<Symbol> plus(List<Symbol> symbols, Symbol symbol) {
        List<Symbol> more = new ArrayList<>(symbols.size() + 1);
        more.addAll(symbols);
        int at = Collections.binarySearch(symbols, symbol);
        more.add(at < 0 ? -at - 1 : at, symbol);
        return List.copyOf(more);
    }
}
