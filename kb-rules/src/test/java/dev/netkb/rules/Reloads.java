package dev.netkb.rules;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleReload;
import dev.netkb.api.WatchedKnowledgeBase;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Edits a folder of rules again and again, a row and a rule by turns, while snapshots are evaluated, and prints what that
 * takes. It has a JVM of its own, so that it can have as little memory as it may need.
 */
final class Reloads {

    private final Path folder;
    private final BlockingQueue<RuleReload> told = new LinkedBlockingQueue<>();
    private final AtomicLong evaluations = new AtomicLong();
    private final AtomicLong mixed = new AtomicLong();
    private final List<Long> rowEdits = new ArrayList<>();
    private final List<Long> ruleEdits = new ArrayList<>();

    private Reloads(Path folder) {
        this.folder = folder;
    }

    /** @param args the folder, which is written; a sample; how often it is edited */
    public static void main(String[] args) throws Exception {
        new Reloads(Path.of(args[0])).run(Path.of(args[1]), Integer.parseInt(args[2]));
    }

    private void run(Path sample, int reloads) throws Exception {
        ReadResult read = SnapshotReader.create()
                .read(Objects.requireNonNull(SnapshotFiles.snapshot(sample).source()));
        write("pack.yaml", "name: stress\nversion: \"1\"\n");
        row(443);
        rule(0);
        SnapshotReport odd;
        SnapshotReport even;
        try (WatchedKnowledgeBase rules = KnowledgeBase.watching(folder)) {
            even = decided(rules, read);
            rules.onReload(told::add);
            row(8443);
            taken();
            odd = decided(rules, read);
            require(!odd.equals(even), "the edit changes nothing");
            AtomicBoolean running = new AtomicBoolean(true);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(() -> evaluate(rules, read, running, odd, even));
                thread.start();
                threads.add(thread);
            }
            for (int i = 1; i <= reloads; i++) {
                long before = System.nanoTime();
                if (i % 2 == 0) {
                    rule(i);
                } else {
                    row(i % 4 == 1 ? 443 : 8443);
                }
                taken();
                (i % 2 == 0 ? ruleEdits : rowEdits).add((System.nanoTime() - before) / 1_000_000);
                if (i % Math.max(1, reloads / 10) == 0) {
                    System.gc();
                    System.out.println("after " + i + " reloads: heap " + megabytes("Old Gen", "Tenured")
                            + " MB, metaspace " + megabytes("Metaspace") + " MB, " + evaluations + " evaluations");
                }
            }
            running.set(false);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println("a row in force after " + figures(rowEdits) + "; a rule after " + figures(ruleEdits));
        System.out.println("reloads=" + reloads + " mixed=" + mixed);
        require(
                mixed.get() == 0 && evaluations.get() > 0,
                "results of two versions were mixed, or nothing was evaluated");
    }

    private void evaluate(
            KnowledgeBase rules, ReadResult read, AtomicBoolean running, SnapshotReport odd, SnapshotReport even) {
        while (running.get()) {
            SnapshotReport report = decided(rules, read);
            evaluations.incrementAndGet();
            if (!report.equals(odd) && !report.equals(even)) {
                mixed.incrementAndGet();
            }
        }
    }

    /** The hash of the folder differs from edit to edit, so the rules are left out. */
    private static SnapshotReport decided(KnowledgeBase rules, ReadResult read) {
        SnapshotReport report = rules.evaluate(read, Options.DEFAULT.withAll(true));
        return new SnapshotReport(
                report.source(),
                report.evaluated(),
                report.complete(),
                report.problems(),
                report.locations(),
                report.results());
    }

    private void taken() throws InterruptedException {
        RuleReload reload = told.poll(5, TimeUnit.MINUTES);
        require(reload != null, "the edit was not noticed");
        require(reload.accepted(), "the edit was refused: " + reload.problems());
    }

    private void row(int port) throws IOException {
        write(
                "requirements.csv",
                "id,direction,protocol,ports,remote,severity\nSTRESS-ROW,Outbound,Tcp," + port + ",Storage,warning\n");
    }

    private void rule(int edit) throws IOException {
        write("stress.drl", """
                package custom;

                rule "STRESS-RULE No location is there"
                    @id("STRESS-RULE")
                    @severity("warning")
                    @description("Edit %d.")
                    @requires("Subnet")
                when
                    $a : Applicable( rule == "STRESS-RULE" )
                then
                    insert( Finding.violated( $a, "a location is there" ) );
                end
                """.formatted(edit));
    }

    private void write(String name, String text) throws IOException {
        Path beside = Files.writeString(folder.resolve("." + name), text);
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String figures(List<Long> milliseconds) {
        List<Long> sorted = milliseconds.stream().sorted().toList();
        return sorted.isEmpty()
                ? "nothing"
                : sorted.get(sorted.size() / 2) + " ms (median; worst " + sorted.get(sorted.size() - 1) + " ms)";
    }

    private static long megabytes(String... names) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> List.of(names).stream().anyMatch(pool.getName()::contains))
                        .mapToLong(Reloads::used)
                        .sum()
                >> 20;
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
