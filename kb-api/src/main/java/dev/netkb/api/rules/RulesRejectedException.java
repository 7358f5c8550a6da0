package dev.netkb.api.rules;

import java.util.List;
import java.util.stream.Collectors;

/** Folders of rules that cannot be loaded; it knows every problem of them, not only the first one. */
public final class RulesRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<RuleProblem> problems;

    public RulesRejectedException(List<RuleProblem> problems) {
        super(problems.stream()
                .filter(RuleProblem::isError)
                .map(problem -> problem.code() + " " + problem.at().text() + ": " + problem.message())
                .collect(Collectors.joining("\n")));
        this.problems = problems.stream().sorted(RuleProblem.ORDER).toList();
    }

    /** Errors, and what was noticed besides, in the order of the files. */
    public List<RuleProblem> problems() {
        return problems;
    }
}
