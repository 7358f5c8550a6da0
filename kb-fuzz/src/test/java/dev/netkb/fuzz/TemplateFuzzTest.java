package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.TemplateInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Templates and their parameters files. */
class TemplateFuzzTest {

    private static final JsonNode TEMPLATE = EditedTree.parse(Samples.fixture("templates/apim.json"));
    private static final JsonNode PARAMETERS = EditedTree.parse(Samples.fixture("templates/apim.parameters.json"));
    private static final List<JsonNode> RESOURCES =
            StreamSupport.stream(TEMPLATE.get("resources").spliterator(), false).toList();

    private static final List<String> PARAMETERS_NAMES =
            List.of("main.parameters", "MAIN.PARAMETERS", "main-parameters", "other.params", "third", "parameters");

    /** With null for one that is not known. */
    private static final List<String> LOCATIONS = Arrays.asList(null, "westeurope", "West Europe", "", "\u0000/");

    /** A good template and its parameters file, edited. */
    @FuzzTest
    void editedTemplate(FuzzedDataProvider data) {
        ObjectNode template = TEMPLATE.deepCopy();
        template.set("resources", Samples.some(RESOURCES, data));
        Invariants.read(EditedTree.of(template, data), EditedTree.of(PARAMETERS, data));
    }

    /** Parameters files beside a template, and what a command line gives besides. */
    @FuzzTest
    void parameters(FuzzedDataProvider data) {
        ObjectNode template = TEMPLATE.deepCopy();
        template.set("resources", Samples.some(RESOURCES, data));
        List<SourceFile> files = new ArrayList<>();
        files.add(new SourceFile("main.json", EditedTree.text(template)));
        if (data.consumeInt(0, 3) == 0) {
            files.add(new SourceFile("other.json", EditedTree.text(template)));
        }
        int beside = data.consumeInt(0, 2);
        for (int i = 0; i < beside; i++) {
            files.add(new SourceFile(pick(PARAMETERS_NAMES, data) + (i == 0 ? "" : i) + ".json", parametersFile(data)));
        }
        List<SourceFile> given = new ArrayList<>();
        int more = data.consumeInt(0, 2);
        for (int i = 0; i < more; i++) {
            given.add(new SourceFile("given" + i, parametersFile(data)));
        }
        Invariants.read(files, new TemplateInputs(given, pick(LOCATIONS, data)));
    }

    private static byte[] parametersFile(FuzzedDataProvider data) {
        return EditedTree.of(data.consumeBoolean() ? PARAMETERS : PARAMETERS.get("parameters"), data);
    }

    private static String pick(List<String> all, FuzzedDataProvider data) {
        return all.get(data.consumeInt(0, all.size() - 1));
    }

    /** Expressions, copy loops and nested deployments from the grammar of the template language. */
    @FuzzTest
    void madeTemplate(FuzzedDataProvider data) {
        ExpressionMaker expressions = new ExpressionMaker(data);
        ObjectNode template = template(expressions, data);
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        IntStream.range(0, data.consumeInt(0, 2))
                .forEach(i -> parameters.putObject("p" + i).set("value", expressions.value()));
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#");
        file.set("parameters", parameters);
        Invariants.read(EditedTree.text(template), EditedTree.text(file));
    }

    private static ObjectNode template(ExpressionMaker expressions, FuzzedDataProvider data) {
        ObjectNode template = JsonNodeFactory.instance.objectNode();
        template.put("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#");
        ObjectNode parameters = template.putObject("parameters");
        ObjectNode variables = template.putObject("variables");
        int names = data.consumeInt(0, 3);
        for (int i = 0; i < names; i++) {
            parameters.putObject("p" + i).put("type", "string").set("defaultValue", expressions.value());
            variables.set("v" + i, expressions.value());
        }
        if (data.consumeBoolean()) {
            variables.putArray("copy").add(loop(expressions, "v" + names, "input"));
        }
        int resources = data.consumeInt(1, 3);
        for (int i = 0; i < resources; i++) {
            template.withArray("resources").add(resource(expressions, data));
        }
        return template;
    }

    private static ObjectNode resource(ExpressionMaker expressions, FuzzedDataProvider data) {
        ObjectNode resource =
                RESOURCES.get(data.consumeInt(0, RESOURCES.size() - 1)).deepCopy();
        if (data.consumeBoolean()) {
            resource.set("name", expressions.expression());
        }
        if (data.consumeBoolean()) {
            resource.set("condition", expressions.expression());
        }
        if (data.consumeBoolean()) {
            resource.set("copy", loop(expressions, "l", "properties"));
        }
        JsonNode properties = resource.get("properties");
        if (properties instanceof ObjectNode object && !object.isEmpty() && data.consumeBoolean()) {
            String key = object.fieldNames().next();
            object.set(key, expressions.value());
            object.putArray("copy").add(loop(expressions, key, "input"));
        }
        if (expressions.goesDeeper()) {
            resource.put("type", "Microsoft.Resources/deployments");
            ObjectNode nested = resource.putObject("properties").put("mode", "Incremental");
            nested.putObject("expressionEvaluationOptions").put("scope", data.consumeBoolean() ? "inner" : "outer");
            nested.putObject("parameters").putObject("p0").set("value", expressions.value());
            nested.set("template", template(expressions, data));
        }
        return resource;
    }

    private static ObjectNode loop(ExpressionMaker expressions, String name, String input) {
        ObjectNode loop = JsonNodeFactory.instance.objectNode();
        loop.put("name", name);
        loop.set("count", expressions.expression());
        loop.set(input, expressions.value());
        return loop;
    }
}
