package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares text with a file under {@code src/test/resources/golden}. With {@code -Dnetkb.golden.update=true} the file
 * is written instead: look at the difference before it is committed.
 */
final class Golden {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    static void assertSame(String name, String actual) throws IOException {
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
