package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TableRendererTest {

    @Test
    void writesABrokenDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("broken.txt", render(ReportExamples.broken()));
    }

    @Test
    void writesAMendedDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("mended.txt", render(ReportExamples.mended()));
    }

    @Test
    void writesHostileNamesAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("hostile.txt", render(ReportExamples.hostile()));
    }

    @Test
    void putsErrorsBeforeWarningsBeforeUndeterminedBeforeInfos() throws IOException {
        String text = render(ReportExamples.broken());

        assertThat(text)
                .containsSubsequence(
                        "C-FLOW-OUT-SQL [ERROR]", "C-FLOW-OUT-STORAGE [WARNING]", "[UNDETERMINED]", "[INFO]");
    }

    @Test
    void saysDeniedFlowsOnceBelowTheMissingGroupThatCausesThem() throws IOException {
        String text = render(ReportExamples.broken());

        assertThat(text).contains("4 flows are denied too (2 errors, 1 warning, 1 info)");
        assertThat(text)
                .doesNotContain("C-FLOW-IN-MGMT [ERROR]")
                .doesNotContain("C-FLOW-IN-CLIENT-80 [WARNING]")
                .doesNotContain("C-FLOW-IO-638X [INFO]");
    }

    @Test
    void countsConsequencesInTheLastLine() throws IOException {
        assertThat(lastLine(render(ReportExamples.broken())))
                .isEqualTo(
                        "4 errors, 2 warnings, 2 infos, 3 undetermined, 1 waived, 1 known in 1 snapshot, 2 locations");
    }

    @Test
    void showsDeniedFlowsAloneWhereNoViolationNamesTheMissingGroup() throws IOException {
        List<Result> results = ReportExamples.broken().snapshots().get(0).results().stream()
                .filter(r -> !r.rule().equals("C-NET-05"))
                .toList();

        assertThat(render(oneSnapshot(List.of(), results))).contains("C-FLOW-IN-MGMT [ERROR]");
    }

    @Test
    void showsFivePrefixesAndHowManyMore() throws IOException {
        assertThat(render(ReportExamples.broken()).replaceAll("\\s+", " "))
                .contains("denied Tcp 443 to 20.60.0.0/24, 20.60.1.0/24, 20.60.2.0/24, 20.60.3.0/24, 20.60.4.0/24"
                        + " and 37 more, only from source ports 0-1023, only out of 10.0.1.0/25");
    }

    @Test
    void continuesLongCommandsSoThatAShellStillReadsThemAsOne() throws IOException {
        String text = render(ReportExamples.broken());

        String joined = text.replaceAll(" \\\\\n +", " ");

        assertThat(text).containsPattern("az network nsg rule create.* \\\\\n");
        assertThat(joined)
                .contains("az network nsg rule create --resource-group rg-shop --nsg-name nsg-apim"
                        + " --name 'allow --sql' --priority 190 --direction Outbound --access Allow --protocol Tcp"
                        + " --source-address-prefixes 10.0.1.0/24 --destination-address-prefixes Sql"
                        + " --destination-port-ranges 1433\n");
    }

    @Test
    void staysWithinTheWidthExceptForWordsThatAreLonger() throws IOException {
        for (int width : new int[] {60, 80, 100}) {
            StringBuilder out = new StringBuilder();
            new TableRenderer(new TextStyle(width, false)).render(ReportExamples.broken(), out);
            for (String line : out.toString().split("\n")) {
                boolean oneWord =
                        line.strip().indexOf(' ') < 0 || line.strip().startsWith("--") || line.contains("http");
                boolean lastLine = line.contains(" snapshot, ");
                assertThat(oneWord || lastLine || line.length() <= width || longestWord(line) > width - 16)
                        .as("%d: %s", width, line)
                        .isTrue();
            }
        }
    }

    @Test
    void saysOnceForAllRequirementsWhichTagsAreMissingAndHowToGetThem() throws IOException {
        assertThat(render(ReportExamples.broken()))
                .containsOnlyOnce("the addresses of service tags AzureCloud, AzureKeyVault, EventHub")
                .contains("az network list-service-tags --location westeurope > service-tags.json");
    }

    @Test
    void hasColourOnlyWhereTheStyleSaysSo() throws IOException {
        StringBuilder coloured = new StringBuilder();
        new TableRenderer(new TextStyle(100, true)).render(ReportExamples.broken(), coloured);
        String plain = render(ReportExamples.broken());

        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured).contains("\u001b[1;31m[ERROR]\u001b[0m");
        assertThat(Pattern.compile("\u001b\\[[0-9;]*m").matcher(coloured).replaceAll(""))
                .isEqualTo(plain);
    }

    @Test
    void letsNoNameFromDataWriteToTheTerminal() throws IOException {
        for (boolean colour : new boolean[] {false, true}) {
            StringBuilder out = new StringBuilder();
            new TableRenderer(new TextStyle(100, colour)).render(ReportExamples.hostile(), out);
            String own = Pattern.compile("\u001b\\[(0|1|2|1;31|3[0-9])m")
                    .matcher(out)
                    .replaceAll("");

            assertThat(own.codePoints().filter(c -> c != '\n' && Printable.isUnsafe(c)))
                    .isEmpty();
            assertThat(own.lines()).noneMatch(line -> line.startsWith("C-NET-99"));
        }
    }

    @Test
    void saysThatNothingWasCheckedWhereThereIsNoLocation() throws IOException {
        assertThat(render(ReportExamples.empty()))
                .contains("no requirement was checked")
                .endsWith("""
                        0 errors, 0 warnings, 0 infos, 0 undetermined in 1 snapshot, 0 locations
                        NOTHING WAS CHECKED, which is no pass
                        """);
        assertThat(render(ReportExamples.clean())).doesNotContain("NOTHING WAS CHECKED");
    }

    @Test
    void saysOneLineForALocationWithoutViolations() throws IOException {
        assertThat(render(ReportExamples.clean()))
                .isEqualTo("""
                        snapshot clean

                        shop in westeurope: External, Developer, stv2, subnet vnet-shop/snet-apim, baseline 2026-04
                          %s
                          %s
                          no violations

                        0 errors, 0 warnings, 0 infos, 0 undetermined in 1 snapshot, 1 location
                        """.formatted(ReportExamples.SERVICE, ReportExamples.SUBNET));
    }

    @Test
    void endsASnapshotWithWhatIsMissingFromItAndTheCommandsThatFetchIt() throws IOException {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            problems.add(new Problem(
                    "KB-N207",
                    Problem.Level.NOTICE,
                    "missing from this export: route table rt-" + i + "; 3 undetermined results need it",
                    Place.NOWHERE,
                    "az network route-table show --ids /subscriptions/s/rt-" + i + " > rt-" + i + ".json"));
        }

        String text = render(oneSnapshot(problems, List.of()));

        assertThat(text)
                .containsOnlyOnce("Missing from this export")
                .containsOnlyOnce("route table rt-6; 3 undetermined results need it")
                .containsOnlyOnce("az network route-table show --ids /subscriptions/s/rt-6 > rt-6.json")
                .doesNotContain("KB-N207", "more notice");
        assertThat(text.indexOf("no violations")).isLessThan(text.indexOf("Missing from this export"));
    }

    @Test
    void shortensNoticesButNeverErrors() throws IOException {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            problems.add(new Problem("KB-N201", Problem.Level.NOTICE, "notice " + i, Place.NOWHERE, ""));
            problems.add(new Problem("KB-W202", Problem.Level.WARNING, "warning " + i, Place.NOWHERE, ""));
        }

        String text = render(oneSnapshot(problems, List.of()));

        assertThat(text).contains("notice 4", "KB-N201 and 25 more notices like this", "warning 29");
        assertThat(text).doesNotContain("notice 5");
    }

    @Test
    void saysOfVeryManyRequirementsThatLackTheSameOnlyTheFirst() throws IOException {
        List<Result> results = new ArrayList<>();
        for (int i = 10; i < 70; i++) {
            results.add(ReportExamples.plain("C-" + i, Outcome.UNDETERMINED, "sku of shop is not in the export"));
        }

        String text = render(oneSnapshot(List.of(), results)).replaceAll("\\s+", " ");

        assertThat(text)
                .contains("60 requirements lack the same data", "C-20, C-21 and 48 more; the json format lists all")
                .containsOnlyOnce("sku of shop is not in the export")
                .doesNotContain("C-22");
    }

    @Test
    void namesOfAFlowThatSurelyIsDeniedInPartOnlyTheRulesThatSurelyDeny() throws IOException {
        DecidingRule sure = denying("deny-metrics", "1886", "AzureMonitor");
        DecidingRule unsure = denying("deny-internet", "443", "AzureMonitor outside Sql");
        Result result = new Result(
                "C-FLOW-OUT-MONITOR",
                Outcome.VIOLATED,
                Severity.ERROR,
                "Azure Monitor reachable",
                "surely is denied in part",
                new Subject("location", ReportExamples.SERVICE, "westeurope"),
                new FlowResult(
                        "Outbound",
                        "Tcp",
                        List.of("443", "1886"),
                        "AzureMonitor",
                        Verdict.UNDETERMINED,
                        List.of(new FlowStage("nsg", Verdict.UNDETERMINED, List.of(sure, unsure))),
                        List.of(new DeniedPart(List.of("1886"), List.of("AzureMonitor"), List.of(), List.of())),
                        null,
                        List.of("the addresses of service tag Sql")),
                List.of(new Evidence(
                        "decidingRule",
                        "deny-metrics",
                        new FactRef("NsgRule", ResourceId.of(sure.id())),
                        Place.NOWHERE)),
                List.of(),
                null,
                List.of(),
                null);

        String text = render(oneSnapshot(List.of(), List.of(result)));

        assertThat(text)
                .contains("nsg-apim/deny-metrics (priority 200, Deny) drops it", "Tcp 1886 to AzureMonitor")
                .doesNotContain("deny-internet");
    }

    private static DecidingRule denying(String name, String ports, String remote) {
        return new DecidingRule(
                "nsgRule",
                ReportExamples.NSG.child("securityRules", name).text(),
                "nsg-apim/" + name,
                200,
                false,
                "Deny",
                List.of(ports),
                List.of(remote),
                Place.NOWHERE);
    }

    @Test
    void everyResultStandsInExactlyOneGroup() throws IOException {
        List<Result> results = new ArrayList<>();
        results.add(at(new Subject("vnet", ReportExamples.VNET, null), "C-A"));
        results.add(at(new Subject("nsg", ReportExamples.NSG, "northeurope"), "C-B"));
        results.add(at(new Subject("service", ReportExamples.SERVICE, null), "C-C"));
        results.add(at(new Subject("nsg", ReportExamples.NSG, null), "C-D"));

        String text = render(oneSnapshot(List.of(), results));

        assertThat(text)
                .containsSubsequence(
                        "shop in westeurope",
                        "C-A [ERROR]",
                        "shop in northeurope",
                        "C-B [ERROR]",
                        "Not tied to one location",
                        "C-D [ERROR]",
                        "shop, all its locations",
                        "C-C [ERROR]",
                        "4 errors");
        for (String rule : List.of("C-A", "C-B", "C-C", "C-D")) {
            assertThat(text).containsOnlyOnce(rule + " [ERROR]");
        }
    }

    @Test
    void blamesNoneOfSeveralInstancesForWhatOnlySharesTheirRegion() throws IOException {
        LocationSummary other = new LocationSummary(
                ResourceId.of(ReportExamples.SERVICE.text() + "-too"),
                "westeurope",
                null,
                "None",
                "stv2",
                "Premium",
                "none",
                "2026-04");
        Report report = new Report(
                "0.1.0",
                ReportExamples.broken().rules(),
                null,
                List.of(new SnapshotReport(
                        "one",
                        true,
                        true,
                        List.of(),
                        List.of(ReportExamples.location("westeurope", null, "Premium"), other),
                        List.of(at(new Subject("nsg", ReportExamples.NSG, "westeurope"), "C-A")))));

        assertThat(render(report))
                .containsSubsequence("shop-too in westeurope", "Not tied to one location", "C-A [ERROR]");
    }

    private static Result at(Subject subject, String rule) {
        Result plain = ReportExamples.plain(rule, Outcome.VIOLATED, "message");
        return new Result(
                rule,
                Outcome.VIOLATED,
                Severity.ERROR,
                plain.title(),
                plain.message(),
                subject,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    private static Report oneSnapshot(List<Problem> problems, List<Result> results) {
        Report broken = ReportExamples.broken();
        return new Report(
                "0.1.0",
                broken.rules(),
                null,
                List.of(new SnapshotReport(
                        "one", true, true, problems, broken.snapshots().get(0).locations(), results)));
    }

    private static int longestWord(String line) {
        int longest = 0;
        for (String word : line.split(" ")) {
            longest = Math.max(longest, word.length());
        }
        return longest;
    }

    private static String lastLine(String text) {
        return text.strip().substring(text.strip().lastIndexOf('\n') + 1);
    }

    private static String render(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        new TableRenderer(TextStyle.PLAIN).render(report, out);
        return out.toString();
    }
}
