package dev.netkb.cli;

import dev.netkb.api.edit.LoadedRules;
import dev.netkb.api.render.RuleTestRenderer;
import dev.netkb.api.rules.RuleTestReport;
import dev.netkb.test.ExampleSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb rules test}: runs the examples of a folder of rules. */
@Command(
        name = "test",
        description =
                "Runs the examples of a folder of rules, and says which of its rules and rows no example makes speak."
                        + " The exit status is 4 where an example fails.",
        exitCodeList = " 4:an example fails")
final class RulesTestCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "DIR", description = "The folder of rules; its examples are the files examples/*.yaml.")
    private Path folder = Path.of("");

    @Mixin
    private RulesOptions rules;

    @Option(
            names = "--mutate",
            description =
                    "Also change one thing at a time (severities, ports, directions, comparisons, numbers, dates), and"
                            + " say which changes no example notices.")
    private boolean mutate;

    @Mixin
    private PrintFormat print;

    RulesTestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        LoadedRules loaded = surroundings.folderRules(rules.sources(surroundings, List.of(folder)));
        ExampleSuite suite = ExampleSuite.read(folder);
        if (!suite.problems().isEmpty()) {
            RulesLintCommand.say(
                    suite.problems(),
                    surroundings.style(),
                    command.commandLine().getErr());
            return ExitStatus.NOT_LOADED.code();
        }
        if (suite.isEmpty()) {
            throw new CliException(
                    ExitStatus.NOT_LOADED,
                    "there is no example in '" + folder.resolve("examples")
                            + "', so nothing was tested: write examples/ID.yaml for an id of the folder");
        }
        Progress progress = new Progress(messages, "changes tried", System::nanoTime, OptionalLong::empty);
        RuleTestReport report = suite.run(loaded, mutate, tried -> progress.done(true));
        progress.end();
        RuleTestRenderer renderer = new RuleTestRenderer(surroundings.style());
        switch (print.format()) {
            case TABLE -> renderer.table(report, command.commandLine().getOut());
            case JSON -> renderer.json(report, command.commandLine().getOut());
        }
        return (report.failed() > 0 ? ExitStatus.VIOLATIONS : ExitStatus.OK).code();
    }
}
