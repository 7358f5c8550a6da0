package dev.netkb.cli;

import dev.netkb.api.Baseline;
import dev.netkb.api.Options;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.render.JsonRenderer;
import dev.netkb.api.render.ReportRenderer;
import dev.netkb.api.render.TableRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code netkb check}: evaluates snapshots and reports what is wrong. */
@Command(
        name = "check",
        description = "Evaluates snapshots: which requirements are violated, by what, and how to mend it.")
final class CheckCommand implements Callable<Integer> {

    private static final int MOST_THREADS = 1_024;

    /** The problem of a snapshot without a service. */
    private static final String NO_SERVICE = "KB-N201";

    /** The problem of a snapshot in which there is nothing that is read. */
    private static final String NOTHING_UNDERSTOOD = "KB-N109";

    /** Of many snapshots without a service so many are named. */
    private static final int SNAPSHOTS_NAMED = 3;

    /** The severity from which on a violation makes the command fail. */
    enum FailOn {
        ERROR,
        WARNING,
        INFO,
        NEVER;

        boolean isReachedBy(Report.Summary summary) {
            return isReachedBy(summary.errors(), summary.warnings(), summary.infos());
        }

        boolean isReachedBy(int errors, int warnings, int infos) {
            return switch (this) {
                case ERROR -> errors > 0;
                case WARNING -> errors + warnings > 0;
                case INFO -> errors + warnings + infos > 0;
                case NEVER -> false;
            };
        }

