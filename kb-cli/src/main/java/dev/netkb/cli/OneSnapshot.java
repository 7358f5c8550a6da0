package dev.netkb.cli;

import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.Problem;
import java.nio.file.Path;

/** Reads the snapshot of a command that works on a single one. */
final class OneSnapshot {

    private OneSnapshot() {}

    /**
     * What was read, with a snapshot. What was not understood is said on standard error.
     *
     * @throws CliException when the snapshot is rejected
     */
    static ReadResult read(Path path, Surroundings surroundings, Messages messages) {
        ReadResult read = Inputs.snapshot(path, surroundings.standardInput()).read(surroundings.reader());
        for (Problem problem : read.problems()) {
            if (problem.level() == Problem.Level.ERROR) {
                messages.error(read.source() + TagFile.inWords(problem) + " " + problem.hint());
            } else if (problem.level() == Problem.Level.WARNING) {
                messages.notice(read.source() + TagFile.inWords(problem));
            } else {
                messages.detail(read.source() + TagFile.inWords(problem));
            }
        }
        if (read.snapshot() == null) {
            throw new CliException(ExitStatus.NOT_LOADED, read.source() + " was rejected");
        }
        return read;
    }
}
