package dev.netkb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of any kind as expressions of a template, where a value is needed and where it names a resource. */
class ExpressionFuzzTest {

    private static final JsonNode TEMPLATE = EditedTree.parse("""
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             "parameters": {"p": {"type": "array", "defaultValue": [1, "a", {"b": null}]}, "q": {"type": "string"}},
             "variables": {"v": "[parameters('p')[2]]", "w": "[variables('w')]", "x": {"y": ["10.0.0.0/8"]}},
             "resources": [{"type": "Microsoft.Network/routeTables", "properties": {}}]}""".getBytes(StandardCharsets.UTF_8));

    @FuzzTest
    @DictionaryFile(resourcePath = "/dev/netkb/fuzz/expression.dict")
    void anyText(byte[] text) {
        String expression = "[" + new String(text, StandardCharsets.UTF_8) + "]";
        ObjectNode template = TEMPLATE.deepCopy();
        ObjectNode table = (ObjectNode) template.get("resources").get(0);
        table.put("name", expression).put("location", expression);
        ((ObjectNode) table.get("properties")).put("disableBgpRoutePropagation", expression);
        Invariants.read(EditedTree.text(template));
    }

    /** Calls of every function with values of every kind, known or not, and calls with what they gave. */
    @FuzzTest
    void calls(FuzzedDataProvider data) {
        ExpressionMaker expressions = new ExpressionMaker(data);
        ObjectNode template = TEMPLATE.deepCopy();
        ObjectNode parameters = (ObjectNode) template.get("parameters");
        ObjectNode variables = (ObjectNode) template.get("variables");
        List<String> values =
                new ArrayList<>(List.of("parameters('p')", "parameters('q')", "reference(parameters('q'))"));
        int given = data.consumeInt(0, 3);
        for (int i = 0; i < given; i++) {
            parameters.putObject("p" + i).set("defaultValue", value(data, 0));
            values.add("parameters('p" + i + "')");
        }
        int calls = data.consumeInt(1, 4);
        for (int i = 0; i < calls; i++) {
            variables.put("v" + i, "[" + expressions.oneCall(values) + "]");
            values.add("variables('v" + i + "')");
        }
        ObjectNode table = (ObjectNode) template.get("resources").get(0);
        table.put("name", "[string(" + values.get(values.size() - 1) + ")]")
                .put("location", "[" + values.get(values.size() - 1) + "]");
        ((ObjectNode) table.get("properties"))
                .put("routes", "[" + values.get(data.consumeInt(0, values.size() - 1)) + "]");
        Invariants.read(EditedTree.text(template));
    }

    private static JsonNode value(FuzzedDataProvider data, int depth) {
        int kind = data.consumeInt(0, 5);
        if (kind < 4 || depth > 3) {
            return kind < 2 ? EditedTree.parse(Words.value(data)) : TextNode.valueOf(data.consumeString(16));
        }
        int size = data.consumeInt(0, 4);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < size; i++) {
            JsonNode item = value(data, depth + 1);
            list.add(item);
            object.set(i == 0 ? "a" : data.consumeString(4), item);
        }
        return kind == 4 ? list : object;
    }

    /** Else a function would be added that no target ever calls. */
    @Test
    @SuppressWarnings("unchecked")
    void everyFunctionIsAmongThem() throws ReflectiveOperationException {
        Class<?> functions = Class.forName("dev.netkb.api.read.template.Functions");
        List<String> names = new ArrayList<>();
        for (String list : List.of("all", "allLambda")) {
            Method all = functions.getDeclaredMethod(list);
            all.setAccessible(true);
            for (Record function : (List<Record>) all.invoke(null)) {
                Method name = function.getClass().getDeclaredMethod("name");
                name.setAccessible(true);
                names.add((String) name.invoke(function));
            }
        }
        assertThat(ExpressionMaker.FUNCTIONS).containsAll(names);
    }
}
