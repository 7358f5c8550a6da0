package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.render.TextStyle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --format jsonl} and {@code --resume}. */
class JsonLinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A snapshot a line. */
    private static final List<String> WORDS =
            List.of("error", "clean", "reject", "warning undetermined", "info", "nothing", "error warning");

    @TempDir
    private Path folder;

    private FakeWorld world = new FakeWorld();
    private Path inputs;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        inputs = Files.write(folder.resolve("in.jsonl"), WORDS);
        out = folder.resolve("out.jsonl");
    }

    private Ran check(Object... args) {
        List<String> all = new ArrayList<>(List.of("check"));
        Arrays.stream(args).map(String::valueOf).forEach(all::add);
        return Ran.with(world, all.toArray(String[]::new));
    }

    private Ran intoFile(String... more) {
        return check(Stream.concat(
                        Stream.of(inputs, "--format", "jsonl=" + out),
                        Arrays.stream(more).map(String.class::cast))
                .toArray());
    }

    private Ran resume(String... more) {
        world = new FakeWorld();
        List<String> all = new ArrayList<>(List.of("--resume", out.toString()));
        Collections.addAll(all, more);
        return intoFile(all.toArray(String[]::new));
    }

    private String line(int number) {
        return inputs + ":" + number;
    }

    /** Ends a run at the fourth snapshot. */
    private void interrupt(String... more) {
        world = new FakeWorld();
        world.deadly.add(line(4));
        assertThatThrownBy(() -> intoFile(more)).isInstanceOf(LinkageError.class);
        assertThat(PartialFile.partial(out)).exists();
    }

    private byte[] uninterrupted() throws IOException {
        world = new FakeWorld();
        intoFile();
        byte[] whole = Files.readAllBytes(out);
        Files.delete(out);
        return whole;
    }

    // --- the format --------------------------------------------------------------------------------------------

    @Test
    void writesASnapshotALineInTheOrderOfTheInputs() throws IOException {
        Ran ran = check(inputs, "--format", "jsonl", "--threads", "3");
        JsonNode report = JSON.readTree(check(inputs, "--format", "json").out());

        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(WORDS.size());
        for (int i = 0; i < lines.size(); i++) {
            assertThat(JSON.readTree(lines.get(i))).isEqualTo(report.at("/snapshots/" + i));
        }
        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err())
                .contains("in.jsonl:3 was rejected")
                .contains("2 errors, 2 warnings, 1 info, 1 undetermined in 7 snapshots (1 rejected), 5 locations");
    }

    @Test
    void aFileHoldsTheSameAsStandardOutput() throws IOException {
        Ran ran = intoFile();

        assertThat(ran.out()).isEmpty();
        assertThat(out).hasContent(check(inputs, "--format", "jsonl").out());
        assertThat(folder).isDirectoryNotContaining("glob:**out.jsonl.*");
    }

    @Test
    void givesTheSameBytesWhateverTheThreads() throws IOException {
        Files.write(
                inputs,
                IntStream.range(0, 60)
                        .mapToObj(i -> i % 3 == 0 ? "slow error" : "info")
                        .toList());

        String one = check(inputs, "--format", "jsonl", "--threads", "1").out();

        assertThat(one.lines()).hasSize(60);
        assertThat(check(inputs, "--format", "jsonl", "--threads", "5").out()).isEqualTo(one);
    }

    @Test
    void keepsNoReportWhereOnlyLinesAreWanted() {
        check(inputs, "--format", "jsonl");
        assertThat(world.mostJoined).hasValue(0);

        check(inputs, "--format", "jsonl", "--format", "json=" + folder.resolve("out.json"));
        assertThat(world.mostJoined).hasValue(WORDS.size());
        assertThat(folder.resolve("out.json")).exists();
    }

    @Test
    void saysLoudlyThatNothingWasChecked() throws IOException {
        Files.write(inputs, List.of("nothing", "nothing", "nothing", "nothing"));

        assertThat(check(inputs, "--format", "jsonl").err())
                .contains("nothing was checked, which is no pass", "and so in 1 more snapshots");
    }

    @Test
    void stopsWhenNobodyReadsStandardOutputAnyMore() throws IOException {
        Files.write(inputs, Collections.nCopies(2_000, "error"));
        StandardOutput closed = new StandardOutput(failingAfter(5, "Broken pipe"));
        StringWriter err = new StringWriter();

        ExitStatus status = run(closed, err);

        assertThat(status).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(err.toString())
                .matches("netkb: stopped after \\d+ snapshots, because standard output takes no more;"
                        + " the others are not evaluated\n");
        assertThat(world.optionsSeen).hasSizeLessThan(200);
    }

    @Test
    void whereTheLastSnapshotIsEvaluatedNothingWasStopped() throws IOException {
        Files.write(inputs, List.of("error"));
        StringWriter err = new StringWriter();

        ExitStatus status = run(new StandardOutput(failingAfter(0, "Broken pipe")), err);

        assertThat(status).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void stopsAndSaysWhyWhenStandardOutputIsFull() throws IOException {
        Files.write(inputs, Collections.nCopies(2_000, "error"));
        StandardOutput full = new StandardOutput(failingAfter(5, "No space left on device"));
        StringWriter err = new StringWriter();

        ExitStatus status = run(full, err);

        assertThat(status).isEqualTo(ExitStatus.INTERNAL);
        assertThat(err.toString().lines())
                .hasSize(2)
                .contains("netkb: standard output could not be written: No space left on device");
        assertThat(world.optionsSeen).hasSizeLessThan(200);
    }

    private ExitStatus run(StandardOutput out, StringWriter err) {
        return Cli.run(
                new Surroundings(rules -> world, world, InputStream.nullInputStream(), TextStyle.PLAIN, null, false),
                out,
                new PrintWriter(out),
                new PrintWriter(err),
                "check",
                inputs.toString(),
                "--format",
                "jsonl",
                "--threads",
                "2");
    }

    private static OutputStream failingAfter(int writes, String message) {
        return new OutputStream() {
            private int left = writes;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (left-- <= 0) {
                    throw new IOException(message);
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rules list", "rules show C-NET-05", "flow x --from a --to b --protocol tcp --port 1", "diff a b"
            })
    void isAFormatOfCheckAlone(String command) {
        Ran ran = Ran.with(world, (command + " --format jsonl").split(" "));

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("'jsonl' is not a format of this command: use table");
    }

    // --- files ---------------------------------------------------------------------------------------------------

    @Test
    void aFileGetsItsNameOnlyWhenItIsComplete() throws IOException {
        Files.writeString(out, "the one before");

        interrupt();

        assertThat(out).hasContent("the one before");
        assertThat(Files.readAllLines(PartialFile.partial(out)))
                .as("what was finished is out of the process")
                .hasSize(3);
    }

    @Test
    void aNewRunReplacesWhatAnInterruptedOneLeftAndSaysSo() throws IOException {
        byte[] whole = uninterrupted();
        interrupt();
        world = new FakeWorld();

        Ran ran = intoFile();

        assertThat(ran.err())
                .contains("out.jsonl.partial' of a run that was interrupted is replaced", "--resume " + out);
        assertThat(out).hasBinaryContent(whole);
        assertThat(world.optionsSeen).hasSize(WORDS.size());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDeviceIsOneCleanError() {
        Ran ran = check(inputs, "--format", "jsonl=/dev/full");

        assertThat(ran.status()).isEqualTo(ExitStatus.INTERNAL);
        assertThat(ran.err().lines())
                .containsExactly("netkb: the report could not be written to '/dev/full': No space left on device");
    }

    @Test
    void twoRunsDoNotWriteOneFile() throws IOException {
        try (FileChannel other =
                FileChannel.open(PartialFile.partial(out), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();

            Ran ran = intoFile();

            assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
            assertThat(ran.err()).contains("'" + out + "' is being written by another run of netkb");
        }
    }

    // --- resume --------------------------------------------------------------------------------------------------

    @Test
    void goesOnWithWhatIsNotFinishedAndEndsAsIfNothingHadHappened() throws IOException {
        world = new FakeWorld();
        ExitStatus status = intoFile().status();
        byte[] whole = Files.readAllBytes(out);
        Files.delete(out);
        interrupt();

        Ran ran = resume();

        assertThat(out).hasBinaryContent(whole);
        assertThat(ran.status()).isEqualTo(status);
        assertThat(ran.err())
                .contains("2 errors, 2 warnings, 1 info, 1 undetermined in 7 snapshots (1 rejected), 5 locations");
        assertThat(world.optionsSeen).containsOnlyKeys(line(4), line(5), line(6), line(7));
        assertThat(folder).isDirectoryNotContaining("glob:**out.jsonl.*");
    }

    /** Wherever a process was killed, also within a line. */
    @Test
    void goesOnFromEveryPrefix() throws IOException {
        byte[] whole = uninterrupted();
        for (int length = 0; length <= whole.length; length += length > whole.length - 60 ? 1 : 13) {
            interrupt();
            Files.write(PartialFile.partial(out), Arrays.copyOf(whole, length));

            Ran ran = resume("--threads", "2");

            assertThat(out).as("after %s bytes", length).hasBinaryContent(whole);
            assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
            Files.delete(out);
        }
    }

    @Test
    void startsAnewWhereNothingWasInterrupted() throws IOException {
        byte[] whole = uninterrupted();

        assertThat(resume().status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(out).hasBinaryContent(whole);
    }

    @Test
    void canBeInterruptedAgain() throws IOException {
        byte[] whole = uninterrupted();
        interrupt();
        FakeWorld second = new FakeWorld();
        second.deadly.add(line(6));
        world = second;
        assertThatThrownBy(() -> intoFile("--resume", out.toString())).isInstanceOf(LinkageError.class);

        resume();

        assertThat(out).hasBinaryContent(whole);
        assertThat(world.optionsSeen).containsOnlyKeys(line(6), line(7));
    }

    /** Something to do to the files of a test. */
    private interface Change {
        void run() throws IOException;
    }

    private void assertRefused(Change change, String expected, String... more) throws IOException {
        interrupt();
        byte[] before = Files.readAllBytes(PartialFile.partial(out));
        change.run();

        Ran ran = resume(more);

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err()).contains("'" + out + "' cannot be resumed", expected, "without --resume");
        assertThat(out).doesNotExist();
        assertThat(world.optionsSeen).isEmpty();
        if (Files.size(PartialFile.partial(out)) > 0) {
            assertThat(PartialFile.partial(out)).hasBinaryContent(before);
        }
    }

    @Test
    void refusesToGoOnWithOtherOptions() throws IOException {
        assertRefused(() -> {}, "differs in the options", "--all");
        assertRefused(() -> {}, "differs in the options", "--baseline", "2023-11");
        assertRefused(() -> {}, "differs in the parameters of templates", "--parameters", "a=b");
    }

    @Test
    void refusesToGoOnWithOtherTags() throws IOException {
        Path tags = Files.writeString(folder.resolve("tags.json"), "tags");

        assertRefused(() -> {}, "differs in the service tags", "--service-tags", tags.toString());
    }

    @Test
    void refusesToGoOnWithOtherWaivers() throws IOException {
        Path waivers = Files.writeString(
                folder.resolve("waivers.yaml"),
                "- {rule: C-1, subject: '*', reason: known to us, owner: net, expires: 2099-01-01}\n");

        assertRefused(() -> {}, "differs in what is accepted", "--waivers", waivers.toString());
    }

    @Test
    void refusesToGoOnWithOtherInputs() throws IOException {
        assertRefused(
                () -> Files.writeString(inputs, "one more\n", StandardOpenOption.APPEND), "differs in the inputs");
    }

    @Test
    void refusesToGoOnWithAFileOfAnUnknownRun() throws IOException {
        assertRefused(() -> Files.delete(PartialFile.mark(out)), "there is no 'out.jsonl.partial.run'");
        assertRefused(() -> Files.writeString(PartialFile.mark(out), "?"), "there is no 'out.jsonl.partial.run'");
    }

    @Test
    void refusesLinesThatAreNotThoseOfTheInputs() throws IOException {
        IntFunction<String> digest = n -> "{\"source\":\"" + line(n) + "\",\"status\":\"rejected\",\"results\":[]}\n";
        Path partial = PartialFile.partial(out);

        interrupt();
        Files.writeString(partial, digest.apply(1) + digest.apply(5));
        assertThat(resume().err())
                .contains("line 2 is of '" + line(5) + "', but the snapshot in that place is '" + line(2) + "'");
        interrupt();
        Files.writeString(partial, digest.apply(1) + "no JSON\n");
        assertThat(resume().err()).contains("line 2 is no report of a snapshot");
        interrupt();
        Files.writeString(partial, IntStream.rangeClosed(1, 8).mapToObj(digest).reduce("", String::concat));
        Ran tooMany = resume();
        assertThat(tooMany.err()).contains("line 8 is of '" + line(8) + "', but there are only 7 snapshots");
        assertThat(tooMany.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(out).doesNotExist();
    }

    @Test
    void acceptsWhatWasAcceptedBefore() throws IOException {
        Path waivers = Files.writeString(
                folder.resolve("waivers.yaml"),
                "- {rule: C-1, subject: '*', reason: known to us, owner: net, expires: 2099-01-01}\n");
        String[] accepting = {"--waivers", waivers.toString()};
        world = new FakeWorld();
        intoFile(accepting);
        byte[] whole = Files.readAllBytes(out);
        Files.delete(out);
        interrupt(accepting);

        Ran ran = resume(accepting);

        assertThat(out).hasBinaryContent(whole);
        assertThat(ran.err()).contains("0 errors, 2 warnings, 1 info, 1 undetermined, 2 waived in 7 snapshots");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--format jsonl=OTHER          | needs --format jsonl=OUT",
                "--format jsonl                | needs --format jsonl=OUT",
                "                              | needs --format jsonl=OUT",
                "--format jsonl=OUT --format table | no other --format",
                "--format jsonl=OUT --watch    | cannot be used with --watch",
                "--format jsonl=OUT --known OTHER --update-known | cannot be used with --update-known",
                "- --format jsonl=OUT          | cannot be used with standard input",
            })
    void saysWhatItNeeds(String args, String expected) {
        List<Object> all = new ArrayList<>(List.of(inputs));
        if (args != null) {
            all.addAll(List.of(args.replace("OUT", out.toString())
                    .replace("OTHER", folder.resolve("other").toString())
                    .split(" ")));
        }
        all.addAll(List.of("--resume", out));

        Ran ran = check(all.toArray());

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("--resume", expected.replace("OUT", out.toString()));
        assertThat(world.optionsSeen).isEmpty();
    }
}
