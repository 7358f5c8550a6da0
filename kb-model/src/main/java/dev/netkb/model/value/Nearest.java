package dev.netkb.model.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what a user may have meant. Pure functions. */
public final class Nearest {

    private static final int SHOWN = 3;

    private Nearest() {}

    /**
     * Up to three of the known words that are like the given one, the most alike first; empty where none is. A word that
     * is clearly less alike than the best one is left out.
     */
    public static List<String> to(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        int far = Math.max(2, wanted.length() / 3);
        int best = known.stream().mapToInt(each -> distance(wanted, each)).min().orElse(far);
        int limit = Math.min(far, best + 1);
        return known.stream()
                .filter(each -> distance(wanted, each) <= limit)
                .sorted(Comparator.comparingInt((String each) -> distance(wanted, each))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    /** A question for the end of a message, with a blank before it; empty where nothing is alike. */
    public static String question(String word, Collection<String> known) {
        List<String> nearest = to(word, known);
        return nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
    }

    private static int distance(String wanted, String known) {
        String other = known.toLowerCase(Locale.ROOT);
        // A word that is only begun or is a part of the other is as good as a slip of the finger.
        return other.startsWith(wanted) || wanted.length() > 2 && other.contains(wanted) ? 1 : edits(wanted, other);
    }

    /** A line of advice such as {@code Maybe Sql or Storage.}, empty where nothing is alike. */
    public static String advice(List<String> nearest) {
        return nearest.isEmpty() ? "" : "Maybe " + String.join(" or ", nearest) + ".";
    }

    /** How many letters have to be added, removed or changed. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
