package dev.netkb.cli;

import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import java.io.BufferedWriter;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entry point, and the only place that ends the process. */
public final class Main {

    private static final int WIDEST = 200;

    private Main() {}

    /** Runs the command line and ends the process with its exit status. */
    public static void main(String[] args) {
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        ExitStatus status = Cli.run(
                surroundings(System.getenv(), isTerminal()),
                out,
                utf8(out),
                utf8(new FileOutputStream(FileDescriptor.err)),
                args);
        System.exit(status.code());
    }

    private static PrintWriter utf8(OutputStream out) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16), false);
    }

    static Surroundings surroundings(Map<String, String> environment, boolean terminal) {
        return new Surroundings(
                Surroundings::load,
                SnapshotReader.create(),
                System.in,
                style(environment, terminal),
                RuleCache.folder(environment, System.getProperty("os.name", "")),
                terminal,
                Clock.systemDefaultZone(),
                environment);
    }

    /** Colours only on a terminal that wants them; its width where the shell tells it. */
    static TextStyle style(Map<String, String> environment, boolean terminal) {
        boolean colour = terminal && !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
        return new TextStyle(terminal ? width(environment.get("COLUMNS")) : TextStyle.PLAIN.width(), colour);
    }

    private static int width(@Nullable String columns) {
        try {
            return columns == null ? TextStyle.PLAIN.width() : Math.min(WIDEST, Integer.parseInt(columns.trim()));
        } catch (NumberFormatException e) {
            return TextStyle.PLAIN.width();
        }
    }

    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there always is a console, which then says itself what it is.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
