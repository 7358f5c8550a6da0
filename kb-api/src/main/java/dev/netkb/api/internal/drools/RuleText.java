package dev.netkb.api.internal.drools;

import java.util.List;
import java.util.Set;

/**
 * Rules as text that compile by themselves: at the restricted level one rule, at the full level one file.
 *
 * @param file relative to the folder, with {@code /}
 * @param line the line of the file in which the text begins, from 1
 * @param names the names of its rules
 * @param ids the ids that they decide
 * @param preamble what has to stand before it, without a line end: the package and imports. Empty where the text is a whole file
 * @param text what stands in the file
 */
record RuleText(String file, int line, List<String> names, Set<String> ids, String preamble, String text) {

    RuleText {
        names = List.copyOf(names);
        ids = Set.copyOf(ids);
    }

    RuleText withText(String other) {
        return new RuleText(file, line, names, ids, preamble, other);
    }
}
