package dev.netkb.model.value;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a fact comes from and what of it could not be known.
 *
 * @param place where the fact was read
 * @param unknown field name → why its value is unknown, such as the template expression without a value
 */
public record Provenance(Place place, Map<String, String> unknown) {

    public static final Provenance NONE = new Provenance(Place.NOWHERE, Map.of());

    public Provenance {
        unknown = Map.copyOf(unknown);
    }

    public static Provenance at(Place place) {
        return new Provenance(place, Map.of());
    }

    public boolean knows(String field) {
        return !unknown.containsKey(field);
    }

    /** The same provenance with one more unknown field. */
    public Provenance withUnknown(String field, String reason) {
        Map<String, String> all = new TreeMap<>(unknown);
        all.put(field, reason);
        return new Provenance(place, all);
    }

    /** Provenance says where a fact was read, not what it is: it never makes two facts different. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Provenance that && unknown.equals(that.unknown);
    }

    @Override
    public int hashCode() {
        return unknown.hashCode();
    }
}
