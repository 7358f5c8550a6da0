package dev.netkb.spark;

import dev.netkb.api.render.Printable;
import dev.netkb.api.render.RuleProblemRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.api.rules.RulesRejectedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The entry point for {@code spark-submit}, and the only place that ends the process. */
public final class Main {

    static final int OK = 0;
    static final int INTERNAL = 1;
    static final int USAGE = 2;
    static final int NOT_LOADED = 3;

    private Main() {}

    /** Runs the command line; ends the process with its exit status unless that is 0. */
    public static void main(String[] args) {
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), err, args);
        // Where all went well Spark ends the process by itself: in the cluster it takes any call of exit for a failure.
        if (code != OK) {
            System.exit(code);
        }
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine commandLine = new CommandLine(new EvaluateCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, given) -> misused(e, err))
                .setExecutionExceptionHandler((e, used, parsed) -> failed(e, err));
        commandLine.getCommandSpec().usageMessage().sortOptions(false);
        return commandLine.execute(args);
    }

    private static int misused(ParameterException e, PrintWriter err) {
        say(err, e.getMessage());
        say(err, "see --help");
        return USAGE;
    }

    private static int failed(Exception e, PrintWriter err) {
        if (e instanceof ParameterException misuse) {
            return misused(misuse, err);
        }
        if (e instanceof RulesRejectedException rejected) {
            return rejected(rejected, err);
        }
        if (e instanceof SparkThrowable told && "DATA_SOURCE_NOT_FOUND".equals(told.getCondition())) {
            say(
                    err,
                    "Spark has no such --output-format; parquet, orc and json are always there, others need their"
                            + " package: spark-submit --packages");
            return USAGE;
        }
        if (e instanceof AnalysisException) {
            say(err, "Spark cannot read or write what was named: " + firstLine(e));
            return NOT_LOADED;
        }
        if (e instanceof IllegalArgumentException || e instanceof IllegalStateException) {
            say(err, e.getMessage());
            return NOT_LOADED;
        }
        say(err, "the job failed: " + firstLine(e) + "; the log of Spark tells more");
        return INTERNAL;
    }

    private static int rejected(RulesRejectedException rejected, PrintWriter err) {
        try {
            new RuleProblemRenderer(TextStyle.PLAIN).text(rejected.problems(), err);
        } catch (IOException e) {
            throw new IllegalStateException("a print writer throws nothing", e);
        }
        say(err, "nothing was evaluated, because the rules, or what is accepted, cannot be used");
        return NOT_LOADED;
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    static void say(PrintWriter err, @Nullable String message) {
        List<String> lines = String.valueOf(message).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            err.println((i == 0 ? "netkb: " : "       ") + Printable.of(lines.get(i)));
        }
    }
}
