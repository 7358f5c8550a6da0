package dev.netkb.bench;

import dev.netkb.api.internal.drools.RuleLoader;
import dev.netkb.api.rules.RuleSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a folder of 500 rows and 50 rules costs to load in a warm JVM, and to load again after an edit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RuleLoadBenchmark {

    static final int ROWS = 500;
    static final int RULES = 50;

    private final SampleFolder folder = SampleFolder.of(ROWS, RULES);
    private final RuleSources sources = RuleSources.of(folder.root());
    private RuleSources cached = sources;
    private RuleLoader loader = loader(sources);
    private int edits = 1000;

    static RuleLoader loader(RuleSources sources) {
        return new RuleLoader(RuleLoadBenchmark.class.getClassLoader(), sources, "bench");
    }

    @Setup
    public void load() throws IOException {
        Path cache = Files.createTempDirectory("netkb-bench-cache");
        cached = sources.withCache(cache);
        loader(cached).load();
        loader = loader(sources);
        loader.load();
    }

    /** Everything is compiled. */
    @Benchmark
    public RuleLoader.Loaded compiled() {
        return loader(sources).load();
    }

    /** Everything is in the cache. */
    @Benchmark
    public RuleLoader.Loaded fromCache() {
        return loader(cached).load();
    }

    /** One rule changed. */
    @Benchmark
    public RuleLoader.Loaded editOfARule() {
        folder.writeRule(7, edits++);
        return loader.load();
    }

    /** One row changed. */
    @Benchmark
    public RuleLoader.Loaded editOfARow() {
        folder.writeTable(ROWS, 1 + edits++ % 60_000);
        return loader.load();
    }
}
