package dev.netkb.api.internal.pack;

import dev.netkb.api.Baseline;
import java.time.YearMonth;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The months in which a requirement is in force.
 *
 * @param since the first month, null where it always was
 * @param until the first month in which it is no longer in force, null where it is
 */
public record Dates(@Nullable YearMonth since, @Nullable YearMonth until) {

    /** Reads two cells, empty where open. */
    public static Dates parse(String since, String until) {
        return new Dates(month(since), month(until));
    }

    private static @Nullable YearMonth month(String text) {
        return text.isBlank() ? null : YearMonth.parse(text.trim());
    }

    /**
     * Whether a requirement is applied.
     *
     * @param seed whether it is one of the seed article's
     * @param replaced whether a current requirement carries the same demand
     */
    public boolean inForce(Baseline baseline, boolean seed, boolean replaced) {
        return switch (baseline.kind()) {
            case SEED -> seed;
            case AUTO -> seed ? !replaced : until == null;
            case MONTH -> !(seed && replaced) && covers(Objects.requireNonNull(baseline.month()));
        };
    }

    /** The months in which it comes into force and ends, as far as it does. */
    public Stream<YearMonth> changes() {
        return Stream.of(since, until).filter(Objects::nonNull);
    }

    private boolean covers(YearMonth month) {
        return (since == null || !month.isBefore(since)) && (until == null || month.isBefore(until));
    }
}
