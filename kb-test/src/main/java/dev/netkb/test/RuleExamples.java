package dev.netkb.test;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.SnapshotReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Turns a folder of examples into tests. The one test method that a rule folder needs:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> examples() {
 *     return RuleExamples.in(Path.of("src/test/resources/examples"), KnowledgeBase.packaged());
 * }
 * }</pre>
 *
 * <p>The first test fails when the folder is empty, when an id of the catalogue has no examples, when a file is named
 * after no id, and when a failing, a passing or a missing-data case is missing. The networks that examples start from must
 * be without faults themselves.
 */
public final class RuleExamples {

    private RuleExamples() {}

    /** The tests of a folder. Nothing is left out: a file that cannot be read makes the first test fail. */
    public static Stream<DynamicNode> in(Path folder, KnowledgeBase rules) {
        ExampleFolder examples = ExampleFolder.read(folder);
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest(
                "every rule has a failing, a passing and a missing-data example",
                folder.toUri(),
                () -> failIf(examples.gaps(rules.catalogue()))));
        tests.add(DynamicContainer.dynamicContainer(
                "bases",
                examples.bases().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(base -> DynamicTest.dynamicTest(
                                base.getKey() + " has no fault",
                                folder.resolve("bases")
                                        .resolve(base.getKey() + ".yaml")
                                        .toUri(),
                                () -> failIf(faults(rules, base.getKey(), base.getValue()))))));
        ExampleRun run = new ExampleRun(rules);
        examples.files()
                .forEach(file -> tests.add(DynamicContainer.dynamicContainer(
                        file.rule(),
                        file.cases().stream()
                                .flatMap(example -> Stream.ofNullable(
                                                examples.bases().get(example.base()))
                                        .map(base -> DynamicTest.dynamicTest(
                                                example.it(),
                                                file.file().toUri(),
                                                () -> failIf(failures(run, file.rule(), example, base))))))));
        return tests.stream();
    }

    private static List<String> failures(ExampleRun run, String rule, ExampleFile.Case example, ExampleNetwork base) {
        try {
            return run.failures(rule, example, base);
        } catch (ExampleException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> faults(KnowledgeBase rules, String name, ExampleNetwork base) {
        ReadResult read = base.read(name);
        SnapshotReport report = rules.evaluate(read, Options.DEFAULT);
        Set<String> faults = ExampleRun.faults(report);
        return faults.isEmpty() && read.problems().isEmpty()
                ? List.of()
                : List.of("a network that examples start from must have no fault but has " + faults + " "
                        + read.problems());
    }

    private static void failIf(List<String> failures) {
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }
}
