package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.Locator;
import dev.netkb.api.read.json.Problems;
import dev.netkb.api.read.json.ValueCount;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What reaches a limit is read, what goes one step beyond is rejected. */
class LimitsTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(Limits.NESTING, "levels", (Text) n -> "[".repeat(n) + "]".repeat(n)),
                Arguments.of(Limits.NUMBER, "digits", (Text) n -> "[" + "1".repeat(n) + "]"),
                Arguments.of(Limits.TEXT, "characters", (Text) n -> "[\"" + "x".repeat(n) + "\"]"));
    }

    interface Text {
        String of(int size);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aFileMayReachALimitAndNotGoBeyond(int limit, String word, Text text) {
        Problem error = Reading.error(Reading.bytes(text.of(limit + 1).getBytes(StandardCharsets.UTF_8)));

        assertThat(Reading.bytes(text.of(limit).getBytes(StandardCharsets.UTF_8))
                        .snapshot())
                .isNotNull();
        assertThat(error.code()).isEqualTo("KB-E102");
        assertThat(error.message()).contains(Integer.toString(limit), word);
        assertThat(error.at().line()).isPositive();
        assertThat(error.hint()).isNotBlank();
    }

    @Test
    void aNumberAloneThatGoesBeyondALimitHasAPlaceToo() {
        Problem error =
                Reading.error(Reading.bytes(("5".repeat(Limits.NUMBER + 20) + "\rq").getBytes(StandardCharsets.UTF_8)));

        assertThat(error.code()).isEqualTo("KB-E102");
        assertThat(error.at().line()).isEqualTo(1);
        assertThat(error.at().column()).isEqualTo(1);
    }

    /** The parser checks names in blocks, so a little more may pass. */
    @Test
    void namesHaveALimit() {
        String name = "x".repeat(Limits.NAME + 10);

        assertThat(Reading.error(Reading.texts("{'" + name + "': 1}")).code()).isEqualTo("KB-E102");
        assertThat(Reading.texts("{'" + name.substring(10) + "': 1}").snapshot())
                .isNotNull();
    }

    /** With few values: so many as the limit allows would take half a gigabyte. */
    @Test
    void theValuesOfAllFilesCountTogether() {
        ValueCount values = new ValueCount(10);
        Problems problems = new Problems();

        assertThat(JsonFile.parse("a.json", text("[1, 2, 3, {'x': 4}]"), values, problems))
                .isPresent();
        assertThat(JsonFile.parse("b.json", text("[1, 2, 3]"), values, problems))
                .isPresent();
        assertThat(problems.hasErrors()).isFalse();
        assertThat(JsonFile.parse("c.json", text("\n1"), values, problems)).isEmpty();
        assertThat(problems.toList()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("KB-E102");
            assertThat(problem.message()).contains("values");
            assertThat(problem.at()).isEqualTo(new Place("c.json", "", 2, 1));
        });
    }

    /** Shallow and cheap to parse, but of so many values. */
    @Test
    void moreValuesThanTheLimitAreRejected() {
        String text = "[" + "1,".repeat(Limits.VALUES - 1) + "1]";

        assertThat(Reading.error(Reading.bytes(text.getBytes(StandardCharsets.UTF_8)))
                        .message())
                .contains("8000000 values");
    }

    private static Locator.Text text(String json) {
        return new Locator.Text(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 1);
    }

    @Test
    void filesHaveALimit() throws IOException {
        Path file = folder.resolve("a.json");
        sparse(file, Limits.FILE + 1);

        Problem error = Reading.error(SnapshotFiles.snapshot(file).read(SnapshotReader.create()));

        assertThat(error.code()).isEqualTo("KB-E102");
        assertThat(error.message()).contains("128 MB");
        assertThat(error.at().file()).isEqualTo("a.json");
    }

    @Test
    void snapshotsHaveALimit() throws IOException {
        for (String name : List.of("a.json", "b.json", "c.json")) {
            sparse(folder.resolve(name), Limits.SNAPSHOT / 3 + 1);
        }

        Problem error = Reading.error(SnapshotFiles.snapshot(folder).read(SnapshotReader.create()));

        assertThat(error.code()).isEqualTo("KB-E102");
        assertThat(error.message()).contains("256 MB");
        assertThat(error.at().file()).isEqualTo("c.json");
    }

    @Test
    void directoriesHaveALimit() throws IOException {
        for (int i = 0; i <= Limits.FILES; i++) {
            Files.createFile(folder.resolve(i + ".json"));
        }

        Problem error = Reading.error(SnapshotFiles.snapshot(folder).read(SnapshotReader.create()));

        assertThat(error.code()).isEqualTo("KB-E102");
        assertThat(error.message()).contains("10000 JSON files");
    }

    @Test
    void thePageNamesEveryLimit() throws IOException {
        Path docs = Path.of("").toAbsolutePath();
        while (!Files.exists(docs.resolve("docs/errors/KB-E102.md"))) {
            docs = docs.getParent();
        }
        String page = Files.readString(docs.resolve("docs/errors/KB-E102.md"));

        for (long limit : new long[] {
            Limits.NESTING,
            Limits.NUMBER,
            Limits.TEXT,
            Limits.NAME,
            Limits.VALUES,
            Limits.FILES,
            Limits.DIRECTORIES,
            Limits.RATIO,
            Limits.ENTRY_NAME
        }) {
            assertThat(page).contains("| " + String.format(Locale.ROOT, "%,d", limit));
        }
        for (long limit : new long[] {Limits.FILE, Limits.SNAPSHOT, Limits.UNPACKED_FREELY}) {
            assertThat(page).contains(Limits.megabytes(limit));
        }
    }

    /** A file that takes no room on most disks: zeros, which are no JSON but are never parsed here. */
    private static void sparse(Path file, long size) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(size);
        }
    }
}
