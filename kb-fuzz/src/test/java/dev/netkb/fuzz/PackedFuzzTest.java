package dev.netkb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Archives, JSON lines, other encodings. */
class PackedFuzzTest {

    private static final List<String> NAMES = List.of(
            "in",
            "-",
            "in.json",
            "in.tfstate",
            "in.zip",
            "in.tar",
            "in.tar.gz",
            "in.tgz",
            "in.gz",
            "in.json.gz",
            "in.jsonl",
            "in.ndjson.gz",
            "in.csv");

    /** Streams of any bytes. */
    @FuzzTest
    void anyStream(byte[] stream) {
        read("in", stream);
    }

    /** Streams that are well packed, but for a few bytes and for what is packed. */
    @FuzzTest
    void packed(FuzzedDataProvider data) throws IOException {
        String name = NAMES.get(data.consumeInt(0, NAMES.size() - 1));
        read(name, Packing.of(data));
    }

    /** Else the fuzzer would start from what is refused at its first bytes, as after a change of what is an archive. */
    @Test
    void everySeedHoldsASnapshot() throws IOException {
        try (Stream<Path> seeds =
                Files.list(Path.of("src/test/resources/dev/netkb/fuzz/PackedFuzzTestInputs/anyStream"))) {
            List<Path> all = seeds.toList();
            assertThat(all).hasSizeGreaterThan(4).allSatisfy(seed -> {
                try (Stream<SnapshotFiles.Found> found = SnapshotFiles.all("in", Files.newInputStream(seed))) {
                    assertThat(found.map(
                                    each -> each.read(SnapshotReader.create()).snapshot()))
                            .anyMatch(Objects::nonNull);
                }
            });
        }
    }

    private static void read(String name, byte[] stream) {
        try (Stream<SnapshotFiles.Found> all = SnapshotFiles.all(name, new ByteArrayInputStream(stream))) {
            all.forEach(found -> Invariants.problemsSayWhatToDo(found.read(SnapshotReader.create())));
        }
        Invariants.problemsSayWhatToDo(
                SnapshotFiles.stream(name, new ByteArrayInputStream(stream)).read(SnapshotReader.create()));
    }
}
