package dev.netkb.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the results of a run depend on, so that another run can tell whether it would go on in the same way.
 *
 * @param parts what it is, in words that follow "other" → a digest of it
 */
record RunMark(Map<String, String> parts) {

    private static final String FIRST_LINE = "netkb run 1";

    RunMark {
        parts = new LinkedHashMap<>(parts);
    }

    /** Collects what a run depends on. */
    static final class Builder {

        private final Map<String, String> parts = new LinkedHashMap<>();

        /** @param value text that is the same where the part is the same */
        Builder with(String part, String value) {
            parts.put(part, sha256(value.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        RunMark build() {
            return new RunMark(parts);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The parts in which another run differs. */
    List<String> differences(RunMark other) {
        List<String> differences = new ArrayList<>();
        parts.forEach((part, digest) -> {
            if (!digest.equals(other.parts.get(part))) {
                differences.add(part);
            }
        });
        return differences;
    }

    void write(Path file) throws IOException {
        WholeFile.write(file, out -> {
            out.append(FIRST_LINE).append('\n');
            for (Map.Entry<String, String> part : parts.entrySet()) {
                out.append(part.getValue()).append(' ').append(part.getKey()).append('\n');
            }
        });
    }

    /** What {@link #write} wrote; empty where there is no such file, or another one. */
    static Optional<RunMark> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
            return Optional.empty();
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int blank = line.indexOf(' ');
            if (blank < 0) {
                return Optional.empty();
            }
            parts.put(line.substring(blank + 1), line.substring(0, blank));
        }
        return Optional.of(new RunMark(parts));
    }
}
