package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Snapshots say in words what is wrong with them, see {@link FakeWorld}. */
class DiffCommandTest {

    @TempDir
    private Path folder;

    private Ran diff(String before, String after, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("diff", file("before.json", before), file("after.json", after)));
        args.addAll(List.of(options));
        return Ran.with(new FakeWorld(), args.toArray(String[]::new));
    }

    private String file(String name, String words) throws IOException {
        return Files.writeString(folder.resolve(name), words).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "fine, error, error, VIOLATIONS",
        "error, error, error, OK",
        "error, fine, error, OK",
        "fine, warning, error, OK",
        "fine, warning, warning, VIOLATIONS",
        "warning, warning, info, OK",
        "fine, info, warning, OK",
        "fine, info, info, VIOLATIONS",
        "fine, error, never, OK",
        "reject, error, error, NOT_LOADED",
        "error, reject, error, NOT_LOADED",
        "fine, error incomplete, error, INTERNAL"
    })
    void endsByWhatIsNew(String before, String after, String failOn, ExitStatus expected) throws IOException {
        assertThat(diff(before, after, "--fail-on", failOn).status()).isEqualTo(expected);
    }

    @Test
    void itsHelpSaysWhatOptionsOfReportsMeanWhereTwoSnapshotsAreCompared() {
        String help = Ran.with(new FakeWorld(), "diff", "--help").out().replaceAll("\\s+", " ");

        ResourceBundle words = ResourceBundle.getBundle("dev.netkb.cli.diff");
        assertThat(words.keySet())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(help)
                        .containsPattern("--" + option + "(=\\S+)? " + Pattern.quote(words.getString(option))));
        assertThat(Ran.with(new FakeWorld(), "check", "--help").out())
                .doesNotContain("new violations", "was not before");
    }

    @Test
    void failsOnWhatIsNewlyUndeterminedWhereItIsAskedFor() throws IOException {
        assertThat(diff("fine", "undetermined").status()).isEqualTo(ExitStatus.OK);
        assertThat(diff("fine", "undetermined", "--fail-on-undetermined").status())
                .isEqualTo(ExitStatus.UNDETERMINED);
        assertThat(diff("undetermined", "undetermined", "--fail-on-undetermined")
                        .status())
                .isEqualTo(ExitStatus.OK);
    }

    @Test
    void printsATableAndCountsWhatIsNew() throws IOException {
        Ran ran = diff("fine", "error warning");

        assertThat(ran.out())
                .contains("C-1 [ERROR]", "C-2 [WARNING]")
                .endsWith(
                        "1 new error, 1 new warning, 0 new infos," + " 0 newly undetermined, 0 solved, 0 unchanged\n");
    }

    @Test
    void saysWhyASnapshotWasRejectedInEveryFormat() throws IOException {
        assertThat(diff("fine", "reject").out()).contains("rejected", "KB-E101", "nothing was compared");

        Ran json = diff("fine", "reject", "--format", "json");
        assertThat(json.out()).contains("\"status\": \"rejected\"");
        assertThat(json.err()).contains("was rejected", "KB-E101").doesNotContain("\u001b");
    }

    @Test
    void writesJsonIntoAFile() throws IOException {
        Path json = folder.resolve("diff.json");
        Ran ran = diff("fine", "error", "--format", "table", "--format", "json=" + json);

        assertThat(ran.out()).contains("C-1 [ERROR]");
        assertThat(Files.readString(json)).startsWith("{\n  \"schema\": \"netkb/diff/1\"");
    }

    @Test
    void refusesToReadStandardInputTwiceAndToCompareWithNothing() {
        assertThat(Ran.with(new FakeWorld(), "diff", "-", "-").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(Ran.with(new FakeWorld(), "diff", "before.json").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(Ran.with(new FakeWorld(), "diff", "a.json", "b.json", "--threads", "0")
                        .err())
                .contains("--threads is 0");
    }

    @Test
    void readsOneSideFromStandardInput() throws IOException {
        Ran ran = Ran.reading("error", new FakeWorld(), "diff", file("before.json", "fine"), "-");

        assertThat(ran.out()).contains("standard input", "C-1 [ERROR]");
        assertThat(ran.status()).isEqualTo(ExitStatus.VIOLATIONS);
    }

    @Test
    void givesBothSidesTheTagsOfTheCommandLine() throws IOException {
        FakeWorld world = new FakeWorld();
        Ran.with(
                world,
                "diff",
                file("before.json", "fine"),
                file("after.json", "fine"),
                "--service-tags",
                file("given.json", "tags"),
                "--baseline",
                "2023-11",
                "--all");

        assertThat(world.tagsSeen)
                .hasSize(2)
                .allSatisfy((name, tags) -> assertThat(tags).isEqualTo(FakeWorld.TAGS));
        assertThat(world.optionsSeen).allSatisfy((name, options) -> {
            assertThat(options.baseline()).hasToString("2023-11");
            assertThat(options.all()).isTrue();
        });
    }

    @Test
    void saysThatNothingWasCheckedWhereThereIsNoService() throws IOException {
        assertThat(diff("nothing", "nothing").err()).contains("nothing was checked, which is no pass");
        assertThat(diff("fine", "nothing").err())
                .contains("nothing was checked, which is no pass", "in the later snapshot");
        assertThat(diff("fine", "nothing").out()).contains("NOTHING WAS CHECKED after the change");
        assertThat(diff("nothing", "fine").err()).doesNotContain("nothing was checked");
    }

    @Test
    void refusesFormatsThatOnlyReportsOfSnapshotsHave() {
        Ran ran = Ran.with(new FakeWorld(), "diff", "a", "b", "--format", "sarif");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("'sarif' is not a format of this command: use table, json or html");
    }
}
