package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two folders whose rules have the same names. */
class TwoFoldersTest {

    private static final String SAMPLE = "../kb-samples/changes/external-to-internal/before";

    private static final String RULE = """
            package custom;

            rule "%s"
                %s
            when
                $a : Applicable( rule == "%s", $loc : location )
                $s : Location( key == $loc.key, units != null )
            then
                insert( Finding.violated( $a, "%s" ) );
            end
            """;

    @TempDir
    private Path temp;

    private Path first;
    private Path second;

    @BeforeEach
    void folders() throws IOException {
        first = folder("first");
        second = folder("second");
    }

    private Path folder(String name) throws IOException {
        Path folder = temp.resolve(name);
        RuleFolders.file(folder, "pack.yaml", "name: " + name + "\nversion: \"1\"\n");
        return folder;
    }

    private static void rule(Path folder, String name, String id, String says) throws IOException {
        String metadata =
                "@id(\"" + id + "\") @severity(\"warning\") @description(\"It holds.\") @requires(\"Location\")";
        RuleFolders.file(folder, "rules.drl", RULE.formatted(name, metadata, id, says));
    }

    private Ran run(List<String> command, String... options) {
        List<String> args = new ArrayList<>(command);
        args.addAll(List.of(options));
        return Ran.withPackagedRules(args.toArray(String[]::new));
    }

    private Ran check(String... options) {
        return run(List.of("check", SAMPLE, "--rules", first.toString(), "--rules", second.toString()), options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verbose", "--trust-rules"})
    void theLaterFolderDecidesWhatBothHave(String trust) throws IOException {
        rule(first, "OPS-1 It holds", "OPS-1", "says the first");
        rule(second, "OPS-1 It holds", "OPS-1", "says the second");

        assertThat(check(trust).out()).contains("says the second").doesNotContain("says the first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verbose", "--trust-rules"})
    void rulesOfOtherNamesHoldBesideEachOther(String trust) throws IOException {
        rule(first, "OPS-1 It holds", "OPS-1", "says the first");
        rule(second, "OPS-2 It holds", "OPS-2", "says the second");

        assertThat(check(trust).out()).contains("says the second", "says the first");
    }

    @Test
    void oneNameForTwoIdsIsRefused() throws IOException {
        rule(first, "It holds", "OPS-1", "says the first");
        rule(second, "It holds", "OPS-2", "says the second");

        Ran ran = check("--trust-rules");

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err().replaceAll("\\s+", " "))
                .contains(
                        "second/rules.drl:3:1: error KB-E336 It holds",
                        "there is a rule of this name already, in",
                        "first/rules.drl:3, and neither takes the place of the other");
    }

    @Test
    void oneNameForTwoRulesWithoutAnIdIsRefused() throws IOException {
        for (Path folder : List.of(first, second)) {
            RuleFolders.file(folder, "rules.drl", """
                    package custom;
                    rule "Something derived"
                    when
                        $loc : Location( units == 1 )
                    then
                        insert( "derived" );
                    end
                    """);
        }

        assertThat(check("--trust-rules").err()).contains("second/rules.drl:2:1: error KB-E336");
    }
}
