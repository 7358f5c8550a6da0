package dev.netkb.cli;

import dev.netkb.api.edit.RuleFolderTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb rules init}: a folder of rules to start from. */
@Command(
        name = "init",
        description = "Writes a small folder of rules that works as it is, with comments that say what can be changed."
                + " Nothing that exists is written over.")
final class RulesInitCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "DIR", description = "The folder; it must be new or empty.")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        List<Path> files;
        try {
            files = RuleFolderTemplate.write(folder);
        } catch (NotDirectoryException e) {
            throw new ParameterException(command.commandLine(), "'" + folder + "' is a file, not a folder", e);
        } catch (DirectoryNotEmptyException e) {
            throw new ParameterException(
                    command.commandLine(), "'" + folder + "' is not empty, and nothing in it is written over", e);
        } catch (IOException e) {
            throw new CliException(
                    ExitStatus.INTERNAL, "the folder could not be written to '" + folder + "': " + WholeFile.why(e), e);
        }
        PrintWriter out = command.commandLine().getOut();
        files.forEach(file -> out.println(folder.resolve(file)));
        out.flush();
        common.messages(false)
                .notice(List.of(
                        "wrote " + files.size() + " files; go on with",
                        "netkb rules lint " + folder,
                        "netkb rules test " + folder,
                        "netkb check --rules " + folder + " PATH"));
        return ExitStatus.OK.code();
    }
}
