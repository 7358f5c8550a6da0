package dev.netkb.cli;

import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ServiceTags;
import java.nio.file.Path;

/** Reads the file that {@code --service-tags} names. */
final class TagFile {

    private TagFile() {}

    /**
     * @throws CliException when the file cannot be read or holds no tags: results without the data that a user gave
     *     would mislead
     */
    static ServiceTags read(Path file, SnapshotReader reader, Messages messages) {
        ReadResult read = SnapshotFiles.snapshot(file).read(reader);
        ServiceTags tags =
                read.snapshot() == null ? ServiceTags.NONE : read.snapshot().serviceTags();
        if (tags.isEmpty()) {
            throw notLoaded(
                    file,
                    read.problems().stream()
                            .filter(p -> p.level() == Problem.Level.ERROR)
                            .findFirst()
                            .map(TagFile::inWords)
                            .orElse(": it holds no service tags"));
        }
        for (Problem problem : read.problems()) {
            messages.notice("service tags " + file + inWords(problem));
        }
        return tags;
    }

    private static CliException notLoaded(Path file, String why) {
        return new CliException(
                ExitStatus.NOT_LOADED,
                "the service tags '" + file + "' could not be loaded" + why
                        + ". Download the file ServiceTags_*.json, or save what"
                        + " az network list-service-tags --location REGION prints.");
    }

    /** {@code : KB-E101 nsg.json:12:7: what is wrong}, to stand after the name of an input. */
    static String inWords(Problem problem) {
        Place at = problem.at();
        String line = at.line() > 0 ? ":" + at.line() + (at.column() > 0 ? ":" + at.column() : "") : "";
        String place = at.file().isEmpty() ? "" : at.file() + line + ": ";
        return ": " + problem.code() + " " + place + problem.message();
    }
}
