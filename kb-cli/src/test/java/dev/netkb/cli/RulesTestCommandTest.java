package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs examples of real folders with the packaged rules. */
class RulesTestCommandTest {

    @TempDir
    private Path temp;

    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = RuleFolders.write(temp.resolve("rules"));
    }

    private Ran test(String... options) {
        List<String> args = new ArrayList<>(List.of("rules", "test", rules.toString()));
        args.addAll(List.of(options));
        return Ran.withPackagedRules(args.toArray(String[]::new));
    }

    @Test
    void saysWhatPassedAndWhatIsNotCovered() {
        Ran ran = test();

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out())
                .contains(
                        "examples/OPS-PARTNER.yaml\n  passed passes where nothing forbids it",
                        "requirements.csv row 3 OPS-BACKUP: it is never violated",
                        "4 passed, 0 failed; 2 of 3 rules and rows covered")
                .doesNotContain("row 2 OPS-PARTNER", "rules.drl:3");
    }

    @Test
    void failsWithWhatWasExpectedAndWhatCame() throws IOException {
        RuleFolders.edit(rules, "requirements.csv", "203.0.113.0/24,error", "203.0.113.0/24,warning");
        RuleFolders.edit(rules, "rules.drl", "units < 2", "units < 0");

        Ran ran = test();

        assertThat(ran.status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(ran.out())
                .contains(
                        "FAILED is violated where everything to the partner is denied",
                        "severity: expected error but was warning",
                        "FAILED is violated by one unit",
                        "outcome: expected violated but was passed",
                        "2 passed, 2 failed",
                        "rules.drl:3 OPS-UNITS Instances have two units or more: it never fires");
    }

    @Test
    void saysWhichChangesNoExampleNotices() {
        Ran ran = test("--mutate", "--format", "json");

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out())
                .contains("\"change\": \"ports 8443 -> 8444\"", "\"change\": \"severity warning -> error\"")
                .as("these are noticed")
                .doesNotContain(
                        "severity error -> warning",
                        "\"change\": \"units < 2 -> units < 1\"",
                        "\"change\": \"units < 2 -> units < 3\"",
                        "remote 203.0.113.0/24 -> Internet");
    }

    @Test
    void noticesMoreWithBetterExamples() throws IOException {
        Path example = rules.resolve("examples/OPS-PARTNER.yaml");
        Files.writeString(example, """
                  - it: is violated where its very port is denied
                    with: {nsg: {securityRules: {DenyPartner: 3000 Deny Out Tcp to 203.0.113.0/24 port 8443}}}
                    then: {outcome: violated, ports: "8443", protocol: Tcp}
                """, java.nio.file.StandardOpenOption.APPEND);

        assertThat(test("--mutate").out()).doesNotContain("ports 8443 -> 8444");
    }

    @Test
    void startsFromNetworksOfTheFolderAndOfNetkb() throws IOException {
        RuleFolders.edit(rules, "examples/OPS-UNITS.yaml", "base: external", "base: mine");
        assertThat(test().status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(test().err().replaceAll("\\s+", " "))
                .contains("KB-E370", "starts from the network 'mine', which does not exist", "external, injected-v2");

        RuleFolders.file(
                rules,
                "examples/bases/mine.yaml",
                Files.readString(Path.of("../kb-rules/src/test/resources/examples/bases/internal.yaml")));
        assertThat(test().status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void saysWhereAnExampleCannotBeRead() throws IOException {
        RuleFolders.edit(rules, "examples/OPS-UNITS.yaml", "then: passed", "than: passed");

        Ran ran = test();

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err()).contains("OPS-UNITS.yaml", "KB-E370", "'than' is no key here");
    }

    @Test
    void isNoPassWhereThereIsNoExample() throws IOException {
        Files.delete(rules.resolve("examples/OPS-UNITS.yaml"));
        Files.delete(rules.resolve("examples/OPS-PARTNER.yaml"));

        Ran ran = test();

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err()).contains("so nothing was tested");
    }
}
