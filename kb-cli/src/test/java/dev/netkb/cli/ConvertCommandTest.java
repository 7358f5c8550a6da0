package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.SnapshotReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {

    @TempDir
    private Path folder;

    private Path network() throws IOException {
        try (InputStream in = ConvertCommandTest.class.getResourceAsStream("/flow/network.json")) {
            assertThat(in).isNotNull();
            return Files.write(folder.resolve("network.json"), in.readAllBytes());
        }
    }

    @Test
    void printsTheSnapshotSoThatItConvertsToItself() throws IOException {
        Ran once = Ran.by(SnapshotReader.create(), "", "convert", network().toString());
        Ran twice = Ran.by(SnapshotReader.create(), once.out(), "convert", "-");

        assertThat(once.status()).isEqualTo(ExitStatus.OK);
        assertThat(once.out()).contains("vnet-a", "nsg-db", "AllowVnetInBound").endsWith("\n");
        assertThat(twice.out()).isEqualTo(once.out());
    }

    @Test
    void letsNoNameReachTheTerminalAsACommand() throws IOException {
        Path file = network();
        Files.writeString(file, Files.readString(file).replace("allow-half", "a\u009b2J\u202eb\\u001b[2J"));

        Ran ran = Ran.by(SnapshotReader.create(), "", "convert", file.toString());

        assertThat(ran.out())
                .containsIgnoringCase("a\\u009b2J\\u202eb\\u001b[2J")
                .doesNotContain("\u009b", "\u202e", "\u001b");
        assertThat(Ran.by(SnapshotReader.create(), ran.out(), "convert", "-").out())
                .isEqualTo(ran.out());
    }

    @Test
    void printsNothingOfASnapshotThatCannotBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("torn.json"), "{\"value\": [");

        Ran ran = Ran.by(SnapshotReader.create(), "", "convert", file.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("torn.json was rejected");
    }
}
