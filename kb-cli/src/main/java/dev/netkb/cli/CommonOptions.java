package dev.netkb.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a command says on standard error. */
final class CommonOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no notices on standard error.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "More on standard error: each snapshot as it is done, stack traces of internal errors.")
    private boolean verbose;

    boolean isQuiet() {
        return quiet;
    }

    Messages messages(boolean interactive) {
        if (quiet && verbose) {
            throw new ParameterException(command.commandLine(), "--quiet and --verbose contradict each other");
        }
        PrintWriter err = command.commandLine().getErr();
        return new Messages(err, quiet, verbose, interactive);
    }
}
