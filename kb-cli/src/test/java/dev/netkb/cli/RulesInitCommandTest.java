package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new rule editor does first. */
class RulesInitCommandTest {

    @TempDir
    private Path temp;

    @Test
    void writesAFolderThatWorksAtOnce() {
        String folder = temp.resolve("mine").toString();

        Ran init = Ran.withPackagedRules("rules", "init", folder);
        assertThat(init.status()).isEqualTo(ExitStatus.OK);
        assertThat(init.out()).contains("requirements.xlsx", "pack.yaml");

        Ran lint = Ran.withPackagedRules("rules", "lint", folder);
        assertThat(lint.out()).endsWith("0 errors, 0 warnings\n");
        Ran test = Ran.withPackagedRules("rules", "test", folder);
        assertThat(test.out()).contains(", 0 failed");
        assertThat(test.status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void writesOverNothing() throws IOException {
        Path file = Files.writeString(temp.resolve("notes.txt"), "mine");

        assertThat(Ran.withPackagedRules("rules", "init", temp.toString()).err())
                .contains("is not empty");
        assertThat(Ran.withPackagedRules("rules", "init", file.toString()).err())
                .contains("is a file");
        assertThat(temp).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void exportsRowsThatAFolderCanHold() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("rules"));
        Files.writeString(folder.resolve("pack.yaml"), "name: copy\nversion: \"1\"\n");
        String csv = folder.resolve("requirements.csv").toString();

        Ran export = Ran.withPackagedRules("rules", "export", "--csv", csv, "--id", "c-flow-out-sql");
        assertThat(export.status()).isEqualTo(ExitStatus.OK);
        assertThat(Files.readString(Path.of(csv))).contains("C-FLOW-OUT-SQL").doesNotContain("C-FLOW-OUT-STORAGE");
        assertThat(Ran.withPackagedRules("rules", "lint", folder.toString()).out())
                .contains("0 errors");
        assertThat(Ran.withPackagedRules(
                                "rules", "diff", folder.toString(), "../kb-samples/changes/external-to-internal/before")
                        .out())
                .startsWith("0 verdicts change");

        Path xlsx = temp.resolve("all.xlsx");
        Ran.withPackagedRules("rules", "export", "--xlsx", xlsx.toString());
        assertThat(Files.readAllBytes(xlsx)).startsWith('P', 'K');
        assertThat(Ran.withPackagedRules("rules", "export", "--id", "C-FLOW-OUT-SQLL")
                        .err())
                .contains("Did you mean C-FLOW-OUT-SQL?");
    }
}
