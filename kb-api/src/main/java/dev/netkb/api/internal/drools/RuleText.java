package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.pack.Selectors;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rules as text that compile by themselves: at the restricted level one rule, at the full level one file.
 *
 * @param file relative to the folder, with {@code /}
 * @param line the line of the file in which the text begins, from 1
 * @param names the names of its rules
 * @param ids the ids that they decide
 * @param preamble what has to stand before it, without a line end: the package and imports; where the text is a whole file, the
 *     imports that it lacks
 * @param text what stands in the file
 */
record RuleText(String file, int line, List<String> names, Set<String> ids, String preamble, String text) {

    private static final Pattern FORMERLY = Pattern.compile("@formerly\\(\\s*\"([^\"]*)\"\\s*\\)");

    RuleText {
        names = List.copyOf(names);
        ids = Set.copyOf(ids);
    }

    /** The ids that its requirements had before they were renamed: {@code @formerly}. */
    Set<String> formerly() {
        return FORMERLY.matcher(text)
                .results()
                .flatMap(found -> Selectors.list(found.group(1)).stream())
                .collect(Collectors.toSet());
    }

    /** The name of the last rule that begins before a place in the text. */
    String nameBefore(int offset) {
        return names.stream()
                .filter(name -> text.indexOf('"' + name + '"') <= offset)
                .reduce((earlier, later) -> later)
                .orElse(names.get(0));
    }

    RuleText withText(String other) {
        return new RuleText(file, line, names, ids, preamble, other);
    }
}
