package dev.netkb.cli;

import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.nio.file.Path;
import java.util.List;

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
            say(read.source(), problem, messages);
        }
        if (read.snapshot() == null) {
            throw new CliException(ExitStatus.NOT_LOADED, read.source() + " was rejected");
        }
        return read;
    }

    /** Says an error in any case, a warning unless the user wants quiet, and a notice only to one who wants all. */
    static void say(String source, Problem problem, Messages messages) {
        String said = inWords(source, problem);
        switch (problem.level()) {
            case ERROR -> messages.error(List.of(said, problem.hint()));
            case WARNING -> messages.notice(List.of(said, problem.hint()));
            case NOTICE -> messages.detail(said);
        }
    }

    /** {@code exports/nsg.json:12:7: KB-E101 what is wrong}; a file that is the whole snapshot is named once. */
    private static String inWords(String source, Problem problem) {
        Place at = problem.at();
        boolean isSource = at.file().isEmpty()
                || source.equals(at.file())
                || source.replace('\\', '/').endsWith("/" + at.file());
        String line = at.line() > 0 ? ":" + at.line() + (at.column() > 0 ? ":" + at.column() : "") : "";
        return source + (isSource ? "" : ", " + at.file()) + line + ": " + problem.code() + " " + problem.message();
    }
}
