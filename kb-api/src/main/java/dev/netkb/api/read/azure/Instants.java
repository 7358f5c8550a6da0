package dev.netkb.api.read.azure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Points in time as Azure writes them. */
final class Instants {

    private Instants() {}

    /** The point in time, null where the text is none. */
    static @Nullable Instant parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // Whoever asks says what it means that there is none.
            return null;
        }
    }
}
