package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged copies of good snapshots among the good ones, in one run with the packaged rules: no damaged one takes another with it,
 * and none is taken for whole. Good ones are the project's samples and, where they are beside the project, real exports.
 *
 * <p>The run is a process of its own whose heap cannot hold all files, trees and results together:
 * {@code java -Xmx40m … check --each DIR}. How little is enough shows {@code -Dnetkb.heap=30m}.
 */
class DamagedRunTest {

    private static final Charset UTF = StandardCharsets.UTF_8;
    private static final int FEWEST_DAMAGED = 60;
    /**
     * A third more than what the run needs: with real exports among the snapshots the same report comes out down to 30 MB, and
     * without them down to 26 MB, of which 22 MB are enough for one sample alone. With less, a file that is too big for the
     * heap is rejected.
     */
    private static final String HEAP = "-Xmx" + System.getProperty("netkb.heap", "40m");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final Path SAMPLES = Path.of("..", "kb-samples", "snapshots");

    @TempDir
    private Path folder;

    /** One way to damage the bytes of a JSON file. */
    private interface Damage {
        byte[] to(byte[] good);
    }

    /** Each leaves something that is no JSON, or goes beyond a limit, or contradicts itself: it is rejected. */
    private static final Map<String, Damage> REJECTED = new LinkedHashMap<>();

    /** Each leaves JSON of which something is not understood: it is rejected, or what was left out is told. */
    private static final Map<String, Damage> TOLD = new LinkedHashMap<>();

    static {
        REJECTED.put("cut-in-half", good -> Arrays.copyOf(good, good.length / 2));
        REJECTED.put(
                "cut-at-the-end",
                good -> text(good).stripTrailing().replaceFirst(".$", "").getBytes(UTF));
        REJECTED.put("first-byte-lost", good -> Arrays.copyOfRange(good, 1, good.length));
        REJECTED.put("empty", good -> new byte[0]);
        REJECTED.put("blank", good -> " \n\t\n".getBytes(UTF));
        REJECTED.put("zeros", good -> new byte[good.length]);
        REJECTED.put("zero-within", good -> with(good, good.length / 2, (byte) 0));
        REJECTED.put("zeros-at-the-end", good -> Arrays.copyOf(good, good.length + 512));
        REJECTED.put("no-utf8", good -> with(good, text(good).indexOf("\"") + 1, (byte) 0xFF));
        REJECTED.put(
                "latin-1", good -> text(good).replaceFirst("\"", "\"\u00e4").getBytes(StandardCharsets.ISO_8859_1));
        REJECTED.put(
                "other-bracket", good -> text(good).replaceFirst("\\}", "]").getBytes(UTF));
        REJECTED.put("bracket-lost", good -> text(good).replaceFirst("\\{", "").getBytes(UTF));
        REJECTED.put("comma-lost", good -> text(good).replaceFirst(",", " ").getBytes(UTF));
        REJECTED.put("comma-doubled", good -> text(good).replaceFirst(",", ",,").getBytes(UTF));
        REJECTED.put("colon-lost", good -> text(good).replaceFirst("\":", "\" ").getBytes(UTF));
        REJECTED.put("quote-lost", good -> text(good).replaceFirst("\"", "").getBytes(UTF));
        REJECTED.put("single-quotes", good -> text(good).replace('"', '\'').getBytes(UTF));
        REJECTED.put("twice", good -> (text(good) + text(good)).getBytes(UTF));
        REJECTED.put("warning-before", good -> ("WARNING: a new version is available.\n" + text(good)).getBytes(UTF));
        REJECTED.put("text-after", good -> (text(good) + "\nERROR: interrupted").getBytes(UTF));
        REJECTED.put("login-page", good -> "<!DOCTYPE html><html><body>Sign in</body></html>".getBytes(UTF));
        REJECTED.put(
                "comment", good -> text(good).replaceFirst(",", ", // why?\n").getBytes(UTF));
        REJECTED.put("two-values", good -> inFirst(good, "\"name\": \"one\", \"name\": \"two\","));
        REJECTED.put("deep", good -> inFirst(good, "\"deep\": " + "[".repeat(500) + "]".repeat(500) + ","));
        REJECTED.put("huge-number", good -> inFirst(good, "\"count\": " + "9".repeat(1_000) + ","));
        REJECTED.put("not-a-number", good -> inFirst(good, "\"count\": NaN,"));
        REJECTED.put("cut-by-depth", good -> inFirst(good, "\"tags\": \"@{env=prod; owner=me}\","));
        REJECTED.put("utf-16-cut", good -> {
            byte[] wide = ("\uFEFF" + text(good).strip()).getBytes(StandardCharsets.UTF_16LE);
            return Arrays.copyOf(wide, wide.length - 3);
        });
        REJECTED.put("noise", good -> {
            byte[] noise = new byte[good.length];
            new Random(good.length).nextBytes(noise);
            return noise;
        });
        TOLD.put(
                "id-of-a-number",
                good -> text(good)
                        .replaceFirst("\"id\"\\s*:\\s*\"[^\"]*\"", "\"id\": 7")
                        .getBytes(UTF));
        TOLD.put("other-value", good -> "{\"hello\": \"world\"}".getBytes(UTF));
        TOLD.put("a-number", good -> "7".getBytes(UTF));
        TOLD.put(
                "properties-of-a-text",
                good -> text(good)
                        .replaceFirst("\"properties\"\\s*:\\s*\\{", "\"properties\": \"x\", \"other\": {")
                        .getBytes(UTF));
    }

