package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted: --waivers, --known and --update-known. */
class AcceptanceOptionsTest {

    private static final String WAIVER = "- {rule: C-1, subject: '*', reason: moved, owner: team, expires: %s}\n";

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private Map<String, String> environment = Map.of();
    private String today = "2026-11-26T12:00:00Z";
    private Path snapshot = Path.of("");

    @BeforeEach
    void writeASnapshot() throws IOException {
        snapshot = Files.writeString(folder.resolve("a.json"), "error warning");
    }

    private Ran run(String... args) {
        return Ran.with(world, Clock.fixed(Instant.parse(today), ZoneOffset.UTC), environment, args);
    }

    private Ran check(String... options) {
        List<String> args = new ArrayList<>(List.of("check", snapshot.toString()));
        args.addAll(Arrays.asList(options));
        return run(args.toArray(String[]::new));
    }

    private String waivers(String expires) throws IOException {
        return Files.writeString(folder.resolve("w.yaml"), WAIVER.formatted(expires))
                .toString();
    }

    @Test
    void aWaivedViolationIsShownAndCountedButFailsNothing() throws IOException {
        Ran ran = check("--waivers", waivers("2026-11-26"));

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).contains("C-1 [WAIVED]", "(moved; team, until 2026-11-26)", "1 waived", "KB-N363");
        assertThat(check("--waivers", waivers("2026-11-26"), "--format", "json").out())
                .contains("\"outcome\": \"waived\"", "\"owner\": \"team\"", "\"waived\": 1");
    }

    @Test
    void anExpiredWaiverWaivesNothing() throws IOException {
        Ran ran = check("--waivers", waivers("2026-11-25"));

        assertThat(ran.status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(ran.out()).contains("KB-N361", "the waiver of C-1 for", "1 violation counts again");
        assertThat(check("--waivers", waivers("2026-11-25"), "--as-of", "2026-11-25T23:00:00Z")
                        .status())
                .isEqualTo(ExitStatus.OK);
    }

    @Test
    void anUnusedWaiverOfARunOverSeveralSnapshotsIsANotice() throws IOException {
        Files.writeString(snapshot, "warning");
        Path other = Files.writeString(folder.resolve("b.json"), "clean");

        Ran ran = run("check", snapshot.toString(), other.toString(), "--waivers", waivers("2027-01-01"));

        assertThat(ran.err()).contains("KB-N362", "w.yaml:1: the waiver of C-1 for '*' accepts nothing");
        assertThat(ran.out()).doesNotContain("KB-N362");
        assertThat(check("--waivers", waivers("2027-01-01")).out()).contains("KB-N362");
    }

    @Test
    void everyProblemOfTheFilesIsToldAndNothingIsChecked() throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"), "- rule: C-9\n  subject: x\n  reason: r\n  owner: o\n  expires: soon\n");
        Path worse = Files.writeString(folder.resolve("worse.json"), "{}");

        Ran ran = check("--waivers", bad.toString(), "--known", worse.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().replace(folder + "/", ""))
                .contains(
                        "bad.yaml:1:9: error KB-E362\n  there is no rule 'C-9'",
                        "    1 | - rule: C-9\n      |         ^^^\n",
                        "bad.yaml:2:12: error KB-E362",
                        "bad.yaml:5:12: error KB-E362",
                        "expires 'soon' is no day",
                        "worse.json:1:1: error KB-E365",
                        "netkb: nothing was checked, because what is accepted is not clear");
    }

    @Test
    void onlyNewViolationsFail() throws IOException {
        String known = folder.resolve("known.json").toString();

        Ran first = check("--known", known, "--update-known");
        assertThat(first.status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(first.err()).contains("wrote '" + known + "': 2 known, 2 came, 0 left");

        Ran second = check("--known", known, "--fail-on", "info");
        assertThat(second.status()).isEqualTo(ExitStatus.OK);
        assertThat(second.out()).contains("C-1 [KNOWN]", "2 known");

        Files.writeString(snapshot, "error info");
        Ran third = check("--known", known, "--fail-on", "info", "--update-known");
        assertThat(third.status()).isEqualTo(ExitStatus.VIOLATIONS);
        assertThat(third.err()).contains("updated '" + known + "': 2 known, 1 came, 1 left");
        assertThat(Files.readString(Path.of(known))).contains("C-1", "C-3").doesNotContain("C-2");
    }

    @Test
    void aRunThatDecidesNothingKeepsWhatIsKnown() throws IOException {
        Path known = folder.resolve("known.json");
        check("--known", known.toString(), "--update-known");
        String before = Files.readString(known);
        Files.writeString(snapshot, "reject");

        Ran ran = check("--known", known.toString(), "--update-known");

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err()).contains("2 known, 0 came, 0 left, 2 kept that this run did not decide");
        assertThat(Files.readString(known)).isEqualTo(before);
    }

    @Test
    void aMissingFileIsToldWithAdvice() {
        Ran ran = check("--known", folder.resolve("known.json").toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err().replaceAll("\\s+", " "))
                .contains(
                        "KB-E365",
                        "there is no such file",
                        "Write it with the present violations: netkb check PATH --known",
                        "known.json --update-known");
        assertThat(folder.resolve("known.json")).doesNotExist();
    }

    @Test
    void updatingNeedsAFileAndMayBeForbidden() {
        String known = folder.resolve("known.json").toString();
        assertThat(check("--update-known").err()).contains("--update-known needs --known FILE");

        environment = Map.of("NETKB_KNOWN_READ_ONLY", "1");
        Ran forbidden = check("--known", known, "--update-known");
        assertThat(forbidden.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(forbidden.err()).contains("NETKB_KNOWN_READ_ONLY is '1'");
        assertThat(folder.resolve("known.json")).doesNotExist();

        environment = Map.of("NETKB_KNOWN_READ_ONLY", "false");
        assertThat(check("--known", known, "--update-known").err()).contains("wrote");
    }

    @Test
    void aChangeThatBringsWhatIsAcceptedFailsNothing() throws IOException {
        String clean = Files.writeString(folder.resolve("clean.json"), "clean").toString();

        assertThat(run("diff", clean, snapshot.toString()).status()).isEqualTo(ExitStatus.VIOLATIONS);
        Ran ran = run("diff", clean, snapshot.toString(), "--waivers", waivers("2027-01-01"));
        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out()).contains("C-1 [WAIVED]", "0 new errors");
    }

    @Test
    void parametersThatAreNotAsTheyAreAnywayAreToldWhenAsked() {
        assertThat(check("--set", "classicLongestPrefix=27", "--verbose").err())
                .contains("parameters: classicLongestPrefix=27");
        assertThat(check("--verbose").err()).doesNotContain("parameters:");
        assertThat(check("--set", "featuresInUse=git", "--set", "featuresNotInUse=git")
                        .status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void howManySubjectsAWaiverMayAcceptIsAParameter() throws IOException {
        Path exact = Files.writeString(
                folder.resolve("exact.yaml"), WAIVER.formatted("2027-01-01").replace("'*'", "'*op'"));

        assertThat(check("--waivers", exact.toString()).out()).doesNotContain("KB-N363");
        assertThat(check("--waivers", exact.toString(), "--set", "waiverSubjects=0")
                        .status())
                .isEqualTo(ExitStatus.USAGE);
    }
}
