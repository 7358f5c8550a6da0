package dev.netkb.api.fix;

import dev.netkb.model.report.Question;
import java.util.List;

/**
 * What came of a search for fixes.
 *
 * @param fixes at most one for each violation, in the order of the results
 * @param untried how many violations an edit might mend that was not tried, because enough were
 */
public record FixesFound(List<Fix> fixes, int untried) {

    public static final FixesFound NONE = new FixesFound(List.of(), 0);

    public FixesFound {
        fixes = List.copyOf(fixes);
    }

    /** Those of one violation. */
    public List<Fix> of(Question question) {
        return fixes.stream().filter(fix -> fix.question().equals(question)).toList();
    }
}