    @Test
    void damagedSnapshotsAreToldAndGoodOnesAreAsAlone() throws Exception {
        Path all = Files.createDirectory(folder.resolve("all"));
        List<Path> good = new ArrayList<>();
        Map<String, Boolean> damaged = new TreeMap<>();
        int number = 0;
        for (Map.Entry<String, Map<String, byte[]>> sample : samples().entrySet()) {
            good.add(writeFolder(all.resolve("good-" + sample.getKey()), sample.getValue()));
        }
        List<Map.Entry<String, Map<String, byte[]>>> samples =
                List.copyOf(samples().entrySet());
        for (int round = 0; round < 2; round++) {
            for (Map<String, Damage> ways : List.of(REJECTED, TOLD)) {
                for (Map.Entry<String, Damage> way : ways.entrySet()) {
                    Map.Entry<String, Map<String, byte[]>> sample = samples.get(number % samples.size());
                    Map<String, byte[]> files = new TreeMap<>(sample.getValue());
                    String file = List.copyOf(files.keySet()).get(number / samples.size() % files.size());
                    for (int next = number + 1; ways == TOLD && !isHurt(sample, file, way.getValue()); next++) {
                        sample = samples.get(next % samples.size());
                        files = new TreeMap<>(sample.getValue());
                        file = List.copyOf(files.keySet()).get(0);
                    }
                    files.put(file, way.getValue().to(files.get(file)));
                    String name = "bad-" + number++ + "-" + way.getKey() + "-" + sample.getKey();
                    if (round == 0) {
                        writeFolder(all.resolve(name), files);
                    } else {
                        Files.write(all.resolve(name + ".zip"), zip(files));
                        name += ".zip";
                    }
                    damaged.put(name, ways == REJECTED);
                }
            }
        }
        damaged.putAll(damagedArchives(all, samples.get(0).getValue()));
        assertThat(damaged).hasSizeGreaterThanOrEqualTo(FEWEST_DAMAGED);

        Map<String, JsonNode> together = new TreeMap<>();
        int status = check(all, folder.resolve("report.json"));
        JsonNode report = JSON.readTree(folder.resolve("report.json").toFile());
        report.get("snapshots").forEach(snapshot -> together.put(name(snapshot), snapshot));

        assertThat(status).isEqualTo(ExitStatus.NOT_LOADED.code());
        assertThat(together.keySet()).containsAll(damaged.keySet());
        damaged.forEach((name, rejected) -> assertTold(together.get(name), rejected));
        for (Path path : good) {
            assertThat(together.get(path.getFileName().toString()))
                    .as("%s among damaged ones and alone", path.getFileName())
                    .isEqualTo(alone(path));
        }
        assertThat(together.get("lines.jsonl:1").get("status").asText()).isEqualTo("evaluated");
        assertThat(together.get("lines.jsonl:2")
                        .get("problems")
                        .get(0)
                        .get("line")
                        .asInt())
                .isEqualTo(2);
        assertThat(together.get("lines.jsonl:3").get("results"))
                .isEqualTo(together.get("lines.jsonl:1").get("results"));
    }

    /** Whether a damage changes what is read of a file: nobody reads the ids in a list of service tags. */
    private static boolean isHurt(Map.Entry<String, Map<String, byte[]>> sample, String file, Damage damage) {
        byte[] good = sample.getValue().get(file);
        return !sample.getKey().contains("service-tags") && !Arrays.equals(good, damage.to(good));
    }

    private static void assertTold(JsonNode snapshot, boolean rejected) {
        String name = name(snapshot);
        if (rejected) {
            assertThat(snapshot.get("status").asText()).as(name).isEqualTo("rejected");
            assertThat(snapshot.get("results")).as(name).isEmpty();
        }
        List<JsonNode> located = new ArrayList<>();
        for (JsonNode problem : snapshot.get("problems")) {
            assertThat(problem.get("message").asText()).as(name).isNotBlank().doesNotContain("Exception");
            assertThat(problem.get("hint").asText()).as(name).isNotBlank();
            boolean archive = problem.get("code").asText().matches("KB-E12[012]");
            boolean hasPlace = problem.path("line").asInt() > 0
                    || !problem.path("pointer").asText("").isEmpty()
                    || archive;
            if (hasPlace && !problem.get("file").asText().isEmpty()) {
                located.add(problem);
            }
        }
        assertThat(located)
                .as("located problems of %s: %s", name, snapshot.get("problems"))
                .isNotEmpty();
    }

