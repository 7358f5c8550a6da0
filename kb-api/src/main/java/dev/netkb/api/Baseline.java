package dev.netkb.api;

import java.io.Serializable;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Which requirements are applied: the newest for the platform of each location, the seed article's, or those in force
 * in a month.
 *
 * @param kind which of the three
 * @param month the month, null unless {@code kind} is {@link Kind#MONTH}
 */
public record Baseline(Kind kind, @Nullable YearMonth month) implements Serializable {

    /** The three ways to choose. */
    public enum Kind {
        AUTO,
        SEED,
        MONTH
    }

    /** The month of the seed article. */
    public static final YearMonth FIRST = YearMonth.of(2016, 12);

    /** The newest requirements for each location's platform. */
    public static final Baseline AUTO = new Baseline(Kind.AUTO, null);

    /** The article of December 2016 alone. */
    public static final Baseline SEED = new Baseline(Kind.SEED, null);

    /**
     * Reads {@code auto}, {@code seed} or {@code YYYY-MM}.
     *
     * @throws IllegalArgumentException when the text is none of them
     */
    public static Baseline parse(String text) {
        return switch (text.trim()) {
            case "auto" -> AUTO;
            case "seed" -> SEED;
            default -> month(text);
        };
    }

    private static Baseline month(String text) {
        try {
            YearMonth month = YearMonth.parse(text.trim());
            if (month.isBefore(FIRST)) {
                throw new IllegalArgumentException(
                        "'" + text + "' is before the first requirements, which are of " + FIRST);
            }
            return new Baseline(Kind.MONTH, month);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a baseline: use auto, seed or YYYY-MM", e);
        }
    }

    @Override
    public String toString() {
        return month == null ? kind.name().toLowerCase(java.util.Locale.ROOT) : month.toString();
    }
}
