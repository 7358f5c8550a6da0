package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Published templates. */
class RealTemplatesTest {

    @TestFactory
    List<DynamicTest> everyTemplateIsReadWithoutAnException() {
        return SharedData.files("arm-templates").stream()
                .map(file -> DynamicTest.dynamicTest(file.getParent().getFileName() + "/" + file.getFileName(), () -> {
                    ReadResult result = SharedData.read(file);
                    if (System.getProperty("netkb.table") != null) {
                        result.problems()
                                .forEach(p -> System.err.println("| " + file + " | " + p.code() + " | " + p.message()
                                        + " | " + p.at().pointer() + " |"));
                    }
                    assertThat(result.problems()).allMatch(p -> p.at().line() > 0);
                }))
                .toList();
    }
}
