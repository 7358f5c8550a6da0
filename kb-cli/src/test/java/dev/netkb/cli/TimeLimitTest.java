package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --time-limit} with a rule that every check of rules lets pass, and that searches for long. */
@Timeout(120)
class TimeLimitTest {

    private static final Path SAMPLE = Path.of("..", "kb-samples", "snapshots", "classic-broken");

    @TempDir
    Path folder;

    private String err = "";

    @Test
    void aSearchOfARestrictedRuleIsGivenUp() throws Exception {
        String joins = IntStream.range(1, 7)
                .mapToObj(i -> "    NsgRule( nsgId == $nsg, priority > 0, $p" + i + " : priority )\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("slow.drl"), """
                package custom;

                rule "OUR-SLOW It ends"
                    @id("OUR-SLOW") @severity("error") @models("classic")
                    @requires("Subnet.nsgId") @description("It ends.")
                when
                    $a : Applicable( rule == "OUR-SLOW", $loc : location )
                    $subnet : Subnet( id == $loc.subnetId, nsgId != null, $nsg : nsgId )
                """ + joins + """
                then
                    insert( Finding.violated( $a, "it does" ) );
                end
                """);

        String report = run("--time-limit", "1");

        assertThat(err).contains("so results may be missing");
        assertThat(report).contains("KB-E202").contains("OUR-SLOW");
        assertThat(run("--time-limit", "0")).isEmpty();
        assertThat(err).contains("--time-limit is 0 but must be 1 second or more");
    }

    private String run(String... limit) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(bytes);
        StringWriter errors = new StringWriter();
        Cli.run(
                new Surroundings(
                        Surroundings::load,
                        SnapshotReader.create(),
                        new ByteArrayInputStream(new byte[0]),
                        TextStyle.PLAIN,
                        null,
                        false),
                out,
                new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
                new PrintWriter(errors),
                "check",
                SAMPLE.toString(),
                "--format",
                "json",
                "--rules",
                folder.toString(),
                limit[0],
                limit[1]);
        err = errors.toString();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
