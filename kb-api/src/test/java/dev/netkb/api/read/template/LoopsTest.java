package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Evaluated.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copy loops of resources, properties, variables and outputs. */
class LoopsTest {

    private static String loop(String count, String name) {
        return """
                "parameters": {"n": {"type": "int"}},
                "resources": [{"type": "Test.Test/things", "apiVersion": "2020-01-01", "name": "%s",
                  "copy": {"name": "things", "count": %s, "mode": "serial", "batchSize": 2},
                  "properties": {"value": "[copyIndex()]"}}]""".formatted(name, count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[format('a{0}', copyIndex())]|a0 a1 a2",
                "[concat('a', copyIndex(1))]|a1 a2 a3",
                "[concat('a', copyIndex('things'))]|a0 a1 a2",
                "[concat('a', copyIndex('THINGS', 10))]|a10 a11 a12"
            })
    void aResourceIsThereForEachTurn(String name, String expected) {
        Evaluated plan = Evaluated.of(loop("3", name));

        assertThat(plan.names()).containsExactly(expected.split(" "));
        assertThat(plan.property(expected.split(" ")[2])).hasToString("2");
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void aLoopWithoutTurnsMakesNothing() {
        Evaluated plan = Evaluated.of(loop("0", "[concat('a', copyIndex())]"));

        assertThat(plan.resources()).isEmpty();
        assertThat(plan.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "801|the count '801', which must be a number from 0 to 800",
                "-1|the count '-1'",
                "1.5|the count '1.5'",
                "\"many\"|the count '\"many\"'",
                "[1]|the count '[1]'",
                "\"[parameters('n')]\"|parameter 'n' has no value"
            })
    void aLoopWithoutANumberOfTurnsLeavesItsResourceOut(String count, String why) {
        Evaluated plan = Evaluated.of(loop(count, "[concat('a', copyIndex())]"));

        assertThat(plan.resources()).isEmpty();
        assertThat(plan.messages())
                .singleElement()
                .asString()
                .startsWith("KB-N106")
                .contains(why);
    }

    @Test
    void eightHundredTurnsAreAllowed() {
        assertThat(Evaluated.of(loop("800", "[concat('a', copyIndex())]")).resources())
                .hasSize(800);
    }

    @Test
    void aPropertyIsAList() {
        Evaluated plan = Evaluated.of("""
                "variables": {"ports": [80, 443]},
                "resources": [{"type": "Test.Test/things", "name": "[concat('t', copyIndex())]",
                  "copy": {"name": "outer", "count": 2},
                  "properties": {"copy": [
                     {"name": "value", "count": "[length(variables('ports'))]", "input": {
                        "port": "[variables('ports')[copyIndex('value')]]",
                        "of": "[copyIndex()]", "alsoOf": "[copyIndex('outer')]",
                        "copy": [{"name": "inner", "count": 2, "input": "[format('{0}{1}{2}', copyIndex('outer'), copyIndex('value'), copyIndex('inner'))]"}]}},
                     {"name": "other", "count": 0, "input": 1}],
                   "more": true}}]""");

        assertThat(plan.property("t1"))
                .hasToString("[{\"port\":80,\"of\":1,\"alsoOf\":1,\"inner\":[\"100\", \"101\"]},"
                        + " {\"port\":443,\"of\":1,\"alsoOf\":1,\"inner\":[\"110\", \"111\"]}]");
        assertThat(plan.property("t1", "other")).hasToString("[]");
        assertThat(plan.property("t1", "more")).hasToString("true");
    }

    @Test
    void variablesLoopInBothForms() {
        String variables = """
                "variables": {
                  "copy": [{"name": "top", "count": 3, "input": "[concat('v', copyIndex('top', 1))]"},
                           {"name": "objects", "count": 1, "input": {"i": "[copyIndex('objects')]"}}],
                  "in": {"fixed": 1, "copy": [{"name": "below", "count": 2, "input": "[copyIndex('below')]"}]},
                  "of": "[variables('top')[2]]"}""";

        assertThat(Evaluated.value(variables, "[variables('top')]")).hasToString("[\"v1\", \"v2\", \"v3\"]");
        assertThat(Evaluated.value(variables, "[variables('objects')]")).hasToString("[{\"i\":0}]");
        assertThat(Evaluated.value(variables, "[variables('in')]")).hasToString("{\"fixed\":1,\"below\":[0, 1]}");
        assertThat(Evaluated.value(variables, "[variables('of')]")).hasToString("\"v3\"");
    }

    @Test
    void outputsLoop() {
        Evaluated plan = Evaluated.of("""
                "resources": [
                  {"type": "Microsoft.Resources/deployments", "name": "m", "properties": {
                    "expressionEvaluationOptions": {"scope": "inner"},
                    "template": {"resources": [], "outputs": {"list": {"type": "array",
                      "copy": {"count": 3, "input": "[concat('o', copyIndex())]"}}}}}},""" + thing("x", "\"[reference('m').outputs.list.value]\"") + "]");

        assertThat(plan.property("x")).hasToString("[\"o0\", \"o1\", \"o2\"]");
    }

    @Test
    void anUnknownNumberOfTurnsIsAnUnknownRestAndNothingElse() {
        String sections = """
                "parameters": {"n": {"type": "int"}},
                "variables": {"copy": [{"name": "v", "count": "[parameters('n')]", "input": 1}], "w": 5}""";

        assertThat(Evaluated.value(sections, "[variables('v')[0]]")).isInstanceOf(Json.Unknown.class);
        assertThat(Evaluated.value(sections, "[length(variables('v'))]")).isInstanceOf(Json.Unknown.class);
        assertThat(Evaluated.value(sections, "[variables('w')]")).hasToString("5");
    }

    @Test
    void copyIndexOutsideOfLoopsAndOfAnotherLoopIsUnknown() {
        assertThat(Evaluated.value("", "[copyIndex()]")).isInstanceOf(Json.Unknown.class);
        assertThat(Evaluated.value("", "[copyIndex('no')]")).isInstanceOf(Json.Unknown.class);
        Evaluated plan = Evaluated.of(
                loop("2", "[concat('a', copyIndex())]").replace("copyIndex()]\"}", "copyIndex('other')]\"}"));
        assertThat(plan.property("a1")).isInstanceOf(Json.Unknown.class);
    }

    @Test
    void deploymentsAndResourcesInThemLoop() {
        Evaluated plan = Evaluated.of("""
                "resources": [{"type": "Microsoft.Resources/deployments", "name": "[concat('d', copyIndex())]",
                  "copy": {"name": "deps", "count": 2},
                  "properties": {
                    "expressionEvaluationOptions": {"scope": "inner"},
                    "parameters": {"i": {"value": "[copyIndex()]"}},
                    "template": {"parameters": {"i": {"type": "int"}}, "resources": [
                      {"type": "Test.Test/things", "name": "[format('t{0}{1}', parameters('i'), copyIndex())]",
                       "copy": {"name": "x", "count": 2}, "properties": {}}]}}}]""");

        assertThat(plan.names()).containsExactly("t00", "t01", "t10", "t11");
    }
}
