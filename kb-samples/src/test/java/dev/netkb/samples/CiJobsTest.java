package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shell steps of the CI jobs in {@code ci}, run with bash and the command line as it was built. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CiJobsTest {

    private static final Path JOBS = Path.of("ci").toAbsolutePath();
    private static final Path SNAPSHOTS = Path.of("snapshots").toAbsolutePath();
    private static final int VIOLATIONS = 4;

    /** The service that runs a job. */
    enum Service {
        GITHUB("github", "run", "name"),
        AZURE("azure-pipelines", "bash", "displayName");

        private final String folder;
        private final String script;
        private final String title;

        Service(String folder, String script, String title) {
            this.folder = folder;
            this.script = script;
            this.title = title;
        }

        private JsonNode job(String name) throws IOException {
            JsonNode file = new YAMLMapper()
                    .readTree(JOBS.resolve(folder).resolve(name + ".yml").toFile());
            return this == AZURE ? file : file.get("jobs").get("check");
        }
    }

    /** How a step ended. */
    private record Ended(int status, String out) {}

    @TempDir
    private Path folder;

    private Path repository;
    private Path work;
    private Path out;

    @BeforeEach
    void putNetkbOnThePath() throws Exception {
        Assumptions.assumeTrue(isThere("bash") && isThere("git"), "bash and git run the steps of CI jobs");
        repository = Files.createDirectories(folder.resolve("repository"));
        work = Files.createDirectories(folder.resolve("work"));
        out = Files.createDirectories(folder.resolve("out"));
        Path netkb = Files.createDirectories(folder.resolve("bin")).resolve("netkb");
        Files.writeString(netkb, """
                #!/usr/bin/env bash
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' dev.netkb.cli.Main "$@"
                """.formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path")));
        assertThat(netkb.toFile().setExecutable(true)).isTrue();
    }

    private static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, command)));
    }

    // ---- pull requests

    @ParameterizedTest
    @EnumSource
    void aPullRequestFailsForWhatItBringsAlone(Service service) throws Exception {
        String before = commit("base", template -> template);
        String same = commit("a comment", template -> template + "\n");
        assertThat(pullRequest(service, before, same).status()).isZero();

        commit("another port", template -> template.replace("\"3443\"", "\"3444\""));
        Ended broken = pullRequest(service, before, "HEAD");

        assertThat(broken.status()).isEqualTo(VIOLATIONS);
        assertThat(broken.out())
                .contains("C-FLOW-IN-3443 [ERROR]", "[main.json:", "3 known")
                .doesNotContain("C-FLOW-OUT-SQL [ERROR]");
        Path sarif = written("netkb.sarif");
        assertThat(sarif).content().contains("\"infra/main.json\"", "\"suppressions\"");
        assertThat(written("netkb.md")).content().contains("C-FLOW-IN-3443");
    }

    @ParameterizedTest
    @EnumSource
    void aPullRequestThatBringsTheFirstTemplateFailsForAllThatIsWrong(Service service) throws Exception {
        git("init", "-q", "-b", "main");
        git("commit", "-q", "--allow-empty", "-m", "empty");
        String before = git("rev-parse", "HEAD").out().strip();
        commit("first", template -> template);

        Ended ended = pullRequest(service, before, "HEAD");

        assertThat(ended.status()).isEqualTo(VIOLATIONS);
        assertThat(ended.out()).contains("C-FLOW-OUT-SQL [ERROR]");
    }

    @ParameterizedTest
    @EnumSource
    void aTemplateThatCannotBeReadDoesNotPass(Service service) throws Exception {
        String before = commit("base", template -> template);
        commit("torn", template -> template.substring(0, template.length() / 2));

        assertThat(pullRequest(service, before, "HEAD").status()).isEqualTo(3);
    }

    private interface Edit {
        String of(String template);
    }

    /** Commits the planned network, edited. */
    private String commit(String message, Edit edit) throws Exception {
        if (!Files.exists(repository.resolve(".git"))) {
            git("init", "-q", "-b", "main");
        }
        Path infra = Files.createDirectories(repository.resolve("infra"));
        for (String name : List.of("main.json", "main.parameters.json")) {
            String text = Files.readString(SNAPSHOTS.resolve("planned-modules").resolve(name));
            Files.writeString(infra.resolve(name), name.equals("main.json") ? edit.of(text) : text);
        }
        git("add", "-A");
        git("commit", "-q", "-m", message);
        return git("rev-parse", "HEAD").out().strip();
    }

    private Ended git(String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        Ended ended = run(command, Map.of(), repository);
        assertThat(ended.status()).as(ended.out()).isZero();
        return ended;
    }

    private Ended pullRequest(Service service, String base, String head) throws Exception {
        git("checkout", "-q", head);
        git("update-ref", "refs/remotes/origin/main", base);
        if (Files.exists(work.resolve("base"))) {
            git("worktree", "remove", "--force", work.resolve("base").toString());
        }
        Files.deleteIfExists(work.resolve("known.json"));
        Map<String, String> values = Map.of(
                "github.event.pull_request.base.sha",
                base,
                "infra",
                "infra",
                "System.PullRequest.TargetBranch",
                "refs/heads/main",
                "Agent.TempDirectory",
                work.toString(),
                "Build.ArtifactStagingDirectory",
                out.toString());
        return run(service, "pull-request", values, repository);
    }

    private Path written(String name) {
        return Stream.of(work.resolve(name), out.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    // ---- nights

    @ParameterizedTest
    @EnumSource
    void aNightFailsForWhatWasNotThereTheNightBefore(Service service) throws Exception {
        assertThat(night(service, "classic-mended").status()).isZero();
        Ended second = night(service, "classic-mended", "seed-era");
        Ended third = night(service, "classic-mended", "seed-era");

        assertThat(second.status()).isEqualTo(VIOLATIONS);
        assertThat(third.status()).isZero();
        assertThat(summary(service))
                .contains("worst first", "Since the earlier report", "0 new, 0 solved")
                .containsPattern("\n +1 +\\(1\\) +0 +0 +1 +C-FLOW-OUT-MONITOR \\[ERROR\\]")
                .containsPattern(" [1-9]\\d* unchanged\n")
                .startsWith("```");
        assertThat(Stream.of(repository, out).map(each -> each.resolve("report.html")))
                .anyMatch(Files::exists);
    }

    private Ended night(Service service, String... exports) throws Exception {
        for (String export : exports) {
            Path copy = Files.createDirectories(repository.resolve("exports").resolve(export));
            try (Stream<Path> files = Files.list(SNAPSHOTS.resolve(export))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".json")).toList()) {
                    Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
                }
            }
        }
        Path before = folder.resolve("before");
        if (service
                == Service.AZURE) { // What the task that downloads it would do; GitHub restores the folder as it was.
            Files.createDirectories(before);
            for (String name : List.of("known.json", "report.json")) {
                if (Files.exists(out.resolve(name))) {
                    Files.move(out.resolve(name), before.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.deleteIfExists(work.resolve("summary.md"));
        Files.deleteIfExists(repository.resolve("report.json"));
        return run(
                service,
                "nightly",
                Map.of(
                        "Pipeline.Workspace", folder.toString(),
                        "Build.ArtifactStagingDirectory", out.toString()),
                repository);
    }

    private String summary(Service service) throws IOException {
        return Files.readString((service == Service.AZURE ? out : work).resolve("summary.md"));
    }

    // ---- steps

    /** Until one fails, as both services do. What asks Azure is left out. */
    private Ended run(Service service, String name, Map<String, String> values, Path directory) throws Exception {
        JsonNode job = service.job(name);
        Ended last = new Ended(0, "");
        int ran = 0;
        for (JsonNode step : job.get("steps")) {
            if (!step.has(service.script) || step.path(service.title).asText().equals("Export")) {
                continue;
            }
            Map<String, String> environment = new HashMap<>();
            environment.putAll(environment(job.path("env"), values));
            environment.putAll(environment(step.path("env"), values));
            last = run(
                    List.of(
                            "bash",
                            "--noprofile",
                            "--norc",
                            "-eo",
                            "pipefail",
                            "-c",
                            step.get(service.script).asText()),
                    environment,
                    directory);
            ran++;
            if (last.status() != 0) {
                return last;
            }
        }
        assertThat(ran).isGreaterThan(1);
        return last;
    }

    /** A value that this test does not know is a mistake in the job, or here. */
    private static Map<String, String> environment(JsonNode env, Map<String, String> values) {
        Map<String, String> environment = new HashMap<>();
        env.properties().forEach(entry -> {
            String text = entry.getValue().asText();
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("${{ " + value.getKey() + " }}", value.getValue())
                        .replace("$(" + value.getKey() + ")", value.getValue());
            }
            assertThat(text).doesNotContain("${{", "$(");
            environment.put(entry.getKey(), text);
        });
        return environment;
    }

    private Ended run(List<String> command, Map<String, String> environment, Path directory) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        Path output = Files.createTempFile(folder, "step", ".txt");
        builder.redirectOutput(output.toFile());
        builder.environment()
                .put(
                        "PATH",
                        folder.resolve("bin") + ":"
                                + Optional.ofNullable(System.getenv("PATH")).orElse(""));
        builder.environment().put("NO_COLOR", "1");
        builder.environment().remove("NETKB_KNOWN_READ_ONLY");
        builder.environment().put("GITHUB_WORKSPACE", repository.toString());
        builder.environment().put("RUNNER_TEMP", work.toString());
        builder.environment().put("GITHUB_PATH", work.resolve("path.txt").toString());
        builder.environment()
                .put("GITHUB_STEP_SUMMARY", work.resolve("summary.md").toString());
        builder.environment().put("BUILD_SOURCESDIRECTORY", folder.toString());
        builder.environment().put("JAVA_HOME_17_X64", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("a step does not end: " + command);
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    // ---- what nobody runs here

    /** Names that anybody may choose, such as that of a branch, would be code in a script that they are written into. */
    @Test
    void noScriptHasAValuePastedIntoIt() throws IOException {
        for (Service service : Service.values()) {
            for (String name : List.of("pull-request", "nightly")) {
                for (JsonNode step : service.job(name).get("steps")) {
                    String script = step.path(service.script).asText()
                            + step.path("inputs").path("inlineScript").asText();
                    assertThat(script).doesNotContain("${{").doesNotContainPattern("\\$\\([A-Z][A-Za-z]*\\.");
                }
            }
        }
    }
}
