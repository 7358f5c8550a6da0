package dev.netkb.api.rules;

import dev.netkb.api.KnowledgeBase;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rules of which one was changed in one place on purpose: examples that are worth their name notice it.
 *
 * @param item the rule or row that was changed
 * @param place where the change is
 * @param change what was changed, such as {@code ports 3443 -> 3444}
 * @param rules the changed rules; empty where they cannot be compiled, so that nobody could have written them
 */
public record RuleMutant(RuleItem item, String place, String change, Supplier<Optional<KnowledgeBase>> rules) {}
