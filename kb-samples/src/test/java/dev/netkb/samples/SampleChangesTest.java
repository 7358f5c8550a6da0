package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.render.DiffRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.model.report.DiffReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sample change is told as it stands beside it in {@code expected.txt}. */
class SampleChangesTest {

    private static final Path CHANGES = Path.of("changes");
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    @ParameterizedTest
    @ValueSource(strings = "external-to-internal")
    void isToldAsItStandsBesideIt(String name) throws IOException {
        Path folder = CHANGES.resolve(name);
        DiffReport diff = RULES.diff(read(folder, "before"), read(folder, "after"), Options.DEFAULT);

        StringBuilder text = new StringBuilder();
        new DiffRenderer(TextStyle.PLAIN, false).table(diff, text);

        Path expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.writeString(expected, text);
        }
        assertThat(text.toString()).isEqualTo(Files.readString(expected));
    }

    private static ReadResult read(Path folder, String side) {
        ReadResult read = SnapshotFiles.snapshot(folder.resolve(side)).read(SnapshotReader.create());
        assertThat(read.problems()).isEmpty();
        return read;
    }

    @Test
    void everyFolderIsTested() throws IOException {
        try (var folders = Files.list(CHANGES)) {
            List<String> names = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
            assertThat(names).containsExactly("external-to-internal");
        }
    }
}
