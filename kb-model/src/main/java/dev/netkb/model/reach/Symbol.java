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

    private static final String ALLOWS = " allows";

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
        return allowed(id.key(), "packets that " + id.key() + " allows", missing);
    }

    /** What something lets through of which nobody knows the rules. */
    static Symbol allowed(String key, String name, String missing) {
        return unknown(key + ALLOWS, name, missing);
    }

    /** Whether it is what some unknown rules let through, rather than a set of addresses. */
    boolean isOfUnknownRules() {
        return key.endsWith(ALLOWS);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Symbol that && key.equals(that.key);
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
