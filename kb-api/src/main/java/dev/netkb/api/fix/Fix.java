package dev.netkb.api.fix;

import dev.netkb.model.report.Question;
import java.util.List;

/**
 * Edits of files that were tried out: with them the requirement is met, and nothing else is worse than before.
 *
 * @param question which violation they mend
 * @param description what they do, in a sentence
 * @param edits all of them, in files of the snapshot; their regions do not overlap
 */
public record Fix(Question question, String description, List<TextEdit> edits) {

    public Fix {
        edits = List.copyOf(edits);
    }
}
