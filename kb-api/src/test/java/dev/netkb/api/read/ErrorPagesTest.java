package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.model.report.Problem.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code of a problem with an input has a page, and every such page has a code. */
class ErrorPagesTest {

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeHasAPageWithMeaningExampleAndCure(ProblemCode code) throws IOException {
        Path page = folder().resolve(code.code() + ".md");

        assertThat(page).exists();
        assertThat(Files.readString(page))
                .startsWith("# " + code.code() + ": ")
                .contains("## What it means", "## Example", "## What to do")
                .contains(
                        switch (code.level()) {
                            case ERROR -> "Error: ";
                            case WARNING -> "Warning: ";
                            case NOTICE -> "Notice: ";
                        });
    }

    @Test
    void noPageIsLeftOver() throws IOException {
        List<String> codes =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList();
        try (Stream<Path> pages = Files.list(folder())) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", ""))
                            .filter(code -> code.matches("KB-[EN]1\\d\\d")))
                    .containsExactlyInAnyOrderElementsOf(codes);
        }
    }

    @Test
    void codesAreUniqueAndSayWhetherTheyReject() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::code)).doesNotHaveDuplicates();
        assertThat(ProblemCode.values())
                .allMatch(code -> code.code().startsWith("KB-E") == (code.level() == Level.ERROR));
    }

    private static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("docs").resolve("errors"))) {
                return at.resolve("docs").resolve("errors");
            }
        }
        throw new AssertionError("there is no docs/errors above the working directory");
    }
}
