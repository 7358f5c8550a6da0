package dev.netkb.model.report;

import org.jspecify.annotations.Nullable;

/**
 * The document that demands something.
 *
 * @param document its key in the list of sources, such as {@code INJ-2504}
 * @param date its date as it prints it
 * @param section the part of it, null where the whole
 * @param url null where it has none
 */
public record Source(
        String document,
        @Nullable String date,
        @Nullable String section,
        @Nullable String url) {}
