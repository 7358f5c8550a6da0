package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import dev.netkb.api.rules.RuleSources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** What a command line did. */
record Ran(ExitStatus status, String out, String err) {

    static Ran with(FakeWorld world, String... args) {
        return reading("", world, args);
    }

    static Ran reading(String standardInput, FakeWorld world, String... args) {
        return in(rules -> world, world, standardInput, args);
    }

    /** Reads for real, with the packaged rules. */
    static Ran withPackagedRules(String... args) {
        return in(Surroundings::load, SnapshotReader.create(), "", args);
    }

    /** Reads for real, and needs no rules. */
    static Ran by(SnapshotReader reader, String standardInput, String... args) {
        return in(
                rules -> {
                    throw new IllegalStateException("this command needs no rules");
                },
                reader,
                standardInput,
                args);
    }

    /** On a day, with environment variables. */
    static Ran with(FakeWorld world, Clock clock, Map<String, String> environment, String... args) {
        return in(
                new Surroundings(
                        rules -> world,
                        world,
                        new ByteArrayInputStream(new byte[0]),
                        TextStyle.PLAIN,
                        null,
                        false,
                        clock,
                        environment),
                args);
    }

    private static Ran in(
            Function<RuleSources, KnowledgeBase> rules, SnapshotReader reader, String standardInput, String... args) {
        return in(
                new Surroundings(
                        rules,
                        reader,
                        new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
                        TextStyle.PLAIN,
                        null,
                        false),
                args);
    }

    private static Ran in(Surroundings surroundings, String... args) {
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
