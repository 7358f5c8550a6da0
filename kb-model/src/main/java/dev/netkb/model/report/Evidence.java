package dev.netkb.model.report;

import dev.netkb.model.value.Place;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something seen in the export that decided a result.
 *
 * @param key what it is, such as {@code delegation}
 * @param value what was seen
 * @param fact the fact it was seen on, null where there is none
 * @param at where it was read, {@link Place#NOWHERE} where it was not read from a file
 */
public record Evidence(String key, String value, @Nullable FactRef fact, Place at) {

    /** The same with another place. */
    Evidence withPlaces(UnaryOperator<Place> places) {
        return new Evidence(key, value, fact, places.apply(at));
    }
}
