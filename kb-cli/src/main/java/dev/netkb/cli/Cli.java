package dev.netkb.cli;

import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.model.value.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together and turns whatever they throw into one line and an exit status. */
@Command(name = "netkb", description = "Checks whether a network lets a managed service work in it.")
final class Cli implements Runnable {

    /** What the help needs at least. */
    private static final int NARROWEST_HELP = 60;

    @Spec
    private CommandSpec command;

    private Cli() {}

    static CommandLine create(Surroundings surroundings) {
        CommandLine rules = new CommandLine(new RulesCommand())
                .addSubcommand(new RulesCommand.ListRules(surroundings))
                .addSubcommand(new RulesCommand.ShowRule(surroundings))
                .addSubcommand(new RulesInitCommand())
                .addSubcommand(new RulesExportCommand(surroundings))
                .addSubcommand(new RulesLintCommand(surroundings))
                .addSubcommand(new RulesTestCommand(surroundings))
                .addSubcommand(new RulesDiffCommand(surroundings));
        CommandLine all = new CommandLine(new Cli())
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new FlowCommand(surroundings))
                .addSubcommand(new DiffCommand(surroundings))
                .addSubcommand(new ReportCommand(surroundings))
                .addSubcommand(new SummaryCommand(surroundings))
                .addSubcommand(rules)
                .addSubcommand(new ConvertCommand(surroundings))
                .addSubcommand(new ExportScriptCommand());
        dress(all, surroundings);
        // --parameters @FILE is how people write it elsewhere.
        all.setExpandAtFiles(false);
        all.setParameterExceptionHandler(Cli::misused);
        all.setExecutionExceptionHandler((e, used, parsed) -> failed(e, used, surroundings));
        return all;
    }

    /** What every command has: help, the list of exit codes, the width and colours of this run. */
    private static void dress(CommandLine commandLine, Surroundings surroundings) {
        commandLine.getCommandSpec().mixinStandardHelpOptions(true);
        commandLine.getCommandSpec().versionProvider(new Version());
        commandLine
                .getCommandSpec()
                .usageMessage()
                .width(Math.max(NARROWEST_HELP, surroundings.style().width()));
        commandLine.getCommandSpec().usageMessage().sortOptions(false);
        commandLine
                .getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit status; where several apply, the smallest above 0:%n");
        commandLine.getCommandSpec().usageMessage().exitCodeList(exitCodes(commandLine.getCommandSpec()));
        commandLine.setColorScheme(
                CommandLine.Help.defaultColorScheme(surroundings.style().colour() ? Ansi.ON : Ansi.OFF));
        commandLine.getSubcommands().values().forEach(each -> dress(each, surroundings));
    }

    /** What a command or one of its mixins says of itself, besides what every command ends with. */
    private static Map<String, String> exitCodes(CommandSpec command) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitStatus status : ExitStatus.values()) {
            if (status.meaning() != null) {
                codes.put(" " + status.code(), status.meaning());
            }
        }
        codes.putAll(command.usageMessage().exitCodeList());
        return codes;
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "a command is missing: use " + commands(command));
    }

    private static int misused(ParameterException e, String[] args) {
        CommandLine used = e.getCommandLine();
        Messages messages = new Messages(used.getErr(), false, false, false);
        String message = e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : e.getMessage();
        // Of an option with KEY=VALUE the library says the word twice.
        messages.error(List.of(
                String.valueOf(message).replace("option option", "option").split("\n", -1)));
        messages.error("see " + used.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE.code();
    }

    private static String unknown(UnmatchedArgumentException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String word = e.getUnmatched().get(0);
        if (!word.startsWith("-") && spec.subcommands().isEmpty()) {
            return "'" + word + "' is one word too many for " + spec.qualifiedName();
        }
        if (word.startsWith("-")) {
            String name = word.replaceFirst("=.*", "");
            List<String> options = options(spec);
            return "'" + name + "' is not an option of " + spec.qualifiedName() + "." + Nearest.question(name, options)
                    + " It has: " + String.join(", ", options);
        }
        return "'" + word + "' is not a command of " + spec.qualifiedName() + "."
                + Nearest.question(word, spec.subcommands().keySet()) + " It has: " + commands(spec);
    }

    private static List<String> options(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            names.add(option.longestName());
        }
        return new ArrayList<>(new TreeSet<>(names));
    }

    private static String commands(CommandSpec spec) {
        return String.join(", ", spec.subcommands().keySet());
    }

    private static int failed(Exception e, CommandLine used, Surroundings surroundings) {
        boolean verbose = used.getParseResult() != null && used.getParseResult().hasMatchedOption("--verbose");
        Messages messages = new Messages(used.getErr(), false, verbose, false);
        if (e instanceof CliException told) {
            messages.error(String.valueOf(told.getMessage()));
            messages.trace(e);
            return told.status().code();
        }
        if (e instanceof RulesRejectedException rejected) {
            RulesLintCommand.say(rejected.problems(), surroundings.style(), used.getErr());
            messages.error("the rules could not be loaded");
            return ExitStatus.NOT_LOADED.code();
        }
        return internalError(e, messages);
    }

    static int internalError(Throwable e, Messages messages) {
        if (OutOfMemory.isCauseOf(e)) {
            messages.error(OutOfMemory.MESSAGE);
            return ExitStatus.NOT_LOADED.code();
        }
        messages.error(
                "internal error: " + e + "; please report it with the output of the same command with --verbose");
        messages.trace(e);
        return ExitStatus.INTERNAL.code();
    }

    /** Runs one command line; never throws. */
    static ExitStatus run(
            Surroundings surroundings,
            StandardOutput standardOutput,
            PrintWriter out,
            PrintWriter err,
            String... args) {
        Messages messages = new Messages(err, false, List.of(args).contains("--verbose"), false);
        int code;
        try {
            code = create(surroundings).setOut(out).setErr(err).execute(args);
        } catch (StackOverflowError | OutOfMemoryError e) {
            code = internalError(e, messages);
        }
        out.flush();
        ExitStatus status = ExitStatus.values()[code];
        if (standardOutput.trouble().isPresent()) {
            messages.error("standard output could not be written: "
                    + standardOutput.trouble().get().getMessage());
            status = status.and(ExitStatus.INTERNAL);
        }
        err.flush();
        return status;
    }

    static String version() {
        String version = Cli.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    /** Reads the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"netkb " + version()};
        }
    }
}
