package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Evaluated.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import dev.netkb.model.report.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between brackets: syntax, lambdas, functions of the template's own, and limits. */
class ExpressionsTest {

    private static final String FUNCTIONS = """
            "parameters": {"p": {"type": "string", "defaultValue": "outer"}},
            "variables": {"v": "outer"},
            "functions": [{"namespace": "my", "members": {
              "twice": {"parameters": [{"name": "p", "type": "string"}],
                        "output": {"type": "string", "value": "[concat(parameters('p'), parameters('p'))]"}},
              "four": {"parameters": [{"name": "q", "type": "string"}],
                        "output": {"type": "string", "value": "[my.twice(my.twice(parameters('q')))]"}},
              "variable": {"output": {"type": "string", "value": "[variables('v')]"}},
              "outer": {"output": {"type": "string", "value": "[parameters('p')]"}},
              "object": {"parameters": [{"name": "q", "type": "string"}],
                        "output": {"type": "object", "value": {"a": ["[parameters('q')]", 1]}}},
              "forever": {"output": {"type": "string", "value": "[my.forever()]"}}}}]""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[my.twice('a')]|\"aa\"",
                "[MY.Twice('a')]|\"aa\"",
                "[my.four('a')]|\"aaaa\"",
                "[my.object('x')]|{\"a\":[\"x\", 1]}",
                "[my.object('x').a[0]]|\"x\"",
                "[ concat ( 'a' , 'b' ) ]|\"ab\"",
                "[string('[')]|\"[\"",
                "[concat('it''s', ''']''')]|\"it's']'\"",
                "[concat('ä', '😀', '日本')]|\"ä😀日本\"",
                "[[concat('a')]|\"[concat('a')]\"",
                "[[|\"[\"",
                "[a|\"[a\"",
                "a]|\"a]\"",
                "[]|\"[]\"",
                "[null()]|null",
                "[-5]|-5",
                "[createObject('a', createObject('b', createArray(1, 2)))['a'].B[1]]|2"
            })
    void valuesOfExpressions(String expression, String expected) {
        assertThat(Evaluated.value(FUNCTIONS, expression)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[my.variable()]", "[my.outer()]", "[my.forever()]", "[my.none()]", "[no.twice('a')]"})
    void functionsOfTheTemplateSeeNothingButTheirParameters(String expression) {
        assertThat(Evaluated.value(FUNCTIONS, expression)).isInstanceOf(Json.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[concat('a']|is missing at character 12",
                "[concat('a)]|a text without end at character 12",
                "[concat('a',)]|a name is missing at character 13",
                "[concat('a') 'b']|more behind its end at character 14",
                "[foo]|is missing at character 5",
                "[parameters('p').]|a name is missing at character 18",
                "[variables('v')[0]|is missing",
                "[1.5]|at character"
            })
    void whatIsNoExpressionIsReportedWithPlaceAndCharacter(String expression, String why) {
        Evaluated plan = Evaluated.of("\"resources\": [" + thing("x", '"' + expression + '"') + "]");

        assertThat(plan.property("x")).isInstanceOf(Json.Unknown.class);
        Problem problem = plan.problems().get(0);
        assertThat(plan.problems()).hasSize(1);
        assertThat(problem.code()).isEqualTo("KB-N106");
        assertThat(problem.message()).contains(expression).contains(why);
        assertThat(problem.at().pointer()).isEqualTo("/resources/0/properties/value");
    }

    @Test
    void theLongestExpressionIsEvaluatedAndALongerOneNot() {
        String longest = "[string('" + "x".repeat(24_576 - 13) + "')]";
        assertThat(longest).hasSize(24_576 - 1);

        assertThat(Evaluated.value("", longest.replace("x')]", "xx')]"))).isInstanceOf(Json.Text.class);
        assertThat(Evaluated.value("", longest.replace("x')]", "xxx')]"))).isInstanceOf(Json.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[map(createArray(1, 2), lambda('x', add(lambdaVariables('x'), 1)))]|[2, 3]",
                "[map(createArray(1, 2), lambda('x', map(createArray(10, 20), lambda('y', add(lambdaVariables('x'), lambdaVariables('y'))))))]|[[11, 21], [12, 22]]",
                "[map(createArray(1, 2), lambda('x', map(createArray(10), lambda('x', lambdaVariables('x')))))]|[[10], [10]]",
                "[filter(createArray(1, 2, 3), lambda('x', greater(lambdaVariables('x'), 1)))]|[2, 3]",
                "[reduce(createArray(1, 2, 3), 0, lambda('a', 'b', add(lambdaVariables('a'), lambdaVariables('b'))))]|6",
                "[sort(createArray(2, 1), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]|[1, 2]",
                "[toObject(createArray('a'), lambda('k', lambdaVariables('k')), lambda('k', 1))]|{\"a\":1}"
            })
    void lambdas(String expression, String expected) {
        assertThat(Evaluated.value("", expression)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[lambdaVariables('x')]",
                "[map(createArray(1), lambda('x', lambdaVariables('y')))[0]]",
                "[map(createArray(1), lambda())]",
                "[map(createArray(1), lambda(1, 2))]",
                "[map(createArray(1))]",
                "[lambda('x', 1)]"
            })
    void lambdasWithoutAValue(String expression) {
        assertThat(Evaluated.value("", expression)).isInstanceOf(Json.Unknown.class);
    }

    @Test
    void keysOfObjectsMayBeExpressions() {
        assertThat(Evaluated.of("\"variables\": {\"k\": \"key\"}, \"resources\": ["
                                + thing("x", "{\"[variables('k')]\": 1, \"[[k]\": 2, \"k]\": 3}") + "]")
                        .property("x"))
                .hasToString("{\"key\":1,\"[k]\":2,\"k]\":3}");
    }

    @Test
    void deepExpressionsEndOnASmallStack() throws InterruptedException {
        String variables = "\"v0\": 1";
        StringBuilder all = new StringBuilder(variables);
        for (int i = 1; i < 500; i++) {
            String nested = "first(map(createArray(1), lambda('x', ".repeat(15) + "variables('v" + (i - 1) + "')"
                    + ")))".repeat(15);
            all.append(", \"v").append(i).append("\": \"[").append(nested).append("]\"");
        }
        Json[] value = new Json[1];
        Throwable[] thrown = new Throwable[1];
        Thread small = new Thread(
                null,
                () -> value[0] = Evaluated.value("\"variables\": {" + all + "}", "[variables('v499')]"),
                "small",
                1 << 20);
        small.setUncaughtExceptionHandler((thread, e) -> thrown[0] = e);
        small.start();
        small.join();

        assertThat(thrown[0]).isNull();
        assertThat(value[0]).isNotNull();
        assertThat(value[0].toString()).contains("nested too deeply");
    }
}
