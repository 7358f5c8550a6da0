package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files make a snapshot. */
class SnapshotFilesTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsASnapshot() throws IOException {
        Path file = write("export.json", "[]");

        SnapshotFiles.Found found = SnapshotFiles.snapshot(file);

        assertThat(found.problem()).isNull();
        assertThat(found.name()).isEqualTo(file.toString().replace('\\', '/'));
        assertThat(names(found)).containsExactly("export.json");
    }

    @Test
    void aDirectoryIsOneSnapshotOfAllItsJsonFiles() throws IOException {
        write("b.json", "[]");
        write("a.JSON", "[]");
        write("sub/c.json", "[]");
        write("notes.txt", "no JSON");
        write(".hidden/d.json", "no JSON");

        assertThat(names(SnapshotFiles.snapshot(folder))).containsExactly("a.JSON", "b.json", "sub/c.json");
    }

    @Test
    void everyChildOfADirectoryCanBeASnapshot() throws IOException {
        write("two/a.json", "[]");
        write("two/b.json", "[]");
        write("one.json", "[]");
        write("readme.md", "no JSON");

        List<SnapshotFiles.Found> found = SnapshotFiles.each(folder).toList();

        assertThat(found).hasSize(2);
        assertThat(names(found.get(0))).containsExactly("one.json");
        assertThat(names(found.get(1))).containsExactly("a.json", "b.json");
    }

    @Test
    void whatIsNotAcceptedIsRefusedWithWhatIs() throws IOException {
        write("export.zip", "PK");
        write("lines.jsonl", "{}");
        Files.createDirectory(folder.resolve("empty"));

        for (String name : List.of("export.zip", "lines.jsonl", "empty", "missing.json")) {
            ReadResult result = SnapshotFiles.snapshot(folder.resolve(name)).read(SnapshotReader.create());

            assertThat(result.snapshot()).isNull();
            assertThat(Reading.error(result).code()).isEqualTo("KB-E114");
            assertThat(Reading.error(result).message()).contains(name);
            assertThat(Reading.error(result).hint()).isNotBlank();
        }
    }

    @Test
    void aDirectoryOfSnapshotsMayHoldSomeThatAreRefused() throws IOException {
        write("a.json", "[]");
        write("b.zip", "PK");

        assertThat(SnapshotFiles.each(folder))
                .extracting(found -> found.source() == null)
                .containsExactly(false, true);
    }

    @Test
    void standardInputIsASnapshot() {
        SnapshotFiles.Found found =
                SnapshotFiles.stream("standard input", new ByteArrayInputStream("[]".getBytes(StandardCharsets.UTF_8)));

        assertThat(found.read(SnapshotReader.create()).source()).isEqualTo("standard input");
        assertThat(names(found)).containsExactly("standard input");
    }

    private static List<String> names(SnapshotFiles.Found found) {
        return found.source().files().stream()
                .map(SnapshotSource.SourceFile::name)
                .toList();
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
