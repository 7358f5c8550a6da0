package dev.netkb.cli;

import dev.netkb.api.FileStamps;
import dev.netkb.api.FileWatch;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.RuleReload;
import dev.netkb.api.WatchedKnowledgeBase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Checks at once, and again whenever rules or inputs change, until the thread is interrupted. */
final class WatchLoop {

    private final WatchedKnowledgeBase rules;
    private final List<Path> inputs;
    private final Consumer<KnowledgeBase> check;
    private final Consumer<RuleReload> refused;

    /**
     * @param inputs files and folders
     * @param check evaluates the inputs by these rules, and prints
     * @param refused prints what is wrong with an edit that is not in force
     */
    WatchLoop(
            WatchedKnowledgeBase rules,
            List<Path> inputs,
            Consumer<KnowledgeBase> check,
            Consumer<RuleReload> refused) {
        this.rules = rules;
        this.inputs = List.copyOf(inputs);
        this.check = check;
        this.refused = refused;
    }

    /** Both run on the calling thread, one after the other. */
    void run() {
        // Empty: an input changed.
        BlockingQueue<Optional<RuleReload>> changes = new LinkedBlockingQueue<>();
        rules.onReload(reload -> changes.add(Optional.of(reload)));
        FileStamps.By by = FileStamps.By.TIME;
        try (FileWatch watched =
                new FileWatch(inputs, by, FileStamps.of(inputs, by), () -> changes.add(Optional.empty()))) {
            check.accept(rules.current());
            while (!Thread.currentThread().isInterrupted()) {
                List<Optional<RuleReload>> news = new ArrayList<>(List.of(changes.take()));
                changes.drainTo(news);
                if (news.stream()
                        .anyMatch(change -> change.map(RuleReload::accepted).orElse(true))) {
                    check.accept(rules.current());
                }
                Optional<RuleReload> last =
                        news.stream().flatMap(Optional::stream).reduce((earlier, later) -> later);
                last.filter(reload -> !reload.accepted()).ifPresent(refused);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
