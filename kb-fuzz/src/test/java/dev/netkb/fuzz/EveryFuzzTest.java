package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;

/** All other targets in one, because a JVM fuzzes only one target and takes seconds to start. */
class EveryFuzzTest {

    /** Another target. */
    interface Target {
        void run(FuzzedDataProvider data) throws IOException;
    }

    static final List<Target> TARGETS = List.of(
            data -> new FileFuzzTest().anyBytes(data.consumeRemainingAsBytes()),
            new ShapesFuzzTest()::resources,
            new ShapesFuzzTest()::answers,
            new ShapesFuzzTest()::files,
            new ShapesFuzzTest()::ownFormat,
            new TemplateFuzzTest()::editedTemplate,
            new TemplateFuzzTest()::madeTemplate,
            data -> new ExpressionFuzzTest().anyText(data.consumeRemainingAsBytes()),
            new EvaluationFuzzTest()::editedSnapshot,
            data -> new PackedFuzzTest().anyStream(data.consumeRemainingAsBytes()));

    @FuzzTest
    void anyTarget(FuzzedDataProvider data) throws IOException {
        TARGETS.get(data.consumeInt(0, TARGETS.size() - 1)).run(data);
    }
}
