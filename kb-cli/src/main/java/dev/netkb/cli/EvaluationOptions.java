package dev.netkb.cli;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Limits;
import dev.netkb.api.Options;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.model.value.ServiceTags;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * By what snapshots are judged: the requirements, and what is known besides the exports. Every command that evaluates
 * takes all of these options, and whatever else changes a verdict belongs here.
 */
final class EvaluationOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--baseline",
            paramLabel = "auto|seed|YYYY-MM",
            defaultValue = "auto",
            converter = BaselineConverter.class,
            description = "Which requirements apply: the newest for each location's platform (auto, the default), the"
                    + " article of December 2016 (seed), or those in force in a month.")
    private Baseline baseline = Baseline.AUTO;

    @Mixin
    private ServiceTagOption serviceTags;

    @Mixin
    private RulesOptions rules;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "The point in time from which the age of a network status is counted, such as"
                    + " 2026-11-20T09:30:00Z (default: the newest one that each snapshot names).")
    private @Nullable Instant asOf;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description =
                    "How long the rules may take for one snapshot; what takes longer is stopped, and the snapshot is"
                            + " incomplete (default: 600).")
    private @Nullable Integer timeLimit;

    @Mixin
    private ParameterOptions parameters;

    /**
     * The tag data for every snapshot; null where each has its own or none.
     *
     * @throws CliException when the file cannot be read or holds no tags
     */
    @Nullable
    ServiceTags serviceTags(SnapshotReader reader, Messages messages) {
        return serviceTags.read(reader, messages);
    }

    /** The file of {@code --service-tags}; null where none is given. */
    @Nullable
    Path serviceTagFile() {
        return serviceTags.file();
    }

    /**
     * Where the rules come from.
     *
     * @throws ParameterException when the options contradict each other
     */
    RuleSources rules(Surroundings surroundings) {
        return rules.sources(surroundings);
    }

    /**
     * @param all whether what passed and does not apply is wanted too
     * @throws ParameterException when there is no such parameter of the rules, or its value is none
     */
    Options options(boolean all) {
        Options options = new Options(baseline, all, asOf, parameters.read(command.commandLine()));
        if (timeLimit == null) {
            return options;
        }
        if (timeLimit < 1) {
            throw new ParameterException(
                    command.commandLine(), "--time-limit is " + timeLimit + " but must be 1 second or more");
        }
        return options.withLimits(Limits.DEFAULT.withMaxTime(Duration.ofSeconds(timeLimit)));
    }

    /**
     * Tells with {@code --verbose} which parameters are not as they are anyway.
     *
     * @throws ParameterException when an option contradicts what a folder of rules says
     */
    void tell(KnowledgeBase knowledgeBase, Messages messages) {
        parameters.tell(knowledgeBase, command.commandLine(), messages);
    }

    static final class BaselineConverter implements ITypeConverter<Baseline> {
        @Override
        public Baseline convert(String value) {
            try {
                return Baseline.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class InstantConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String value) {
            try {
                return OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + value + "' is no point in time with its offset, such as 2026-11-20T09:30:00Z");
            }
        }
    }
}
