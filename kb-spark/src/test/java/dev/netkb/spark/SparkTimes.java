package dev.netkb.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.BatchOptions;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.SnapshotReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Prints what the local batch takes for a file of snapshots and what Spark takes, on one thread and on two, and whether the
 * rows of both are the same. Not a test: docs/spark.md says how it is run.
 *
 * <pre>
 * SparkTimes FILE.jsonl.gz      as BatchTimes generate of kb-bench makes it
 * </pre>
 */
public final class SparkTimes {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int WARM_UP = 300;

    private SparkTimes() {}

    public static void main(String[] args) throws IOException {
        Path file = unpacked(Path.of(args[0]));
        long count;
        try (Stream<String> lines = Files.lines(file)) {
            count = lines.count();
        }
        double megabytes = Files.size(file) / 1e6;
        System.out.printf(Locale.ROOT, "%d snapshots, %.1f MB of JSON%n%n", count, megabytes);
        KnowledgeBase rules = KnowledgeBase.packaged();
        local(rules, file, Math.min(count, WARM_UP), 2, SparkTimes::count);
        double[] local = {
            seconds(() -> local(rules, file, count, 1, SparkTimes::count)),
            seconds(() -> local(rules, file, count, 2, SparkTimes::count))
        };
        Sum expected = local(rules, file, count, 2, SparkTimes::sum);
        System.out.println(
                "| threads | local batch, s | Spark, s | local ms each | Spark ms each | Spark more, ms each |");
        System.out.println("|---|---|---|---|---|---|");
        for (int threads = 1; threads <= 2; threads++) {
            spark(file, threads, count, local[threads - 1], expected);
        }
    }

    private static void spark(Path file, int threads, long count, double local, Sum expected) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[" + threads + "]")
                .config("spark.ui.enabled", "false")
                .config("spark.log.level", "WARN")
                .getOrCreate()) {
            Dataset<String> lines = spark.read().option("lineSep", "\n").textFile(file.toString());
            noop(lines.limit(WARM_UP));
            double seconds = seconds(() -> noop(lines));
            double each = 1000.0 * threads / count;
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.2f | %.2f | %.3f | %.3f | %.3f |%n",
                    threads,
                    local,
                    seconds,
                    local * each,
                    seconds * each,
                    (seconds - local) * each);
            Sum sum = SnapshotEvaluation.evaluate(lines, SparkOptions.create())
                    .map((MapFunction<ResultRow, Long>) SparkTimes::hash, Encoders.LONG())
                    .javaRDD()
                    .map(hash -> new Sum(1, hash))
                    .reduce(Sum::and);
            System.out.println((sum.equals(expected) ? "the same " : "DIFFERENT: " + expected + " and ") + sum);
        }
    }

    /** How many rows, and the sum of their hashes, which does not depend on their order. */
    private record Sum(long rows, long hashes) implements Serializable {
        Sum and(Sum other) {
            return new Sum(rows + other.rows, hashes + other.hashes);
        }
    }

    private static long noop(Dataset<String> lines) {
        SnapshotEvaluation.evaluate(lines, SparkOptions.create())
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
        return 0;
    }

    /** How many, without a look at them: what it takes to tell rows apart is not to be measured. */
    private static Sum count(ResultRow row) {
        return new Sum(1, 0);
    }

    private static Sum sum(ResultRow row) {
        return new Sum(1, hash(row));
    }

    private static Sum local(
            KnowledgeBase rules, Path file, long count, int threads, Function<ResultRow, Sum> summing) {
        try (BufferedReader reader = Files.newBufferedReader(file);
                Stream<SnapshotReport> reports = rules.evaluateAll(
                        reader.lines().limit(count).map(SparkTimes::input),
                        Options.DEFAULT,
                        BatchOptions.of(SnapshotReader.create(), threads))) {
            return reports.flatMap(report -> ResultRows.of(report).stream())
                    .map(summing)
                    .reduce(new Sum(0, 0), Sum::and);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SnapshotInput input(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new SnapshotSource(Shipped.sha256(bytes), List.of(new SourceFile(Evaluator.FILE, bytes)));
    }

    /** Of every value of the row. */
    private static long hash(ResultRow row) {
        try {
            return Long.parseUnsignedLong(
                    Shipped.sha256(MAPPER.writeValueAsBytes(row)).substring(0, 16), 16);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        Object run() throws IOException;
    }

    private static double seconds(Work work) throws IOException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Spark gives a packed file to one task, however large it is. */
    private static Path unpacked(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return file;
        }
        Path plain = Files.createTempFile("netkb-spark", ".jsonl");
        plain.toFile().deleteOnExit();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
        }
        return plain;
    }
}
