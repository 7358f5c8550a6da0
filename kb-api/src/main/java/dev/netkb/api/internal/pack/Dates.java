package dev.netkb.api.internal.pack;

import dev.netkb.api.Baseline;
import java.time.YearMonth;
import java.util.Objects;
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
            case MONTH -> !seed && covers(Objects.requireNonNull(baseline.month()));
        };
    }

    private boolean covers(YearMonth month) {
        return (since == null || !month.isBefore(since)) && (until == null || month.isBefore(until));
    }
}
