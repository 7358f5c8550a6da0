package dev.netkb.api.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the examples of a folder of rules.
 *
 * @param folder the folder as it was named
 * @param cases every case, in the order of the files
 * @param coverage every rule and row of the folder, and whether an example made it speak
 * @param mutation how many mutants the examples notice; null where nobody asked
 */
public record RuleTestReport(
        String folder,
        List<Case> cases,
        List<Coverage> coverage,
        @Nullable Mutation mutation) {

    public RuleTestReport {
        cases = List.copyOf(cases);
        coverage = List.copyOf(coverage);
    }

    /**
     * One case of one file of examples.
     *
     * @param file relative to the folder, with {@code /}
     * @param it what it shows
     * @param failures what was expected and what came instead; empty where it passed
     */
    public record Case(String file, String rule, String it, List<String> failures) {
        public Case {
            failures = List.copyOf(failures);
        }

        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /**
     * A rule or row.
     *
     * @param missing what no example made it do, such as {@code it never fires}; empty where it is covered
     */
    public record Coverage(RuleItem item, List<String> missing) {
        public Coverage {
            missing = List.copyOf(missing);
        }

        public boolean covered() {
            return missing.isEmpty();
        }
    }

    /**
     * How examples stand up to rules with one thing changed.
     *
     * @param tried how many mutants there were, without those that cannot be compiled
     * @param noticed how many of these made an example fail
     * @param survivors the others
     */
    public record Mutation(int tried, int noticed, List<Survivor> survivors) {
        public Mutation {
            survivors = List.copyOf(survivors);
        }
    }

    /** A mutant that no example noticed. */
    public record Survivor(RuleItem item, String place, String change) {}

    public int passed() {
        return (int) cases.stream().filter(Case::passed).count();
    }

    public int failed() {
        return cases.size() - passed();
    }

    public int covered() {
        return (int) coverage.stream().filter(Coverage::covered).count();
    }
}
