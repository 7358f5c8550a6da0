package dev.netkb.spark;

import dev.netkb.api.BatchEvaluation;
import dev.netkb.api.BatchOptions;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Parameter;
import dev.netkb.api.Parameters;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.accept.KnownViolations;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.read.file.SnapshotFiles.Found;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ServiceTags;
import dev.netkb.spark.SparkOptions.Folder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates lines by some options. There is one in each JVM for the same options; thread-safe. */
final class Evaluator {

    /** How places name a line, whatever it was read from. */
    static final String FILE = "snapshot.json";

    private static final Logger LOG = LoggerFactory.getLogger(Evaluator.class);

    private static final OncePerJvm<Evaluator> EVALUATORS = new OncePerJvm<>();
    private static final OncePerJvm<Judges> RULES = new OncePerJvm<>();

    private final Judges judges;
    private final SparkOptions options;
    private final BatchOptions reading;
    private final Acceptance acceptance;

    private Evaluator(SparkOptions options) {
        this.options = options;
        this.judges = judges(options);
        this.reading = BatchOptions.of(reader(options), 1)
                .withFailures((name, failure) -> LOG.warn("{} could not be evaluated", name, failure));
        this.acceptance = acceptance(options, judges);
    }

    /**
     * The rules of some options.
     *
     * @param waivers what folders accept, with the names that these folders have on the driver
     */
    private record Judges(KnowledgeBase rules, Waivers waivers) {}

    /** The one for these options, made when it is asked for first. */
    static Evaluator of(String key, Supplier<SparkOptions> options) {
        return EVALUATORS.get(key, () -> new Evaluator(options.get()));
    }

    /** The rules of some options. */
    static KnowledgeBase rules(SparkOptions options) {
        return judges(options).rules();
    }

    /**
     * The rows of one snapshot; none where the line is blank.
     *
     * @param name null where it has none
     * @param json UTF-8; null where there is nothing
     */
    List<ResultRow> rows(@Nullable String name, byte @Nullable [] json) {
        String called = name == null ? "(no name)" : name;
        if (json == null) {
            return ResultRows.of(missing(called));
        }
        Optional<Found> line = SnapshotFiles.line(called, FILE, json);
        if (line.isEmpty()) {
            return List.of();
        }
        SnapshotReport report =
                BatchEvaluation.one(line.get(), read -> judges.rules().evaluate(read, options.options()), reading);
        return ResultRows.of(acceptance.of(report));
    }

    private static SnapshotReport missing(String name) {
        Problem problem = new Problem(
                ProblemCode.NOT_ACCEPTED.code(),
                ProblemCode.NOT_ACCEPTED.level(),
                "there is no snapshot: the value is null",
                Place.NOWHERE,
                "Look why it is; where that is as it should be, leave such rows out: WHERE json IS NOT NULL.");
        return new SnapshotReport(name, false, false, List.of(problem), List.of(), List.of());
    }

    // ---- what it is made of

    private static Judges judges(SparkOptions options) {
        if (options.folders().isEmpty()) {
            return RULES.get("", () -> new Judges(KnowledgeBase.packaged(), Waivers.NONE));
        }
        String key = Shipped.of(new ArrayList<>(List.of(options.folders(), options.trust())))
                .key();
        return RULES.get(key, () -> load(options));
    }

    /** Loads folders as they were on the driver, from files that are gone again once they are loaded. */
    private static Judges load(SparkOptions options) {
        try (TemporaryFiles files = TemporaryFiles.create()) {
            List<Path> roots = new ArrayList<>();
            for (Folder folder : options.folders()) {
                roots.add(files.folder(folder));
            }
            KnowledgeBase rules = KnowledgeBase.load(new RuleSources(roots, options.trust(), null));
            return new Judges(rules, files.asNamed(rules.waivers()));
        }
    }

    private static Acceptance acceptance(SparkOptions options, Judges judges) {
        Parameters inForce = options.options().parameters().over(judges.rules().parameters());
        inForce.contradictions().stream().findFirst().ifPresent(trouble -> {
            throw new IllegalArgumentException(trouble.message() + "\n" + trouble.hint());
        });
        Waivers waivers = judges.waivers();
        KnownViolations known = KnownViolations.NONE;
        try (TemporaryFiles files = TemporaryFiles.create()) {
            for (SourceFile file : options.waivers()) {
                waivers = waivers.and(files.asNamed(
                        Waivers.load(files.file(file), judges.rules().ids())));
            }
            for (SourceFile file : options.known()) {
                known = KnownViolations.load(files.file(file), judges.rules().ids());
            }
        }
        return new Acceptance(waivers, known, options.today(), inForce.number(Parameter.WAIVER_SUBJECTS));
    }

    private static SnapshotReader reader(SparkOptions options) {
        SnapshotReader reader = SnapshotReader.create(options.templates());
        if (options.serviceTags().isEmpty()) {
            return reader;
        }
        ServiceTags tags = tags(tagData(options.serviceTags()));
        return source -> reader.read(source).withServiceTags(tags);
    }

    static ReadResult tagData(List<SourceFile> files) {
        return SnapshotReader.create().read(new SnapshotSource("service tags", files));
    }

    static ServiceTags tags(ReadResult read) {
        return read.snapshot() == null ? ServiceTags.NONE : read.snapshot().serviceTags();
    }
}
