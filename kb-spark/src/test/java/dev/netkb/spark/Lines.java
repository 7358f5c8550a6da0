package dev.netkb.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.SnapshotWriter;
import dev.netkb.api.read.file.SnapshotFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lines for tests: samples as one line each, and lines with which something is wrong. */
final class Lines {

    private static final Path SAMPLES = Path.of("../kb-samples/snapshots");

    private Lines() {}

    /** A sample, normalised, in one line. */
    static String sample(String name) {
        try {
            ReadResult read = SnapshotFiles.snapshot(SAMPLES.resolve(name)).read(SnapshotReader.create());
            ObjectMapper mapper = new ObjectMapper();
            return mapper.writeValueAsString(mapper.readTree(SnapshotWriter.write(read.snapshot())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** Good ones of several kinds, one twice, and bad ones. */
    static List<byte[]> mixed() {
        List<byte[]> lines = new ArrayList<>(List.of(
                bytes(sample("classic-broken")),
                bytes("not JSON"),
                bytes(sample("classic-mended") + "\r"),
                bytes(""),
                bytes("  \t\r"),
                bytes("{\"value\": [{\"type\": \"Microsoft.Network/virtualNetworks\", \"id\": \"/x\", \"name\": 7"),
                bytes(sample("internal-names-broken")),
                bytes("[]"),
                bytes("{}"),
                bytes("[".repeat(10_000)),
                bytes("{\"a\": \"\\ud800\", \"b\": \"\u0000\"}"),
                bytes(sample("standard-v2")),
                bytes(sample("classic-broken"))));
        byte[] noUtf8 = bytes("{\"value\": [{\"type\": \"Microsoft.Network/routeTables\", \"name\": \"rt-\u00e9\"}]}");
        noUtf8[new String(noUtf8, StandardCharsets.ISO_8859_1).indexOf('\u00c3')] = (byte) 0xff;
        lines.add(noUtf8);
        return lines;
    }

    static Path write(Path file, List<byte[]> lines) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.write(line);
            all.write('\n');
        }
        return Files.write(file, all.toByteArray());
    }

    /** The lines as inputs of the local batch, without those that are blank. */
    static List<SnapshotSource> inputs(List<byte[]> lines) {
        return lines.stream()
                .filter(line -> !new String(line, StandardCharsets.ISO_8859_1).isBlank())
                .map(line -> new SnapshotSource(Shipped.sha256(line), List.of(new SourceFile(Evaluator.FILE, line))))
                .toList();
    }
}
