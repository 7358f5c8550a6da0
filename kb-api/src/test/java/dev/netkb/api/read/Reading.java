package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads fixtures and texts. */
public final class Reading {

    private Reading() {}

    /** The bytes of a fixture beside this class. */
    public static byte[] fixture(String name) {
        try (InputStream in = Reading.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fixtures as the files of one snapshot. */
    static ReadResult fixtures(String... names) {
        List<SnapshotSource.SourceFile> files = new ArrayList<>();
        for (String name : names) {
            files.add(new SnapshotSource.SourceFile(name, fixture(name)));
        }
        return SnapshotReader.create().read(new SnapshotSource("fixtures", files));
    }

    /** JSON texts as the files a.json, b.json, … of one snapshot; single quotes stand for double ones. */
    static ReadResult texts(String... texts) {
        List<SnapshotSource.SourceFile> files = new ArrayList<>();
        for (String text : texts) {
            String name = (char) ('a' + files.size()) + ".json";
            files.add(
                    new SnapshotSource.SourceFile(name, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        }
        return SnapshotReader.create().read(new SnapshotSource("texts", files));
    }

    public static ReadResult bytes(byte[] bytes) {
        return SnapshotReader.create()
                .read(new SnapshotSource("bytes", List.of(new SnapshotSource.SourceFile("a.json", bytes))));
    }

    /** The snapshot of a result without errors. */
    public static Snapshot snapshot(ReadResult result) {
        assertThat(result.problems()).noneMatch(problem -> problem.level() == Problem.Level.ERROR);
        return Objects.requireNonNull(result.snapshot());
    }

    /** The only error of a result that was rejected. */
    public static Problem error(ReadResult result) {
        assertThat(result.snapshot()).as("a snapshot with an error is rejected").isNull();
        List<Problem> errors = result.problems().stream()
                .filter(problem -> problem.level() == Problem.Level.ERROR)
                .toList();
        assertThat(errors).hasSize(1);
        return errors.get(0);
    }
}
