package dev.netkb.rules;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.test.RuleExamples;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples beside the packaged rules: one file a rule id, and none forgotten. */
class PackagedExamplesTest {

    @TestFactory
    Stream<DynamicNode> examples() {
        return RuleExamples.in(Path.of("src/test/resources/examples"), KnowledgeBase.packaged());
    }
}
