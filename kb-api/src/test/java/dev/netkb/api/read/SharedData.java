package dev.netkb.api.read;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real exports and templates that lie outside the project; tests that need them are skipped where they are absent. */
final class SharedData {

    private SharedData() {}

    /** The folder of real data: the system property {@code netkb.data}, or {@code shared/data} beside a parent folder. */
    static Path folder() {
        String given = System.getProperty("netkb.data");
        Path found = given == null ? null : Path.of(given);
        for (Path at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data");
            found = Files.isDirectory(candidate) ? candidate : null;
        }
        assumeTrue(found != null, "no folder shared/data beside the project: real exports are not tested");
        return found;
    }

    /** All JSON files below a folder, sorted. */
    static List<Path> files(String below) {
        try (Stream<Path> walk = Files.walk(folder().resolve(below))) {
            return walk.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All folders directly in a folder, sorted. */
    static List<Path> folders(String below) {
        try (Stream<Path> children = Files.list(folder().resolve(below))) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ReadResult read(Path... files) {
        try {
            List<SnapshotSource.SourceFile> sources = new ArrayList<>();
            for (Path file : files) {
                sources.add(new SnapshotSource.SourceFile(file.getFileName().toString(), Files.readAllBytes(file)));
            }
            return SnapshotReader.create().read(new SnapshotSource(files[0].toString(), sources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path below the folder of real data. */
    static String name(Path path) {
        return folder().relativize(path).toString().replace('\\', '/');
    }

    /** With the system property {@code netkb.table}, a row of a Markdown table for everything that was not understood. */
    static void print(Path path, ReadResult result) {
        if (System.getProperty("netkb.table") != null) {
            result.problems()
                    .forEach(p -> System.out.println("| " + name(path) + " | " + p.code() + " | "
                            + p.message().replace("|", "\\|") + " | " + p.at().pointer() + " |"));
        }
    }
}
