package dev.netkb.api.internal.drools;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.Trust;
import java.nio.file.Path;
import java.util.List;
import org.drools.model.Model;
import org.jspecify.annotations.Nullable;

/** Compiles rules of folders and remembers what it compiled, so that only what changed is compiled again. */
final class RuleCompiler {

    RuleCompiler(ClassLoader loader, Trust trust, @Nullable Path cache) {}

    /** @param problems what is wrong with the rules is added to it; then the models are of no use */
    List<Model> compile(List<RuleText> rules, List<RuleProblem> problems) {
        return List.of();
    }
}
