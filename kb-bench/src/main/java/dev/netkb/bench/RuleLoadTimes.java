package dev.netkb.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.netkb.api.internal.drools.RuleLoader;
import dev.netkb.api.rules.RuleSources;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints what it takes to load a folder of 500 rows and 50 rules, and to load it again after an edit. The first figure
 * is of a cold JVM. With a folder for the cache as the argument, a second run shows what a start from the cache takes.
 */
public final class RuleLoadTimes {

    private static final int EDITS = 15;

    private RuleLoadTimes() {}

    public static void main(String[] args) throws Exception {
        SampleFolder folder = SampleFolder.of(RuleLoadBenchmark.ROWS, RuleLoadBenchmark.RULES);
        Path cache = args.length == 0 ? Files.createTempDirectory("netkb-bench-cache") : Path.of(args[0]);
        Clock clock = new Clock();
        RuleLoader loader =
                RuleLoadBenchmark.loader(RuleSources.of(folder.root()).withCache(cache));
        clock.print("first use of the packaged rules");
        clock.start();
        loader.load();
        clock.print("load of the folder");
        for (int edit = 1; edit <= EDITS; edit++) {
            folder.writeRule(7, 100 + edit);
            clock.start();
            loader.load();
            clock.print("edit of a rule " + edit);
        }
        for (int edit = 1; edit <= EDITS; edit++) {
            folder.writeTable(RuleLoadBenchmark.ROWS, 100 + edit);
            clock.start();
            loader.load();
            clock.print("edit of a row " + edit);
        }
    }

    /** Time on the wall, and time of the processor: on a busy machine only the second says much. */
    private static final class Clock {
        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private long start;
        private long used;

        Clock() {
            start();
        }

        void start() {
            start = System.nanoTime();
            used = system.getProcessCpuTime();
        }

        void print(String what) {
            long now = System.nanoTime();
            System.out.printf(
                    "%s: %d ms (%d ms of the processor)%n",
                    what, (now - start) / 1_000_000, (system.getProcessCpuTime() - used) / 1_000_000);
        }
    }
}
