package dev.netkb.api.read.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.Reading;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.json.Limits;
import dev.netkb.model.report.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of JSON lines is one snapshot a line, read one at a time. */
class JsonLinesTest {

    private static final String NSG = "{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/"
            + "networkSecurityGroups/n%s\", \"properties\": {}}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"x.jsonl", "x.ndjson", "x.JSONL"})
    void everyLineThatIsNotBlankIsASnapshot(String name) throws IOException {
        String one = NSG.formatted(1);
        Path file = write(name, "\n" + one + "\r\n  \t\n[" + one + ", " + NSG.formatted(2) + "]\n\n" + one);

        List<SnapshotFiles.Found> found = all(file);

        String path = file.toString().replace('\\', '/');
        assertThat(found).extracting(SnapshotFiles.Found::name).containsExactly(path + ":2", path + ":4", path + ":6");
        assertThat(found)
                .extracting(each -> Reading.snapshot(each.read(SnapshotReader.create()))
                        .networkSecurityGroups()
                        .size())
                .containsExactly(1, 2, 1);
    }

    /** Of a thousand lines one message is enough. */
    @Test
    void linesOfAReportAreNoSnapshots() throws IOException {
        String line = "{\"source\":\"s\",\"status\":\"evaluated\",\"problems\":[],\"locations\":[],\"results\":[]}\n";
        Path file = write("x.jsonl", "\n" + line.repeat(3));

        List<SnapshotFiles.Found> found = all(file);

        assertThat(found).hasSize(1);
        Problem problem = found.get(0).read(SnapshotReader.create()).problems().get(0);
        assertThat(problem.code()).isEqualTo("KB-E114");
        assertThat(problem.message()).isEqualTo("the file is a netkb report, no export");
        assertThat(problem.hint()).contains("netkb summary");
        assertThat(SnapshotFiles.count(file)).isEqualTo(1);
    }

    @Test
    void placesHaveTheLineOfTheFileAndTheColumnInIt() throws IOException {
        String port =
                "{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n\","
                        + " \"properties\": {\"securityRules\": [{\"name\": \"r\", \"properties\": {\"priority\": \"x\", \"direction\": \"Inbound\","
                        + " \"access\": \"Allow\"}}]}}";
        List<SnapshotFiles.Found> found = all(write("x.jsonl", "[]\n[]\n" + port + "\n[1,\n[]"));

        Problem wrong = problem(found.get(2));
        Problem broken = problem(found.get(3));

        assertThat(wrong.at().file()).isEqualTo("x.jsonl");
        assertThat(wrong.at().line()).isEqualTo(3);
        assertThat(wrong.at().column()).isEqualTo(port.indexOf("\"x\"") + 1);
        assertThat(wrong.at().pointer()).isEqualTo("/properties/securityRules/0/properties/priority");
        assertThat(broken.code()).isEqualTo("KB-E101");
        assertThat(broken.at().line()).isEqualTo(4);
        assertThat(broken.at().column()).isEqualTo(4);
        assertThat(found.get(4).read(SnapshotReader.create()).snapshot()).isNotNull();
    }

    @Test
    void aLineThatSomebodyElseReadIsReadLikewise() {
        SnapshotFiles.Found good = line(NSG.formatted(1) + "\r").orElseThrow();
        SnapshotFiles.Found broken = line("[1,").orElseThrow();

        assertThat(good.name()).isEqualTo("name");
        assertThat(Reading.snapshot(good.read(SnapshotReader.create())).networkSecurityGroups())
                .hasSize(1);
        assertThat(problem(broken).at().file()).isEqualTo("file.json");
        assertThat(problem(broken).at().line()).isEqualTo(1);
        assertThat(line("")).isEmpty();
        assertThat(line(" \t\r")).isEmpty();
        assertThat(problem(SnapshotFiles.line("name", "file.json", new byte[(int) Limits.FILE + 1])
                                .orElseThrow())
                        .code())
                .isEqualTo("KB-E102");
    }

