package dev.netkb.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command line is used, and how not. */
class MainTest {

    @TempDir
    private Path folder;

    private record Ran(int status, String out, String err) {}

    private static Ran run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = List.of(args).stream().map(Object::toString).toArray(String[]::new);
        int status = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Ran(status, out.toString(), err.toString());
    }

    private Path input() throws IOException {
        return Lines.write(
                folder.resolve("exports.jsonl"),
                List.of(Lines.bytes(Lines.sample("classic-broken")), Lines.bytes("{")));
    }

    private static void refuses(Ran ran, int status, String... words) {
        assertThat(ran.status()).as(ran.err()).isEqualTo(status);
        assertThat(ran.err()).contains("netkb: ").contains(words).doesNotContain("\tat ", "Exception");
    }

    @Test
    void wrongUseIsToldWithoutSpark() throws IOException {
        refuses(run("--output", "x"), Main.USAGE, "INPUT", "see --help");
        refuses(run("in.jsonl"), Main.USAGE, "--output");
        refuses(run("in.jsonl", "--output", "x", "--no-such"), Main.USAGE, "--no-such");
        refuses(run("in.jsonl", "--output", "x", "--baseline", "now"), Main.USAGE, "'now' is not a baseline");
        refuses(run("in.jsonl", "--output", "x", "--set", "clientRange=1"), Main.USAGE, "clientRange", "clientRanges");
        refuses(run("in.jsonl", "--output", "x", "--as-of", "soon"), Main.USAGE, "'soon' is no point in time");
        refuses(run("in.jsonl", "--output", "x", "--time-limit", "0"), Main.USAGE, "1 second or more");
        refuses(run("in.jsonl", "--output", "x", "--partitions", "0"), Main.USAGE, "1 or more");
        refuses(run("in.jsonl", "--output", "x", "--output-format", "csv"), Main.USAGE, "netkb check --format csv");
        refuses(
                run("in.jsonl", "--output", "x", "--rules", folder.resolve("none")),
                Main.NOT_LOADED,
                "there is no folder",
                "nothing was evaluated");
        refuses(
                run("in.jsonl", "--output", "x", "--waivers", folder.resolve("none.yaml")),
                Main.NOT_LOADED,
                "there is no such file",
                "nothing was evaluated");
        refuses(run("in.jsonl", "--output", "x", "--service-tags", input()), Main.NOT_LOADED, "the service tags '");
        assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
        assertThat(run("--help").out()).contains("--output-format", "Exit status:");
        assertThat(run("--help").status()).isZero();
    }

    @Test
    void neverReplacesWhatItShouldNot() throws IOException {
        Path input = input();
        Path output = Files.createDirectory(folder.resolve("results"));
        Files.writeString(output.resolve("mine.txt"), "mine");
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        try {
            refuses(run(input, "--output", output), Main.USAGE, "is there already", "--overwrite");
            refuses(run(input, "--output", folder, "--overwrite"), Main.USAGE, "would be deleted");
            assertThat(output.resolve("mine.txt")).hasContent("mine");
            refuses(
                    run(folder.resolve("none.jsonl"), "--output", folder.resolve("new")),
                    Main.NOT_LOADED,
                    "none.jsonl");
            refuses(
                    run(input, "--output", folder.resolve("new"), "--output-format", "no-such"),
                    Main.USAGE,
                    "no such --output-format");
            assertThat(folder.resolve("new")).doesNotExist();

            Path left = Files.createDirectories(folder.resolve("left/_temporary/0"))
                    .getParent()
                    .getParent();
            Ran again = run(input, "--output", left);
            assertThat(again.status()).as(again.err()).isZero();
            assertThat(left.resolve("_SUCCESS")).exists();
            assertThat(left.resolve("_temporary")).doesNotExist();
            refuses(run(input, "--output", left), Main.USAGE, "is there already");

            Ran ran = run(input, "--output", output, "--overwrite", "--output-format", "json", "--partitions", 2);
            assertThat(ran.status()).as(ran.err()).isZero();
            assertThat(ran.err()).contains("netkb: 2 snapshots, 1 of them rejected and 0 incomplete: ");
            assertThat(output.resolve("mine.txt")).doesNotExist();
            assertThat(output.resolve("_SUCCESS")).exists();
        } finally {
            System.clearProperty("spark.master");
            System.clearProperty("spark.ui.enabled");
        }
    }
}
