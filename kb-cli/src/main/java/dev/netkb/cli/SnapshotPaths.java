package dev.netkb.cli;

import dev.netkb.api.FileStamps;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.read.file.SnapshotFiles.Found;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which snapshots a command looks at: {@code PATH…}, wherever they stand among the options, and {@code --each}. */
abstract sealed class SnapshotPaths {

    private static final String WHAT = "A snapshot: " + Inputs.ONE_SNAPSHOT;
    private static final String LINES = "A file .jsonl or .ndjson (also .gz) holds one snapshot a line.";

    /** So many files that are left out are named. */
    private static final int NAMED = 3;

    /** Of a command that has no other parameters. */
    static final class Only extends SnapshotPaths {
        @Parameters(
                index = "0..*",
                arity = "0..*",
                paramLabel = "PATH",
                description = {WHAT, LINES})
        private List<Path> paths = new ArrayList<>();

        @Override
        List<Path> paths() {
            return paths;
        }
    }

    /** Of a command that takes a folder of rules before them. */
    static final class BehindFolder extends SnapshotPaths {
        @Parameters(index = "0", paramLabel = "DIR", description = "The folder of rules.")
        private Path folder = Path.of("");

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "PATH",
                description = {WHAT, LINES})
        private List<Path> paths = new ArrayList<>();

        Path folder() {
            return folder;
        }

        @Override
        List<Path> paths() {
            return paths;
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Option(
            names = "--each",
            paramLabel = "DIR",
            description = {
                "Take every file, archive and folder in DIR as a snapshot of its own (.jsonl: every line). Repeatable.",
                "Left out are hidden files and, which is told, notes such as README.md that are no JSON."
            })
    private List<Path> folders = new ArrayList<>();

    /** What stands for {@code PATH…}. */
    abstract List<Path> paths();

    /**
     * @param purpose what needs them, such as {@code check}
     * @throws ParameterException when there are none, or one of them cannot be read
     */
    void check(String purpose) {
        if (paths().isEmpty() && folders.isEmpty()) {
            throw new ParameterException(
                    mixee.commandLine(), "nothing to " + purpose + ": name at least one PATH, or --each DIR");
        }
        if (paths().stream().filter(Inputs::isStandardInput).count() > 1) {
            throw new ParameterException(mixee.commandLine(), "standard input (-) can be read only once");
        }
    }

    boolean hasStandardInput() {
        return paths().stream().anyMatch(Inputs::isStandardInput);
    }

    /** Whether there can be more than one. */
    boolean many() {
        return paths().size() > 1 || !folders.isEmpty();
    }

    /**
     * How many there are, where that can be told before they are read. Reads files of JSON lines.
     *
     * @param except what is written meanwhile
     */
    OptionalLong count(List<OutputTarget> except) {
        if (hasStandardInput()) {
            return OptionalLong.empty();
        }
        Predicate<Path> but = written(except);
        return OptionalLong.of(paths().stream().mapToLong(SnapshotFiles::count).sum()
                + folders.stream()
                        .mapToLong(folder -> SnapshotFiles.countEach(folder, but))
                        .sum());
    }

    /** Says which files {@code --each} leaves out. */
    void tellLeftOut(List<OutputTarget> except, Messages messages) {
        Predicate<Path> but = written(except);
        for (Path folder : folders) {
            List<String> names = SnapshotFiles.notInEach(folder).stream()
                    .filter(file -> !but.test(file))
                    .map(file -> "'" + file.getFileName() + "'")
                    .toList();
            if (!names.isEmpty()) {
                messages.notice("of --each '" + folder + "' "
                        + (names.size() == 1
                                ? "a file is left out, which is no snapshot: "
                                : names.size() + " files are left out, which are no snapshots: ")
                        + names.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "")
                        + "; name as PATH what is one nevertheless");
            }
        }
    }

    /** The files and folders that were named. */
    List<Path> named() {
        return Stream.concat(paths().stream(), folders.stream()).toList();
    }

    /**
     * Text that is the same as long as the same is named, and every file of it has the same size and time.
     *
     * @param except files that are written meanwhile
     */
    String stamps(List<OutputTarget> except) {
        Predicate<Path> written = written(except);
        StringBuilder text = new StringBuilder(paths() + " " + folders);
        new TreeMap<>(FileStamps.of(named(), FileStamps.By.TIME).byPath()).forEach((path, stamp) -> {
            if (!written.test(path)) {
                text.append('\n').append(path).append(' ').append(stamp);
            }
        });
        return text.toString();
    }

    private static Predicate<Path> written(List<OutputTarget> targets) {
        Set<Path> written = targets.stream()
                .flatMap(target -> target.written().stream())
                .map(file -> file.toAbsolutePath().normalize())
                .collect(Collectors.toSet());
        return path -> written.contains(path.toAbsolutePath().normalize());
    }

    /**
     * The snapshots, in the order of the command line; each is read only when its turn comes.
     *
     * @param except what is written meanwhile, and is no snapshot in a folder
     */
    Stream<Found> all(List<OutputTarget> except, InputStream standardInput) {
        return Inputs.all(paths(), folders, written(except), standardInput);
    }
}
