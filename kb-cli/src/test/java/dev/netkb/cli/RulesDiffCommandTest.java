package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares verdicts about a sample with and without a real folder. */
class RulesDiffCommandTest {

    private static final String SAMPLE = "../kb-samples/changes/external-to-internal/before";

    @TempDir
    private Path temp;

    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = RuleFolders.write(temp.resolve("rules"));
    }

    private Ran diff(String... options) {
        List<String> args = new ArrayList<>(List.of("rules", "diff", rules.toString(), SAMPLE));
        args.addAll(List.of(options));
        return Ran.withPackagedRules(args.toArray(String[]::new));
    }

    @Test
    void saysWhichVerdictsChangeForWhomAndWhy() throws IOException {
        RuleFolders.edit(rules, "pack.yaml", "overrides:\n", "overrides:\n  C-FLOW-OUT-SQL: {enabled: false}\n");

        Ran ran = diff();

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out().replaceAll(" +", " "))
                .contains(
                        "OPS-PARTNER The partner is reachable on 8443\n verdict nothing -> passed\n subject location shop-api",
                        "why a row of contoso, requirements.csv row 2",
                        "why the rule 'OPS-UNITS Instances have two units or more' of contoso, rules.drl:3",
                        "C-FLOW-OUT-SQL Azure SQL reachable on 1433\n verdict passed -> ",
                        "why an override (enabled: false) of contoso, pack.yaml",
                        "1 OPS-PARTNER: nothing -> passed",
                        "4 verdicts change in 1 of 1 snapshot");
    }

    @Test
    void endsWith4OnlyWhereItIsAskedForAndSomethingChanges() throws IOException {
        assertThat(diff("--fail-on-change").status()).isEqualTo(ExitStatus.VIOLATIONS);

        Path same = temp.resolve("same");
        RuleFolders.file(same, "pack.yaml", "name: same\nversion: \"1\"\noverrides:\n  C-NET-04: {severity: error}\n");
        Ran ran = Ran.withPackagedRules("rules", "diff", same.toString(), SAMPLE, "--fail-on-change");
        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).startsWith("0 verdicts change in 0 of 1 snapshot");
    }

    @Test
    void takesPathsOnBothSidesOfAnOption() {
        Ran ran = Ran.withPackagedRules("rules", "diff", "--format", "json", rules.toString(), SAMPLE, "-q", SAMPLE);

        assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).contains("\"snapshots\": 2");
    }

    @Test
    void comparesWithOtherFoldersAsTheBase() {
        Ran ran = Ran.withPackagedRules(
                "rules",
                "diff",
                rules.toString(),
                SAMPLE,
                "--rules",
                rules.resolveSibling("none").toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err()).contains("there is no folder");
    }

    @Test
    void writesJson() {
        assertThat(diff("--format", "json").out())
                .contains("\"schema\": \"netkb/rule-diff/1\"", "\"outcome\": \"nothing\"", "\"pack\": \"contoso\"");
    }

    @Test
    void goesOnAfterASnapshotThatIsRejected() throws IOException {
        String torn = RuleFolders.file(temp, "torn.json", "{\"value\": [").toString();

        Ran ran = diff(torn);

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).contains("was rejected, so nothing was compared", "of 2 snapshots");
    }

    private static final String TODAY = "2026-11-26";

    /** A rule that the sample violates. */
    private void demandNineUnits() throws IOException {
        RuleFolders.file(rules, "rules.drl", """
                package custom;

                rule "OPS-UNITS Instances have nine units or more"
                    @id("OPS-UNITS") @severity("warning") @requires("Location") @description("Nine.")
                when
                    $a : Applicable( rule == "OPS-UNITS", $loc : location )
                    $s : Location( key == $loc.key, units != null, units < 9 )
                then
                    insert( Finding.violated( $a, "the instance has few units" ) );
                end
                """);
    }

    @Test
    void saysWhatTheFolderWaives() throws IOException {
        demandNineUnits();
        assertThat(diff("--as-of", TODAY + "T12:00:00Z").out())
                .contains("OPS-UNITS: nothing -> violated (warning)")
                .doesNotContain("waive");

        RuleFolders.file(
                rules,
                "waivers.yaml",
                "- {rule: OPS-UNITS, subject: '*', reason: budget of next year, owner: ops, expires: 2027-01-31}\n");
        Ran ran = diff("--as-of", TODAY + "T12:00:00Z");

        assertThat(ran.out().replaceAll(" +", " "))
                .contains(
                        "verdict nothing -> waived (warning)",
                        "waiver budget of next year (ops, until 2027-01-31)",
                        "why the rule 'OPS-UNITS Instances have nine units or more' of contoso");
        assertThat(diff("--as-of", "2027-02-01T12:00:00Z").out())
                .as("when the waiver has expired")
                .contains("OPS-UNITS: nothing -> violated (warning)");
        assertThat(diff("--format", "json").out()).contains("\"outcome\": \"waived\"");
    }

    @Test
    void aWaiverOfTheCommandLineHoldsBeforeAndAfter() throws IOException {
        Path other = temp.resolve("other");
        RuleFolders.file(other, "pack.yaml", "name: other\nversion: \"1\"\n");
        RuleFolders.file(other, "waivers.yaml", "[]\n");
        demandNineUnits();
        String waivers = RuleFolders.file(
                        temp,
                        "w.yaml",
                        "- {rule: OPS-UNITS, subject: '*', reason: r, owner: ops, expires: 2027-01-31}\n")
                .toString();
        String today = TODAY + "T12:00:00Z";
        String base = rules.toString();

        Ran neither = Ran.withPackagedRules(
                "rules", "diff", other.toString(), SAMPLE, "--rules", base, "--waivers", waivers, "--as-of", today);
        assertThat(neither.out()).startsWith("0 verdicts change");

        RuleFolders.file(
                other,
                "waivers.yaml",
                "- {rule: OPS-UNITS, subject: '*', reason: budget, owner: ops, expires: 2027-01-31}\n");
        Ran only = Ran.withPackagedRules("rules", "diff", other.toString(), SAMPLE, "--rules", base, "--as-of", today);
        assertThat(only.out().replaceAll(" +", " "))
                .contains(
                        "verdict violated (warning) -> waived (warning)",
                        "why the waiver, which holds only before or only after",
                        "1 verdict changes in 1 of 1 snapshot");
    }

    @Test
    void needsSomethingToCompareOn() {
        Ran ran = Ran.withPackagedRules("rules", "diff", rules.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("nothing to compare on");
    }
}
