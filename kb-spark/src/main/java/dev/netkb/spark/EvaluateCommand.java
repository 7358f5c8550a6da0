package dev.netkb.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.netkb.api.Baseline;
import dev.netkb.api.Limits;
import dev.netkb.api.Options;
import dev.netkb.api.Parameters;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads snapshots, one a line, evaluates them, and writes a table of results. */
@Command(
        name = "netkb-spark",
        mixinStandardHelpOptions = true,
        description =
                "Evaluates snapshots on Spark, one a line of JSON, and writes a table of results. Options are those of"
                        + " netkb check.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:the table was written, whatever the results are",
            " 1:the job failed",
            " 2:wrong use of the command line, or the output is there already",
            " 3:some input, rule or file of accepted violations could not be loaded"
        })
final class EvaluateCommand implements Callable<Integer> {

    /** What cannot hold a table with lists in its cells. */
    private static final Set<String> FLAT = Set.of("csv", "text", "xml");

    @Spec
    private CommandSpec command = CommandSpec.create();

    @picocli.CommandLine.Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description =
                    "Files, folders or patterns of JSON lines (.jsonl, .jsonl.gz) in UTF-8, wherever Spark can read.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Where the table is written, wherever Spark can write.")
    private String output = "";

    @Option(
            names = "--output-format",
            paramLabel = "NAME",
            defaultValue = "parquet",
            description = "parquet (the default), orc, json, or another that Spark has a package for, such as delta.")
    private String outputFormat = "parquet";

    @Option(names = "--overwrite", description = "Replace an output that is there already.")
    private boolean overwrite;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "Spread the lines over N tasks before they are evaluated. Wanted for .gz files, each of which is"
                            + " one task otherwise.")
    private @Nullable Integer partitions;

    @Option(
            names = "--baseline",
            paramLabel = "auto|seed|YYYY-MM",
            defaultValue = "auto",
            description = "Which requirements apply: the newest for each location's platform (auto, the default), the"
                    + " article of December 2016 (seed), or those in force in a month.")
    private String baseline = "auto";

    @Option(names = "--all", description = "Also what passed and what does not apply.")
    private boolean all;

    @Option(
            names = "--service-tags",
            paramLabel = "FILE",
            description = "Service tag data for all snapshots. This file and those below are read by the driver.")
    private @Nullable Path serviceTags;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "A folder of rules that adds to the packaged ones and wins over them. Repeatable.")
    private List<Path> rules = new ArrayList<>();

    @Option(
            names = "--trust-rules",
            description = "Let the rules of these folders be any DRL, which can do whatever an executor can do.")
    private boolean trusted;

    @Option(
            names = "--waivers",
            paramLabel = "FILE",
            description = "Violations that somebody accepts until a day. Repeatable.")
    private List<Path> waivers = new ArrayList<>();

    @Option(names = "--known", paramLabel = "FILE", description = "Violations that were there before.")
    private @Nullable Path known;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A parameter of the rules; repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description =
                    "The point in time from which the age of a network status is counted, and on whose day waivers"
                            + " hold (default: the newest that each snapshot names; today).")
    private @Nullable String asOf;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "How long the rules may take for one snapshot (default: 600).")
    private @Nullable Integer timeLimit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (FLAT.contains(outputFormat)) {
            throw misuse("--output-format " + outputFormat + " cannot hold lists: use parquet, orc or json. For a"
                    + " spreadsheet, netkb check --format csv writes what is safe to open in one.");
        }
        if (partitions != null && partitions < 1) {
            throw misuse("--partitions is " + partitions + " but must be 1 or more");
        }
        SparkOptions options = options();
        try (SparkSession spark = SparkSession.builder().appName("netkb").getOrCreate()) {
            SaveMode mode = mode(spark);
            Dataset<String> lines = spark.read()
                    // As in the local batch: a carriage return alone ends no line.
                    .option("lineSep", "\n")
                    .textFile(inputs.toArray(String[]::new));
            write(
                    SnapshotEvaluation.evaluate(partitions == null ? lines : lines.repartition(partitions), options),
                    mode);
        }
        return Main.OK;
    }

    private SparkOptions options() {
        SparkOptions options = SparkOptions.create().withOptions(evaluation());
        if (asOf != null) {
            options = options.withToday(LocalDate.ofInstant(instant(asOf), ZoneOffset.UTC));
        }
        if (!rules.isEmpty()) {
            options = options.withRules(new RuleSources(rules, trusted ? Trust.FULL : Trust.RESTRICTED, null));
        }
        if (serviceTags != null) {
            options = options.withServiceTags(serviceTags);
        }
        return waivers.isEmpty() && known == null ? options : options.withAccepted(waivers, known);
    }

    private Options evaluation() {
        if (timeLimit != null && timeLimit < 1) {
            throw misuse("--time-limit is " + timeLimit + " but must be 1 second or more");
        }
        Limits limits = timeLimit == null ? Limits.DEFAULT : Limits.DEFAULT.withMaxTime(Duration.ofSeconds(timeLimit));
        try {
            return new Options(
                    Baseline.parse(baseline),
                    all,
                    asOf == null ? null : instant(asOf),
                    Parameters.parse(parameters),
                    limits);
        } catch (IllegalArgumentException e) {
            throw misuse(String.valueOf(e.getMessage()));
        }
    }

    private Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw misuse("--as-of: '" + text + "' is no point in time with its offset, such as 2026-11-20T09:30:00Z");
        }
    }

    private SaveMode mode(SparkSession spark) throws IOException {
        org.apache.hadoop.fs.Path wanted = new org.apache.hadoop.fs.Path(output);
        FileSystem files = wanted.getFileSystem(spark.sparkContext().hadoopConfiguration());
        boolean replaces = overwrite || isLeftOver(wanted, files);
        if (!replaces && files.exists(wanted)) {
            throw misuse("the output '" + output + "' is there already; name another one, or say --overwrite");
        }
        String replaced = files.makeQualified(wanted) + "/";
        for (String input : inputs) {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(input);
            String read = path.getFileSystem(spark.sparkContext().hadoopConfiguration())
                            .makeQualified(path)
                    + "/";
            if (read.startsWith(replaced)) {
                throw misuse("the output '" + output + "' holds the input '" + input
                        + "', which would be deleted before it is read");
            }
        }
        return replaces ? SaveMode.Overwrite : SaveMode.ErrorIfExists;
    }

    /** Whether it is a folder that holds nothing but, perhaps, what tasks of a failed job began. */
    private static boolean isLeftOver(org.apache.hadoop.fs.Path wanted, FileSystem files) throws IOException {
        return files.exists(wanted)
                && files.getFileStatus(wanted).isDirectory()
                && Stream.of(files.listStatus(wanted))
                        .allMatch(entry -> entry.getPath().getName().equals(FileOutputCommitter.PENDING_DIR_NAME));
    }

    private void write(Dataset<ResultRow> rows, SaveMode mode) throws InterruptedException {
        Observation counts = new Observation("netkb");
        Column snapshot = col("kind").equalTo(ResultRows.SNAPSHOT);
        Column violated = col("outcome").equalTo("violated");
        rows.observe(
                        counts,
                        count(snapshot).as("snapshots"),
                        count(snapshot.and(col("status").equalTo("rejected"))).as("rejected"),
                        count(snapshot.and(col("status").equalTo("evaluated"))
                                        .and(col("complete").equalTo(false)))
                                .as("incomplete"),
                        count(violated.and(col("severity").equalTo("error"))).as("errors"),
                        count(violated.and(col("severity").equalTo("warning"))).as("warnings"),
                        count(col("outcome").equalTo("undetermined")).as("undetermined"))
                .write()
                .format(outputFormat)
                .mode(mode)
                .save(output);
        Map<String, Object> counted = counts.getAsJava();
        Main.say(
                command.commandLine().getErr(),
                counted.get("snapshots") + " snapshots, " + counted.get("rejected") + " of them rejected and "
                        + counted.get("incomplete") + " incomplete: " + counted.get("errors") + " errors, "
                        + counted.get("warnings") + " warnings, " + counted.get("undetermined") + " undetermined");
    }

    private static Column count(Column wanted) {
        return coalesce(sum(when(wanted, lit(1L)).otherwise(lit(0L))), lit(0L));
    }

    private ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
