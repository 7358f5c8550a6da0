package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    @Test
    void leavesTheOldFileWhenTheNewContentFails() throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), "old");

        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.append("half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly("report.json");
    }

    @Test
    void leavesNoFileWhenThereWasNone() throws IOException {
        assertThatThrownBy(() -> WholeFile.write(folder.resolve("new.json"), out -> {
                    out.append("half");
                    throw new IllegalStateException("bug");
                }))
                .hasMessage("bug");

        assertThat(files()).isEmpty();
    }

    /** Who looks while it is being written sees the old content whole. */
    @Test
    void showsTheNewContentOnlyWhenItIsComplete() throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), "old");

        WholeFile.write(file, out -> {
            out.append("new ".repeat(100_000));
            assertThat(file).hasContent("old");
        });

        assertThat(Files.size(file)).isEqualTo(400_000);
        assertThat(files()).containsExactly("report.json");
    }

    @Test
    void writesThroughALinkAndKeepsIt() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path file = Files.writeString(folder.resolve("real.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file.getFileName());

        WholeFile.write(link, out -> out.append("new"));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void writesWhereALinkLeadsThatLedNowhere() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("real.json"));

        WholeFile.write(link, out -> out.append("new"));

        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("real.json")).hasContent("new");
    }

    @Test
    void writesIntoAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        Assumptions.assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo is needed");
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();

        WholeFile.write(pipe, out -> out.append("new"));

        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("new");
    }

    @Test
    void saysWhyWithoutTheWordsOfTheLanguage() {
        assertThat(WholeFile.why(new NoSuchFileException("/x/y"))).isEqualTo("its folder does not exist");
        assertThat(WholeFile.why(new AccessDeniedException("/x/y"))).isEqualTo("it may not be written");
        assertThat(WholeFile.why(new FileSystemException("/x/y", null, "Too many links")))
                .isEqualTo("Too many links");
        assertThat(WholeFile.why(new IOException("No space left on device"))).isEqualTo("No space left on device");
    }

    @Test
    void keepsThePermissionsOfTheOldFile() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path file = Files.writeString(folder.resolve("report.json"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        WholeFile.write(file, out -> out.append("new"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void writesIntoWhatIsNoPlainFileInsteadOfReplacingIt() throws IOException {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device));

        WholeFile.write(device, out -> out.append("new"));

        assertThat(Files.isRegularFile(device)).isFalse();
        assertThat(device).exists();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
