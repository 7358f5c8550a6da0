package dev.netkb.cli;

import dev.netkb.api.read.file.SnapshotFiles.Found;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which snapshots a command looks at: {@code PATH…}, behind its other parameters, and {@code --each}. */
final class SnapshotPaths {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Parameters(
            index = "0+",
            arity = "0..*",
            paramLabel = "PATH",
            description = {
                "A snapshot: " + Inputs.ONE_SNAPSHOT,
                "A file .jsonl or .ndjson (also .gz) holds one snapshot a line."
            })
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--each",
            paramLabel = "DIR",
            description =
                    "Take every file, archive and folder in DIR as a snapshot of its own (.jsonl: every line). Repeatable.")
    private List<Path> folders = new ArrayList<>();

    /**
     * @param purpose what needs them, such as {@code check}
     * @throws ParameterException when there are none, or one of them cannot be read
     */
    void check(String purpose) {
        if (paths.isEmpty() && folders.isEmpty()) {
            throw new ParameterException(
                    mixee.commandLine(), "nothing to " + purpose + ": name at least one PATH, or --each DIR");
        }
        if (paths.stream().filter(Inputs::isStandardInput).count() > 1) {
            throw new ParameterException(mixee.commandLine(), "standard input (-) can be read only once");
        }
    }

    boolean hasStandardInput() {
        return paths.stream().anyMatch(Inputs::isStandardInput);
    }

    /** Whether there can be more than one. */
    boolean many() {
        return paths.size() > 1 || !folders.isEmpty();
    }

    /** The files and folders that were named. */
    List<Path> named() {
        return Stream.concat(paths.stream(), folders.stream()).toList();
    }

    /** The snapshots, in the order of the command line; each is read only when its turn comes. */
    Stream<Found> all(InputStream standardInput) {
        return Inputs.all(paths, folders, standardInput);
    }
}
