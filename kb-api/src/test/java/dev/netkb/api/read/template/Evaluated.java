package dev.netkb.api.read.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.Locator;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.Problems;
import dev.netkb.api.read.json.ValueCount;
import dev.netkb.model.report.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resources that templates would deploy, and what was said about them. */
record Evaluated(List<Resource> resources, List<Problem> problems) {

    private static final String SCHEMA =
            "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

    /** A file of a snapshot. */
    record Source(String name, String text) {}

    /** The text of a template for a resource group with these sections. */
    static String template(String sections) {
        return "{\"$schema\": \"" + SCHEMA + "\", \"contentVersion\": \"1.0.0.0\", " + sections + "}";
    }

    /** The text of a parameters file. */
    static String parameters(String members) {
        return "{\"$schema\": \"" + SCHEMA.replace("Template", "Parameters") + "\", \"parameters\": {" + members + "}}";
    }

    /** A template for a resource group with these sections, alone. */
    static Evaluated of(String sections) {
        return files(new Source("main.json", template(sections)));
    }

    static Evaluated files(Source... files) {
        return at(null, files);
    }

    static Evaluated at(@Nullable String location, Source... files) {
        Problems problems = new Problems();
        Deployments deployments = new Deployments(Target.of(null, null, location), problems);
        for (Source file : files) {
            Node node = JsonFile.parse(
                            file.name(),
                            new Locator.Text(file.text().getBytes(StandardCharsets.UTF_8), 1),
                            new ValueCount(1_000_000),
                            problems)
                    .orElseThrow(() -> new AssertionError(problems.toList()));
            if (String.valueOf(node.text("$schema")).contains("Parameters")) {
                deployments.addParameters(node);
            } else {
                deployments.addTemplate(node);
            }
        }
        return new Evaluated(deployments.resources(), problems.toList());
    }

    /** What one expression gives in a template with these sections. */
    static Json value(String sections, String expression) {
        String escaped = expression.replace("\\", "\\\\").replace("\"", "\\\"");
        return of(sections + (sections.isBlank() ? "" : ", ") + "\"resources\": [" + thing("x", '"' + escaped + '"')
                        + "]")
                .property("x");
    }

    /** A resource that nobody reads, with one property. */
    static String thing(String name, String value) {
        return "{\"type\": \"Test.Test/things\", \"apiVersion\": \"2020-01-01\", \"name\": \"" + name
                + "\", \"properties\": {\"value\": " + value + "}}";
    }

    List<String> names() {
        return resources.stream().map(Resource::name).toList();
    }

    List<String> ids() {
        return resources.stream().map(resource -> resource.id().text()).toList();
    }

    /** The property {@code value} of the only resource with a name. */
    Json property(String name) {
        return property(name, "value");
    }

    Json property(String name, String key) {
        List<Resource> found =
                resources.stream().filter(r -> r.name().equals(name)).toList();
        assertThat(found).as("resources called %s of %s", name, names()).hasSize(1);
        return Optional.ofNullable(found.get(0).node().get("properties"))
                .map(properties -> properties.getOrNullValue(key))
                .map(Node::value)
                .orElseThrow(() -> new AssertionError(found.get(0).node().toString()));
    }

    /** The codes and messages of problems. */
    List<String> messages() {
        return problems.stream().map(p -> p.code() + " " + p.message()).toList();
    }
}
