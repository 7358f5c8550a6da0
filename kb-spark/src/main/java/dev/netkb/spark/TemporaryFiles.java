package dev.netkb.spark;

import dev.netkb.api.accept.Waivers;
import dev.netkb.api.accept.Waivers.Accepting;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.spark.SparkOptions.Folder;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files of the driver, on an executor for as long as it takes to load them. What a report says of them bears the names that
 * they have on the driver.
 */
final class TemporaryFiles implements Closeable {

    private final Path root;
    private final Map<String, String> names = new LinkedHashMap<>();

    private TemporaryFiles(Path root) {
        this.root = root;
    }

    static TemporaryFiles create() {
        try {
            return new TemporaryFiles(Files.createTempDirectory("netkb-spark"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a folder. Its last name stays, because it may be the name of its rules. */
    Path folder(Folder folder) {
        Path written = place(folder.name());
        folder.files().forEach(file -> write(written.resolve(file.name()), file));
        return written;
    }

    /** Writes a file. */
    Path file(SourceFile file) {
        Path written = place(file.name());
        write(written, file);
        return written;
    }

    private Path place(String name) {
        Path last = Path.of(name).toAbsolutePath().normalize().getFileName();
        Path place = root.resolve(Integer.toString(names.size())).resolve(last == null ? "rules" : last.toString());
        names.put(place.toString(), name);
        return place;
    }

    /** The same waivers, said of the files of the driver. */
    Waivers asNamed(Waivers waivers) {
        return new Waivers(waivers.entries().stream()
                .map(waiver -> new Accepting(
                        named(waiver.file()),
                        waiver.line(),
                        waiver.rule(),
                        waiver.subject(),
                        waiver.reason(),
                        waiver.owner(),
                        waiver.expires()))
                .toList());
    }

    private String named(String file) {
        return names.entrySet().stream()
                .filter(entry -> file.startsWith(entry.getKey()))
                .findFirst()
                .map(entry -> entry.getValue() + file.substring(entry.getKey().length()))
                .orElse(file);
    }

    private static void write(Path path, SourceFile file) {
        try {
            Files.createDirectories(path.getParent());
            Files.write(path, file.content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
