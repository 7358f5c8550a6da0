package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.RuleReload;
import dev.netkb.api.WatchedKnowledgeBase;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ServiceTags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WatchLoopTest {

    @TempDir
    Path folder;

    private final EditedByHand rules = new EditedByHand();
    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
    private Thread thread = new Thread(() -> {});

    @BeforeEach
    void check() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{}");
        WatchLoop loop = new WatchLoop(
                rules,
                List.of(folder),
                base -> printed.add("checked by " + ((Base) base).name),
                reload -> printed.add("refused: " + reload.problems().get(0).message()));
        thread = new Thread(loop::run);
        thread.start();
        assertThat(next()).isEqualTo("checked by first");
    }

    @AfterEach
    void interrupt() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void checksAgainWhenAnInputChanges() throws Exception {
        Files.writeString(folder.resolve("b.json"), "{}");
        assertThat(next()).isEqualTo("checked by first");
        Files.delete(folder.resolve("b.json"));
        assertThat(next()).isEqualTo("checked by first");
    }

    @Test
    void checksAgainWhenRulesChange() throws Exception {
        rules.edit(new Base("second"));
        assertThat(next()).isEqualTo("checked by second");
    }

    @Test
    void printsWhatIsWrongWithAnEditAndGoesOn() throws Exception {
        rules.refuse("a misspelt word");
        assertThat(next()).isEqualTo("refused: a misspelt word");
        assertThat(printed).isEmpty();
        rules.edit(new Base("third"));
        assertThat(next()).isEqualTo("checked by third");
    }

    @Test
    void endsWhenItIsInterrupted() throws InterruptedException {
        thread.interrupt();
        thread.join(60_000);
        assertThat(thread.isAlive()).isFalse();
    }

    private String next() throws InterruptedException {
        return printed.poll(60, TimeUnit.SECONDS);
    }

    private static class Base implements KnowledgeBase {
        private final String name;

        Base(String name) {
            this.name = name;
        }

        @Override
        public SnapshotReport evaluate(String source, Snapshot snapshot, Options options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SnapshotReport evaluate(ReadResult read, Options options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DiffReport diff(ReadResult before, ReadResult after, Options options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Report report(List<SnapshotReport> snapshots, ServiceTags serviceTags) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RuleInfo> catalogue() {
            return List.of();
        }
    }

    /** Rules that change when a test says so. */
    private static final class EditedByHand extends Base implements WatchedKnowledgeBase {
        private final List<Consumer<RuleReload>> listeners = new CopyOnWriteArrayList<>();
        private volatile KnowledgeBase current = new Base("first");

        EditedByHand() {
            super("edited");
        }

        void edit(KnowledgeBase next) {
            current = next;
            tell(new RuleReload(true, next, List.of()));
        }

        void refuse(String why) {
            tell(new RuleReload(
                    false,
                    current,
                    List.of(new RuleProblem(
                            "KB-E310",
                            RuleProblem.Level.ERROR,
                            RuleProblem.Spot.of("requirements.csv"),
                            null,
                            why,
                            null,
                            ""))));
        }

        private void tell(RuleReload reload) {
            listeners.forEach(listener -> listener.accept(reload));
        }

        @Override
        public KnowledgeBase current() {
            return current;
        }

        @Override
        public RuleReload reload() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RuleProblem> problems() {
            return List.of();
        }

        @Override
        public void onReload(Consumer<RuleReload> listener) {
            listeners.add(listener);
        }

        @Override
        public void close() {}
    }
}
