package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.azure.AdminRuleReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.ResourceProviderRegistration;
import dev.netkb.model.azure.WorkspaceGatewayLink;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The printed scripts, run where there is a bash, against a stand-in of the Azure CLI. */
class ExportScriptCommandTest {

    private static final String OWN = "11111111-2222-3333-4444-555555555555";
    private static final String HUB = "99999999-2222-3333-4444-555555555555";
    private static final String NAME = "it's my $(touch injected) `export`";

    /** What the CLI is asked: a word that changes something is in none of them. */
    private static final Set<String> READING = Set.of(
            "graph query",
            "rest --method",
            "account list",
            "resource list",
            "provider show",
            "network list-service-tags",
            "network nic");

    @TempDir
    private Path folder;

    private record Run(int status, String err, List<String> asked) {}

    @BeforeEach
    void putTheStandInOnThePath() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        try (InputStream in = ExportScriptCommandTest.class.getResourceAsStream("/export/az")) {
            assertThat(in).isNotNull();
            Path az = Files.write(bin.resolve("az"), in.readAllBytes());
            assumeTrue(hasBash(), "no bash on the path: the scripts are not run");
            Files.setPosixFilePermissions(az, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--arg", "--az"})
    void exportsWhatTheReaderUnderstands(String form) throws Exception {
        Run run = run("", form, "--out", NAME);

        assertThat(run.err()).contains("next: ./netkb check").doesNotContain("missing");
        assertThat(files(NAME).values()).noneMatch(text -> text.contains("secret"));
        assertThat(run.status()).isZero();
        assertThat(folder.resolve("injected")).doesNotExist();
        ReadResult read = SnapshotFiles.snapshot(folder.resolve(NAME)).read(SnapshotReader.create());
        assertThat(read.problems()).extracting(Problem::message).isEmpty();
        Snapshot snapshot = read.snapshot();
        assertThat(snapshot).isNotNull();
        assertThat(snapshot.services()).hasSize(1);
        assertThat(snapshot.virtualNetworks()).hasSize(1);
        assertThat(snapshot.networkStatuses())
                .singleElement()
                .satisfies(
                        status -> assertThat(String.valueOf(status.serviceId())).endsWith("/service/shop"));
        assertThat(snapshot.effectiveRoutes())
                .singleElement()
                .satisfies(route ->
                        assertThat(String.valueOf(route.networkInterfaceId())).endsWith("/nic-1"));
        assertThat(snapshot.effectiveNsgs()).hasSize(1);
        assertThat(snapshot.serviceTags().changeNumber()).isEqualTo("375");
        assertThat(snapshot.coverage().resourceTypes())
                .containsKey("microsoft.network/virtualnetworks/effectivesecurityadminrules");
        assertThat(snapshot.facts(BackendHost.class))
                .extracting(BackendHost::host)
                .containsExactlyInAnyOrder("a.example", "b.example", "c.example");
        assertThat(snapshot.facts(PrivateDnsRecordSet.class)).hasSize(1);
        assertThat(snapshot.facts(ManagementLock.class)).hasSize(1);
        assertThat(snapshot.facts(ResourceProviderRegistration.class)).hasSize(1);
        assertThat(snapshot.facts(WorkspaceGatewayLink.class)).hasSize(1);
        assertThat(snapshot.featuresInUse()).hasSize(1);
        SnapshotReport report = KnowledgeBase.packaged().evaluate(read, Options.DEFAULT);
        assertThat(report.evaluated()).isTrue();
        assertThat(report.locations()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--arg", "--az"})
    void asksOnlyToRead(String form) throws Exception {
        assertThat(run("", form).asked()).hasSizeGreaterThan(30).allSatisfy(asked -> {
            assertThat(READING).anyMatch(asked::startsWith);
            assertThat(asked.toLowerCase(Locale.ROOT))
                    .doesNotContainPattern("(^| )(create|update|delete|remove|set|add|put|patch|start|apply)( |$)");
            assertThat(!asked.contains("--method post") || asked.contains("/listNetworkManagerEffective"))
                    .as(asked)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"--arg", "--az"})
    void givesTheSameTwiceAndKeepsWhatIsNotItsOwn(String form) throws Exception {
        run("", form);
        Path own = Files.writeString(folder.resolve("export").resolve("mine.json"), "[]");
        Files.writeString(folder.resolve("export").resolve("netkb-9999-old.json"), "[]");
        Map<String, String> once = files("export");

        run("", form);

        once.remove("netkb-9999-old.json");
        assertThat(files("export")).isEqualTo(once);
        assertThat(own).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--arg", "--az"})
    void goesOnWhereOneAnswerIsRefused(String form) throws Exception {
        run("", form);
        Map<String, String> whole = files("export");

        Run run = run("networkstatus|Microsoft.Authorization/locks|show-effective-route-table", form);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("missing: network status of /subscriptions/" + OWN, "something is missing");
        Map<String, String> rest = files("export");
        assertThat(rest.remove("export-problems.txt"))
                .contains(
                        "missing: network status of /subscriptions/" + OWN,
                        "missing: locks in subscription " + OWN,
                        "missing: effective routes in /subscriptions/",
                        "Status: 403");
        // Locks and network status are marked as incomplete; of effective routes nothing is taken for absent.
        assertThat(rest).hasSize(whole.size() - 2);
        ReadResult read = SnapshotFiles.snapshot(folder.resolve("export")).read(SnapshotReader.create());
        assertThat(read.snapshot()).isNotNull();

        assertThat(run("", form).status()).isZero();
        assertThat(folder.resolve("export/export-problems.txt")).doesNotExist();
    }

    /** The pages before one that could not be read are no whole answer. */
    @Test
    void aPageThatIsMissingLeavesTheOthersAPart() throws Exception {
        Run run = run("graph query .*--skip-token=next|skipToken", "--arg");

        assertThat(run.status()).isEqualTo(1);
        ReadResult read = SnapshotFiles.snapshot(folder.resolve("export")).read(SnapshotReader.create());
        Snapshot snapshot = read.snapshot();
        assertThat(read.problems()).extracting(Problem::code).contains("KB-N108");
        assertThat(snapshot).isNotNull();
        assertThat(snapshot.coverage().has("Microsoft.Network/privateDnsZones")).isFalse();
        assertThat(snapshot.coverage().has(AdminRuleReader.KIND)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--arg, --skip-token=next, microsoft.network/privatednszones",
        "--arg, --skip-token=next, microsoft.network/privatednszones/virtualnetworklinks",
        "--arg, /ALL\\?, microsoft.network/privatednszones/a",
        "--arg, skipToken, microsoft.network/virtualnetworks/effectivesecurityadminrules",
        "--arg, page=2, microsoft.apimanagement/service/backends",
        "--az, /privatednszones\\?, microsoft.network/privatednszones",
        "--az, /virtualNetworkLinks\\?, microsoft.network/privatednszones/virtualnetworklinks",
        "--az, connections/s2s, microsoft.network/connections",
        "--az, page=2, microsoft.apimanagement/service/backends",
    })
    void whatIsRefusedIsNotTakenForAbsent(String form, String refused, String type) throws Exception {
        Run run = run(refused, form);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("missing: ");
        ReadResult read = SnapshotFiles.snapshot(folder.resolve("export")).read(SnapshotReader.create());
        assertThat(read.problems()).extracting(Problem::code).contains("KB-N108");
        assertThat(read.snapshot()).isNotNull();
        assertThat(read.snapshot().coverage().incomplete()).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--skip-token=next", "/ALL\\?"})
    void whatDependsOnAPageThatDidNotComeIsUndetermined(String refused) throws Exception {
        run("", "--arg");
        Map<String, Outcome> whole = outcomes();

        run(refused, "--arg");

        Map<String, Outcome> partial = outcomes();
        assertThat(whole).isNotEmpty();
        assertThat(partial.keySet())
                .filteredOn(id -> partial.get(id) == Outcome.UNDETERMINED && whole.get(id) != Outcome.UNDETERMINED)
                .anyMatch(id -> id.startsWith("C-DNS-INT-OWN "));
    }

    @Test
    void aPageSaysThatThereAreMoreUntilTheNextOneIsThere() throws Exception {
        run("", "--arg");
        assertThat(files("export").values()).noneMatch(text -> text.contains("\"skip_token\": \"next\""));

        run("--skip-token=next", "--arg");

        assertThat(files("export").values()).anyMatch(text -> text.contains("\"skip_token\": \"next\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--arg", "--az"})
    void aWarningBeforeTheAnswerEndsIt(String form) throws Exception {
        Run run = run(Map.of("AZ_SAYS", "WARNING: there is a newer version"), form);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.asked()).hasSizeLessThan(60);
        assertThat(files("export").get("export-problems.txt")).contains("WARNING: there is a newer version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--arg", "--az"})
    void saysThatNothingWasExported(String form) throws Exception {
        Run run = run(Map.of("AZ_EMPTY", "."), form);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("nothing was exported").doesNotContain("next:");
        assertThat(files("export").get("export-problems.txt")).contains("missing: everything");
    }

    @Test
    void saysThatTheLoginSeesNoSubscription() throws Exception {
        Run run = run(Map.of("AZ_EMPTY", "^account list"), "--az");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("missing: subscriptions", "nothing was exported");
    }

    @Test
    void saysThatNoSubscriptionHasAnInstance() throws Exception {
        Run run = run(Map.of("AZ_EMPTY", "^account list"), "--az", "--each");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("nothing was exported");
    }

    /** A page that names itself as the next one, and one that says of itself that it is not everything. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\\n  \"count\": 0,\\n  \"data\": [],\\n  \"skip_token\": \"same\"\\n}|names the same next page twice",
                "{\\n  \"count\": 1000,\\n  \"data\": [],\\n  \"skip_token\": null\\n}|names no next page",
                "{\\n  \"count\": 5,\\n  \"data\": [],\\n  \"skip_token\": null,\\n  \"total_records\": 6\\n}|gave 5 rows of 6",
                "[]|update it to 2.0 or newer"
            })
    void aPageThatCannotBeTheLastOneIsMarked(String page, String why) throws Exception {
        Run run = run(Map.of("AZ_ROWS", page.replace("\\n", "\n")), "--arg");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.asked()).hasSizeLessThan(60);
        assertThat(files("export").get("export-problems.txt")).contains("missing: further resources", why);
        ReadResult read = SnapshotFiles.snapshot(folder.resolve("export")).read(SnapshotReader.create());
        assertThat(read.problems()).extracting(Problem::code).contains("KB-N108");
    }

    private Map<String, Outcome> outcomes() {
        ReadResult read = SnapshotFiles.snapshot(folder.resolve("export")).read(SnapshotReader.create());
        Map<String, Outcome> outcomes = new TreeMap<>();
        KnowledgeBase.packaged()
                .evaluate(read, Options.DEFAULT)
                .results()
                .forEach(result -> outcomes.put(result.rule() + " " + result.subject(), result.outcome()));
        return outcomes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--arg", "--az"})
    void narrowsToOneInstanceAndItsNetwork(String form) throws Exception {
        Run run = run("", form, "--service", "shop");

        assertThat(run.status()).isZero();
        assertThat(run.asked()).anyMatch(asked -> asked.contains(HUB));
        ReadResult read = SnapshotFiles.snapshot(folder.resolve("export")).read(SnapshotReader.create());
        assertThat(read.snapshot()).isNotNull();
        assertThat(read.snapshot().services()).hasSize(1);
        assertThat(read.snapshot().virtualNetworks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--arg", "--az"})
    void makesASnapshotOfEachSubscriptionThatHasAnInstance(String form) throws Exception {
        Run run = run("", form, "--each", "--subscription", OWN, "--management-group", "mg", "--out", "all");

        assertThat(run.status()).isZero();
        try (Stream<Path> children = Files.list(folder.resolve("all"))) {
            assertThat(children)
                    .extracting(child -> child.getFileName().toString())
                    .containsExactly(OWN);
        }
        ReadResult read =
                SnapshotFiles.snapshot(folder.resolve("all").resolve(OWN)).read(SnapshotReader.create());
        assertThat(read.snapshot()).isNotNull();
        assertThat(read.snapshot().services()).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithAnOption() {
        Ran ran = Ran.by(SnapshotReader.create(), "", "export-script", "--subscription", "x'; id\n");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("the subscription is 'x'; id\\u000a' but must be the id of a subscription");
    }

    @Test
    void printsOneFormOnly() {
        Ran ran = Ran.by(SnapshotReader.create(), "", "export-script", "--arg", "--powershell");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void helpSaysHowToRunIt() {
        Ran ran = Ran.by(SnapshotReader.create(), "", "export-script", "--help");

        assertThat(ran.out()).contains("bash export.sh && netkb check export", "--management-group", "--each");
    }

    /** Prints a script with the options, checks its syntax, and runs it. */
    private Run run(String refused, String... options) throws Exception {
        return run(Map.of("AZ_REFUSE", refused), options);
    }

    private Run run(Map<String, String> answers, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("export-script"));
        arguments.addAll(List.of(options));
        Ran printed = Ran.by(SnapshotReader.create(), "", arguments.toArray(String[]::new));
        assertThat(printed.status()).isEqualTo(ExitStatus.OK);
        Path script = Files.writeString(folder.resolve("export.sh"), printed.out());
        Path log = folder.resolve("asked.txt");
        Files.deleteIfExists(log);
        assertThat(bash(Map.of(), "-n", script.toString()).waitFor()).isZero();

        Path err = folder.resolve("err.txt");
        Map<String, String> variables = new TreeMap<>(answers);
        variables.put("AZ_LOG", log.toString());
        Process process = bash(variables, script.toString());
        Files.write(err, process.getErrorStream().readAllBytes());
        return new Run(process.waitFor(), Files.readString(err), Files.readAllLines(log));
    }

    private Process bash(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        builder.environment()
                .merge("PATH", folder.resolve("bin").toString(), (old, bin) -> bin + File.pathSeparator + old);
        return builder.start();
    }

    private static boolean hasBash() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "bash")));
    }

    private Map<String, String> files(String name) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> children = Files.list(folder.resolve(name))) {
            for (Path child : children.toList()) {
                files.put(child.getFileName().toString(), Files.readString(child, StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
