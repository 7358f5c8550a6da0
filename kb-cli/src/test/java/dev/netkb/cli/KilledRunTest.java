package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own that is killed, or gets no more room on the disk. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(120)
class KilledRunTest {

    private static final int SNAPSHOTS = 300;

    @TempDir
    private Path folder;

    /** Runs a command line with {@link FakeWorld}. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            FakeWorld world = new FakeWorld();
            SnapshotReader reader = world;
            StandardOutput out = new StandardOutput(System.out);
            ExitStatus status = Cli.run(
                    new Surroundings(
                            rules -> world, reader, InputStream.nullInputStream(), TextStyle.PLAIN, null, false),
                    out,
                    new PrintWriter(out),
                    new PrintWriter(System.err),
                    args);
            System.exit(status.code());
        }
    }

    private Path inputs() throws IOException {
        return Files.write(
                folder.resolve("in.jsonl"),
                IntStream.range(0, SNAPSHOTS)
                        .mapToObj(i -> List.of("slow error", "slow info reject", "slow clean")
                                .get(i % 3))
                        .toList());
    }

    private List<String> command(Path inputs, Path out, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                "check",
                inputs.toString(),
                "--threads",
                "2",
                "--format",
                "jsonl=" + out));
        command.addAll(List.of(more));
        return command;
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static long lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    @Test
    void aRunThatWasKilledAndResumedGivesTheSameBytes() throws Exception {
        Path inputs = inputs();
        Path whole = folder.resolve("whole.jsonl");
        Path out = folder.resolve("out.jsonl");
        Ran.with(new FakeWorld(), "check", inputs.toString(), "--format", "jsonl=" + whole);

        for (int kills = 1; kills <= 3; kills++) {
            Process child = start(command(inputs, out, "--resume", out.toString()));
            while (lines(PartialFile.partial(out)) < kills * SNAPSHOTS / 5 && child.isAlive()) {
                Thread.sleep(2);
            }
            child.destroyForcibly(); // kill -9
            assertThat(child.waitFor())
                    .as("it was killed before it came to its end")
                    .isEqualTo(128 + 9);
            assertThat(out).doesNotExist();
            long left = lines(PartialFile.partial(out));
            assertThat(left).isBetween((long) kills * SNAPSHOTS / 5, (long) SNAPSHOTS - 1);
        }
        FakeWorld world = new FakeWorld();
        Ran ran = Ran.with(world, "check", inputs.toString(), "--format", "jsonl=" + out, "--resume", out.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(out).hasSameBinaryContentAs(whole);
        assertThat(world.optionsSeen.size()).as("evaluated again").isBetween(1, SNAPSHOTS * 2 / 5);
    }

    /** A limit on the size of files acts as a disk that is full. */
    @Test
    void aDiskWithoutRoomIsOneCleanErrorAndLeavesWhatIsThere() throws Exception {
        Path inputs = inputs();
        Path whole = folder.resolve("whole.jsonl");
        Path out = folder.resolve("out.jsonl");
        Ran.with(new FakeWorld(), "check", inputs.toString(), "--format", "jsonl=" + whole);
        Files.writeString(out, "the one before");
        List<String> limited = new ArrayList<>(List.of("bash", "-c", "ulimit -f 32; exec \"$@\"", "bash"));
        limited.addAll(command(inputs, out));

        Process child = start(limited);

        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(ExitStatus.INTERNAL.code());
        assertThat(Files.readAllLines(folder.resolve("log")).stream().filter(line -> line.contains("could not")))
                .singleElement()
                .asString()
                .contains(
                        "the report could not be written to '" + out + "'", "--resume " + out + " goes on from there");
        assertThat(Files.readString(folder.resolve("log"))).doesNotContain("\tat ");
        assertThat(out).hasContent("the one before");
        byte[] left = Files.readAllBytes(PartialFile.partial(out));
        assertThat(left).isNotEmpty().endsWith((byte) '\n');
        assertThat(Files.readAllBytes(whole)).startsWith(left);

        Ran.with(new FakeWorld(), "check", inputs.toString(), "--format", "jsonl=" + out, "--resume", out.toString());
        assertThat(out).hasSameBinaryContentAs(whole);
    }
}
