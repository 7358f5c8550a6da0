package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code that a user can see has a page that says what to do. */
class ErrorPagesTest {

    private static final Pattern CODE = Pattern.compile("\"(KB-[A-Z][0-9]{3})\"");
    private static final Path ROOT = Path.of("..");

    @Test
    void everyCodeHasAPageAndEveryPageACode() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (String module : List.of("kb-model", "kb-api", "kb-test", "kb-cli")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    CODE.matcher(Files.readString(file)).results().forEach(match -> codes.add(match.group(1)));
                }
            }
        }
        Set<String> pages = new TreeSet<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/errors"))) {
            files.map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""))
                    .filter(name -> name.startsWith("KB-"))
                    .forEach(pages::add);
        }

        assertThat(codes).hasSizeGreaterThan(20);
        assertThat(pages).isEqualTo(codes);
    }
}
