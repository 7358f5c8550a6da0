package dev.netkb.cli;

import dev.netkb.api.render.RuleProblemRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.test.ExampleSuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb rules lint}: everything that is wrong with folders of rules, or should be otherwise. */
@Command(
        name = "lint",
        description =
                "Checks folders of rules: says every error at once, each with its place and a way out, and warns of"
                        + " what loads but is hardly meant. The exit status is 3 where there is an error.")
final class RulesLintCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "A folder of rules; a later one wins over an earlier one.")
    private List<Path> folders = new ArrayList<>();

    @Mixin
    private RulesOptions rules;

    @Option(
            names = "--format",
            paramLabel = "FMT[=FILE]",
            converter = ProblemTarget.Converter.class,
            description =
                    "table (the default), json or sarif, which editors and build servers show in place; with =FILE into"
                            + " a file, which is written whole or not at all. Repeatable.")
    private List<ProblemTarget> targets = new ArrayList<>();

    @Option(names = "--strict", description = "Let warnings make the exit status 3 too.")
    private boolean strict;

    RulesLintCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        targets.stream()
                .flatMap(target -> Stream.ofNullable(target.file()))
                .forEach(file -> Overwriting.check(file, command.commandLine()));
        List<RuleProblem> problems = new ArrayList<>(surroundings.problems(rules.sources(surroundings, folders)));
        folders.forEach(folder -> problems.addAll(ExampleSuite.read(folder).problems()));
        problems.sort(RuleProblem.ORDER);
        ProblemTarget.write(
                targets,
                (format, style, out) -> render(problems, format, style, out),
                surroundings.style(),
                command.commandLine().getOut(),
                messages);
        boolean failed = problems.stream()
                .anyMatch(problem -> problem.isError() || strict && problem.level() == RuleProblem.Level.WARNING);
        return (failed ? ExitStatus.NOT_LOADED : ExitStatus.OK).code();
    }

    private static void render(List<RuleProblem> problems, ProblemTarget.Format format, TextStyle style, Appendable out)
            throws IOException {
        RuleProblemRenderer renderer = new RuleProblemRenderer(style);
        switch (format) {
            case TABLE -> renderer.text(problems, out);
            case JSON -> renderer.json(problems, out);
            case SARIF -> renderer.sarif(problems, Cli.version(), Path.of("").toAbsolutePath(), out);
        }
    }

    /** Says the problems that keep rules from being used, on standard error. */
    static void say(List<RuleProblem> problems, TextStyle style, PrintWriter err) {
        try {
            new RuleProblemRenderer(style).text(problems, err);
            err.flush();
        } catch (IOException e) {
            throw new IllegalStateException("a print writer throws nothing", e);
        }
    }
}
