package dev.netkb.api.internal.drools.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.runtime.KieSession;

/** Nothing that a hostile rule tries comes about, also where the check of its text overlooked it. */
class HostileRulesTest {

    private static final ClassLoader ALL = HostileRulesTest.class.getClassLoader();
    private static final Map<String, String> TEXTS = HostileRules.texts();

    private final UnitCompiler restricted = new UnitCompiler(ALL, true);
    private final UnitCompiler trusting = new UnitCompiler(ALL, false);

    @BeforeEach
    void reset() throws IOException {
        Canary.reset();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Canary.reset();
    }

    static Stream<String> attacks() {
        return TEXTS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void theWholeChainRefusesItAndNothingRan(String attack) {
        UnitCompiler.Compiled compiled = compile(restricted, TEXTS.get(attack));

        if (compiled.faults().isEmpty()) {
            assertThatThrownBy(() -> restricted.load(compiled.unit())).isInstanceOf(UnitRefusedException.class);
        }
        assertThat(Canary.isTripped()).isFalse();
    }

    /** Here the compiler sees every class, so that only what it wrote can give a rule away. */
    @ParameterizedTest
    @MethodSource("attacks")
    void theCheckOfWhatWasCompiledRefusesItByItself(String attack) {
        UnitCompiler.Compiled compiled = compile(trusting, TEXTS.get(attack));

        if (compiled.faults().isEmpty()) {
            assertThat(new BytecodeCheck(AllowList.shipped()).check(compiled.unit())).isNotEmpty();
        }
        assertThat(Canary.isTripped()).isFalse();
    }

    /** Else the tests above would prove nothing. */
    @Test
    void theAttacksAreReal() throws Exception {
        Set<String> tripped = new TreeSet<>();
        for (String attack : TEXTS.keySet()) {
            UnitCompiler.Compiled compiled = HostileRules.DEADLY.contains(attack)
                    ? new UnitCompiler.Compiled(new UnitClasses("", List.of(), Map.of()), List.of(new Fault(null, 0, "")))
                    : compile(trusting, TEXTS.get(attack));
            if (compiled.faults().isEmpty()) {
                run(trusting.load(compiled.unit()));
            }
            if (Canary.isTripped()) {
                tripped.add(attack);
            }
            Canary.reset();
        }

        assertThat(tripped)
                .hasSizeGreaterThanOrEqualTo(25)
                .contains("system property", "process", "file", "class of a fact", "lambda", "condition", "name", "function");
    }

    @Test
    void aHarmlessRuleIsLoadedAndFires() throws Exception {
        UnitCompiler.Compiled compiled = compile(restricted, HostileRules.harmless());

        assertThat(compiled.faults()).isEmpty();
        assertThat(run(restricted.load(compiled.unit()))).contains("seen l");
    }

    private static UnitCompiler.Compiled compile(UnitCompiler compiler, String text) {
        return compiler.compile(HostileRules.file(text), HostileRules.PACKAGE);
    }

    /** @return the facts afterwards */
    private static List<Object> run(List<Model> models) {
        ResourceId id = ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v");
        KieSession session;
        try {
            session = KieBaseBuilder.createKieBaseFromModel(models).newKieSession();
        } catch (RuntimeException e) {
            return List.of(); // it may have done harm before
        }
        try {
            session.insert(new ManagementLock(id.child("locks", "l"), "l", id, "CanNotDelete", Provenance.NONE));
            session.fireAllRules(10);
            return new ArrayList<>(session.getObjects());
        } catch (RuntimeException e) {
            return List.of();
        } finally {
            session.dispose();
        }
    }
}