        /** Reads the word exactly as the help prints it. */
        static final class Converter implements ITypeConverter<FailOn> {
            @Override
            public FailOn convert(String value) {
                for (FailOn each : values()) {
                    if (each.name().toLowerCase(Locale.ROOT).equals(value)) {
                        return each;
                    }
                }
                throw new TypeConversionException("'" + value + "' is none of error, warning, info, never");
            }
        }
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

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = {
                "A snapshot: " + Inputs.ONE_SNAPSHOT,
                "A file .jsonl or .ndjson (also .gz) holds one snapshot a line."
            })
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--each",
            paramLabel = "DIR",
            description =
                    "Take every file, archive and folder in DIR as a snapshot of its own (.jsonl: every line). Repeatable.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "auto|seed|YYYY-MM",
            defaultValue = "auto",
            converter = BaselineConverter.class,
            description = "Which requirements apply: the newest for each location's platform (auto, the default), the"
                    + " article of December 2016 (seed), or those in force in a month.")
    private Baseline baseline = Baseline.AUTO;

    @Option(
            names = "--service-tags",
            paramLabel = "FILE",
            description = "Service tag data for all snapshots: a ServiceTags_*.json, or what az network"
                    + " list-service-tags prints.")
    private @Nullable Path serviceTags;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "The point in time from which the age of a network status is counted, such as"
                    + " 2026-11-20T09:30:00Z (default: the newest one that each snapshot names).")
    private @Nullable Instant asOf;

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    @Mixin
    private AcceptanceOptions acceptance = new AcceptanceOptions();

    @Mixin
    private KnownUpdate knownUpdate = new KnownUpdate();

    @Mixin
    private TemplateOptions templates = new TemplateOptions();

    @Option(names = "--all", description = "Report what passed and what does not apply too.")
    private boolean all;

    @Option(
            names = "--format",
            paramLabel = "FMT[=FILE]",
            converter = OutputTarget.Converter.class,
            description = "table (the default) or json; with =FILE into a file, which is written whole or not at all."
                    + " Repeatable.")
    private List<OutputTarget> formats = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "error|warning|info|never",
            defaultValue = "error",
            converter = FailOn.Converter.class,
            description = "The severity from which on violations make the exit status 4 (default: error).")
    private FailOn failOn = FailOn.ERROR;

    @Option(names = "--fail-on-undetermined", description = "Make the exit status 5 where something is undetermined.")
    private boolean failOnUndetermined;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many snapshots are evaluated at a time (default: the number of processors).")
    private @Nullable Integer threads;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        List<OutputTarget> targets = OutputTarget.checked(formats, command.commandLine());
        checkInputs();
        knownUpdate.check(acceptance.known(), surroundings);
        int threadCount = threadCount();

        ServiceTags tags = serviceTags == null ? null : TagFile.read(serviceTags, surroundings.reader(), messages);
        Options options = new Options(baseline, all, asOf, parameters.read());
        Surroundings once = surroundings.once();
        // What is wrong with a file that is named comes first; without one the rules are loaded while snapshots are
        // read.
        Acceptance given = acceptance.given() ? accepted(once, options, messages) : null;
        Evaluation.Outcome outcome =
                new Evaluation(templates.in(once), options, threadCount, tags, messages).run(paths, folders);

        Acceptance accepted = given == null ? accepted(once, options, messages) : given;
        Report report = accepted.of(outcome.report());
        if (!OutputTarget.showTable(targets)) {
            rejections(report, messages);
        }
        OutputTarget.write(
                targets,
                (format, style, out) -> renderer(format, style).render(report, out),
                surroundings.style(),
                command.commandLine().getOut(),
                messages);
        nothingChecked(report, messages);
        unused(accepted, outcome.report(), messages);
        Path known = acceptance.known();
        if (known != null && knownUpdate.wanted()) {
            knownUpdate.write(known, accepted, report, messages);
        }
        return outcome.status().and(status(report)).code();
    }

    private Acceptance accepted(Surroundings once, Options options, Messages messages) {
        parameters.tell(once.rules(), messages);
        return acceptance.read(once.rules(), asOf, once, knownUpdate.wanted(), options.parameters(), messages);
    }

    private void checkInputs() {
        if (paths.isEmpty() && folders.isEmpty()) {
            throw usage("nothing to check: name at least one PATH, or --each DIR");
        }
        if (paths.stream().filter(Inputs::isStandardInput).count() > 1) {
            throw usage("standard input (-) can be read only once");
        }
    }

    private int threadCount() {
        return threads == null
                ? Runtime.getRuntime().availableProcessors()
                : checkedThreads(threads, command.commandLine());
    }

    /** @throws ParameterException when there cannot be so many */
    static int checkedThreads(int threads, CommandLine commandLine) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ParameterException(
                    commandLine, "--threads is " + threads + " but must be from 1 to " + MOST_THREADS);
        }
        return threads;
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static void rejections(Report report, Messages messages) {
        for (SnapshotReport snapshot : report.snapshots()) {
            if (!snapshot.evaluated()) {
                Optional<Problem> error = snapshot.problems().stream()
                        .filter(p -> p.level() == Problem.Level.ERROR)
                        .findFirst();
                messages.notice(snapshot.source() + " was rejected"
                        + error.map(TagFile::inWords).orElse(""));
            }
        }
    }

    /** A run that checked nothing must not look like one in which all is well. */
    private static void nothingChecked(Report report, Messages messages) {
        if (report.summary().locations() > 0 || report.summary().evaluated() == 0) {
            return;
        }
        List<Problem> why = report.snapshots().stream()
                .flatMap(snapshot -> snapshot.problems().stream())
                .filter(problem -> problem.code().equals(NO_SERVICE))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("nothing was checked, which is no pass: there is no location of an API Management service");
        why.stream().limit(SNAPSHOTS_NAMED).map(Problem::message).forEach(lines::add);
        if (why.size() > SNAPSHOTS_NAMED) {
            lines.add("and so in " + (why.size() - SNAPSHOTS_NAMED) + " more snapshots");
        }
        why.stream().limit(1).map(Problem::hint).forEach(lines::add);
        messages.error(lines);
    }

    /** Of one snapshot the report itself tells it. */
    private static void unused(Acceptance accepted, Report report, Messages messages) {
        if (report.snapshots().size() > 1) {
            accepted.unused(report.snapshots())
                    .forEach(problem -> messages.notice(List.of(
                            problem.code() + " " + problem.at().file() + ":"
                                    + problem.at().line() + ": " + problem.message(),
                            problem.hint())));
        }
    }

    private static ReportRenderer renderer(Format format, TextStyle style) {
        return switch (format) {
            case TABLE -> new TableRenderer(style);
            case JSON -> new JsonRenderer();
        };
    }

    private ExitStatus status(Report report) {
        Report.Summary summary = report.summary();
        boolean notLoaded = summary.rejected() > 0
                || report.snapshots().stream()
                        .flatMap(snapshot -> snapshot.problems().stream())
                        .anyMatch(problem -> problem.code().equals(NOTHING_UNDERSTOOD));
        ExitStatus status = notLoaded ? ExitStatus.NOT_LOADED : ExitStatus.OK;
        if (failOn.isReachedBy(summary)) {
            status = status.and(ExitStatus.VIOLATIONS);
        }
        if (failOnUndetermined && summary.undetermined() > 0) {
            status = status.and(ExitStatus.UNDETERMINED);
        }
        return status;
    }
}
