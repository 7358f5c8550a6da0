package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Parameter;
import dev.netkb.api.Parameters;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.accept.KnownViolations;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RulesRejectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options {@code --waivers} and {@code --known}: which violations are accepted. */
final class AcceptanceOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Option(
            names = "--waivers",
            paramLabel = "FILE",
            description =
                    "Violations that somebody accepts until a day: a list of {rule, subject, reason, owner, expires} in"
                            + " YAML or JSON. They are shown and counted, but fail nothing. Repeatable.")
    private List<Path> waivers = new ArrayList<>();

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description =
                    "Violations that were there before, as --update-known of netkb check wrote them: they are shown and"
                            + " counted, but only new ones fail.")
    private @Nullable Path known;

    @Nullable
    Path known() {
        return known;
    }

    /** Whether a file is named. */
    boolean given() {
        return known != null || !waivers.isEmpty();
    }

    /**
     * Reads the files that the options name.
     *
     * @param rules whose ids they name, and whose folders may bring waivers
     * @param asOf the point in time of {@code --as-of}; null where the day of the run counts
     * @param mayBeMissing whether the file of known violations is written only now
     * @param parameters what {@code --set} says
     * @throws CliException when a file cannot be read or something in it is wrong; then everything was told
     */
    Acceptance read(
            KnowledgeBase rules,
            @Nullable Instant asOf,
            Surroundings surroundings,
            boolean mayBeMissing,
            Parameters parameters) {
        return read(rules, rules.ids(), asOf, surroundings, mayBeMissing, parameters);
    }

    /**
     * As {@link #read(KnowledgeBase, Instant, Surroundings, boolean, Parameters)}, with more ids than the rules have.
     *
     * @param ids old or present id → the present one
     */
    Acceptance read(
            KnowledgeBase rules,
            Map<String, String> ids,
            @Nullable Instant asOf,
            Surroundings surroundings,
            boolean mayBeMissing,
            Parameters parameters) {
        List<RuleProblem> problems = new ArrayList<>();
        Waivers accepted = rules.waivers();
        for (Path file : waivers) {
            try {
                accepted = accepted.and(Waivers.load(file, ids));
            } catch (RulesRejectedException e) {
                problems.addAll(e.problems());
            }
        }
        KnownViolations before = KnownViolations.NONE;
        if (known != null && !(mayBeMissing && !Files.exists(known))) {
            try {
                before = KnownViolations.load(known, ids);
            } catch (RulesRejectedException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            RulesLintCommand.say(
                    problems, surroundings.style(), mixee.commandLine().getErr());
            throw new CliException(ExitStatus.NOT_LOADED, "nothing was checked, because what is accepted is not clear");
        }
        return new Acceptance(
                accepted,
                before,
                today(asOf, surroundings),
                parameters.over(rules.parameters()).number(Parameter.WAIVER_SUBJECTS));
    }

    private static LocalDate today(@Nullable Instant asOf, Surroundings surroundings) {
        return asOf == null
                ? LocalDate.now(surroundings.clock())
                : asOf.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
