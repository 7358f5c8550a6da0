package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives the values of one template with its parameters. What it cannot evaluate is {@link Unknown}. */
final class Evaluator {

    private static final int DEEPEST = 300;
    private static final long HEAVIEST = 200_000;

    private final Node template;
    private final @Nullable Node parameterFile;
    private final Problems problems;
    private final Map<String, Json> values = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Map<String, Unknown> loops = new HashMap<>();
    private int depth;

    Evaluator(Node template, @Nullable Node parameterFile, Problems problems) {
        this.template = template;
        this.parameterFile = parameterFile == null ? null : parameterFile.get("parameters");
        this.problems = problems;
        Node variables = template.get("variables");
        Node copies = variables == null ? null : variables.get("copy");
        if (copies != null) {
            for (Node copy : copies.items()) {
                String name = copy.text("name");
                if (name != null) {
                    loops.put(name.toLowerCase(Locale.ROOT), loop(copy, name));
                }
            }
        }
    }

    /** A value of the template with all its expressions evaluated. */
    Json evaluate(Json value) {
        return evaluate(value, null);
    }

    private Json evaluate(Json value, @Nullable Node at) {
        if (++depth > DEEPEST) {
            depth--;
            return new Unknown("nested too deeply to be evaluated");
        }
        try {
            Json result = value;
            if (value instanceof Text text) {
                result = text(text.value());
            } else if (value instanceof Arr array) {
                List<Json> items = new ArrayList<>(array.items().size());
                for (Json item : array.items()) {
                    items.add(evaluate(item, at));
                }
                result = new Arr(items);
            } else if (value instanceof Obj object) {
                result = object(object, at);
            }
            return result.weight() > HEAVIEST ? new Unknown("too large to be evaluated") : result;
        } finally {
            depth--;
        }
    }

    private Json object(Obj object, @Nullable Node at) {
        List<String> keys = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        for (int i = 0; i < object.size(); i++) {
            String key = object.keys().get(i);
            if (key.equalsIgnoreCase("copy") && object.value(i) instanceof Arr copies) {
                for (Json copy : copies.items()) {
                    if (copy instanceof Obj loop && loop.get("name") instanceof Text name) {
                        keys.add(name.value());
                        values.add(loop(at == null ? template : at, name.value()));
                    }
                }
            } else {
                keys.add(ExpressionParser.isExpression(key) ? key : ExpressionParser.literal(key));
                values.add(evaluate(object.value(i), at));
            }
        }
        return new Obj(keys, values);
    }

    /** As {@link #evaluate(Json)}, where the place of loops matters. */
    Node evaluate(Node node) {
        return node.withValue(evaluate(node.value(), node));
    }

    private Unknown loop(Node at, String name) {
        problems.add(
                ProblemCode.NOT_EVALUATED,
                at.place(),
                "the copy loop " + Problems.quote(name) + " is not evaluated",
                "What it makes is unknown. Give the deployed resources instead, or the template without the loop.");
        return new Unknown("copy loop '" + name + "'");
    }

    private Json text(String text) {
        if (!ExpressionParser.isExpression(text)) {
            return text.startsWith("[[") ? new Text(ExpressionParser.literal(text)) : new Text(text);
        }
        Optional<Expression> parsed = ExpressionParser.parse(text);
        if (parsed.isEmpty()) {
            return new Unknown(text);
        }
        return expression(parsed.get(), text);
    }

    private Json expression(Expression expression, String whole) {
        if (expression instanceof Expression.Text text) {
            return new Text(text.value());
        }
        if (expression instanceof Expression.Number number) {
            return new Num(number.value());
        }
        if (expression instanceof Expression.Call call) {
            return call(call, whole);
        }
        if (expression instanceof Expression.Property property) {
            return member(expression(property.target(), whole), new Text(property.name()), whole);
        }
        Expression.Index index = (Expression.Index) expression;
        return member(expression(index.target(), whole), expression(index.index(), whole), whole);
    }

    private static Json member(Json target, Json index, String whole) {
        if (target instanceof Unknown) {
            return target;
        }
        if (index instanceof Unknown) {
            return index;
        }
        Json found = null;
        if (target instanceof Obj object && index instanceof Text key) {
            found = object.get(key.value());
        } else if (target instanceof Arr array && index instanceof Num number) {
            int i = number.value().length() > 9 ? -1 : Integer.parseInt(number.value());
            found = i >= 0 && i < array.items().size() ? array.items().get(i) : null;
        }
        return found == null ? new Unknown(whole) : found;
    }

