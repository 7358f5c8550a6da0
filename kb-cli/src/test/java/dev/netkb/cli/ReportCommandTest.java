package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {

    private static final String SAMPLES = "../kb-samples/snapshots";

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();

    private Path saved(String words) throws IOException {
        String input = Files.writeString(folder.resolve("in.json"), words).toString();
        Path report = folder.resolve("report.json");
        Ran.with(world, "check", input, "--format", "json=" + report);
        return report;
    }

    /** Whatever a real report holds, every format is what the check itself would have written. */
    @Test
    void rendersEverySampleAsTheCheckItselfDoes() throws IOException {
        List<String> formats = List.of("json", "table", "sarif", "junit", "csv", "markdown", "html");
        Ran checked = Ran.withPackagedRules(
                "check",
                "--each",
                SAMPLES,
                "--all",
                "--quiet",
                "--fail-on",
                "never",
                "--format",
                "json=" + folder.resolve("check.json"),
                "--format",
                "table=" + folder.resolve("check.table"),
                "--format",
                "sarif=" + folder.resolve("check.sarif"),
                "--format",
                "junit=" + folder.resolve("check.junit"),
                "--format",
                "csv=" + folder.resolve("check.csv"),
                "--format",
                "markdown=" + folder.resolve("check.markdown"),
                "--format",
                "html=" + folder.resolve("check.html"));
        assertThat(checked.err()).isEmpty();

        for (String format : formats) {
            Ran ran =
                    Ran.withPackagedRules("report", folder.resolve("check.json").toString(), "--format", format);

            assertThat(ran.status()).isEqualTo(ExitStatus.OK);
            assertThat(ran.out()).as(format).isEqualTo(Files.readString(folder.resolve("check." + format)));
        }
    }

    @Test
    void readsStandardInputAndWhatIsPacked() throws IOException {
        Path report = saved("error");
        String text = Files.readString(report);
        Path packed = folder.resolve("report.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(Ran.reading(text, world, "report", "-", "--format", "json").out())
                .isEqualTo(text);
        assertThat(Ran.with(world, "report", packed.toString(), "--format", "json")
                        .out())
                .isEqualTo(text);
        assertThat(Ran.with(world, "report", report.toString()).out()).contains("C-1 [ERROR]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "undetermined", "reject", "incomplete", "nothing", "hostile"})
    void endsWellWhateverTheReportSays(String words) throws IOException {
        Ran ran = Ran.with(world, "report", saved(words).toString(), "--format", "csv");

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void writesFilesWholeBesideEachOther() throws IOException {
        Path report = saved("error");
        Path csv = folder.resolve("out.csv");
        Path json = folder.resolve("out.json");

        Ran ran = Ran.with(world, "report", report.toString(), "--format", "csv=" + csv, "--format", "json=" + json);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("wrote the csv report to");
        assertThat(csv).content().contains("C-1");
        assertThat(json).hasSameTextualContentAs(report);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | the field 'schema' is missing. Give a file that netkb check --format json or jsonl wrote",
                "{\"schema\": \"netkb/report/2\"} | /schema: \"netkb/report/2\" is not 'netkb/report/1'",
                "{\"schema\": \"netkb/report/1\", \"snapshots\": [{\"status\": \"x\"}]} | /snapshots/0/status: 'x' is none of",
                "{\"schema\": | ends before its value does",
                "`` | it is empty: nothing was evaluated, or the run ended before its first snapshot was",
                "hello | this is not JSON, from line 1, column 1 on",
                "{\"schema\": \"netkb/report/1\", \"schema\": 1} | the field 'schema' stands twice in one object: line 1, column",
                "{\"source\": \"s\", \"results\": [{\"a'b\": 1, \"a'b\": 2}]} | the field 'a'b' stands twice in one object: line 1, col",
            })
    void saysWhereAFileIsNoReport(String text, String message) throws IOException {
        String file = Files.writeString(folder.resolve("a.json"), text).toString();

        Ran ran = Ran.with(world, "report", file);

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("netkb: '" + file + "' is no report: ").contains(message);
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        Ran missing = Ran.with(world, "report", folder.resolve("gone.json").toString());
        Ran directory = Ran.with(world, "report", folder.toString());

        assertThat(missing.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(missing.err()).contains("gone.json' could not be read: it does not exist");
        assertThat(directory.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(directory.err()).contains("it is a folder");
    }

    @Test
    void wantsAReportAndAFormatThatIsKnown() {
        assertThat(Ran.with(world, "report").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(Ran.with(world, "report", "a.json", "--format", "xml").status())
                .isEqualTo(ExitStatus.USAGE);
    }
}
