package dev.netkb.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main class as a user starts it: Spark's jars on the class path of a JVM, ours given with {@code --jars}. */
@Timeout(180)
class SparkSubmitTest {

    /** What a distribution of Spark does not bring along. */
    private static final Pattern OURS = Pattern.compile(
            "(kb|drools|kie|ecj|javaparser|picocli|ipaddress|fastexcel|opczip|jackson-dataformat)-.*\\.jar");

    @TempDir
    private Path folder;

    private record Ran(int status, String text) {}

    @Test
    void writesATable() throws Exception {
        Path input = Lines.write(folder.resolve("exports.jsonl"), Lines.mixed());
        Path output = folder.resolve("results");

        // Kryo, because whoever sets it must not find that nothing works any more.
        Ran ran = submit(
                List.of("--conf", "spark.serializer=org.apache.spark.serializer.KryoSerializer"),
                input.toString(),
                "--output",
                output.toString());

        assertThat(ran.status()).as(ran.text()).isZero();
        assertThat(ran.text())
                .containsPattern(
                        "netkb: 12 snapshots, \\d+ of them rejected and 0 incomplete: \\d+ errors, \\d+ warnings,"
                                + " \\d+ undetermined");
        assertThat(output.resolve("_SUCCESS")).exists();
        try (LocalSpark spark = new LocalSpark()) {
            assertThat(spark.ordered(
                            spark.session().read().parquet(output.toString()).as(ResultRows.ENCODER)))
                    .isEqualTo(spark.ordered(SnapshotEvaluation.evaluate(spark.text(input), SparkOptions.create())));
        }
    }

    private Ran submit(List<String> ofSpark, String... args) throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>();
        List<String> jars = new ArrayList<>();
        String main = "";
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (entry.endsWith("test-classes")) {
                continue;
            }
            if (Files.isDirectory(path)) {
                path = packed(path);
            }
            boolean ours = OURS.matcher(path.getFileName().toString()).matches();
            if (path.getFileName().toString().startsWith("kb-spark")) {
                main = path.toString();
            } else {
                (ours ? jars : classPath).add(path.toString());
            }
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:+UseSerialGC"));
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(
                Arrays.asList(System.getProperty("netkb.spark.opens").trim().split("\\s+")));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", "local[2]"));
        command.addAll(List.of("--conf", "spark.ui.enabled=false"));
        command.addAll(ofSpark);
        command.addAll(List.of("--class", Main.class.getName(), "--jars", String.join(",", jars), main));
        command.addAll(Arrays.asList(args));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), Files.readString(log));
    }

    /** Classes of a module whose jar is not made yet, as a jar that is named like it. */
    private Path packed(Path classes) throws IOException {
        Path module = classes.toAbsolutePath().normalize().getParent().getParent();
        Path jar = folder.resolve(module.getFileName() + "-classes.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