    private static Optional<SnapshotFiles.Found> line(String text) {
        return SnapshotFiles.line("name", "file.json", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLineIsReadWhenItsTurnComesAndNotBefore() throws IOException {
        Lines lines = new Lines(Integer.MAX_VALUE);
        try (Stream<SnapshotFiles.Found> all = SnapshotFiles.all("standard input", lines)) {
            Iterator<SnapshotFiles.Found> each = all.iterator();
            for (int i = 1; i <= 5_000; i++) {
                SnapshotFiles.Found found = each.next();
                assertThat(found.name()).isEqualTo("standard input:" + i);
                assertThat(lines.given).isLessThan((i + 1L) * Lines.LINE.length + 30_000);
            }
        }
    }

    /** A hundred megabytes in lines: of none is more asked for than its length. */
    @Test
    void nothingIsKept() {
        int count = (int) ((2L << 30) / Lines.LINE.length / 20);
        List<Integer> sizes = new ArrayList<>();
        try (Stream<SnapshotFiles.Found> all = SnapshotFiles.all("standard input", new Lines(count))) {
            all.forEachOrdered(found -> {
                if (found.name().endsWith("0000")) {
                    sizes.add(found.source().files().get(0).content().length);
                }
            });
        }

        assertThat(sizes).hasSize(count / 10_000).containsOnly(Lines.LINE.length - 1);
    }

    @Test
    void aLineThatIsTooLongCostsItselfAlone() throws IOException {
        InputStream in = new SequenceInputStream(
                new ByteArrayInputStream("[]\n".getBytes(StandardCharsets.UTF_8)),
                new SequenceInputStream(
                        new Blanks(Limits.FILE + 1),
                        new ByteArrayInputStream("\n[1]\n".getBytes(StandardCharsets.UTF_8))));

        try (Stream<SnapshotFiles.Found> all = SnapshotFiles.all("-", in)) {
            List<String> told = all.map(found -> found.name() + " "
                            + (found.problem() == null
                                    ? "read"
                                    : found.problem().code() + " "
                                            + found.problem().at().line()))
                    .toList();

            assertThat(told).containsExactly("-:1 read", "-:2 KB-E102 2", "-:3 read");
        }
    }

    @Test
    void aPackedFileThatWasCutOffKeepsWhatCameBefore() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("[\"").append(random.nextLong()).append("\"]\n");
        }
        byte[] whole = gzip(text.toString());
        Path file = Files.write(folder.resolve("x.jsonl.gz"), Arrays.copyOf(whole, whole.length / 2));

        List<SnapshotFiles.Found> found = all(file);

        SnapshotFiles.Found last = found.get(found.size() - 1);
        assertThat(found).hasSizeBetween(5_000, 15_000);
        assertThat(found.subList(0, found.size() - 1)).allMatch(each -> each.problem() == null);
        assertThat(last.problem().code()).isEqualTo("KB-E121");
        assertThat(last.problem().at().line()).isEqualTo(found.size());
        assertThat(last.name()).endsWith(":" + found.size());
    }

