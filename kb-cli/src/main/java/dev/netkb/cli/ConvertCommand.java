package dev.netkb.cli;

import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotWriter;
import dev.netkb.api.render.Printable;
import dev.netkb.model.snapshot.Snapshot;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb convert}: prints what was understood of a snapshot. */
@Command(
        name = "convert",
        description = "Prints a snapshot in the project's own format: what was understood of it, in one shape. Every"
                + " command reads it again.")
final class ConvertCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Mixin
    private TemplateOptions templates = new TemplateOptions();

    @Parameters(paramLabel = "PATH", description = "The snapshot: " + Inputs.ONE_SNAPSHOT)
    private Path path = Path.of("");

    ConvertCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ReadResult read =
                OneSnapshot.read(path, templates.in(surroundings), common.messages(surroundings.interactive()));
        Snapshot snapshot = read.snapshot() == null ? Snapshot.EMPTY : read.snapshot();
        PrintWriter out = command.commandLine().getOut();
        // Names from data stand in texts, where a character and its number mean the same.
        SnapshotWriter.write(snapshot).lines().forEach(line -> out.print(Printable.of(line) + "\n"));
        return ExitStatus.OK.code();
    }
}
