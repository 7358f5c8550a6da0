package dev.netkb.bench;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.SnapshotReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a snapshot costs to read and to evaluate in a warm JVM. Run it from the root of the checkout. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EvaluationBenchmark {

    /** A folder of kb-samples/snapshots. */
    @Param({"classic-mended", "classic-broken"})
    public String sample = "classic-mended";

    private final KnowledgeBase rules = KnowledgeBase.packaged();
    private final SnapshotReader reader = SnapshotReader.create();
    private SnapshotSource source = new SnapshotSource("", List.of());
    private ReadResult read = reader.read(source);

    @Setup
    public void load() {
        source = Objects.requireNonNull(
                SnapshotFiles.snapshot(Path.of("kb-samples", "snapshots", sample))
                        .source(),
                "run the benchmark from the root of the checkout");
        read = reader.read(source);
    }

    /** JSON to facts. */
    @Benchmark
    public ReadResult read() {
        return reader.read(source);
    }

    /** Facts to results. */
    @Benchmark
    public SnapshotReport evaluate() {
        return rules.evaluate(read, Options.DEFAULT);
    }
}
