package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Evaluated.parameters;
import static dev.netkb.api.read.template.Evaluated.template;
import static dev.netkb.api.read.template.Evaluated.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.template.Evaluated.Source;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployments inside templates: inner and outer scope, links, parameters, outputs. */
class ModulesTest {

    /** A deployment with its own scope. */
    private static String module(String name, String parameters, String sections) {
        return """
                {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "%s", "properties": {
                  "mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
                  "parameters": {%s}, "template": %s}}""".formatted(name, parameters, template(sections));
    }

    private static String link(String link) {
        return """
                {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m", "properties": {
                  "mode": "Incremental", %s}}""".formatted(link);
    }

    @Test
    void anInnerScopeSeesItsOwnParameters() {
        Evaluated plan = Evaluated.of("""
                "parameters": {"p": {"type": "string", "defaultValue": "outer"}},
                "variables": {"v": "outer"},
                "resources": ["""
                + module(
                        "m",
                        "\"p\": {\"value\": \"[concat('given ', parameters('p'))]\"}",
                        """
                        "parameters": {"p": {"type": "string"}, "q": {"type": "int", "defaultValue": 7}},
                        "variables": {"v": "inner"},
                        "resources": ["""
                                + thing(
                                        "x",
                                        "[\"[parameters('p')]\", \"[parameters('q')]\", \"[variables('v')]\", \"[deployment().name]\"]")
                                + "]")
                + "]");

        assertThat(plan.property("x")).hasToString("[\"given outer\", 7, \"inner\", \"m\"]");
    }

    @Test
    void theOuterScopeIsTheDefault() {
        Evaluated plan = Evaluated.of("""
                "parameters": {"p": {"type": "string", "defaultValue": "outer"}},
                "variables": {"v": "outer"},
                "resources": [{"type": "Microsoft.Resources/deployments", "name": "[concat('m', copyIndex())]",
                  "copy": {"name": "l", "count": 2},
                  "properties": {"template": {"variables": {"v": "inner"}, "resources": [
                    {"type": "Test.Test/things", "name": "[concat('x', copyIndex('l'))]", "properties": {
                       "value": ["[parameters('p')]", "[variables('v')]", "[copyIndex()]"]}}]}}}]""");

        assertThat(plan.property("x1")).hasToString("[\"outer\", \"outer\", 1]");
    }

    @Test
    void aParameterMayBeAnExpressionThatMakesItsObject() {
        Evaluated plan = Evaluated.of("""
                "parameters": {"use": {"type": "bool", "defaultValue": true}, "none": {"type": "object"}},
                "resources": ["""
                + module(
                        "m",
                        """
                        "a": "[if(parameters('use'), createObject('value', 'yes'), createObject('value', null()))]",
                        "b": "[if(parameters('use'), createObject('value', null()), createObject('value', 1))]",
                        "c": "[parameters('none')]",
                        "d": {"reference": {"keyVault": {"id": "/x"}, "secretName": "s"}},
                        "e": {"value": null}""",
                        """
                        "languageVersion": "2.0",
                        "parameters": {"a": {"type": "string"}, "b": {"type": "string", "nullable": true},
                          "c": {"type": "string"}, "d": {"type": "securestring"},
                          "e": {"type": "string", "defaultValue": "by default"}},
                        "resources": {"x": """
                                + thing(
                                        "x",
                                        "{\"a\": \"[parameters('a')]\", \"b\": \"[coalesce(parameters('b'), 'was null')]\","
                                                + " \"c\": \"[parameters('c')]\", \"d\": \"[parameters('d')]\", \"e\": \"[parameters('e')]\"}")
                                + "}")
                + "]");

        Json.Obj value = (Json.Obj) plan.property("x");
        assertThat(value.get("a")).hasToString("\"yes\"");
        assertThat(value.get("b")).hasToString("\"was null\"");
        assertThat(value.get("c"))
                .isInstanceOf(Json.Unknown.class)
                .hasToString("parameter 'none' has no value (--parameters none=VALUE)");
        assertThat(value.get("d")).isInstanceOf(Json.Unknown.class).hasToString("parameter 'd' is a secret");
        assertThat(value.get("e")).as("null stands for the default").hasToString("\"by default\"");
    }

