package dev.netkb.api.internal.drools.language;

import java.util.List;
import java.util.Set;

/**
 * Rules that passed the check.
 *
 * @param line the line of the file in which the text begins, from 1
 * @param preamble package and imports, on one line and without its end; where the text is a whole file, the imports that it
 *     lacks
 * @param text without comments
 */
public record CheckedRule(String file, int line, List<String> names, Set<String> ids, String preamble, String text) {

    public CheckedRule {
        names = List.copyOf(names);
        ids = Set.copyOf(ids);
    }
}
