package dev.netkb.cli;

import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which rules there are besides the packaged ones, and how far they are trusted. */
final class RulesOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "A folder of rules that adds to the packaged ones and wins over them. Repeatable; a later one"
                    + " wins over an earlier one.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--trust-rules",
            description =
                    "Let the rules of these folders be any DRL. Such rules can do whatever netkb itself can do, and a"
                            + " loop in one cannot be stopped: use it only for folders that nobody but you can write to.")
    private boolean trusted;

    @Option(
            names = "--rule-cache",
            paramLabel = "DIR",
            description = "Where compiled rules of folders are kept for the next run (default: a folder of the user's"
                    + " cache).")
    private @Nullable Path cache;

    @Option(names = "--no-rule-cache", description = "Keep no compiled rules.")
    private boolean uncached;

    /** @throws ParameterException when the options contradict each other */
    RuleSources sources(Surroundings surroundings) {
        if (uncached && cache != null) {
            throw new ParameterException(
                    command.commandLine(), "--rule-cache and --no-rule-cache contradict each other");
        }
        Path kept = cache == null ? surroundings.ruleCache() : cache;
        return new RuleSources(folders, trusted ? Trust.FULL : Trust.RESTRICTED, uncached ? null : kept);
    }

    /** As {@link #sources(Surroundings)}, with folders that win over all of them. */
    RuleSources sources(Surroundings surroundings, List<Path> last) {
        RuleSources sources = sources(surroundings);
        List<Path> all = new ArrayList<>(sources.folders());
        all.addAll(last);
        return new RuleSources(all, sources.trust(), sources.cache());
    }
}
