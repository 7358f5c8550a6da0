package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules are reloaded in little memory while others are evaluated. For the long run: {@code -Dnetkb.reloads=1000}; it prints
 * what it took.
 */
class ReloadsTest {

    @Test
    void nothingIsMixedAndNothingLeaks(@TempDir Path folder) throws IOException, InterruptedException {
        int reloads = Integer.getInteger("netkb.reloads", 10);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:MaxMetaspaceSize=256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Reloads.class.getName(),
                        folder.toString(),
                        Path.of("..", "kb-samples", "snapshots", "classic-broken")
                                .toString(),
                        Integer.toString(reloads))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("reloads=" + reloads + " mixed=0");
        if (reloads > 10) {
            System.out.println(output);
        }
    }
}
