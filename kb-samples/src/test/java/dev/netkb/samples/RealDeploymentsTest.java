package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.TemplateInputs;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.ServiceTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Published templates and plans, read before anything is deployed. They lie outside the project; where they are absent
 * these tests are skipped. With the system property {@code netkb.table} a table of all verdicts is printed.
 */
class RealDeploymentsTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    /** Folders whose files are alternatives, so that each is a deployment of its own. */
    private static final List<String> ALTERNATIVES = List.of("apim-minimal-broken", "avm", "hub-spoke-udr");

    private static Path data() {
        String given = System.getProperty("netkb.data");
        Path found = given == null ? null : Path.of(given);
        for (Path at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data");
            found = Files.isDirectory(candidate) ? candidate : null;
        }
        assumeTrue(found != null, "no folder shared/data beside the project: published templates are not tested");
        return found;
    }

    private static Path template(String name) {
        return data().resolve("arm-templates").resolve(name);
    }

    private static ReadResult read(Path path, TemplateInputs inputs) {
        return SnapshotFiles.snapshot(path).read(SnapshotReader.create(inputs));
    }

    private static SnapshotReport check(String name) {
        return check(name, TemplateInputs.NONE);
    }

    private static SnapshotReport check(String name, TemplateInputs inputs) {
        return RULES.evaluate(read(template(name), inputs), Options.DEFAULT.withAll(true));
    }

    private static List<Result> mandatoryFlows(SnapshotReport report) {
        return report.results().stream()
                .filter(result ->
                        result.rule().startsWith("C-FLOW-") || result.rule().equals("C-DNS-53"))
                .filter(result -> result.severity() == Severity.ERROR && result.flow() != null)
                .filter(result -> result.outcome() != Outcome.NOT_APPLICABLE)
                .toList();
    }

    private static Result one(SnapshotReport report, String rule) {
        List<Result> found = report.results().stream()
                .filter(result -> result.rule().equals(rule))
                .toList();
        assertThat(found).as(rule).hasSize(1);
        return found.get(0);
    }

    private static List<DecidingRule> deciding(Result result) {
        return Objects.requireNonNull(result.flow()).stages().stream()
                .flatMap(stage -> stage.decidedBy().stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apim-external-vnet-publicip", "apim-internal-vnet-publicip"})
    void theQuickstartsMeetEveryMandatoryFlowThoughTheyDenyTheInternet(String name) {
        SnapshotReport report = check(name);

        assertThat(mandatoryFlows(report))
                .hasSizeGreaterThan(5)
                .allMatch(result -> result.outcome() == Outcome.PASSED
                        && Objects.requireNonNull(result.flow()).verdict() == Verdict.ALLOWED);
        Result sql = one(report, "C-FLOW-OUT-SQL");
        assertThat(deciding(sql)).anyMatch(rule -> rule.priority() != null && rule.priority() < 999);
        Snapshot snapshot =
                Objects.requireNonNull(read(template(name), TemplateInputs.NONE).snapshot());
        assertThat(snapshot.networkSecurityGroups().get(0).rules(Direction.OUTBOUND))
                .anyMatch(rule -> rule.priority() == 999 && rule.access() == NsgRule.Access.DENY);
    }

    @Test
    void theApplicationGatewayQuickstartHasNoGroupOnTheSubnetOfApiManagement() {
        SnapshotReport report = check("apim-internal-vnet-appgw");

        assertThat(one(report, "C-NET-05").outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(one(report, "C-NET-05").message()).contains("apimSubnet");
        assertThat(one(report, "C-FLOW-IN-3443").outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    void theFrontDoorQuickstartLetsInOnlyFrontDoorAndTurnedItsMonitorRuleRound() {
        SnapshotReport report = check("frontdoor-apim-external");
        Snapshot snapshot = Objects.requireNonNull(
                read(template("frontdoor-apim-external"), TemplateInputs.NONE).snapshot());

        Result client = one(report, "C-FLOW-IN-CLIENT");
        assertThat(client.severity()).isEqualTo(Severity.WARNING);
        assertThat(Objects.requireNonNull(client.flow()).verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(snapshot.networkSecurityGroups().get(0).rules(Direction.INBOUND))
                .anyMatch(rule -> rule.destinations().contains(new AddressMatch.Tag(ServiceTag.of("AzureMonitor"))));
        Result monitor = one(report, "C-FLOW-OUT-MONITOR");
        assertThat(monitor.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(deciding(monitor)).isNotEmpty().anyMatch(DecidingRule::isDefault);
    }

    @Test
    void theServiceFabricSampleOpensTheManagementPortToTheInternet() {
        // Its parameters file has its texts still to be filled in.
        SnapshotReport report = check(
                "service-fabric-apim",
                new TemplateInputs(List.of(values("{\"apimSku\": {\"value\": \"Developer\"}}")), null));

        Result management = one(report, "C-FLOW-IN-3443");
        assertThat(management.outcome()).isEqualTo(Outcome.PASSED);
        String decider = deciding(management).get(0).id();
        Snapshot snapshot = Objects.requireNonNull(
                read(template("service-fabric-apim"), TemplateInputs.NONE).snapshot());
        assertThat(snapshot.networkSecurityGroups().stream()
                        .flatMap(group -> group.rules().stream())
                        .filter(rule -> rule.id().text().equals(decider)))
                .isNotEmpty()
                .allMatch(rule -> rule.sources().contains(new AddressMatch.Tag(ServiceTag.INTERNET)));
    }

    @Test
    void theLandingZoneReachesTheMonitorOnlyByADefaultRule() {
        SnapshotReport report = check("apim-landing-zone");

        assertThat(mandatoryFlows(report)).isNotEmpty().allMatch(result -> result.outcome() == Outcome.PASSED);
        // On 443 the rules for other tags may let a part of it pass, as tags may overlap; on 1886 nothing else does.
        assertThat(deciding(one(report, "C-FLOW-OUT-MONITOR")))
                .filteredOn(rule -> rule.ports().contains("1886"))
                .isNotEmpty()
                .allMatch(DecidingRule::isDefault);
        assertThat(deciding(one(report, "C-FLOW-OUT-SQL")))
                .filteredOn(rule -> rule.type().equals("nsgRule"))
                .isNotEmpty()
                .noneMatch(DecidingRule::isDefault);
    }

    private static SourceFile values(String json) {
        return new SourceFile("values.json", json.getBytes(StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> everyDeploymentIsEvaluated() {
        return deployments().stream()
                .map(path -> DynamicTest.dynamicTest(name(path), () -> {
                    ReadResult read = read(path, TemplateInputs.NONE);
                    SnapshotReport report = RULES.evaluate(read, Options.DEFAULT.withAll(true));
                    print(path, report);
                    assertThat(report.evaluated()).isTrue();
                    assertThat(report.complete()).isTrue();
                    assertThat(read.problems()).noneMatch(problem -> problem.level() == Problem.Level.ERROR);
                }));
    }

    private static List<Path> deployments() {
        List<Path> found = new ArrayList<>();
        for (Path folder : children(data().resolve("arm-templates"))) {
            if (ALTERNATIVES.contains(folder.getFileName().toString())) {
                found.addAll(children(folder));
            } else {
                found.add(folder);
            }
        }
        found.addAll(children(data().resolve("terraform")));
        return found;
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path path) {
        return data().relativize(path).toString().replace('\\', '/');
    }

    private static void print(Path path, SnapshotReport report) {
        if (System.getProperty("netkb.table") == null) {
            return;
        }
        if (report.locations().isEmpty()) {
            System.out.println("| " + name(path) + " | no instance of API Management | | | |");
        }
        report.locations()
                .forEach(location -> System.out.println("| " + name(path) + " | " + location.location() + ", "
                        + location.virtualNetworkType() + ", " + location.sku() + " | | | |"));
        for (Result result : mandatoryFlows(report)) {
            String why = result.outcome() == Outcome.UNDETERMINED
                    ? String.join("; ", Objects.requireNonNull(result.flow()).missing())
                    : deciding(result).stream()
                            .map(rule -> rule.name() + (rule.isDefault() ? " (default)" : ""))
                            .distinct()
                            .collect(Collectors.joining(", "));
            System.out.println("| " + name(path) + " | | " + result.rule() + " "
                    + result.flow().direction() + " | "
                    + result.outcome().name().toLowerCase(java.util.Locale.ROOT) + " | " + why + " |");
        }
    }
}
