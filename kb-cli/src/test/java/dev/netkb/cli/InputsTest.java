package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a PATH may be, and how the command ends where it is something else. */
class InputsTest {

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content).toString();
    }

    private String zip(String name, String entry, String content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return folder.resolve(name).toString();
    }

    @Test
    void anArchiveIsCheckedAsItsDirectory() throws IOException {
        Ran ran = Ran.with(world, "check", zip("x.zip", "a.json", "error"));

        assertThat(ran.status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(ran.out()).contains("x.zip", "1 error");
    }

    @Test
    void anArchiveThatAttacksIsRejectedAndTheOthersAreChecked() throws IOException {
        Ran ran = Ran.with(world, "check", zip("x.zip", "../../a.json", "clean"), file("b.json", "error"));

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).contains("KB-E120", "../../a.json", "1 error");
        assertThat(folder.getParent().resolve("a.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"main.bicep, bicep build main.bicep", "main.tf, terraform show -json", "rows.csv, -o json"})
    void otherFormatsEndWithTheCommandThatMakesJson(String name, String command) throws IOException {
        Ran ran = Ran.with(world, "check", file(name, "clean"));

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out().replaceAll("\\s+", " ")).contains("KB-E122", command);
    }

    @Test
    void everyLineIsASnapshotAndABadOneCostsItself() throws IOException {
        Ran ran = Ran.with(world, "check", file("x.jsonl", "error\n\nreject\nwarning\n"));

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out())
                .contains("x.jsonl:1", "x.jsonl:3", "x.jsonl:4", "1 error, 1 warning", "3 snapshots (1 rejected)");
    }

    @Test
    void linesAmongTheChildrenOfADirectoryAreSnapshots() throws IOException {
        file("all/x.jsonl", "error\nwarning\n");
        file("all/y.json", "info");

        assertThat(Ran.with(world, "check", "--each", folder.resolve("all").toString())
                        .out())
                .contains("1 error, 1 warning, 1 info", "3 snapshots");
    }

    @Test
    void standardInputMayBeLines() {
        Ran ran = Ran.reading("[\" error \"]\n[\" warning \"]\n", world, "check", "-");

        assertThat(ran.out()).contains("standard input:1", "standard input:2", "1 error, 1 warning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"convert", "flow", "diff"})
    void commandsForOneSnapshotRefuseSeveral(String command) throws IOException {
        String lines = file("x.jsonl", "[]\n[]\n");

        Ran ran = switch (command) {
            case "flow" ->
                Ran.by(SnapshotReader.create(), "", command, lines, "--from", "a", "--to", "b", "--protocol", "tcp");
            case "diff" -> Ran.with(world, command, lines, file("a.json", "clean"));
            default -> Ran.by(SnapshotReader.create(), "", command, lines);
        };

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat((ran.out() + ran.err()).replaceAll("\\s+", " ")).contains("KB-E124", "sed -n");
    }

    @Test
    void commandsForOneSnapshotTakeAFileOfOneLine() throws IOException {
        Ran ran = Ran.by(
                SnapshotReader.create(),
                "",
                "convert",
                file(
                        "x.jsonl",
                        "[{\"id\": \"/subscriptions/s/"
                                + "resourceGroups/g/providers/Microsoft.Network/routeTables/t\", \"properties\": {}}]\n"));

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).contains("routeTables/t");
    }

    @Test
    void helpSaysWhatIsAccepted() {
        for (String command : new String[] {"check", "flow", "diff", "convert"}) {
            assertThat(Ran.with(world, command, "--help").out()).contains(".zip", ".tar.gz");
        }
        assertThat(Ran.with(world, "check", "--help").out()).contains(".jsonl", ".ndjson");
    }

    /** A stream that fails where it is read further ahead of the evaluation than the threads can use. */
    @Test
    void linesAreReadOnlyShortlyBeforeTheyAreEvaluated() {
        int threads = 2;
        int count = 300;
        AtomicInteger furthest = new AtomicInteger();
        InputStream lines = new InputStream() {
            private final byte[] line =
                    ("[\" clean slow " + "x".repeat(40_000) + "\"]\n").getBytes(StandardCharsets.UTF_8);
            private long given;

            @Override
            public int read() {
                if (given == (long) count * line.length) {
                    return -1;
                }
                int number = (int) (given / line.length);
                furthest.accumulateAndGet(number - world.optionsSeen.size(), Math::max);
                return line[(int) (given++ % line.length)];
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                int some = 0;
                for (int next = some < length ? read() : -1; next >= 0; next = some < length ? read() : -1) {
                    buffer[from + some++] = (byte) next;
                }
                return some == 0 ? -1 : some;
            }
        };
        StandardOutput out = new StandardOutput(new ByteArrayOutputStream());

        ExitStatus status = Cli.run(
                new Surroundings(rules -> world, world, lines, TextStyle.PLAIN, null, false),
                out,
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                "check",
                "-",
                "--threads",
                Integer.toString(threads));

        assertThat(status).isEqualTo(ExitStatus.OK);
        assertThat(world.optionsSeen).hasSize(count);
        // Two a thread, one that waits for room, and the one that the buffer has begun.
        assertThat(furthest.get()).isLessThanOrEqualTo(threads * 2 + 2);
    }
}
