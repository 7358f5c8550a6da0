package dev.netkb.model.reach;

import org.jspecify.annotations.Nullable;

/**
 * A set of addresses that is known only by name: a service tag without data, or something that was not exported.
 *
 * @param name what people call it; symbols of one name are one set
 * @param parent the set that surely holds it, null where none is known
 * @param holdsPackets whether it surely holds an address, and its parent surely one more
 * @param missing what would have to be known, in words for the person who exports
 */
record Symbol(String name, @Nullable Symbol parent, boolean holdsPackets, String missing)
        implements Comparable<Symbol> {

    static Symbol tag(String name, @Nullable Symbol parent, boolean listed) {
        return new Symbol(name, parent, listed, "the addresses of service tag " + name);
    }

    /** Something unknown that may be any set of addresses, none and all included. */
    static Symbol unknown(String name, String missing) {
        return new Symbol(name, null, false, missing);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Symbol that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public int compareTo(Symbol other) {
        return name.compareTo(other.name);
    }
}
