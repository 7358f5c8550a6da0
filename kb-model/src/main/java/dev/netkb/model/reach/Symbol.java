package dev.netkb.model.reach;

import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import org.jspecify.annotations.Nullable;

/**
 * A set of addresses that is known only by name: a service tag without data, or something that was not exported.
 *
 * @param key symbols of one key are one set
 * @param name what people call it
 * @param parent the set that surely holds it, null where none is known
 * @param holdsPackets whether it surely holds an address, and its parent surely one more
 * @param missing what would have to be known, in words for the person who exports
 */
record Symbol(String key, String name, @Nullable Symbol parent, boolean holdsPackets, String missing)
        implements Comparable<Symbol> {

    private static final String RULES = " by unknown rules";

    static Symbol tag(ServiceTag tag, @Nullable Symbol parent, boolean holdsPackets) {
        return new Symbol(
                tag.canonicalKey(), tag.name(), parent, holdsPackets, "the addresses of service tag " + tag.name());
    }

    /**
     * Something unknown that may be any set of addresses, none and all included.
     *
     * @param key what it is unknown about, by ids: things that are written alike need not be alike
     */
    static Symbol unknown(String key, String name, String missing) {
        return new Symbol("?" + key, name, null, false, missing);
    }

    /** What a rule set lets through that was not exported. */
    static Symbol allowedBy(ResourceId id, String missing) {
        return ofUnknownRules(id.key(), "packets that " + id.key() + " allows", missing);
    }

    /** Packets that something takes, or lets through, of which nobody knows the rules. */
    static Symbol ofUnknownRules(String key, String name, String missing) {
        return unknown(key + RULES, name, missing);
    }

    /** Whether unknown rules decide what is in it, rather than unknown addresses. */
    boolean isOfUnknownRules() {
        return key.endsWith(RULES);
    }

    /** Whether it is a service tag, rather than something else that was not exported. */
    boolean isTag() {
        return !key.startsWith("?");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        // Keys are long and begin alike; that they differ is seen at their hashes, which they remember.
        return this == other
                || other instanceof Symbol that && key.hashCode() == that.key.hashCode() && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public int compareTo(Symbol other) {
        return key.compareTo(other.key);
    }
}
