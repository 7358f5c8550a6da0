package dev.netkb.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --threads}. */
final class ThreadsOption {

    private static final int MOST = 1_024;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many snapshots are evaluated at a time (default: the number of processors).")
    private @Nullable Integer threads;

    /** @throws ParameterException when there cannot be so many */
    int count() {
        if (threads == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (threads < 1 || threads > MOST) {
            throw new ParameterException(
                    command.commandLine(), "--threads is " + threads + " but must be from 1 to " + MOST);
        }
        return threads;
    }
}
