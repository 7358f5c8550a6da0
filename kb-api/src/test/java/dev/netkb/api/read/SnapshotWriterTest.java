package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is written in the project's own format is read as the same snapshot. */
class SnapshotWriterTest {

    @TestFactory
    List<DynamicTest> everyRealSnapshotComesBackAsItWas() {
        return Stream.of("exports", "rest-examples", "arm-templates")
                .flatMap(folder -> SharedData.files(folder).stream())
                .filter(file -> !file.getFileName().toString().startsWith("service-tags"))
                .map(file -> DynamicTest.dynamicTest(file.getParent().getFileName() + "/" + file.getFileName(), () -> {
                    Snapshot before = SharedData.read(file).snapshot();
                    if (before != null) {
                        assertComesBack(before);
                    }
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyRealDeploymentComesBackAsItWas() {
        return SharedData.folders("arm-templates").stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                    Snapshot before = SnapshotFiles.snapshot(folder)
                            .read(SnapshotReader.create())
                            .snapshot();
                    if (before != null) {
                        assertComesBack(before);
                    }
                }))
                .toList();
    }

    static void assertComesBack(Snapshot before) {
        String text = SnapshotWriter.write(before);
        ReadResult result = SnapshotReader.create()
                .read(new SnapshotSource(
                        "converted",
                        List.of(new SnapshotSource.SourceFile(
                                "converted.json", text.getBytes(StandardCharsets.UTF_8)))));
        assertThat(result.problems()).noneMatch(problem -> problem.level() == Problem.Level.ERROR);
        Snapshot after = Objects.requireNonNull(result.snapshot());
        // One kind of fact after the other, so that a failure names it.
        assertThat(after.virtualNetworks()).isEqualTo(before.virtualNetworks());
        assertThat(after.subnets()).isEqualTo(before.subnets());
        assertThat(after.subnetUsers()).isEqualTo(before.subnetUsers());
        assertThat(after.networkSecurityGroups()).isEqualTo(before.networkSecurityGroups());
        assertThat(after.services()).isEqualTo(before.services());
        assertThat(after.networkInterfaces()).isEqualTo(before.networkInterfaces());
        assertThat(after.coverage()).isEqualTo(before.coverage());
        assertThat(after).isEqualTo(before);
        assertThat(SnapshotWriter.write(after)).isEqualTo(text);
    }
}
