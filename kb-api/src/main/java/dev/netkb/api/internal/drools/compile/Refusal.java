package dev.netkb.api.internal.drools.compile;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something that compiled rules name or do, and may not.
 *
 * @param owner a class; empty where it is not about one
 * @param member a field or method of it, or a word of the language; empty where it is about the class
 */
public record Refusal(String owner, String member) {

    static final String LOOP = "for";

    /** How a rule may spell it, the likeliest first. */
    public List<String> spellings() {
        if (member.equals(LOOP)) {
            return List.of("while", "for", "do");
        }
        String simple = owner.substring(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')) + 1);
        return Stream.of(member, simple).filter(word -> !word.isEmpty() && !word.startsWith("<")).toList();
    }
}
