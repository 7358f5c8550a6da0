package dev.netkb.api.accept;

import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which subjects are meant: an id in which {@code *} stands for any text, slashes too; letter case does not matter.
 *
 * @param text as it was written
 */
record SubjectPattern(String text) {

    /** Parts of every id, which narrow nothing. */
    private static final Set<String> COMMON = Set.of("subscriptions", "resourcegroups", "providers", "");

    boolean matches(ResourceId id) {
        return matches(text.toLowerCase(Locale.ROOT), id.text().toLowerCase(Locale.ROOT));
    }

    /** Greedy with one way back to the last star: in proportion to the product of the lengths at worst. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /**
     * Whether it names neither a resource group nor a resource, so that it means a whole subscription or more, such as
     * {@code *} or {@code /subscriptions/0000/*}.
     */
    boolean isWholeSubscription() {
        if (text.indexOf('*') < 0) {
            return false;
        }
        List<String> parts = List.of(text.toLowerCase(Locale.ROOT).split("/", -1));
        for (int i = 0; i < parts.size(); i++) {
            boolean subscription = i > 0 && parts.get(i - 1).equals("subscriptions");
            String part = parts.get(i).replace("*", "");
            if (!subscription && !COMMON.contains(part)) {
                return false;
            }
        }
        return true;
    }
}
