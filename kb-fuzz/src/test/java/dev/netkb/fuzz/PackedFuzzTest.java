package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.netkb.api.read.SnapshotFiles;
import dev.netkb.api.read.SnapshotReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

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

    private static void read(String name, byte[] stream) {
        try (Stream<SnapshotFiles.Found> all = SnapshotFiles.all(name, new ByteArrayInputStream(stream))) {
            all.forEach(found -> Invariants.problemsSayWhatToDo(found.read(SnapshotReader.create())));
        }
        Invariants.problemsSayWhatToDo(
                SnapshotFiles.stream(name, new ByteArrayInputStream(stream)).read(SnapshotReader.create()));
    }
}
