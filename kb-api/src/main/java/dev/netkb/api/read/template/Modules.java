package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the deployments that stand as resources in another one, with a template inside or a link to one. */
final class Modules {

    /** Templates that link to each other would go on for ever; modules of modules need about five. */
    private static final int DEEPEST = 30;

    private final Deployments all;
    private final Deployment outer;
    private final Evaluator evaluator;

    Modules(Deployments all, Deployment outer) {
        this.all = all;
        this.outer = outer;
        this.evaluator = outer.evaluator();
    }

    /** The deployment that a resource is; empty, with a notice, where its template is not there. */
    Optional<Deployment> find(Declared resource) {
        Context inside = resource.context();
        Node properties = resource.node().get("properties");
        Node inline = properties == null ? null : properties.get("template");
        Node link = properties == null ? null : properties.get("templateLink");
        if (outer.depth() >= DEEPEST) {
            all.withoutTemplate(resource.node(), "more than " + DEEPEST + " deployments stand in each other");
            return Optional.empty();
        }
        Node found = inline;
        if (found != null && !found.isObject()) {
            found = found.withValue(evaluator.evaluate(found, inside));
        }
        if (found == null && link != null) {
            found = all.linked(link, field(link, "relativePath", inside), field(link, "uri", inside))
                    .orElse(null);
        }
        if (properties == null || found == null || !found.isObject()) {
            all.withoutTemplate(
                    resource.node(),
                    link == null
                            ? "it has no template"
                            : "the template " + file(link, inside) + "that it links to is not among the files");
            return Optional.empty();
        }
        Scope scope = scope(resource.node(), inside);
        Node options = properties.get("expressionEvaluationOptions");
        boolean ownScope =
                link != null && inline == null || options != null && "inner".equalsIgnoreCase(options.text("scope"));
        return Optional.of(
                ownScope
                        ? new Deployment(
                                all,
                                found,
                                parameters(properties, inside),
                                ScopeFunctions.named("deployment().name", resource.name()),
                                location(resource),
                                scope,
                                resource)
                        : new Deployment(found, scope, resource));
    }

    /** The name of the file that a link leads to, as far as it is known. */
    private String file(Node link, Context inside) {
        for (String key : List.of("relativePath", "uri", "id")) {
            String address = standIn(field(link, key, inside));
            if (address != null) {
                String path = address.split("[?#]", 2)[0];
                return Problems.quote(path.substring(path.lastIndexOf('/') + 1)) + " ";
            }
        }
        return "";
    }

    private Json field(Node node, String key, Context inside) {
        Node found = node.get(key);
        return found == null ? Json.NULL : evaluator.evaluate(found, inside);
    }

    private Json location(Declared deployment) {
        Json own = deployment.field("location");
        return own instanceof Json.Null ? evaluator.scopeFunctions().location() : own;
    }

    /** Where a deployment inside the outer one puts its resources. */
    Scope scope(Node node, Context inside) {
        Scope inner = outer.scope();
        String id = standIn(field(node, "scope", inside));
        if (id != null) {
            inner = inner.at(id).orElse(inner.inGroup(id.replace('/', '_')));
        }
        String subscription = standIn(field(node, "subscriptionId", inside));
        if (subscription != null) {
            inner = inner.inSubscription(subscription);
        }
        String group = standIn(field(node, "resourceGroup", inside));
        return group == null ? inner : inner.inGroup(group);
    }

    /** A text, or what stands for it where it is not known; null where there is none. */
    private static @Nullable String standIn(Json value) {
        if (value instanceof Unknown unknown) {
            return unknown.symbol() == null ? "{" + unknown.reason().replace('/', '_') + "}" : unknown.symbol();
        }
        return value instanceof Text text && !text.value().isBlank() ? text.value() : null;
    }

    /** What a deployment gives the template inside it. */
    private Map<String, Node> parameters(Node properties, Context inside) {
        Map<String, Node> given =
                new HashMap<>(ParameterFiles.values(all.linkedParameters(properties.get("parametersLink"))));
        Node own = properties.get("parameters");
        for (Node parameter : own == null ? List.<Node>of() : own.members()) {
            given.put(parameter.key().toLowerCase(Locale.ROOT), parameter(parameter, inside));
        }
        return given;
    }

    /** What is given for one parameter: an object with its value, or an expression that makes one. */
    private Node parameter(Node parameter, Context inside) {
        Node whole = parameter.isObject() ? parameter : parameter.withValue(evaluator.evaluate(parameter, inside));
        if (whole.value() instanceof Unknown) {
            return whole;
        }
        Node value = whole.getOrNullValue("value");
        if (value == null) {
            return parameter.withValue(new Unknown("parameter '" + parameter.key() + "' is a secret"));
        }
        return whole == parameter ? value.withValue(evaluator.evaluate(value, inside)) : value;
    }
}
