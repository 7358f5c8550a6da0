package dev.netkb.api.internal.pack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of a requirement table, in the order in which they are written. */
enum Column {
    ID,
    TITLE,
    SINCE,
    UNTIL,
    MODELS,
    PLATFORMS,
    NETWORK_TYPES,
    TIERS,
    SCOPE,
    CLOUDS,
    DIRECTION,
    PROTOCOL,
    SOURCE_PORTS,
    PORTS,
    REMOTE,
    HOSTS,
    ACCEPTS,
    FQDN_TAGS,
    OPTIONAL,
    FEATURE,
    REGIONAL,
    SEVERITY,
    GRAVER_WITH,
    MODIFIERS,
    SOURCE,
    PURPOSE,
    ENABLED,
    FORMERLY;

    /** What every row says, besides {@link #REMOTE} or {@link #HOSTS}. */
    static final Set<Column> REQUIRED = Set.of(ID, DIRECTION, PROTOCOL, PORTS, SEVERITY);

    private static final Map<String, Column> BY_KEY = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(column -> key(column.word()), Function.identity()));

    /** The name in the header row. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The column of a header cell, whatever its letter case, blanks, hyphens and underscores. */
    static Optional<Column> of(String header) {
        return Optional.ofNullable(BY_KEY.get(key(header)));
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Column::word).toList();
    }

    private static String key(String header) {
        return header.toLowerCase(Locale.ROOT).replaceAll("[\\s\\u00A0_-]", "");
    }
}
