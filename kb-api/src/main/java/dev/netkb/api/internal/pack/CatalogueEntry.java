package dev.netkb.api.internal.pack;

import java.util.List;

/**
 * An id of the catalogue that is neither a rule nor a row of a table.
 *
 * @param kind {@code modifier} or {@code note}
 * @param reason for a note, why no export decides it and what to do instead; else empty
 */
public record CatalogueEntry(
        String id, String kind, String title, String description, String reason, String source, List<String> models) {}
