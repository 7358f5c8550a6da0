package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryCommandTest {

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();

    private String saved(String name, String words) throws IOException {
        String input = Files.writeString(folder.resolve("in.json"), words).toString();
        Path report = folder.resolve(name);
        Ran.with(world, "check", input, "--format", "json=" + report);
        return report.toString();
    }

    @Test
    void sumsUpReports() throws IOException {
        Ran ran = Ran.with(world, "summary", saved("a.json", "error warning"), saved("b.json", "error"));

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .containsSubsequence(
                        "most violated first",
                        "C-1 [ERROR]",
                        "C-2 [WARNING]",
                        "worst first",
                        "2 snapshots (0 rejected)")
                .doesNotContain("Since the earlier report");
    }

    /** What a night's batch leaves is summed up as it is. */
    @Test
    void sumsUpJsonLinesAsItDoesAReport() throws IOException {
        String lines = folder.resolve("a.jsonl").toString();
        String input =
                Files.writeString(folder.resolve("in.json"), "error warning").toString();
        Ran.with(world, "check", input, "--format", "jsonl=" + lines);

        Ran ran = Ran.with(world, "summary", lines, "--since", lines);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        String report = saved("b.json", "error warning");
        assertThat(ran.out())
                .isEqualTo(Ran.with(world, "summary", report, "--since", report).out());
    }

    @Test
    void saysThatARunDidNotComeToItsEnd() throws IOException {
        Path lines = folder.resolve("a.jsonl");
        String input =
                Files.writeString(folder.resolve("in.json"), "error warning").toString();
        Ran.with(world, "check", input, "--format", "jsonl=" + lines);
        Path partial = Files.move(lines, PartialFile.partial(lines));
        String told =
                "netkb: '" + partial + "' is of a run that did not come to its end: snapshots are missing from it\n";

        assertThat(Ran.with(world, "summary", partial.toString()).err()).isEqualTo(told);
        assertThat(Ran.with(world, "report", partial.toString()).err()).isEqualTo(told);
    }

    /** What a killed run finished can be looked at before it is resumed, also where it was copied to by itself. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void leavesOutTheBeginOfALineOfARunThatWasKilled(int whole) throws IOException {
        String line = Files.readString(lines("error warning"));
        Path partial = folder.resolve("b.jsonl.partial");
        Files.writeString(partial, line.repeat(whole) + line.substring(0, line.length() / 2));

        for (String command : List.of("summary", "report")) {
            Ran ran = Ran.with(world, command, partial.toString());

            assertThat(ran.err())
                    .startsWith(
                            "netkb: '" + partial + "' is of a run that did not come to its end: snapshots are missing"
                                    + " from it, and its last line, which is not whole, is left out\n");
            if (whole == 0) {
                assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
                assertThat(ran.err()).contains("it is empty: nothing was evaluated");
            } else {
                assertThat(ran.status()).isEqualTo(ExitStatus.OK);
                Path first = Files.writeString(folder.resolve("c.jsonl"), line.repeat(whole));
                assertThat(ran.out())
                        .isEqualTo(Ran.with(world, command, first.toString()).out());
            }
        }
    }

    @Test
    void refusesATornLineOfAnyOtherFile() throws IOException {
        String line = Files.readString(lines("error"));
        Path torn = Files.writeString(folder.resolve("b.jsonl"), line + "{\"source\":\"a");

        Ran ran = Ran.with(world, "summary", torn.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err()).contains("ends before its value does");
    }

    private Path lines(String words) throws IOException {
        Path lines = folder.resolve("a.jsonl");
        String input = Files.writeString(folder.resolve("in.json"), words).toString();
        Ran.with(world, "check", input, "--format", "jsonl=" + lines);
        return lines;
    }

    @Test
    void saysWhatChangedSinceAnEarlierReport() throws IOException {
        Ran ran = Ran.with(
                world, "summary", saved("now.json", "error info"), "--since", saved("before.json", "warning info"));

        assertThat(ran.out())
                .contains("1 new, 1 solved, 0 undetermined now, 0 accepted now, 0 not looked at now, 1 unchanged");
    }

    /** As the nightly jobs of {@code kb-samples/ci} do it: what was there the night before is known, and still violated. */
    @Test
    void namesWhatIsViolatedNightAfterNight() throws IOException {
        String input = Files.writeString(folder.resolve("in.json"), "error").toString();
        String known = folder.resolve("known.json").toString();
        String last = folder.resolve("last.json").toString();
        String tonight = folder.resolve("tonight.json").toString();
        Ran first = Ran.with(
                world, "check", input, "--known", known, "--update-known", "--quiet", "--format", "json=" + last);
        Ran second = Ran.with(
                world, "check", input, "--known", known, "--update-known", "--quiet", "--format", "json=" + tonight);

        assertThat(first.status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(second.status()).isEqualTo(ExitStatus.OK);
        assertThat(Ran.with(world, "summary", tonight, "--since", last).out())
                .contains("         1      (1)             0       0              1  C-1 [ERROR] title\n")
                .contains("  0 new, 0 solved, 0 undetermined now, 0 accepted now, 0 not looked at now, 1 unchanged\n");
    }

    @Test
    void writesJsonIntoAFile() throws IOException {
        Path json = folder.resolve("summary.json");

        Ran ran = Ran.with(world, "summary", saved("a.json", "error"), "--format", "json=" + json);

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).isEmpty();
        assertThat(json).content().startsWith("{\n  \"schema\": \"netkb/summary/1\"");
    }

    @Test
    void refusesWhatCannotBeRead() throws IOException {
        String good = saved("a.json", "error");
        Ran missing =
                Ran.with(world, "summary", good, folder.resolve("gone.json").toString());
        Ran twice = Ran.with(world, "summary", "-", "--since", "-");
        Ran format = Ran.with(world, "summary", good, "--format", "csv");

        assertThat(missing.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(missing.out()).isEmpty();
        assertThat(twice.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(format.err()).contains("'csv' is not a format of this command: use table or json");
        assertThat(Ran.with(world, "summary").status()).isEqualTo(ExitStatus.USAGE);
    }
}
