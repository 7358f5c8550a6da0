package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.api.Baseline;
import dev.netkb.api.render.JsonRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.api.rules.RuleSources;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();

    private String file(String name, String words) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, words).toString();
    }

    private Ran check(String... args) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(Arrays.asList(args));
        return Ran.with(world, all.toArray(String[]::new));
    }

    // --- exit status -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        // what the snapshot says, --fail-on, exit status
        "clean, error, OK",
        "error, error, VIOLATIONS",
        "warning, error, OK",
        "info, error, OK",
        "error, warning, VIOLATIONS",
        "warning, warning, VIOLATIONS",
        "info, warning, OK",
        "info, info, VIOLATIONS",
        "clean, info, OK",
        "error, never, OK",
        "undetermined, info, OK",
        "reject, never, NOT_LOADED",
        "strange, never, NOT_LOADED",
        "nothing, never, OK",
        "crash, never, INTERNAL",
        "overflow, never, INTERNAL",
        "incomplete, never, INTERNAL",
    })
    void endsByTheSeverityFromWhichOnItFails(String words, String failOn, ExitStatus expected) throws IOException {
        assertThat(check("--fail-on", failOn, file("a.json", words)).status()).isEqualTo(expected);
    }

    @Test
    void failsOnErrorsUnlessToldOtherwise() throws IOException {
        assertThat(check(file("a.json", "error")).status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(check(file("b.json", "warning undetermined")).status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void failsOnUndeterminedOnlyWhenAsked() throws IOException {
        String file = file("a.json", "undetermined");

        assertThat(check(file).status()).isEqualTo(ExitStatus.OK);
        assertThat(check(file, "--fail-on-undetermined").status()).isEqualTo(ExitStatus.UNDETERMINED);
        assertThat(check(file("b.json", "error"), "--fail-on-undetermined").status())
                .isEqualTo(ExitStatus.VIOLATIONS);
    }

    /** Every set of things that can go wrong: the smallest of 1, 2, 3 wins, then 4, then 5. */
    @Test
    void endsWithTheSmallestStatusWhereSeveralApply() throws IOException {
        record Cause(String word, ExitStatus status) {}
        List<Cause> causes = List.of(
                new Cause("crash", ExitStatus.INTERNAL),
                new Cause("reject", ExitStatus.NOT_LOADED),
                new Cause("error", ExitStatus.VIOLATIONS),
                new Cause("undetermined", ExitStatus.UNDETERMINED));
        for (int set = 0; set < 1 << causes.size(); set++) {
            List<String> args =
                    new ArrayList<>(List.of("--fail-on-undetermined", file("clean" + set + ".json", "clean")));
            ExitStatus expected = ExitStatus.OK;
            for (int i = causes.size() - 1; i >= 0; i--) {
                if ((set & 1 << i) != 0) {
                    args.add(file(set + "-" + i + ".json", causes.get(i).word()));
                    expected = causes.get(i).status();
                }
            }
            assertThat(check(args.toArray(String[]::new)).status())
                    .as("causes %s", args)
                    .isEqualTo(expected);
        }
    }

    @Test
    void wrongUseWinsOverViolationsBecauseNothingRuns() throws IOException {
        Ran ran = check(file("a.json", "error"), "--threads", "0");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.out()).isEmpty();
    }

    // --- inputs ------------------------------------------------------------------------------------------------

    @Test
    void rejectsAPathThatDoesNotExistAndChecksTheOthers() throws IOException {
        Ran ran = check(folder.resolve("gone.json").toString(), file("a.json", "error"));

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).contains("gone.json", "rejected", "there is no file", "1 error,");
    }

    @Test
    void takesAFolderAsOneSnapshot() throws IOException {
        file("net/a.json", "error");
        file("net/b.json", "warning");

        assertThat(check(folder.resolve("net").toString()).out()).contains("1 error, 1 warning", "1 snapshot");
    }

    @Test
    void takesEveryChildOfAFolderAsASnapshotOfItsOwn() throws IOException {
        file("all/a.json", "error");
        file("all/b.json", "warning");
        file("all/c/x.json", "info");
        file("all/c/y.json", "info");

        assertThat(check("--each", folder.resolve("all").toString()).out())
                .contains("1 error, 1 warning, 2 infos", "3 snapshots");
    }

    @Test
    void takesAFileWhoseNameSaysNothingAsASnapshotToo() throws IOException {
        file("all/a.json", "clean");
        file("all/dump", "error");
        file("all/q.jsonl.partial", "reject");

        Ran ran = check("--each", folder.resolve("all").toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).contains("1 error", "3 snapshots (1 rejected)");
        assertThat(ran.err()).doesNotContain("left out");
    }

    @Test
    void tellsWhichChildrenOfAFolderAreNoSnapshots() throws IOException {
        file("one/a.json", "clean");
        file("one/readme.md", "error");
        file("all/a.json", "clean");
        file("all/.gitignore", "error");
        for (String name : List.of("b.txt", "c.log", "d.md", "e.html", "f.txt")) {
            file("all/" + name, "error");
        }
        String one = folder.resolve("one").toString();
        String all = folder.resolve("all").toString();

        Ran ran = check("--each", one, "--each", all);

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.err())
                .isEqualTo(
                        "netkb: of --each '" + one + "' a file is left out, which is no snapshot: 'readme.md'; name as"
                                + " PATH what is one nevertheless\n"
                                + "netkb: of --each '" + all
                                + "' 5 files are left out, which are no snapshots: 'b.txt', 'c.log',"
                                + " 'd.md' and 2 more; name as PATH what is one nevertheless\n");
        assertThat(check("--quiet", "--each", all).err()).isEmpty();
    }

    @Test
    void takesPathsOnBothSidesOfAnOption() throws IOException {
        assertThat(check(
                                file("a.json", "error"),
                                "-q",
                                file("b.json", "warning"),
                                "--threads",
                                "1",
                                file("c.json", "info"))
                        .out())
                .contains("1 error, 1 warning, 1 info", "3 snapshots");
    }

    @Test
    void neverPassesAFolderWithoutSnapshots() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(check("--each", empty.toString()).status()).isEqualTo(ExitStatus.NOT_LOADED);
    }

    @Test
    void readsStandardInputOnce() {
        Ran ran = Ran.reading("error", world, "check", "-");

        assertThat(ran.status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(check("-", "-").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void handsBaselineAndAllToTheKnowledgeBase() throws IOException {
        String file = file("a.json", "clean");

        check(file, "--baseline", "2023-11", "--all");

        assertThat(world.optionsSeen.get(file).all()).isTrue();
        assertThat(world.optionsSeen.get(file).baseline()).isEqualTo(Baseline.parse("2023-11"));
    }

    @Test
    void handsThePointInTimeToTheKnowledgeBase() throws IOException {
        String file = file("a.json", "clean");

        check(file, "--as-of", "2026-11-20T10:30:00+01:00");
        assertThat(world.optionsSeen.get(file).asOf()).isEqualTo("2026-11-20T09:30:00Z");

        check(file);
        assertThat(world.optionsSeen.get(file).asOf()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1999-01, is before the first requirements",
        "2016-11, is before the first requirements",
        "2016-13, is not a baseline",
        "latest, is not a baseline"
    })
    void refusesABaselineThatHoldsNothing(String baseline, String expected) throws IOException {
        Ran ran = check(file("a.json", "clean"), "--baseline", baseline);

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains(baseline, expected);
        assertThat(ran.out()).isEmpty();
        assertThat(world.optionsSeen).isEmpty();
    }

    // --- service tags ------------------------------------------------------------------------------------------

    @Test
    void givesTheTagsToEverySnapshotAndNamesThemInTheReport() throws IOException {
        String a = file("a.json", "clean");
        String b = file("b.json", "clean");

        Ran ran = check(a, b, "--service-tags", file("tags.json", "tags"));

        assertThat(world.tagsSeen.get(a)).isSameAs(FakeWorld.TAGS);
        assertThat(world.tagsSeen.get(b)).isSameAs(FakeWorld.TAGS);
        assertThat(ran.out()).contains("Service tags: Public, change 381");
    }

    @Test
    void namesTheTagsThatASnapshotBrings() throws IOException {
        assertThat(check(file("a.json", "tags")).out()).contains("Service tags: Public, change 381");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean", "reject"})
    void doesNotRunWithoutTheTagsThatWereAskedFor(String content) throws IOException {
        Ran ran = check(file("a.json", "error"), "--service-tags", file("tags.json", content));

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("tags.json", "could not be loaded", "az network list-service-tags");
    }

    @Test
    void doesNotRunWithATagFileThatDoesNotExist() throws IOException {
        Ran ran = check(file("a.json", "error"), "--service-tags", "gone.json");

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err()).contains("gone.json");
    }

    // --- formats -----------------------------------------------------------------------------------------------

    @Test
    void writesJsonToStandardOutputAndNothingElse() throws IOException {
        Ran ran = check(file("a.json", "error reject"), file("b.json", "undetermined"), "--format", "json");

        assertThat(ran.out()).startsWith("{").endsWith("}\n");
        assertThat(ran.err()).contains("a.json was rejected: KB-E101 torn.json:17:4:");
        try (InputStream schema =
                JsonRenderer.class.getClassLoader().getResourceAsStream(JsonRenderer.SCHEMA_RESOURCE)) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema)
                            .validate(ran.out(), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=table", "--format=json", "--quiet --format=json"})
    void saysLoudlyThatNothingWasChecked(String options) throws IOException {
        List<String> args = new ArrayList<>(List.of(options.split(" ")));
        args.add(file("a.json", "nothing"));

        Ran ran = check(args.toArray(String[]::new));

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.err().lines())
                .containsExactly(
                        "netkb: nothing was checked, which is no pass: there is no location of an API Management service",
                        "       no service is in '" + folder.resolve("a.json") + "'; read were 2 groups",
                        "       Export the service too.");
    }

    @Test
    void namesAFewOfManySnapshotsWithoutALocation() throws IOException {
        for (int i = 0; i < 9; i++) {
            file("all/" + i + ".json", "nothing");
        }

        assertThat(check("--each", folder.resolve("all").toString()).err().lines())
                .hasSize(6)
                .contains("       and so in 6 more snapshots");
    }

    @Test
    void doesNotSaySoWhereAnythingWasCheckedOrAllWasRejected() throws IOException {
        String nothing = file("a.json", "nothing");

        assertThat(check(nothing, file("b.json", "clean")).err()).isEmpty();
        assertThat(check(file("c.json", "reject")).err()).isEmpty();
    }

    @Test
    void writesOneFormatToAFileAndAnotherToStandardOutput() throws IOException {
        Path json = folder.resolve("out.json");

        Ran ran = check(file("a.json", "error"), "--format", "json=" + json, "--format=table");

        assertThat(ran.out()).contains("C-1 [ERROR]");
        assertThat(Files.readString(json)).startsWith("{\n  \"schema\": \"netkb/report/1\"");
        assertThat(ran.err()).contains("wrote the json report to");
    }

    /** Each in a way that only this format has, from one run, and with the status that the table would have. */
    @Test
    void writesEveryFormatOfOneRun() throws IOException {
        String file = file("a.json", "error warning undetermined");
        Map<String, String> marks = Map.of(
                "json", "\"schema\": \"netkb/report/1\"",
                "sarif", "\"ruleId\": \"C-1\"",
                "junit", "<failure ",
                "csv", "\uFEFFsnapshot,outcome,",
                "markdown", "### netkb: 1 error, 1 warning, 0 infos, 1 undetermined",
                "html", "<!doctype html>");
        List<String> args = new ArrayList<>(List.of(file));
        for (String format : marks.keySet()) {
            args.add("--format");
            args.add(format + "=" + folder.resolve("out." + format));
        }

        assertThat(check(args.toArray(String[]::new)).status()).isEqualTo(ExitStatus.VIOLATIONS);

        for (Map.Entry<String, String> mark : marks.entrySet()) {
            assertThat(folder.resolve("out." + mark.getKey())).content().contains(mark.getValue());
            assertThat(check(file, "--format", mark.getKey()).out())
                    .isEqualTo(Files.readString(folder.resolve("out." + mark.getKey())));
        }
    }

    @Test
    void writesNothingToStandardOutputWhereEveryFormatHasAFile() throws IOException {
        Ran ran = check(file("a.json", "error"), "--quiet", "--format", "table=" + folder.resolve("out.txt"));

        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEmpty();
        assertThat(folder.resolve("out.txt")).content().contains("C-1 [ERROR]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--format xml | use table, json, jsonl, sarif, junit, csv, markdown or html",
                "--format JSON | use table, json, jsonl, sarif, junit, csv, markdown or html",
                "--format json= | names no file",
                "--format json --format table | only one --format",
                "--format json=gone/x.json | folder does not exist",
                "--format json=x --format table=x | more than one --format",
                "--format json=. | is a folder",
                "--baseline newest | use auto, seed or YYYY-MM",
                "--as-of yesterday | 'yesterday' is no point in time",
                "--as-of 2026-11-20T09:30:00 | with its offset",
                "--fail-on fatal | error, warning, info, never",
                "--threads 0 | from 1 to 1024",
                "--threads many | 'many' is not an int",
                "--quiet --verbose | contradict",
                "--formt json | Did you mean --format?",
                "--waiver x | Did you mean --waivers?",
                "--fail-undetermined | --fail-on-undetermined",
            })
    void saysWhatItWouldHaveAccepted(String args, String expected) throws IOException {
        List<String> all = new ArrayList<>(List.of(args.split(" ")));
        all.add(file("a.json", "error"));

        Ran ran = check(all.toArray(String[]::new));

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains(expected).contains("see netkb check --help");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void asksForAnInput() {
        assertThat(check().err()).contains("name at least one PATH, or --each DIR");
        assertThat(check().status()).isEqualTo(ExitStatus.USAGE);
    }

    // --- threads -----------------------------------------------------------------------------------------------

    @Test
    void givesTheSameBytesWhateverTheThreads() throws IOException {
        List<String> words = List.of("error", "warning slow", "info", "undetermined slow", "reject", "clean");
        for (int i = 0; i < 60; i++) {
            file(String.format(Locale.ROOT, "all/%03d.json", i), words.get(i % words.size()));
        }
        String all = folder.resolve("all").toString();

        String one = check("--each", all, "--format", "json", "--threads", "1").out();
        assertThat(world.mostReading.get()).isEqualTo(1);
        for (String threads : List.of("2", "7", "64")) {
            assertThat(check("--each", all, "--format", "json", "--threads", threads)
                            .out())
                    .isEqualTo(one);
        }
        assertThat(world.mostReading.get()).isGreaterThan(1);
    }

    // --- streams and hostile input -----------------------------------------------------------------------------

    @Test
    void reportsAnInternalErrorInOneLineAndKeepsTheOtherResults() throws IOException {
        Ran ran = check(file("a.json", "crash"), file("b.json", "error"));

        assertThat(ran.status()).isEqualTo(ExitStatus.INTERNAL);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("internal error", "boom", "--verbose").doesNotContain("\tat ");
        assertThat(ran.out()).contains("C-1 [ERROR]");
    }

    @Test
    void aSnapshotThatNeedsMoreMemoryCostsNothingButItself() throws IOException {
        Ran ran = check(file("a.json", "hog"), file("b.json", "error"));

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err() + ran.out()).doesNotContain("internal error", "report it");
        assertThat(ran.out())
                .contains("a.json", "KB-E102", "too little memory", "JAVA_TOOL_OPTIONS=-Xmx4g", "C-1 [ERROR]");
    }

    @Test
    void saysThatTheRulesNeedMoreMemory() {
        IllegalStateException wrapped = new IllegalStateException(
                "the compiled rules cannot be loaded",
                new InvocationTargetException(new OutOfMemoryError("Java heap space")));
        Surroundings surroundings = new Surroundings(
                rules -> {
                    throw wrapped;
                },
                world,
                InputStream.nullInputStream(),
                TextStyle.PLAIN,
                null,
                false);

        assertThatThrownBy(() -> surroundings.rules(RuleSources.of()))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("too little memory")
                .hasMessageContaining("JAVA_TOOL_OPTIONS=-Xmx4g");
    }

    @Test
    void showsTheStackTraceOnlyWhenAsked() throws IOException {
        assertThat(check(file("a.json", "crash"), "--verbose").err()).contains("\tat dev.netkb");
    }

    @Test
    void letsNoNameFromDataReachTheTerminalAsACommand() throws IOException {
        Ran ran = check(
                file("evil\u001b[2J.json", "reject"),
                file("b.json", "crash"),
                "--format",
                "json",
                "--format",
                "json\u001b");
        Ran run = check(file("evil\u001b[2J.json", "reject"), file("b.json", "crash"));
        Ran json = check(file("evil\u001b[2J.json", "reject"), file("b.json", "crash"), "--format", "json");

        for (Ran each : List.of(ran, run, json)) {
            assertThat(each.out() + each.err()).doesNotContain("\u001b");
        }
        assertThat(json.err()).contains("evil\\u001b[2J.json was rejected");
    }

    @Test
    void saysEachSnapshotAsItIsDoneWhenAsked() throws IOException {
        assertThat(check(file("a.json", "clean"), file("b.json", "reject"), "-v")
                        .err())
                .contains("a.json: evaluated", "b.json: rejected");
    }
}
