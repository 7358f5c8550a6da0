package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void printsItsVersion() {
        StringWriter out = new StringWriter();

        int exitCode = Main.commandLine().setOut(new PrintWriter(out)).execute("--version");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).startsWith("netkb ");
    }
}
