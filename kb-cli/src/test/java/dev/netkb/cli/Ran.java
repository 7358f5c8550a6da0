package dev.netkb.cli;

import dev.netkb.api.render.TextStyle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** What a command line did. */
record Ran(ExitStatus status, String out, String err) {

    static Ran with(FakeWorld world, String... args) {
        return reading("", world, args);
    }

    static Ran reading(String standardInput, FakeWorld world, String... args) {
        Surroundings surroundings = new Surroundings(
                () -> world,
                world,
                new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
                TextStyle.PLAIN,
                false);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(bytes);
        StringWriter err = new StringWriter();
        ExitStatus status = Cli.run(
                surroundings,
                out,
                new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
                new PrintWriter(err),
                args);
        return new Ran(status, bytes.toString(StandardCharsets.UTF_8), err.toString());
    }
}
