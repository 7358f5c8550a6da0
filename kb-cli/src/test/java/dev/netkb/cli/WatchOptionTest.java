package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code netkb check --watch} with real rules. */
@Timeout(120)
class WatchOptionTest {

    private static final Path SAMPLE = Path.of("..", "kb-samples", "snapshots", "classic-mended");
    private static final String HEADER = "id,direction,protocol,ports,remote,severity\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void takesOverEditsAndRefusesErrors() throws Exception {
        Path table = folder.resolve("requirements.csv");
        Files.writeString(table, HEADER + "OUR-ONE,In,Tcp,8443,Internet,error\n");
        StandardOutput standard = new StandardOutput(out);
        Thread run = new Thread(() -> Cli.run(
                new Surroundings(
                        Surroundings::load,
                        SnapshotReader.create(),
                        new ByteArrayInputStream(new byte[0]),
                        TextStyle.PLAIN,
                        null,
                        false),
                standard,
                new PrintWriter(new OutputStreamWriter(standard, StandardCharsets.UTF_8)),
                new PrintWriter(err, true, StandardCharsets.UTF_8),
                "check",
                SAMPLE.toString(),
                "--watch",
                "--rules",
                folder.toString()));
        run.start();
        try {
            waitFor(out, "OUR-ONE");
            Files.writeString(table, HEADER + "OUR-TWO,In,Tcp,8443,Internet,error\n");
            waitFor(out, "OUR-TWO");
            Files.writeString(table, HEADER + "OUR-TWO,In,Tcp,8443,Intrenet,catastrophe\n");
            waitFor(err, "catastrophe");
            waitFor(err, "stay in force");
        } finally {
            run.interrupt();
            run.join();
        }
    }

    private static void waitFor(ByteArrayOutputStream where, String text) throws InterruptedException {
        while (!where.toString(StandardCharsets.UTF_8).contains(text)) {
            Thread.sleep(20);
        }
        assertThat(where.toString(StandardCharsets.UTF_8)).contains(text);
    }
}