    /** Archives and lines that are damaged as a whole. */
    private static Map<String, Boolean> damagedArchives(Path all, Map<String, byte[]> files) throws IOException {
        byte[] zip = zip(files);
        byte[] flipped = zip.clone();
        flipped[flipped.length / 3] ^= 0x40;
        byte[] line = JSON.writeValueAsBytes(JSON.readTree(files.get("network.json")));
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.write(line);
        lines.write("\n{\"cut\": [\n".getBytes(UTF));
        lines.write(line);
        byte[] packed = gzip(lines.toByteArray());
        Map<String, byte[]> archives = new TreeMap<>();
        archives.put("half.zip", Arrays.copyOf(zip, zip.length / 2));
        archives.put("flipped.zip", flipped);
        archives.put("half.json.gz", Arrays.copyOf(packed, packed.length / 2));
        archives.put("text.tar.gz", line);
        archives.put("zip.json", zip);
        archives.put("main.bicep", line);
        Map<String, Boolean> damaged = new TreeMap<>();
        for (Map.Entry<String, byte[]> archive : archives.entrySet()) {
            Files.write(all.resolve(archive.getKey()), archive.getValue());
            if (!archive.getKey().equals("zip.json")) {
                damaged.put(archive.getKey(), true);
            }
        }
        Files.write(all.resolve("lines.jsonl"), lines.toByteArray());
        damaged.put("lines.jsonl:2", true);
        return damaged;
    }

    // --- good snapshots ------------------------------------------------------------------------------------------

    /** Name → file → content. */
    private static Map<String, Map<String, byte[]>> samples() throws IOException {
        Map<String, Map<String, byte[]>> samples = new TreeMap<>();
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            for (Path sample : folders.filter(Files::isDirectory).sorted().toList()) {
                samples.put(sample.getFileName().toString(), jsonFiles(sample));
            }
        }
        assertThat(samples).hasSizeGreaterThan(10);
        Path exports = realExports();
        if (exports != null) {
            for (String part : List.of("cli-2023", "apim-live")) {
                jsonFiles(exports.resolve(part))
                        .forEach((name, content) ->
                                samples.put("real-" + name.replace(".json", ""), Map.of(name, content)));
            }
        }
        return samples;
    }

    private static Path realExports() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path exports = at.resolve("shared").resolve("data").resolve("exports");
            if (Files.isDirectory(exports)) {
                return exports;
            }
        }
        return null;
    }

    private static Map<String, byte[]> jsonFiles(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child :
                    children.filter(each -> each.toString().endsWith(".json")).toList()) {
                files.put(child.getFileName().toString(), Files.readAllBytes(child));
            }
        }
        return files;
    }

    private static Path writeFolder(Path directory, Map<String, byte[]> files) throws IOException {
        Files.createDirectory(directory);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
        return directory;
    }

    // --- runs ----------------------------------------------------------------------------------------------------

    private static int check(Path each, Path report) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "check",
                        "--each",
                        each.toString(),
                        "--format",
                        "json=" + report)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(said).doesNotContain("internal error", "OutOfMemory", "Exception");
        return process.exitValue();
    }

    private static JsonNode alone(Path path) throws IOException {
        StandardOutput out = new StandardOutput(new ByteArrayOutputStream());
        StringWriter printed = new StringWriter();
        Cli.run(
                new Surroundings(
                        rules -> RULES,
                        SnapshotReader.create(),
                        InputStream.nullInputStream(),
                        TextStyle.PLAIN,
                        null,
                        false),
                out,
                new PrintWriter(printed),
                new PrintWriter(new StringWriter()),
                "check",
                path.toString(),
                "--format",
                "json");
        return JSON.readTree(printed.toString()).get("snapshots").get(0);
    }

    private static String name(JsonNode snapshot) {
        return snapshot.get("source").asText().replaceFirst(".*/", "");
    }

    // --- bytes ---------------------------------------------------------------------------------------------------

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] with(byte[] good, int at, byte value) {
        byte[] bytes = good.clone();
        bytes[at] = value;
        return bytes;
    }

    /** Puts fields at the begin of the first object. */
    private static byte[] inFirst(byte[] good, String fields) {
        String text = text(good);
        int brace = text.indexOf('{') + 1;
        return (text.substring(0, brace) + fields + text.substring(brace)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