    private static final String NESTED = template("""
            "parameters": {"p": {"type": "string", "defaultValue": "default"}},
            "resources": [%s]""".formatted(thing("linked", "\"[parameters('p')]\"")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'relativePath': 'nested/net.json'}",
                "{'relativePath': './nested/../nested/net.json'}",
                "{'uri': 'https://example.org/x/nested/net.json'}",
                "{'uri': 'https://example.org/x/nested/net.json?sv=1&sig=2'}",
                "{'uri': '[uri(parameters(^_artifactsLocation^), concat(^nested/net.json^, parameters(^_artifactsLocationSasToken^)))]'}",
                "{'uri': '[concat(parameters(^_artifactsLocation^), ^/nested/net.json^, parameters(^_artifactsLocationSasToken^))]'}",
                "{'uri': '[uri(deployment().properties.templateLink.uri, ^nested/net.json^)]'}",
                "{'uri': '[variables(^link^)]'}"
            })
    void aLinkLeadsToTheFileBeside(String link) {
        String main = template("""
                "parameters": {"_artifactsLocation": {"type": "string"}, "_artifactsLocationSasToken": {"type": "securestring"}},
                "variables": {"link": "[concat(parameters('_artifactsLocation'), 'nested/net.json')]"},
                "resources": [%s]""".formatted(link("\"parameters\": {\"p\": {\"value\": \"given\"}}, \"templateLink\": "
                + link.replace('\'', '"').replace('^', '\''))));
        Evaluated plan = Evaluated.files(
                new Source("main.json", main),
                new Source("nested/net.json", NESTED),
                new Source("other/subnet.json", template("\"resources\": [" + thing("alone", "1") + "]")));

        assertThat(plan.names()).containsExactly("linked", "alone");
        assertThat(plan.property("linked")).hasToString("\"given\"");
    }

    @Test
    void theParametersOfALinkMayBeLinkedToo() {
        Evaluated plan = Evaluated.files(
                new Source(
                        "main.json",
                        template("\"resources\": ["
                                + link("\"templateLink\": {\"relativePath\": \"net.json\"},"
                                        + " \"parametersLink\": {\"uri\": \"https://example.org/net.parameters.json\"}")
                                + "]")),
                new Source("net.json", NESTED),
                new Source("net.parameters.json", parameters("\"p\": {\"value\": \"of the file\"}")));

        assertThat(plan.property("linked")).hasToString("\"of the file\"");
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void aLinkThatLeadsNowhereIsSaid() {
        Evaluated plan = Evaluated.files(
                new Source(
                        "main.json",
                        template("\"resources\": ["
                                + link("\"templateLink\": {\"uri\": \"https://example.org/network.json\"}") + ", "
                                + link("\"templateLink\": {\"id\": \"/subscriptions/s/x\"}")
                                        .replace("\"m\"", "\"spec\"")
                                + ", "
                                + link("\"debugSetting\": {}").replace("\"m\"", "\"nothing\"") + "]")),
                new Source("work.json", NESTED));

        assertThat(plan.names())
                .as("its name is only the end of the one that is linked")
                .containsExactly("linked");
        assertThat(plan.messages())
                .containsExactly(
                        "KB-N106 a deployment is left out: the template 'network.json' that it links to is not among the"
                                + " files",
                        "KB-N106 a deployment is left out: the template 'x' that it links to is not among the files",
                        "KB-N106 a deployment is left out: it has no template");
    }

    @Test
    void templatesThatLinkToEachOtherEnd() {
        String a = template("\"resources\": [" + thing("a", "1") + ", "
                + link("\"templateLink\": {\"relativePath\": \"b.json\"}") + "]");
        Evaluated plan = Evaluated.files(
                new Source("a.json", a),
                new Source("b.json", a.replace("b.json", "a.json").replace("\"a\"", "\"b\"")));

        assertThat(plan.names()).contains("a", "b");
        assertThat(plan.messages()).anyMatch(m -> m.contains("more than 30 deployments stand in each other"));
    }

    @Test
    void outputsAreFoundByNameAndById() {
        String outputs =
                "\"resources\": [], \"outputs\": {\"o\": {\"type\": \"string\", \"value\": \"[concat('o', 1)]\"}}";
        Evaluated plan = Evaluated.of("\"resources\": [" + module("m", "", outputs) + ", " + thing("x", """
                {"byName": "[reference('m').outputs.o.value]",
                 "byId": "[reference(resourceId('Microsoft.Resources/deployments', 'm')).outputs.o.value]",
                 "withVersion": "[reference(resourceId('Microsoft.Resources/deployments', 'm'), '2022-09-01').outputs['o'].value]",
                 "full": "[reference('m', '2022-09-01', 'Full').properties.outputs.o.value]",
                 "id": "[reference('m', '2022-09-01', 'full').resourceId]",
                 "missing": "[reference('m').outputs.none.value]"}""") + "]");

        Json.Obj value = (Json.Obj) plan.property("x");
        for (String key : new String[] {"byName", "byId", "withVersion", "full"}) {
            assertThat(value.get(key)).as(key).hasToString("\"o1\"");
        }
        assertThat(value.get("id").toString()).endsWith("/providers/Microsoft.Resources/deployments/m\"");
        assertThat(value.get("missing")).isInstanceOf(Json.Unknown.class);
    }

    @Test
    void symbolicNamesLoopsAndExistingResources() {
        Evaluated plan = Evaluated.of("""
                "languageVersion": "2.0",
                "resources": {
                  "there": {"existing": true, "type": "Test.Test/things", "apiVersion": "2020-01-01", "name": "t1"},
                  "nowhere": {"existing": true, "type": "Test.Test/things", "apiVersion": "2020-01-01", "name": "far"},
                  "sym": {"copy": {"name": "sym", "count": 2}, "type": "Test.Test/things", "apiVersion": "2020-01-01",
                     "name": "[concat('t', copyIndex())]", "properties": {"i": "[copyIndex()]"}},
                  "mods": {"copy": {"name": "mods", "count": 2}, "type": "Microsoft.Resources/deployments",
                     "name": "[concat('m', copyIndex())]", "properties": {
                       "expressionEvaluationOptions": {"scope": "inner"},
                       "parameters": {"i": {"value": "[copyIndex()]"}},
                       "template": {"languageVersion": "2.0", "parameters": {"i": {"type": "int"}}, "resources": {},
                         "outputs": {"o": {"type": "int", "value": "[mul(parameters('i'), 10)]"}}}}},
                  "x": {"type": "Test.Test/things", "name": "x", "properties": {
                     "item": "[reference('sym[1]').i]",
                     "all": "[map(references('sym'), lambda('r', lambdaVariables('r').i))]",
                     "full": "[references('sym', 'full')[1].properties.i]",
                     "module": "[reference('mods[1]').outputs.o.value]",
                     "existing": "[reference('there').i]",
                     "outside": "[reference('nowhere').i]",
                     "id": "[resourceInfo('there').id]",
                     "name": "[resourceInfo('sym[0]').name]",
                     "type": "[resourceInfo('sym[0]').type]"}}}""");

        assertThat(plan.names()).containsExactly("t0", "t1", "x");
        assertThat(plan.property("x", "item")).hasToString("1");
        assertThat(plan.property("x", "all")).hasToString("[0, 1]");
        assertThat(plan.property("x", "full")).hasToString("1");
        assertThat(plan.property("x", "module")).hasToString("10");
        assertThat(plan.property("x", "existing")).hasToString("1");
        assertThat(plan.property("x", "outside")).isInstanceOf(Json.Unknown.class);
        assertThat(plan.property("x", "id").toString()).endsWith("/providers/Test.Test/things/t1\"");
        assertThat(plan.property("x", "name")).hasToString("\"t0\"");
        assertThat(plan.property("x", "type")).hasToString("\"Test.Test/things\"");
    }

    @Test
    void modulesInModulesInModules() {
        String third = module("c", "\"p\": {\"value\": \"[concat(parameters('p'), 'c')]\"}", """
                "parameters": {"p": {"type": "string"}}, "resources": [%s],
                "outputs": {"o": {"type": "string", "value": "[concat(reference('deep').value, '!')]"}}""".formatted(
                        thing("deep", "\"[parameters('p')]\"")));
        String second = module("b", "\"p\": {\"value\": \"[concat(parameters('p'), 'b')]\"}", """
                "parameters": {"p": {"type": "string"}}, "resources": [%s],
                "outputs": {"o": {"type": "string", "value": "[reference('c').outputs.o.value]"}}""".formatted(third));
        Evaluated plan = Evaluated.of("\"parameters\": {\"p\": {\"type\": \"string\", \"defaultValue\": \"a\"}},"
                + " \"resources\": [" + second + ", " + thing("x", "\"[reference('b').outputs.o.value]\"") + "]");

        assertThat(plan.property("deep")).hasToString("\"abc\"");
        assertThat(plan.property("x")).hasToString("\"abc!\"");
    }

    @Test
    void deploymentsThatNeedEachOtherEnd() {
        String needs = """
                "parameters": {"p": {"type": "string"}}, "resources": [%s],
                "outputs": {"o": {"type": "string", "value": "[parameters('p')]"}}""";
        Evaluated plan = Evaluated.of("\"resources\": ["
                + module(
                        "a",
                        "\"p\": {\"value\": \"[reference('b').outputs.o.value]\"}",
                        needs.formatted(thing("x", "\"[parameters('p')]\"")))
                + ", "
                + module(
                        "b",
                        "\"p\": {\"value\": \"[reference('a').outputs.o.value]\"}",
                        needs.formatted(thing("y", "\"[parameters('p')]\"")))
                + ", " + thing("z", "\"[reference('z').value]\"") + "]");

        assertThat(plan.names()).containsExactly("x", "y", "z");
        for (String name : plan.names()) {
            assertThat(plan.property(name)).as(name).isInstanceOf(Json.Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 2_000})
    void aChainOfDeploymentsThatNeedEachOtherEnds(int length) throws InterruptedException {
        String chain = IntStream.range(0, length)
                .mapToObj(i -> module(
                        "m" + i,
                        "\"p\": {\"value\": "
                                + (i + 1 < length ? "\"[reference('m" + (i + 1) + "').outputs.o.value]\"" : "7") + "}",
                        "\"parameters\": {\"p\": {\"type\": \"int\"}}, \"resources\": [], \"outputs\": {\"o\": {\"type\":"
                                + " \"int\", \"value\": \"[parameters('p')]\"}}"))
                .collect(Collectors.joining(", "));
        Evaluated[] plan = new Evaluated[1];
        Throwable[] thrown = new Throwable[1];
        Thread small = new Thread(
                null,
                () -> plan[0] = Evaluated.of(
                        "\"resources\": [" + chain + ", " + thing("x", "\"[reference('m0').outputs.o.value]\"") + "]"),
                "small",
                1 << 20);
        small.setUncaughtExceptionHandler((thread, e) -> thrown[0] = e);
        small.start();
        small.join();

        assertThat(thrown[0]).isNull();
        if (length == 20) {
            assertThat(plan[0].property("x")).hasToString("7");
        }
    }

    @Test
    void anOutputThatIsNotKnownIsAloneInThat() {
        Evaluated plan = Evaluated.of("\"resources\": ["
                + module(
                        "m",
                        "",
                        "\"parameters\": {\"p\": {\"type\": \"string\"}}, \"resources\": [], \"outputs\": {"
                                + "\"a\": {\"type\": \"string\", \"value\": \"[parameters('p')]\"}, \"b\": {\"type\": \"int\", \"value\": 2}}")
                + ", " + thing("x", "[\"[reference('m').outputs.a.value]\", \"[reference('m').outputs.b.value]\"]")
                + "]");

        assertThat(plan.property("x")).hasToString("[parameter 'p' has no value, 2]");
    }

    @Test
    void aConditionOfADeploymentHoldsForAllInIt() {
        String inside = "\"resources\": [" + thing("x", "1") + "]";
        String module = module("m", "", inside);

        assertThat(Evaluated.of("\"resources\": [" + module.replaceFirst("\\{", "{\"condition\": false, ") + "]")
                        .resources())
                .isEmpty();
        Evaluated open = Evaluated.of("\"parameters\": {\"c\": {\"type\": \"bool\"}}, \"resources\": ["
                + module.replaceFirst("\\{", "{\"condition\": \"[parameters('c')]\", ") + ", "
                + thing("y", "\"[reference('x').value]\"") + "]");
        assertThat(open.names()).containsExactly("y");
        assertThat(open.property("y")).isInstanceOf(Json.Unknown.class);
        assertThat(open.property("y").toString()).contains("parameter 'c' has no value");
    }

    @Test
    void aTemplateMayBeTheValueOfAVariable() {
        Evaluated plan = Evaluated.of("""
                "variables": {"$fxv#0": {"$schema": "x", "contentVersion": "1.0.0.0",
                    "parameters": {"p": {"type": "string"}}, "resources": [
                    {"type": "Test.Test/things", "name": "x", "properties": {"value": "[[parameters('p')]"}}]}},
                "resources": [{"type": "Microsoft.Resources/deployments", "name": "m", "properties": {
                  "expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"p": {"value": "given"}},
                  "template": "[variables('$fxv#0')]"}}]""");

        assertThat(plan.property("x")).hasToString("\"given\"");
    }
}
