package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.junit.jupiter.api.Test;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/** The build compiles the rules into classes, lists them in an index, and keeps their text. */
class PackagedRulesTest {

    private static final String INDEX = "/META-INF/kie/dev.netkb/kb-rules/drools-model";

    @Test
    void rulesAreCompiledWhenTheProjectIsBuilt() throws Exception {
        KieBase rules = KieBaseBuilder.createKieBaseFromModel(packagedModels());

        KieSession session = rules.newKieSession();
        try {
            session.insert("netkb self-check");
            assertThat(session.fireAllRules(10)).isOne();
        } finally {
            session.dispose();
        }
    }

    @Test
    void textOfTheRulesIsKept() throws IOException {
        assertThat(lines("/netkb/rules-src/rules/selfcheck/SelfCheck.drl")).contains("package rules.selfcheck;");
    }

    private static List<Model> packagedModels() throws IOException, ReflectiveOperationException {
        List<Model> models = new ArrayList<>();
        for (String line : lines(INDEX)) {
            // The first line is "Drools-Model-Version:..."; each other one is a class.
            if (!line.isBlank() && !line.contains(":")) {
                models.add(Class.forName(line.strip())
                        .asSubclass(Model.class)
                        .getConstructor()
                        .newInstance());
            }
        }
        return models;
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = PackagedRulesTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