    @Test
    void packedLinesAreLines() throws IOException {
        Path file = Files.write(folder.resolve("x.ndjson.gz"), gzip("[]\n[]\n"));

        assertThat(all(file)).hasSize(2).allMatch(found -> found.problem() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void linesMayBeInOtherEncodings(String charset) throws IOException {
        Path file = Files.write(
                folder.resolve("x.jsonl"), "\uFEFF[\"\u010A\"]\r\n[\"\u0A0D\"]\r\n".getBytes(Charset.forName(charset)));

        assertThat(all(file))
                .extracting(found -> new String(found.source().files().get(0).content(), StandardCharsets.UTF_8).trim())
                .containsExactly("[\"\u010A\"]", "[\"\u0A0D\"]");
    }

    @Test
    void aFileWithoutLinesIsRefused() throws IOException {
        for (String content : List.of("", "\n \n")) {
            List<SnapshotFiles.Found> found = all(write("x.jsonl", content));

            assertThat(found).hasSize(1);
            assertThat(problem(found.get(0)).code()).isEqualTo("KB-E114");
        }
    }

    @Test
    void whereOneSnapshotIsWantedOneLineWillDoAndTwoWillNot() throws IOException {
        Path one = write("one.jsonl", "\n[]\n\n");
        Path two = write("two.jsonl", "[]\n[]\n");

        assertThat(SnapshotFiles.snapshot(one).problem()).isNull();
        assertThat(SnapshotFiles.snapshot(two).problem().code()).isEqualTo("KB-E124");
        assertThat(SnapshotFiles.stream("-", new ByteArrayInputStream("[]\n{}".getBytes(StandardCharsets.UTF_8)))
                        .problem()
                        .code())
                .isEqualTo("KB-E124");
    }

    @Test
    void standardInputIsToldByContent() {
        assertThat(names("[]")).containsExactly("-");
        assertThat(names("[]\n")).containsExactly("-");
        assertThat(names("[\n]\n")).containsExactly("-");
        assertThat(names("{\"a\": 1}\n\n")).containsExactly("-");
        assertThat(names("{\"a\": 1}\n{\"a\": 2}")).containsExactly("-:1", "-:2");
        assertThat(names("\n\n[]\r\n\r\n[]")).containsExactly("-:3", "-:5");
        assertThat(names("WARNING: x\n[]")).containsExactly("-");
        assertThat(names("\uFEFF[]\n[]")).containsExactly("-:1", "-:2");
    }

    @Test
    void aFileOfLinesAmongTheChildrenOfADirectoryIsSeveralSnapshots() throws IOException {
        write("a.jsonl", "[]\n[]\n");
        write("b.json", "[]");
        Files.write(folder.resolve("c.jsonl.gz"), gzip("[]\n"));

        try (Stream<SnapshotFiles.Found> each = SnapshotFiles.each(folder)) {
            assertThat(each.map(found -> found.name().replaceFirst(".*[/\\\\]", "")))
                    .containsExactly("a.jsonl:1", "a.jsonl:2", "b.json", "c.jsonl.gz:1");
        }
    }

    @Test
    void theFileIsClosedWithTheStream() throws IOException {
        Path file = write("x.jsonl", "[]\n[]\n");
        try (Stream<SnapshotFiles.Found> all = SnapshotFiles.all(file)) {
            assertThat(all.iterator().next().problem()).isNull();
            assertThat(openFiles(file)).isIn(1L, -1L);
        }

        assertThat(openFiles(file)).isIn(0L, -1L);
    }

    /** How often this process has a file open, −1 where the system does not tell. */
    private static long openFiles(Path file) throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return -1;
        }
        try (Stream<Path> links = Files.list(open)) {
            return links.filter(link -> {
                        try {
                            return Files.readSymbolicLink(link).equals(file.toRealPath());
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private static List<String> names(String text) {
        try (Stream<SnapshotFiles.Found> all =
                SnapshotFiles.all("-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            return all.map(SnapshotFiles.Found::name).toList();
        }
    }

    private static List<SnapshotFiles.Found> all(Path file) {
        try (Stream<SnapshotFiles.Found> all = SnapshotFiles.all(file)) {
            return all.toList();
        }
    }

    private static Problem problem(SnapshotFiles.Found found) {
        return Reading.error(found.read(SnapshotReader.create()));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** So many lines, made as they are read. */
    private static final class Lines extends InputStream {
        private static final byte[] LINE = ("[\"" + "x".repeat(500) + "\"]\n").getBytes(StandardCharsets.UTF_8);
        private final long size;
        private long given;

        Lines(int count) {
            this.size = (long) count * LINE.length;
        }

        @Override
        public int read() {
            return given == size ? -1 : LINE[(int) (given++ % LINE.length)];
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (given == size) {
                return -1;
            }
            int at = (int) (given % LINE.length);
            int some = (int) Math.min(Math.min(length, LINE.length - at), size - given);
            System.arraycopy(LINE, at, buffer, from, some);
            given += some;
            return some;
        }
    }

    private static final class Blanks extends InputStream {
        private long left;

        Blanks(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int some = (int) Math.min(left, length);
            Arrays.fill(buffer, from, from + some, (byte) 'x');
            left -= some;
            return some;
        }
    }
}
