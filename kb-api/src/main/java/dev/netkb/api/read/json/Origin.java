package dev.netkb.api.read.json;

import dev.netkb.model.value.Place;
import org.jspecify.annotations.Nullable;

/**
 * A position in a file. Pointers are built only when a place is asked for.
 *
 * @param parent the position of the object or list that it is in; null for the whole file
 * @param segment its key or index in there
 */
public record Origin(String file, @Nullable Origin parent, String segment) {

    static Origin root(String file) {
        return new Origin(file, null, "");
    }

    Origin below(String key) {
        return new Origin(file, this, key);
    }

    Place place() {
        StringBuilder pointer = new StringBuilder();
        appendTo(pointer);
        return new Place(file, pointer.toString());
    }

    private void appendTo(StringBuilder pointer) {
        if (parent != null) {
            parent.appendTo(pointer);
            pointer.append('/').append(Place.escape(segment));
        }
    }
}
