package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.render.TextStyle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {

    private final FakeWorld world = new FakeWorld();

    @Test
    void printsItsVersion() {
        Ran ran = Ran.with(world, "--version");

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).startsWith("netkb ");
    }

    @Test
    void listsItsCommandsInItsHelp() {
        Ran ran = Ran.with(world, "--help");

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).contains("check", "rules");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check | nothing at or above --fail-on | 4 violations at or above --fail-on 5 undetermined results, and"
                        + " --fail-on-undetermined was given",
                "diff | nothing at or above --fail-on | 4 violations at or above --fail-on 5 undetermined results, and"
                        + " --fail-on-undetermined was given",
                "flow | done | ''",
                "report | done | ''",
                "summary | done | ''",
                "convert | done | ''",
                "export-script | done | ''",
                "rules lint | done | ''",
                "rules test | done | 4 an example fails",
                "rules diff | done | 4 a verdict changes, and --fail-on-change was given",
            })
    void listsWhatACommandCanEndWith(String command, String zero, String more) {
        Ran ran = Ran.with(world, (command + " --help").split(" "));

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out().replaceAll("\\s+", " ").trim())
                .endsWith(("Exit status; where several apply, the smallest above 0: 0 " + zero
                                + " 1 internal error 2 wrong use of the command line 3 some input or rule could not be"
                                + " loaded " + more)
                        .trim());
    }

    @Test
    void asksForACommand() {
        assertThat(Ran.with(world).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(Ran.with(world).err()).contains("a command is missing: use check, ");
        assertThat(Ran.with(world, "rules").err()).contains("use list, show, init, export, lint, test, diff");
    }

    @Test
    void saysOnceThatAnOptionIsOne() {
        assertThat(Ran.with(world, "check", "x", "--set", "foo").err())
                .contains("for option '--set' (KEY=VALUE) should be in KEY=VALUE format")
                .doesNotContain("option option");
    }

    @Test
    void saysWhichCommandsThereAreWhenOneIsUnknown() {
        Ran ran = Ran.with(world, "chekc", "x");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("'chekc' is not a command of netkb. Did you mean check?");
        assertThat(Ran.with(world, "compare", "a", "b").err())
                .contains("'compare' is not a command of netkb.", "It has: check");
    }

    @Test
    void callsAWordNoOptionThatIsNone() {
        assertThat(Ran.with(world, "rules", "list", "x").err())
                .startsWith("netkb: 'x' is one word too many for netkb rules list")
                .doesNotContain("is not an option");
        assertThat(Ran.with(world, "rules", "list", "--xyz").err())
                .contains("'--xyz' is not an option of netkb rules list.");
    }

    @Test
    void listsTheCatalogue() {
        Ran ran = Ran.with(world, "rules", "list");

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).contains("C-NET-05", "C-NET-06", "SEED-S1", "5 requirements");
        assertThat(Ran.with(world, "rules", "list", "--format", "json").out())
                .contains("\"schema\": \"netkb/rules/1\"");
    }

    @Test
    void showsOneRequirementWhateverTheLetterCase() {
        Ran ran = Ran.with(world, "rules", "show", "c-net-05");

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).contains("description of C-NET-05").doesNotContain("C-NET-06");
        assertThat(Ran.with(world, "rules", "show", "C-NET-05", "--format=json").out())
                .contains("\"id\": \"C-NET-05\"");
    }

    @Test
    void namesTheNearestIdsOfAnUnknownOne() {
        Ran ran = Ran.with(world, "rules", "show", "C-NET-5");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("'C-NET-5' is no id", "Did you mean C-NET-05 or C-NET-06?");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void endsQuietlyWhenTheReaderOfThePipeHasEnough(@TempDir Path folder) throws IOException {
        Ran ran = runInto("Broken pipe", folder);

        assertThat(ran.status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void saysSoWhenStandardOutputIsFull(@TempDir Path folder) throws IOException {
        Ran ran = runInto("No space left on device", folder);

        assertThat(ran.status()).isEqualTo(ExitStatus.INTERNAL);
        assertThat(ran.err()).contains("standard output could not be written: No space left on device");
    }

    private Ran runInto(String failure, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "error");
        StandardOutput out = new StandardOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        });
        StringWriter err = new StringWriter();
        ExitStatus status = Cli.run(
                new Surroundings(
                        rules -> world, world, new ByteArrayInputStream(new byte[0]), TextStyle.PLAIN, null, false),
                out,
                new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
                new PrintWriter(err),
                "check",
                file.toString());
        return new Ran(status, "", err.toString());
    }

    @Test
    void saysSoWhenTheRulesCannotBeLoaded(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "error");
        StringWriter err = new StringWriter();
        Surroundings noRules = new Surroundings(
                rules -> {
                    throw new IllegalStateException("no rules on the class path");
                },
                world,
                new ByteArrayInputStream(new byte[0]),
                TextStyle.PLAIN,
                null,
                false);
        StandardOutput out = new StandardOutput(OutputStream.nullOutputStream());

        ExitStatus status = Cli.run(
                noRules,
                out,
                new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
                new PrintWriter(err),
                "check",
                file.toString());

        assertThat(status).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(err.toString()).isEqualTo("netkb: the rules could not be loaded: no rules on the class path\n");
    }

    @Test
    void usesColourOnlyOnATerminalThatWantsIt() {
        assertThat(Main.style(Map.of(), true).colour()).isTrue();
        assertThat(Main.style(Map.of(), false).colour()).isFalse();
        assertThat(Main.style(Map.of("NO_COLOR", ""), true).colour()).isFalse();
        assertThat(Main.style(Map.of("TERM", "dumb"), true).colour()).isFalse();
    }

    @Test
    void usesTheWidthOfTheTerminal() {
        assertThat(Main.style(Map.of("COLUMNS", "140"), true).width()).isEqualTo(140);
        assertThat(Main.style(Map.of("COLUMNS", "140"), false).width()).isEqualTo(100);
        assertThat(Main.style(Map.of("COLUMNS", "wide"), true).width()).isEqualTo(100);
    }

    @Test
    void combinesEveryPairOfStatuses() {
        for (ExitStatus a : ExitStatus.values()) {
            for (ExitStatus b : ExitStatus.values()) {
                int smaller = Math.min(a.code(), b.code());
                int expected = smaller == 0 ? Math.max(a.code(), b.code()) : smaller;
                assertThat(a.and(b).code()).as("%s and %s", a, b).isEqualTo(expected);
            }
        }
    }
}
