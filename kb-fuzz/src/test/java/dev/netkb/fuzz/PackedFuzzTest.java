package dev.netkb.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.netkb.api.read.SnapshotFiles;
import dev.netkb.api.read.SnapshotReader;
import java.io.ByteArrayInputStream;
import java.util.stream.Stream;

/** Streams of any bytes: archives, JSON lines, other encodings. */
class PackedFuzzTest {

    @FuzzTest
    void anyStream(byte[] stream) {
        try (Stream<SnapshotFiles.Found> all = SnapshotFiles.all("in", new ByteArrayInputStream(stream))) {
            all.forEach(found -> Invariants.problemsSayWhatToDo(found.read(SnapshotReader.create())));
        }
    }
}
