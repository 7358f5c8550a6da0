package dev.netkb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts Jazzer in JVMs of their own. The normal build lets each target see the same inputs, which are made from the seeds
 * of {@link EveryFuzzTest} and a fixed random seed. With {@code -Dnetkb.fuzz.seconds} each target runs for so long
 * instead, guided by coverage, or the one whose name ends with {@code -Dnetkb.fuzz.target}; what reached something new
 * stays in {@code target/fuzz} for the next run, and so do the inputs that failed.
 */
class FuzzingTest {

    private static final String SECONDS = "netkb.fuzz.seconds";

    private static final int INPUTS = 300;

    /** An input that takes longer hangs; the first one of a JVM loads all classes, maybe on a machine under load. */
    private static final int SECONDS_PER_INPUT = 60;

    private static final String HEAP = "-Xmx512m";

    @Test
    @DisabledIfSystemProperty(named = SECONDS, matches = "\\d+")
    void someInputsForEveryTarget(@TempDir Path work) throws IOException, InterruptedException {
        String target = EveryFuzzTest.class.getName() + ".anyTarget";
        // The order in sets differs from JVM to JVM, and so does coverage: inputs that follow it would differ too. So
        // all
        // seeds are kept, and nothing is followed. The better compiler would never pay.
        fuzz(
                target,
                work,
                List.of("-XX:TieredStopAtLevel=1"),
                List.of(
                        "--instrumentation_includes=" + EveryFuzzTest.class.getName(),
                        "-keep_seed=1",
                        "-seed=1",
                        "-runs=" + INPUTS));
    }

    @Test
    void everyTargetHasSeeds() {
        assertThat(Targets.ALL)
                .isNotEmpty()
                .allSatisfy(
                        target -> assertThat(seeds(target.getDeclaringClass().getName(), target.getName()))
                                .isNotEmptyDirectory());
    }

    @Test
    @EnabledIfSystemProperty(named = SECONDS, matches = "\\d+")
    void manyInputsForEachTarget() throws IOException, InterruptedException {
        String chosen = System.getProperty("netkb.fuzz.target", "");
        List<String> targets = Targets.ALL.stream()
                .map(Targets::name)
                .filter(name -> name.endsWith(chosen))
                .toList();
        assertThat(targets).as("targets that end with '%s'", chosen).isNotEmpty();
        for (String target : targets) {
            fuzz(
                    target,
                    Path.of("target", "fuzz", target).toAbsolutePath(),
                    List.of(),
                    List.of(
                            "--instrumentation_includes=dev.netkb.**",
                            "-max_total_time=" + System.getProperty(SECONDS),
                            "-print_final_stats=1"));
        }
    }

    private static void fuzz(String target, Path work, List<String> jvm, List<String> length)
            throws IOException, InterruptedException {
        String type = target.substring(0, target.lastIndexOf('.'));
        String method = target.substring(type.length() + 1);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(HEAP);
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jazzer.class.getName()));
        command.addAll(List.of("--target_class=" + type, "--target_method=" + method));
        command.add("-timeout=" + SECONDS_PER_INPUT);
        command.addAll(length);
        // New inputs go into the first directory.
        command.add(Files.createDirectories(work.resolve("corpus")).toString());
        command.add(seeds(type, method).toString());
        Path log = work.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor())
                .as("fuzzing %s\n%s", target, Files.readString(log, StandardCharsets.UTF_8))
                .isZero();
    }

    private static Path seeds(String type, String method) {
        Path seeds = Path.of("src", "test", "resources", type.replace('.', '/') + "Inputs", method);
        assertThat(seeds).isDirectory();
        return seeds.toAbsolutePath();
    }
}