    private Json call(Expression.Call call, String whole) {
        String name = call.name().toLowerCase(Locale.ROOT);
        List<Expression> arguments = call.arguments();
        switch (name) {
            case "parameters":
                return named(arguments, "parameters", whole);
            case "variables":
                return named(arguments, "variables", whole);
            case "if":
                return choose(arguments, whole);
            case "resourcegroup":
                return arguments.isEmpty() ? resourceGroup() : new Unknown(whole);
            case "subscription":
                return arguments.isEmpty() ? subscription() : new Unknown(whole);
            default:
                break;
        }
        Optional<Functions.Function> function = Functions.find(name);
        List<Json> values = new ArrayList<>();
        Unknown first = null;
        for (Expression argument : arguments) {
            Json value = expression(argument, whole);
            if (value instanceof Unknown unknown && !keepsUnknown(name)) {
                if (unknown.symbol() == null || !Functions.isSymbolic(name)) {
                    return unknown;
                }
                first = first == null ? unknown : first;
                value = new Text(unknown.symbol());
            }
            values.add(value);
        }
        Json result = function.flatMap(f -> f.apply(values)).orElseGet(() -> new Unknown(whole));
        return first == null ? result : new Unknown(first.reason(), result instanceof Text text ? text.value() : null);
    }

    /** Functions whose result holds its arguments as they are. */
    private static boolean keepsUnknown(String function) {
        return function.equals("createarray") || function.equals("createobject");
    }

    private Json choose(List<Expression> arguments, String whole) {
        if (arguments.size() != 3) {
            return new Unknown(whole);
        }
        Json condition = expression(arguments.get(0), whole);
        if (condition instanceof Unknown) {
            return condition;
        }
        return Functions.bool(condition)
                .map(yes -> expression(arguments.get(yes ? 1 : 2), whole))
                .orElseGet(() -> new Unknown(whole));
    }

    private static Json resourceGroup() {
        String id = "/subscriptions/" + Resource.SUBSCRIPTION + "/resourceGroups/" + Resource.RESOURCE_GROUP;
        return new Obj(
                List.of("id", "name", "location", "type"),
                List.of(
                        new Text(id),
                        new Text(Resource.RESOURCE_GROUP),
                        new Unknown("[resourceGroup().location]", "{resourceGroup().location}"),
                        new Text("Microsoft.Resources/resourceGroups")));
    }

    private static Json subscription() {
        return new Obj(
                List.of("id", "subscriptionId", "tenantId"),
                List.of(
                        new Text("/subscriptions/" + Resource.SUBSCRIPTION),
                        new Text(Resource.SUBSCRIPTION),
                        new Unknown("[subscription().tenantId]")));
    }

    private Json named(List<Expression> arguments, String section, String whole) {
        Json name = arguments.size() == 1 ? expression(arguments.get(0), whole) : new Unknown(whole);
        if (!(name instanceof Text text)) {
            return new Unknown(whole);
        }
        String key = section + "/" + text.value().toLowerCase(Locale.ROOT);
        Json known = values.get(key);
        if (known != null) {
            return known;
        }
        if (!open.add(key)) {
            Node at = template.get(section);
            Node definition = at == null ? null : at.get(text.value());
            problems.add(
                    ProblemCode.CYCLE,
                    (definition == null ? template : definition).place(),
                    section.substring(0, section.length() - 1) + " " + Problems.quote(text.value()) + " needs itself: "
                            + String.join(" → ", open) + " → " + key,
                    "Give one of them a value of its own.");
            return new Unknown(whole);
        }
        try {
            Json value = section.equals("parameters") ? parameter(text.value(), whole) : variable(text.value(), whole);
            values.put(key, value);
            return value;
        } finally {
            open.remove(key);
        }
    }

    private Json variable(String name, String whole) {
        Unknown loop = loops.get(name.toLowerCase(Locale.ROOT));
        Node variables = template.get("variables");
        Node definition = variables == null ? null : variables.getOrNullValue(name);
        if (loop != null) {
            return loop;
        }
        return definition == null ? new Unknown(whole) : evaluate(definition.value(), definition);
    }

    private Json parameter(String name, String whole) {
        Node given = parameterFile == null ? null : parameterFile.get(name);
        Node value = given == null ? null : given.getOrNullValue("value");
        if (value != null) {
            return value.value();
        }
        if (given != null) {
            return new Unknown("parameter '" + name + "' is a secret");
        }
        Node parameters = template.get("parameters");
        Node definition = parameters == null ? null : parameters.get(name);
        Node byDefault = definition == null ? null : definition.getOrNullValue("defaultValue");
        if (byDefault != null) {
            return evaluate(byDefault.value(), byDefault);
        }
        return definition == null
                ? new Unknown(whole)
                : new Unknown("parameter '" + name + "' has no value", "{" + name.replace('/', '_') + "}");
    }
}
