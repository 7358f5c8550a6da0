package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lints real folders with the packaged rules. */
class RulesLintCommandTest {

    @TempDir
    private Path temp;

    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = RuleFolders.write(temp.resolve("rules"));
    }

    private Ran lint(String... options) {
        List<String> args = new ArrayList<>(List.of("rules", "lint", rules.toString()));
        args.addAll(List.of(options));
        return Ran.withPackagedRules(args.toArray(String[]::new));
    }

    @Test
    void warnsOfARowThatChangesAKnownTier() throws IOException {
        RuleFolders.file(
                rules, "tiers.csv", "tier,generation,uses,most_units,unit_addresses\nPremium,v2,injection,,\n");

        assertThat(lint().out().replaceAll("\\s+", " "))
                .contains("tiers.csv, cell A2: warning KB-N320 Premium the tier Premium is known already");
    }

    @Test
    void warnsOfTwoIdsThatDemandTheSame() throws IOException {
        RuleFolders.file(
                rules,
                "more.csv",
                "id,direction,protocol,ports,remote,severity\n"
                        + "OPS-ONE,Out,Tcp,8443,203.0.113.0/24,error\nOPS-TWO,Out,Tcp,8443,203.0.113.0/24,warning\n"
                        + "OPS-THREE,Out,Tcp,8444,203.0.113.0/24,error\n");

        String out = lint().out().replaceAll("\\s+", " ");
        assertThat(out)
                .contains("more.csv, cell A3: warning KB-N321 OPS-TWO the row demands what OPS-ONE demands already")
                .doesNotContain("demands what OPS-TWO", "KB-N321 OPS-THREE");
    }

    @Test
    void warnsOfWhatLoadsButIsHardlyMeant() throws IOException {
        RuleFolders.file(
                rules,
                "examples/OPS-PARTNR.yaml",
                Files.readString(rules.resolve("examples/OPS-PARTNER.yaml")).replace("OPS-PARTNER", "OPS-PARTNR"));
        RuleFolders.edit(
                rules,
                "pack.yaml",
                "overrides:\n",
                "overrides:\n  C-NET-04: {severity: error}\n  C-FLOW-OUT-SQL: {enabled: false}\n");

        RuleFolders.file(
                rules,
                "waivers.yaml",
                "- {rule: C-NET-05, subject: '*', reason: moving, owner: me, expires: 2020-01-01}\n");

        Ran ran = lint();

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out().replace(rules.toString(), "rules").replaceAll("\\s+", " "))
                .contains(
                        "rules/requirements.csv, cell A3: warning KB-N310",
                        "OPS-BACKUP has no examples",
                        "rules/examples/OPS-PARTNR.yaml:1:7: warning KB-N311",
                        "Did you mean OPS-PARTNER?",
                        "rules/pack.yaml:6:3: warning KB-N304 C-NET-05",
                        "6 | C-NET-05: {severity: warning} | ^^^^^^^^",
                        "rules/pack.yaml:5:3: warning KB-N313 C-FLOW-OUT-SQL",
                        "rules/pack.yaml:4:3: warning KB-N316 C-NET-04",
                        "rules/waivers.yaml:1:1: warning KB-N361 C-NET-05",
                        "rules/waivers.yaml:1:1: warning KB-N363 C-NET-05",
                        "0 errors, 7 warnings");
        assertThat(lint("--strict").status()).isEqualTo(ExitStatus.NOT_LOADED);
    }

    /** An edit of the examples of {@code OPS-UNITS}, and what is told of it. */
    static Stream<Arguments> brokenExamples() {
        return Stream.of(
                arguments("cases:", "cases: [", "examples/OPS-UNITS.yaml:", "error KB-E370"),
                arguments("then: passed", "than: passed", "examples/OPS-UNITS.yaml:9:5:", "'than' is no key here"),
                arguments("then: passed", "then: pased", "examples/OPS-UNITS.yaml:9:11:", "Did you mean passed?"),
                arguments(
                        "with: {",
                        "with: {nsgg: {securityRules: {D: 100 Deny Out *}}, ",
                        "examples/OPS-UNITS.yaml:",
                        "'nsgg' has no type"),
                arguments("    then: passed\n", "", "examples/OPS-UNITS.yaml:7:5:", "'then' is missing"),
                arguments("outcome: violated, ", "", "examples/OPS-UNITS.yaml:6:5:", "'then' says no outcome"),
                arguments("base: external\n", "", "examples/OPS-UNITS.yaml:3:5:", "'base' is missing"),
                arguments("base: external", "base: externl", "examples/OPS-UNITS.yaml:4:5:", "Did you mean external?"),
                arguments(
                        "rule: OPS-UNITS",
                        "rule: OPS-UNIT",
                        "examples/OPS-UNITS.yaml",
                        "must be the name of the file"));
    }

    @ParameterizedTest
    @MethodSource("brokenExamples")
    void tellsOfExamplesWhatTheirRunTells(String text, String broken, String place, String told) throws IOException {
        RuleFolders.edit(rules, "examples/OPS-UNITS.yaml", text, broken);

        Ran lint = lint();
        Ran test = Ran.withPackagedRules("rules", "test", rules.toString());

        assertThat(lint.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(lint.out().replaceAll("\\s+", " ")).contains(place, "error KB-E370", told);
        assertThat(test.err()).contains("KB-E370");
    }

    @Test
    void tellsOfAFileWithoutCases() throws IOException {
        RuleFolders.file(rules, "examples/OPS-BACKUP.yaml", "rule: OPS-BACKUP\nbase: external\n");

        assertThat(lint().out().replaceAll("\\s+", " "))
                .contains("examples/OPS-BACKUP.yaml: error KB-E370 OPS-BACKUP the file has no case");
    }

    @Test
    void tellsOfIdsThatExamplesExpectAndNothingHas() throws IOException {
        RuleFolders.edit(
                rules,
                "examples/OPS-UNITS.yaml",
                "then: passed",
                "then: [passed, {rule: C-NET-04, outcome: passed}, {rule: OPS-PARTNR, outcome: passed}] # rule: NO-SUCH");

        assertThat(lint().out().replaceAll("\\s+", " "))
                .contains("examples/OPS-UNITS.yaml:9:", "warning KB-N311 OPS-PARTNR", "Did you mean OPS-PARTNER?")
                .doesNotContain("KB-N311 C-NET-04", "KB-N311 NO-SUCH");
    }

    @Test
    void refusesAFormerIdThatIsStillInForce() throws IOException {
        RuleFolders.edit(rules, "requirements.csv", "direction,protocol", "formerly,direction,protocol");
        RuleFolders.edit(rules, "requirements.csv", "8443,Out", "8443,OPS-BACKUP,Out");
        RuleFolders.edit(rules, "requirements.csv", "storage,Out", "storage,OPS-OLD,Out");
        RuleFolders.edit(rules, "rules.drl", "@severity", "@formerly(\"OPS-OLDER, C-NET-04\") @severity");

        Ran ran = lint();

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out().replaceAll("\\s+", " "))
                .contains(
                        "requirements.csv, cell A2: error KB-E347",
                        "OPS-PARTNER names OPS-BACKUP as its former id, and OPS-BACKUP is still in force",
                        "rules.drl:3:1: error KB-E347",
                        "OPS-UNITS names C-NET-04 as its former id",
                        "2 errors");

        RuleFolders.edit(rules, "requirements.csv", "8443,OPS-BACKUP,Out", "8443,,Out");
        RuleFolders.edit(rules, "pack.yaml", "overrides:\n", "overrides:\n  C-NET-04: {enabled: false}\n");
        assertThat(lint().status()).as("where it is switched off").isEqualTo(ExitStatus.OK);
    }

    @Test
    void tellsOfDatesThatAreStillToCome() throws IOException {
        RuleFolders.edit(rules, "requirements.csv", "title,direction", "title,since,until,direction");
        RuleFolders.edit(rules, "requirements.csv", "8443,Out", "8443,2099-03,,Out");
        RuleFolders.edit(rules, "requirements.csv", "storage,Out", "storage,2020-01,2099-04,Out");
        RuleFolders.edit(rules, "rules.drl", "@severity", "@since(\"2099-05\") @severity");

        Ran ran = lint();

        assertThat(ran.out().replaceAll("\\s+", " "))
                .contains(
                        "requirements.csv, cell A2: notice KB-N319 OPS-PARTNER OPS-PARTNER begins only in 2099-03, and is"
                                + " demanded already",
                        "requirements.csv, cell A3: notice KB-N319 OPS-BACKUP OPS-BACKUP ends only in 2099-04, and is"
                                + " demanded no longer",
                        "rules.drl:3:1: notice KB-N319 OPS-UNITS OPS-UNITS begins only in 2099-05");
        List<String> check = List.of(
                "check",
                "../kb-samples/changes/external-to-internal/before",
                "--all",
                "--rules",
                rules.toString(),
                "--baseline");
        assertThat(rulesWithResults(check, "auto"))
                .contains("OPS-PARTNER", "OPS-UNITS")
                .doesNotContain("OPS-BACKUP");
        assertThat(rulesWithResults(check, "2026-11"))
                .contains("OPS-BACKUP")
                .doesNotContain("OPS-PARTNER", "OPS-UNITS");
    }

    private static String rulesWithResults(List<String> check, String baseline) {
        List<String> args = new ArrayList<>(check);
        args.addAll(List.of(baseline, "--format", "json"));
        return Ran.withPackagedRules(args.toArray(String[]::new)).out();
    }

    @Test
    void warnsOfIdsThatLookLikeASlip() throws IOException {
        RuleFolders.file(rules, "more.csv", """
                id,direction,protocol,ports,remote,severity
                C-NET-04,Out,Tcp,1433,Sql,error
                C-FLOW-OUT-SLQ,Out,Tcp,1433,Sql,error
                """);

        String out = lint().out().replaceAll("\\s+", " ");

        assertThat(out).contains("KB-N317", "takes the place of the packaged rule C-NET-04, which is no flow");
        assertThat(out)
                .contains("KB-N318", "nearly the packaged C-FLOW-OUT-SMB or C-FLOW-OUT-SQL, which holds beside it");
        assertThat(out).doesNotContain("KB-N318 OPS-");
    }

    @Test
    void aRowAndARuleOfOneIdAreRefused() throws IOException {
        RuleFolders.edit(rules, "requirements.csv", "OPS-BACKUP", "OPS-UNITS");

        Ran ran = lint();

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).contains("KB-E336").contains("a row of a table of this folder has the id OPS-UNITS too");
    }

    @Test
    void saysEveryErrorAtOnceAndFails() throws IOException {
        RuleFolders.edit(rules, "requirements.csv", "Out,Tcp,8443", "Outwards,Tcp,8443");
        RuleFolders.edit(rules, "rules.drl", "units < 2", "unitz < 2");
        RuleFolders.edit(rules, "examples/OPS-UNITS.yaml", "base: external", "base: externl");

        Ran ran = lint();

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out().replaceAll("\\s+", " "))
                .contains(
                        "requirements.csv, cell C2",
                        "Outwards",
                        "rules.drl:10:52: error",
                        "unitz",
                        "Did you mean",
                        "KB-E370",
                        "external");
        assertThat(ran.out()).doesNotContain("dev.netkb", "org.drools", "Exception");
    }

    @Test
    void tellsOfAPatternThatNothingCanMatch() throws IOException {
        Files.delete(rules.resolve("rules.drl"));
        RuleFolders.file(rules, "more.drl", """
                package custom;
                import dev.netkb.model.derived.Applicable;
                import dev.netkb.model.derived.Finding;
                import dev.netkb.model.value.Place;

                rule "OPS-PLACE Nothing has a place"
                    @id("OPS-PLACE")
                    @severity("info")
                    @description("It never fires.")
                    @requires("Location")
                when
                    $a : Applicable( rule == "OPS-PLACE", $loc : location )
                    $p : Place( line > 0 )
                then
                    insert( Finding.violated( $a, "never" ) );
                end
                """);

        Ran ran = lint("--trust-rules");

        assertThat(ran.out().replaceAll("\\s+", " "))
                .contains("more.drl:13:10: warning KB-N314", "no snapshot ever has a fact of type Place");
    }

    @Test
    void tellsThatALaterFolderReplacesAnEarlierOne() throws IOException {
        Path other = temp.resolve("other");
        RuleFolders.file(other, "pack.yaml", "name: other\nversion: \"1\"\n");
        RuleFolders.file(
                other,
                "requirements.csv",
                "id,direction,protocol,ports,remote,severity\nOPS-PARTNER,Out,Tcp,9443,203.0.113.0/24,error\n");

        assertThat(lint(other.toString()).out().replaceAll("\\s+", " "))
                .contains("KB-N315", "OPS-PARTNER stands in " + rules + " too");
    }

    @Test
    void writesSarifAndJsonIntoFiles() throws IOException {
        Path sarif = temp.resolve("lint.sarif");
        Path json = temp.resolve("lint.json");

        Ran ran = lint("--format", "sarif=" + sarif, "--format", "json=" + json);

        assertThat(ran.out()).isEmpty();
        assertThat(Files.readString(sarif)).contains("\"version\": \"2.1.0\"", "\"ruleId\": \"KB-N310\"");
        assertThat(Files.readString(json)).contains("\"schema\": \"netkb/rule-problems/1\"");
        assertThat(lint("--format", "xml").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void givesEveryCommandTheErrorsOfAFolderThatCannotBeLoaded() throws IOException {
        RuleFolders.edit(rules, "rules.drl", "units < 2", "unitz < 2");
        RuleFolders.edit(rules, "requirements.csv", "Out,Tcp,8443", "Outwards,Tcp,8443");
        String snapshot = RuleFolders.file(temp, "a.json", "{\"value\": []}").toString();
        for (List<String> command : List.of(
                List.of("check", snapshot, "--rules", rules.toString()),
                List.of("diff", snapshot, snapshot, "--rules", rules.toString()),
                List.of("rules", "list", "--rules", rules.toString()),
                List.of("rules", "show", "C-NET-05", "--rules", rules.toString()),
                List.of("rules", "test", rules.toString()),
                List.of("rules", "diff", rules.toString(), snapshot))) {
            Ran ran = Ran.withPackagedRules(command.toArray(String[]::new));

            assertThat(ran.status()).as("%s", command).isEqualTo(ExitStatus.NOT_LOADED);
            assertThat(ran.out()).as("%s", command).isEmpty();
            assertThat(ran.err()).as("%s", command).contains("Outwards", "unitz", "2 errors", "could not be loaded");
        }
    }

    @Test
    void refusesOptionsThatContradictEachOther() {
        assertThat(lint("--rule-cache", temp.toString(), "--no-rule-cache").err())
                .contains("--rule-cache and --no-rule-cache contradict each other");
    }

    @Test
    void listsAndShowsWhichPackDecides() {
        String folder = rules.toString();

        assertThat(Ran.withPackagedRules("rules", "list", "--rules", folder).out())
                .contains("OPS-PARTNER", "OPS-UNITS");
        assertThat(Ran.withPackagedRules("rules", "show", "OPS-UNITS", "--rules", folder)
                        .out())
                .containsPattern("pack +contoso");
        assertThat(Ran.withPackagedRules("rules", "show", "C-NET-04", "--rules", folder)
                        .out())
                .containsPattern("pack +netkb");
    }
}
