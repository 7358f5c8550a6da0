package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command reads is never what it writes. */
class OverwritingTest {

    private static final String TEXT = "error";

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();

    @BeforeEach
    void inputs() throws IOException {
        for (String name : List.of("s.json", "t.json", "own/s.json", "folder/flows.csv")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, TEXT);
        }
    }

    /** Every word after {@code =}, and every one that ends like a file or is a folder, is within the folder of the test. */
    private Ran run(String line) {
        List<String> args = new ArrayList<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            String path = word.substring(equals + 1);
            boolean named = equals > 0 || path.contains(".") || Files.exists(folder.resolve(path));
            args.add(word.substring(0, equals + 1) + (named ? folder + "/" + path : path));
        }
        return Ran.with(world, args.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "check s.json --format json=s.json, PATH",
        "check t.json s.json --format json=s.json, PATH",
        "check t.json --format json=x.json --format csv=t.json, PATH",
        "check s.json --format jsonl=s.json, PATH",
        "check t.json --known s.json --format json=s.json, --known",
        "check t.json --waivers s.json --format json=s.json, --waivers",
        "check t.json --parameters s.json --format json=s.json, --parameters",
        "check t.json --service-tags s.json --format json=s.json, --service-tags",
        "check s.json --format json=./own/../s.json, PATH",
        "report s.json --format html=s.json, FILE",
        "summary t.json s.json --format json=s.json, REPORT",
        "summary t.json --since s.json --format json=s.json, --since",
        "diff s.json t.json --format json=s.json, BEFORE",
        "diff t.json s.json --format html=s.json, AFTER",
        "rules diff folder s.json --format json=s.json, PATH",
    })
    void refusesToWriteWhatIsNamedToBeRead(String line, String by) {
        Ran ran = run(line);

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("netkb: '" + folder)
                .contains("' is read as " + by + ", and would be written over: write into another file");
        assertThat(folder.resolve("s.json")).hasContent(TEXT);
        assertThat(folder.resolve("t.json")).hasContent(TEXT);
        assertThat(folder.resolve("x.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "check own --format json=own/s.json, PATH",
        "check --each own --format json=own/s.json, --each",
        "check t.json --rules folder --format csv=folder/flows.csv, --rules",
        "rules lint folder --format json=folder/flows.csv, DIR",
        "rules diff folder t.json --format json=folder/flows.csv, DIR",
    })
    void refusesToWriteWhatIsReadInAFolder(String line, String by) {
        Ran ran = run(line);

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("is read as a part of " + by + " '" + folder, "is no report of a run before");
        assertThat(folder.resolve("own/s.json")).hasContent(TEXT);
        assertThat(folder.resolve("folder/flows.csv")).hasContent(TEXT);
    }

    @Test
    void seesThroughLinks() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("s.json"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("own"));

        assertThat(run("check s.json --format json=link.json").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run("check link.json --format json=s.json").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run("check own --format json=linked/s.json").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run("check t.json --format json=s.json --format csv=link.json")
                        .err())
                .contains("is named by more than one --format");
        assertThat(folder.resolve("s.json")).hasContent(TEXT);
    }

    /** With {@code --each} a file is read whose name says nothing. */
    @Test
    void refusesToWriteOverJsonOfAnyNameThatIsASnapshot() throws IOException {
        Path dump = Files.writeString(folder.resolve("own/dump.part"), "[]");

        assertThat(run("check --each own --format json=own/dump.part").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(dump).hasContent("[]");
        assertThat(run("check own --format json=own/dump.part").status()).isEqualTo(ExitStatus.VIOLATIONS);
    }

    /** What is written for a run is none of its snapshots. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "json=own/r.json",
                "jsonl=own/r.jsonl",
                "junit=own/r.xml",
                "sarif=own/r.sarif",
                "csv=own/r.csv",
                "html=own/r.html"
            })
    void writesAmongTheSnapshotsOfAFolder(String format) {
        for (int time = 0; time < 2; time++) {
            Ran ran = run("check --each own --format " + format);

            assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.VIOLATIONS);
            assertThat(ran.err()).doesNotContain("left out");
        }
    }

    /** What a folder reads may lie outside of it, or be called otherwise there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "check ex --format json=ex/linked.json",
                "check ex --format json=real/s.json",
                "check --each ex --format csv=real/s.json",
                "check ex --format json=real/data",
                "check --each ex --format json=ex/sub/t.json",
                "check --each ex --format json=real/sub/t.json",
                "check t.json --rules ex --format csv=real/data",
                "rules lint ex --format json=real/sub/t.json",
            })
    void refusesToWriteWhatAFolderReadsThroughALink(String line) throws IOException {
        List<Path> real =
                List.of(folder.resolve("real/s.json"), folder.resolve("real/sub/t.json"), folder.resolve("real/data"));
        Path ex = Files.createDirectories(folder.resolve("ex"));
        Files.createDirectories(folder.resolve("real/sub"));
        for (Path file : real) {
            Files.writeString(file, TEXT);
        }
        Files.createSymbolicLink(ex.resolve("linked.json"), Path.of("../real/s.json"));
        Files.createSymbolicLink(ex.resolve("data.json"), Path.of("../real/data"));
        Files.createSymbolicLink(ex.resolve("sub"), Path.of("../real/sub"));
        Files.createSymbolicLink(ex.resolve("circle"), Path.of("."));
        Files.createSymbolicLink(ex.resolve("nowhere.json"), Path.of("gone.json"));

        Ran ran = run(line);

        assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("is read as a part of ", "'" + ex + "'", "would be written over");
        assertThat(real).allSatisfy(file -> assertThat(file).hasContent(TEXT));
    }

    /** Without it nobody can go on with what is finished. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "summary o.jsonl.partial --format json=o.jsonl.partial.run",
                "report o.jsonl.partial --format html=o.jsonl.partial.run",
                "check s.json --known o.jsonl.partial.run --format jsonl=o.jsonl",
            })
    void refusesToWriteOverWhatSaysWhichRunALeftFileIsOf(String line) throws IOException {
        Path run = Files.writeString(folder.resolve("o.jsonl.partial.run"), TEXT);
        Files.writeString(folder.resolve("o.jsonl.partial"), TEXT);

        Ran ran = run(line);

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("'" + run + "' is read as ", "would be written over");
        assertThat(run).hasContent(TEXT);
    }

    /** What a run of before wrote, or is no export, is no loss; and what is not there yet neither. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "json=own/r.json",
                "jsonl=own/r.jsonl",
                "sarif=own/r.sarif.json",
                "csv=own/r.csv",
                "html=own/r.html"
            })
    void writesIntoAFolderThatItReadsTimeAndAgain(String format) {
        for (int time = 0; time < 2; time++) {
            Ran ran = run("check own --format " + format);

            assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.VIOLATIONS);
        }
    }

    @Test
    void writesOverAFileThatIsNotRead() {
        assertThat(run("check s.json --format json=t.json").status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(folder.resolve("t.json")).content().contains("netkb/report/1");
    }

    @Test
    void updatesKnownViolationsInPlaceButWritesNoReportThere() {
        assertThat(run("check s.json --known k.json --update-known --format json=k.json")
                        .status())
                .isEqualTo(ExitStatus.USAGE);
        run("check s.json --known k.json --update-known");
        assertThat(run("check s.json --known k.json --update-known").status()).isEqualTo(ExitStatus.OK);
        assertThat(folder.resolve("k.json")).content().contains("netkb/known/1");
    }
}
