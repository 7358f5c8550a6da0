package dev.netkb.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

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
}
