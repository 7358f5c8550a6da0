package dev.netkb.cli;

import dev.netkb.api.read.SnapshotReader;
import dev.netkb.model.value.ServiceTags;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --service-tags}. */
final class ServiceTagOption {

    @Option(
            names = "--service-tags",
            paramLabel = "FILE",
            description = "Service tag data for all snapshots: a ServiceTags_*.json, or what az network"
                    + " list-service-tags prints.")
    private @Nullable Path file;

    @Nullable
    Path file() {
        return file;
    }

    /**
     * The tags of the file; null where none is given.
     *
     * @throws CliException when the file cannot be read or holds no tags
     */
    @Nullable
    ServiceTags read(SnapshotReader reader, Messages messages) {
        return file == null ? null : TagFile.read(file, reader, messages);
    }
}
