package dev.netkb.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.netkb.api.BatchEvaluation;
import dev.netkb.api.BatchOptions;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.render.JsonLinesRenderer;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Prints what many snapshots take on one thread and on two, against reading them alone, and what one huge snapshot takes at
 * several sizes.
 *
 * <pre>
 * BatchTimes batch COUNT [FILE]     FILE.jsonl.gz is made where it is not there
 * BatchTimes huge FACTOR…           of 1,000 networks, 5,000 subnets, 1,000 groups of 200 rules, 500 services
 * BatchTimes generate COUNT FILE    makes the file alone, for netkb check
 * </pre>
 */
public final class BatchTimes {

    private static final long SEED = 202_608;
    private static final int WARM_UP = 300;
    private static final double MEGA = 1 << 20;

    private BatchTimes() {}

    public static void main(String[] args) throws IOException {
        List<String> words = Arrays.asList(args);
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "batch" ->
                batch(
                        Integer.parseInt(words.get(1)),
                        words.size() > 2 ? Path.of(words.get(2)) : Files.createTempFile("netkb-bench", ".jsonl.gz"));
            case "huge" ->
                huge(words.subList(1, words.size()).stream()
                        .map(Double::valueOf)
                        .toList());
            case "generate" -> SnapshotGenerator.lines(SEED, Integer.parseInt(words.get(1)), Path.of(words.get(2)));
            default -> System.out.println("batch COUNT [FILE], huge FACTOR… or generate COUNT FILE");
        }
    }

    // ---- many

    private static void batch(int count, Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            SnapshotGenerator.lines(SEED, count, file);
        }
        KnowledgeBase rules = KnowledgeBase.packaged();
        Function<ReadResult, SnapshotReport> evaluate = read -> rules.evaluate(read, Options.DEFAULT);
        run(file, Math.min(count, WARM_UP), 2, evaluate);
        for (int threads : List.of(1, 2)) {
            print("read, " + threads + " threads", count, () -> run(file, count, threads, BatchTimes::nothing));
            print("read and evaluate, " + threads + " threads", count, () -> run(file, count, threads, evaluate));
        }
    }

    private static SnapshotReport nothing(ReadResult read) {
        return new SnapshotReport(read.source(), read.snapshot() != null, true, List.of(), List.of(), List.of());
    }

    /** @return how many characters of JSON lines came out */
    private static long run(Path file, int count, int threads, Function<ReadResult, SnapshotReport> evaluation) {
        BatchOptions batch = BatchOptions.of(SnapshotReader.create(), threads);
        JsonLinesRenderer renderer = new JsonLinesRenderer();
        try (Stream<SnapshotFiles.Found> lines = SnapshotFiles.all(file);
                Stream<SnapshotReport> reports = BatchEvaluation.of(lines, evaluation, batch)) {
            return reports.limit(count)
                    .mapToLong(report -> {
                        StringBuilder line = new StringBuilder();
                        try {
                            renderer.render(report, Report.Rules.NONE, line);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        return line.length();
                    })
                    .sum();
        }
    }

    // ---- one

    private static void huge(List<Double> factors) throws IOException {
        KnowledgeBase rules = KnowledgeBase.packaged();
        one(rules, Shape.HUGE.times(0.02)); // warms up
        for (double factor : factors) {
            one(rules, Shape.HUGE.times(factor));
        }
    }

    private static void one(KnowledgeBase rules, Shape shape) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SnapshotGenerator.snapshot(SEED, shape, bytes);
        SnapshotInput input = new SnapshotSource(
                "huge.json", List.of(new SnapshotSource.SourceFile("huge.json", bytes.toByteArray())));
        System.out.printf(Locale.ROOT, "%s: %.1f MB of JSON%n", shape, bytes.size() / MEGA);
        List<ReadResult> read = new ArrayList<>();
        print("  read", 1, () -> {
            read.add(input.read(SnapshotReader.create()));
            return bytes.size();
        });
        print("  evaluate", 1, () -> {
            SnapshotReport report = rules.evaluate(read.get(0), Options.DEFAULT);
            System.out.printf(
                    "  %d locations, %d results, %s%n",
                    report.locations().size(),
                    report.results().size(),
                    report.evaluated()
                            ? "evaluated"
                            : "rejected: " + report.problems().get(0).message());
            return report.results().size();
        });
    }

    // ---- what it took

    private interface Work {
        long run() throws IOException;
    }

    /** Time on the wall, and time of the processors: on a busy machine only the second says much. */
    private static void print(String what, int count, Work work) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long used = system.getProcessCpuTime();
        long start = System.nanoTime();
        long out = work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double processor = (system.getProcessCpuTime() - used) / 1e9;
        long peak = heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f s%s, %.2f s of the processors, peak heap at most %.0f MB of %.0f, out %.1f MB%n",
                what,
                seconds,
                count > 1 ? String.format(Locale.ROOT, " (%.0f/s)", count / seconds) : "",
                processor,
                peak / MEGA,
                Runtime.getRuntime().maxMemory() / MEGA,
                out / MEGA);
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
