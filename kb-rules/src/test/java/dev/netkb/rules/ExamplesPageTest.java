package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.model.report.Severity;
import dev.netkb.test.ExampleNetwork;
import dev.netkb.test.RuleExamples;
import dev.netkb.test.RuleVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the page on examples shows is true. */
class ExamplesPageTest {

    private static final Path PAGE = Path.of("../docs/rule-examples.md");
    private static final Path EXTERNAL = Path.of("src/test/resources/examples/bases/external.yaml");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicNode> itsFileIsAnExampleOfItsRule(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("bases"));
        Files.copy(EXTERNAL, folder.resolve("bases/external.yaml"));
        Files.writeString(folder.resolve("C-NET-04.yaml"), blocks().get(0));

        List<DynamicNode> tests =
                RuleExamples.in(folder, KnowledgeBase.packaged()).toList();

        assertThat(tests).extracting(DynamicNode::getDisplayName).contains("C-NET-04");
        return tests.stream().filter(test -> test.getDisplayName().equals("C-NET-04"));
    }

    @Test
    void itsNetworkIsReadAsItIsMeant() throws IOException {
        var read = ExampleNetwork.of(blocks().get(1)).read("page");

        assertThat(read.problems()).isEmpty();
        assertThat(Objects.requireNonNull(read.snapshot()).networkSecurityGroups())
                .singleElement()
                .satisfies(nsg -> assertThat(nsg.rules()).hasSize(8));
    }

    @Test
    void itsSentenceHolds() {
        RuleVerifier.packaged()
                .rule("C-NET-04")
                .given(ExampleNetwork.read(EXTERNAL)
                        .with("vnet: {subnets: {apim: {delegations: {web: Microsoft.Web/serverFarms}}}}"))
                .isViolated()
                .withSeverity(Severity.ERROR)
                .withEvidence("delegations", "Microsoft.Web/serverFarms");
    }

    private static List<String> blocks() throws IOException {
        return YAML.matcher(Files.readString(PAGE))
                .results()
                .map(m -> m.group(1))
                .toList();
    }
}
