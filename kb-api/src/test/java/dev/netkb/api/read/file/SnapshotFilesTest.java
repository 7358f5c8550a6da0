package dev.netkb.api.read.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netkb.api.read.Reading;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.model.report.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files make a snapshot. */
class SnapshotFilesTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsASnapshot() throws IOException {
        Path file = write("export.json", "[]");

        SnapshotFiles.Found found = SnapshotFiles.snapshot(file);

        assertThat(found.problem()).isNull();
        assertThat(found.name()).isEqualTo(file.toString().replace('\\', '/'));
        assertThat(names(found)).containsExactly("export.json");
    }

    @Test
    void aDirectoryIsOneSnapshotOfAllItsJsonFiles() throws IOException {
        write("b.json", "[]");
        write("a.JSON", "[]");
        write("sub/c.json", "[]");
        write("notes.txt", "no JSON");
        write(".hidden/d.json", "no JSON");

        assertThat(names(SnapshotFiles.snapshot(folder))).containsExactly("a.JSON", "b.json", "sub/c.json");
    }

    @Test
    void everyChildOfADirectoryCanBeASnapshot() throws IOException {
        write("two/a.json", "[]");
        write("two/b.json", "[]");
        write("one.json", "[]");
        write("readme.md", "no JSON");

        List<SnapshotFiles.Found> found = SnapshotFiles.each(folder).toList();

        assertThat(found).hasSize(2);
        assertThat(names(found.get(0))).containsExactly("one.json");
        assertThat(names(found.get(1))).containsExactly("a.json", "b.json");
        assertThat(SnapshotFiles.notInEach(folder)).containsExactly(folder.resolve("readme.md"));
    }

    /** Whatever its name says nothing of is told by content, as where it is given by itself. */
    @Test
    void noChildOfADirectoryIsDroppedWithoutAWord() throws IOException {
        write("dump", "[]");
        write("lines", "{}\n{}\n");
        write("left.jsonl.partial", "{\"sou");
        write("export.bin", "x");
        write("main.bicep", "x");
        write("main.json", "[]");
        write("dump.txt", "x");
        write(".gitignore", "x");

        try (Stream<SnapshotFiles.Found> each = SnapshotFiles.each(folder)) {
            assertThat(each.map(found -> found.name().replaceFirst(".*/", "")))
                    .containsExactly("dump", "export.bin", "left.jsonl.partial", "lines:1", "lines:2", "main.json");
        }
        assertThat(SnapshotFiles.countEach(folder, child -> false)).isEqualTo(6);
        assertThat(SnapshotFiles.notInEach(folder))
                .containsExactly(folder.resolve("dump.txt"), folder.resolve("main.bicep"));
        assertThat(SnapshotFiles.notInEach(folder.resolve("gone"))).isEmpty();
    }

    /** What a shell redirected into it, PowerShell in UTF-16. */
    @Test
    void anExportMayBeCalledLikeANote() throws IOException {
        write("a.txt", "\uFEFF [ {} ]");
        Files.writeString(folder.resolve("b.log"), "\uFEFF{\r\n}", StandardCharsets.UTF_16LE);
        write("c.txt", "{\"cut");
        write("d.md", "[![build](build.svg)](build)");
        write("e.txt", "");

        assertThat(SnapshotFiles.each(folder))
                .extracting(found -> found.name().replaceFirst(".*/", ""))
                .containsExactly("a.txt", "b.log", "c.txt");
        assertThat(SnapshotFiles.countEach(folder, child -> false)).isEqualTo(3);
        assertThat(SnapshotFiles.notInEach(folder)).containsExactly(folder.resolve("d.md"), folder.resolve("e.txt"));
    }

    @Test
    void childrenCanBeLeftOut() throws IOException {
        write("a.json", "[]");
        write("b.json", "[]");
        Predicate<Path> but = folder.resolve("b.json")::equals;

        assertThat(SnapshotFiles.each(folder, but)).hasSize(1);
        assertThat(SnapshotFiles.countEach(folder, but)).isEqualTo(1);
    }

    @Test
    void countsWhatItWouldFind() throws IOException {
        Path all = Files.createDirectories(folder.resolve("counted"));
        Files.writeString(all.resolve("a.json"), "{}");
        Files.writeString(all.resolve("b.jsonl"), "{}\n\n{}\nbroken\n");
        Files.createDirectory(all.resolve("c"));
        Files.writeString(all.resolve("notes.txt"), "no input");
        Files.writeString(all.resolve(".hidden.json"), "{}");
        Path empty = Files.createDirectory(folder.resolve("none"));

        for (Path each : List.of(all, empty)) {
            try (Stream<SnapshotFiles.Found> found = SnapshotFiles.each(each)) {
                assertThat(SnapshotFiles.countEach(each, child -> false))
                        .isEqualTo(found.toList().size());
            }
        }
        assertThat(SnapshotFiles.count(all)).isEqualTo(1);
        assertThat(SnapshotFiles.count(all.resolve("b.jsonl"))).isEqualTo(3);
        assertThat(SnapshotFiles.count(folder.resolve("gone.jsonl"))).isEqualTo(1);
    }

    @Test
    void whatIsNotAcceptedIsRefusedWithWhatIs() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        for (String name : List.of("empty", "missing.json")) {
            Problem error = error(name);

            assertThat(error.code()).isEqualTo("KB-E114");
            assertThat(error.message()).contains(name);
            assertThat(error.hint()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main.bicep | bicep build main.bicep --outfile main.json",
                "main.bicep | az bicep build --file main.bicep --outfile main.json",
                "main.bicepparam | bicep build-params main.bicepparam --outfile main.parameters.json",
                "main.tf | terraform plan -out tfplan && terraform show -json tfplan > plan.json",
                "my.tfplan | terraform show -json my.tfplan > plan.json",
                "rows.csv | -o json",
                "rows.XLSX | -o json",
                "nsg.yaml | -o json",
                "nsg.yml | -o json",
                "export.7z | .tar.gz",
            })
    void otherFormatsAreRefusedWithTheCommandThatMakesJson(String name, String command) throws IOException {
        write(name, "x");

        Problem error = error(name);

        assertThat(error.code()).isEqualTo("KB-E122");
        assertThat(error.message()).contains(name);
        assertThat(error.hint()).contains(command);
    }

    /** Plans and spreadsheets are zip files. */
    @ParameterizedTest
    @CsvSource({"tfplan, terraform show -json tfplan", "[Content_Types].xml, az graph query"})
    void formatsThatAreZipFilesAreToldByWhatIsInThem(String entry, String command) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("tfplan")))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write('x');
            zip.closeEntry();
        }

        Problem error = error("tfplan");

        assertThat(error.code()).isEqualTo("KB-E122");
        assertThat(error.hint()).contains(command);
    }

    @Test
    void aTerraformStateIsJson() throws IOException {
        write("terraform.tfstate", "[]");
        write("sub/terraform.tfstate.backup", "[]");

        assertThat(names(SnapshotFiles.snapshot(folder.resolve("terraform.tfstate"))))
                .containsExactly("terraform.tfstate");
        assertThat(names(SnapshotFiles.snapshot(folder))).containsExactly("terraform.tfstate");
    }

    @Test
    void whatADirectoryHoldsBesidesIsToldOnceForEachKind() throws IOException {
        write("a.json", "[]");
        write("main.bicep", "x");
        write("sub/other.bicep", "x");
        write("old.zip", "x");
        write("lines.jsonl", "x");
        write("export.bin", "x");
        write("readme.md", "x");
        write(".git/config.bin", "x");

        List<Problem> notices =
                SnapshotFiles.snapshot(folder).read(SnapshotReader.create()).problems();

        assertThat(notices)
                .filteredOn(problem -> problem.code().equals("KB-N120"))
                .extracting(Problem::message)
                .satisfiesExactly(
                        lines -> assertThat(lines).contains("lines.jsonl"),
                        zip -> assertThat(zip).contains("old.zip"),
                        bicep -> assertThat(bicep).contains("2 files", "main.bicep", "sub/other.bicep"),
                        other -> assertThat(other).contains("'export.bin' is not read"));
    }

    @Test
    void aDirectoryOfNothingButBicepIsRefusedWithTheCommand() throws IOException {
        write("sub/main.bicep", "x");

        assertThat(error("sub").hint()).contains("bicep build");
    }

    @Test
    void whatLiesTooDeepOrBehindALinkIsTold() throws IOException {
        write("a.json", "[]");
        write("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/deep.json", "[]");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("1"));

        SnapshotFiles.Found found = SnapshotFiles.snapshot(folder);

        assertThat(names(found)).containsExactly("a.json");
        assertThat(found.source().notices())
                .extracting(problem -> problem.at().file())
                .containsExactly("link", "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16");
    }

    @Test
    void whatIsNoFileIsToldAndNotWaitedFor() throws Exception {
        write("d/a.json", "[]");
        Files.createSymbolicLink(folder.resolve("d/gone.json"), folder.resolve("nowhere"));
        Files.createDirectories(folder.resolve("e"));
        Path pipe = folder.resolve("e/pipe.json");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo is needed");

        List<Problem> notices = SnapshotFiles.snapshot(folder.resolve("d"))
                .read(SnapshotReader.create())
                .problems();
        List<SnapshotFiles.Found> each = SnapshotFiles.each(folder.resolve("e")).toList();

        assertThat(notices).anySatisfy(notice -> {
            assertThat(notice.code()).isEqualTo("KB-N120");
            assertThat(notice.message()).contains("'gone.json' is not read: it is no file");
        });
        assertThat(each).hasSize(1);
        assertThat(each.get(0).problem().message()).contains("is neither a file nor a directory");
    }

    @Test
    void aDirectoryOfSnapshotsMayHoldSomeThatAreRefused() throws IOException {
        write("a.json", "[]");
        write("b.zip", "PK");
        write("c.bicep", "x");
        write("d.txt", "x");

        assertThat(SnapshotFiles.each(folder))
                .extracting(found -> found.source() == null)
                .containsExactly(false, true, true);
    }

    @Test
    void standardInputIsASnapshot() {
        SnapshotFiles.Found found =
                SnapshotFiles.stream("standard input", new ByteArrayInputStream("[]".getBytes(StandardCharsets.UTF_8)));

        assertThat(found.read(SnapshotReader.create()).source()).isEqualTo("standard input");
        assertThat(names(found)).containsExactly("standard input");
    }

    private Problem error(String name) {
        return Reading.error(SnapshotFiles.snapshot(folder.resolve(name)).read(SnapshotReader.create()));
    }

    private static List<String> names(SnapshotFiles.Found found) {
        return found.source().files().stream()
                .map(SnapshotSource.SourceFile::name)
                .toList();
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
