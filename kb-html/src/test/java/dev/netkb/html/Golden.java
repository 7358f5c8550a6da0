package dev.netkb.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a page with a file under {@code src/test/resources/golden}, without style sheet, script, their hashes and the
 * pictures, which have tests of their own. With {@code -Dnetkb.golden.update=true} the file is written instead: look at
 * the difference before it is committed.
 */
final class Golden {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    static void assertSame(String name, String html) throws IOException {
        String actual = html.replaceAll("(?s)(<style>).*?(</style>)", "$1$2")
                .replaceAll("(?s)(<script>).*?(</script>)", "$1$2")
                .replaceAll("sha256-[A-Za-z0-9+/=]+", "sha256-")
                .replaceAll("(?s)<svg class=\"picture\".*?</svg>", "");
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, actual);
        }
        assertThat(file).as("run with -Dnetkb.golden.update=true to write it").exists();
        assertThat(actual)
                .as("%s; run with -Dnetkb.golden.update=true if the change is meant", file)
                .isEqualTo(Files.readString(file));
    }
}
