package dev.netkb.api.read.template;

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values of one template with its parameters. What it cannot evaluate is {@link Unknown}, and so is what
 * depends on that, and nothing else. Lists and objects know where in the files they stand.
 */
final class Evaluator {

    /** The most turns that Azure allows a loop. */
    private static final int MOST_TURNS = 800;

    private static final long HEAVIEST = 200_000;

    /** The longest expression that Azure accepts. */
    private static final int LONGEST_EXPRESSION = 24_576;

    private final Node template;
    private final boolean isRoot;
    private final Map<String, Node> given;
    private final ScopeFunctions scopeFunctions;
    private final Effort effort;
    private final Problems problems;
    private final Map<String, Json> values = new HashMap<>();
    private final Map<String, Expression> parsed = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    /**
     * @param isRoot whether people can give its parameters values, as they cannot those of a deployment inside another
     * @param given the values of parameters by their names in lower case, evaluated; each stands where it was given
     * @param scopeFunctions the functions about the deployment and its resources
     */
    Evaluator(
            Node template,
            boolean isRoot,
            Map<String, Node> given,
            ScopeFunctions scopeFunctions,
            Effort effort,
            Problems problems) {
        this.template = template;
        this.isRoot = isRoot;
        this.given = Map.copyOf(given);
        this.scopeFunctions = scopeFunctions;
        this.effort = effort;
        this.problems = problems;
    }

    ScopeFunctions scopeFunctions() {
        return scopeFunctions;
    }

    /** A value of the template with all its expressions evaluated. */
    Json evaluate(Node node, Context context) {
        return effort.step(
                () -> {
                    Json result = value(node, context);
                    return result.weight() > HEAVIEST ? new Unknown("too large to be evaluated") : result;
                },
                Unknown::new);
    }

    private Json value(Node node, Context context) {
        if (node.value() instanceof Text text) {
            return text(text.value(), node, context);
        }
        if (node.value() instanceof Arr) {
            List<Json> items = new ArrayList<>();
            for (Node item : node.items()) {
                items.add(evaluate(item, context));
            }
            return new Arr(items).from(node.origin());
        }
        return node.value() instanceof Obj object ? object(object, node, context) : node.value();
    }

    private Json object(Obj object, Node node, Context context) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < object.size(); i++) {
            String key = object.keys().get(i);
            Node member = node.member(i);
            if (key.equalsIgnoreCase("copy") && member.isArray()) {
                for (Node loop : member.items()) {
                    members.put(String.valueOf(loop.text("name")), loop(loop, loop.text("name"), context));
                }
            } else {
                members.put(key(key, node, context), evaluate(member, context));
            }
        }
        return new Obj(List.copyOf(members.keySet()), List.copyOf(members.values())).from(node.origin());
    }

    /** Names of fields may be expressions, as those of user-assigned identities are. */
    private String key(String key, Node node, Context context) {
        return text(key, node, context) instanceof Text text ? text.value() : key;
    }

    /**
     * What a loop over values makes: the list of the values of {@code input}.
     *
     * @param name null where the loop has none, as that of an output
     */
    Json loop(Node loop, @Nullable String name, Context context) {
        Node input = loop.get("input");
        if (input == null) {
            return new Unknown("the copy loop '" + name + "' has no input");
        }
        Turns turns = turns(loop, context);
        if (turns.why() != null) {
            return new Arr(List.of(new Unknown(turns.why(), null, true))).from(loop.origin());
        }
        List<Json> items = new ArrayList<>();
        for (int i = 0; i < turns.count(); i++) {
            items.add(evaluate(input, context.inValueLoop(String.valueOf(name), number(i))));
        }
        return new Arr(items).from(loop.origin());
    }

    /**
     * How often a loop turns.
     *
     * @param why the reason why the number is not known, null where it is
     */
    record Turns(int count, @Nullable String why) {}

    Turns turns(Node loop, Context context) {
        Node count = loop.get("count");
        Json value = count == null ? new Unknown("it has no count") : evaluate(count, context);
        if (value instanceof Unknown unknown) {
            return new Turns(0, "the number of turns of a copy loop is not known: " + unknown.reason());
        }
        String digits = value instanceof Num number ? number.value() : value instanceof Text text ? text.value() : "";
        if (digits.matches("\\d{1,4}") && Integer.parseInt(digits) <= MOST_TURNS) {
            return new Turns(Integer.parseInt(digits), null);
        }
        return new Turns(
                0,
                "a copy loop has the count " + Problems.quote(value.toString()) + ", which must be a number from 0 to "
                        + MOST_TURNS);
    }

    static Num number(int value) {
        return new Num(Integer.toString(value));
    }

    private Json text(String text, Node node, Context context) {
        if (!ExpressionParser.isExpression(text)) {
            return new Text(ExpressionParser.literal(text));
        }
        Expression expression = text.length() > LONGEST_EXPRESSION
                ? new Expression.Invalid("it has more than " + LONGEST_EXPRESSION + " characters")
                : parsed.computeIfAbsent(text, ExpressionParser::parse);
        if (expression instanceof Expression.Invalid invalid) {
            problems.add(
                    ProblemCode.NOT_EVALUATED,
                    node.place(),
                    "the expression " + Problems.quote(text) + " has no value: " + invalid.why(),
                    "What depends on it is undetermined. A text that is no expression begins with two brackets: [[.");
            return new Unknown(text);
        }
        return expression(expression, text, context);
    }

    private Json expression(Expression expression, String whole, Context context) {
        return effort.step(() -> step(expression, whole, context), Unknown::new);
    }

    private Json step(Expression expression, String whole, Context context) {
        if (expression instanceof Expression.Text text) {
            return new Text(text.value());
        }
        if (expression instanceof Expression.Number number) {
            return new Num(number.value());
        }
        if (expression instanceof Expression.Call call) {
            return call(call, whole, context);
        }
        if (expression instanceof Expression.Property property) {
            return member(expression(property.target(), whole, context), new Text(property.name()), whole);
        }
        if (expression instanceof Expression.Index index) {
            return member(expression(index.target(), whole, context), expression(index.index(), whole, context), whole);
        }
        return new Unknown(whole);
    }

    private static Json member(Json target, Json index, String whole) {
        if (target instanceof Unknown unknown) {
            String name =
                    index instanceof Text text ? text.value() : index instanceof Num number ? number.value() : null;
            return unknown.symbol() == null || name == null
                    ? unknown.derived()
                    : new Unknown(unknown.reason(), unknown.symbol() + "." + name.replace('/', '_'));
        }
        if (index instanceof Unknown unknown) {
            return unknown.derived();
        }
        if (target instanceof Obj object && index instanceof Text key) {
            Json found = object.get(key.value());
            Unknown rest = object.rest();
            return found != null ? found : rest == null ? new Unknown(whole) : rest.derived();
        }
        if (target instanceof Arr array && index instanceof Num number) {
            int i = number.value().matches("\\d{1,9}")
                    ? Integer.parseInt(number.value())
                    : array.items().size();
            for (Json item : array.items().subList(0, Math.min(i, array.items().size()))) {
                if (item instanceof Unknown unknown && unknown.rest()) {
                    return new Unknown(unknown.reason());
                }
            }
            return i < array.items().size() ? array.items().get(i) : new Unknown(whole);
        }
        return new Unknown(whole);
    }

    private Json call(Expression.Call call, String whole, Context context) {
        String name = call.name().toLowerCase(Locale.ROOT);
        List<Expression> arguments = call.arguments();
        switch (name) {
            case "parameters", "variables":
                return named(name, one(arguments, whole, context), whole, context);
            case "lambdavariables":
                return one(arguments, whole, context) instanceof Text text
                        ? context.lambdaVariables().getOrDefault(text.value(), new Unknown(whole))
                        : new Unknown(whole);
            case "if":
                return choose(arguments, whole, context);
            case "copyindex":
                return context.copyIndex(all(arguments, whole, context), whole);
            default:
                break;
        }
        if (name.indexOf('.') > 0) {
            return ownFunction(name, all(arguments, whole, context), whole);
        }
        Optional<LambdaFunction> withLambdas = Functions.findLambda(name);
        if (withLambdas.isPresent()) {
            return lambdas(withLambdas.get(), arguments, whole, context);
        }
        List<Json> values = all(arguments, whole, context);
        Json about = scopeFunctions.call(name, values, whole);
        if (about != null) {
            return about;
        }
        return Functions.find(name)
                .map(function -> function.call(values))
                .orElseGet(() -> new Unknown("the function " + call.name() + " is not known"));
    }

    private List<Json> all(List<Expression> expressions, String whole, Context context) {
        List<Json> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(expression(expression, whole, context));
        }
        return values;
    }

    private Json one(List<Expression> arguments, String whole, Context context) {
        return arguments.size() == 1 ? expression(arguments.get(0), whole, context) : new Unknown(whole);
    }

    /** Both branches are looked at where the condition is not known: they may be the same. */
    private Json choose(List<Expression> arguments, String whole, Context context) {
        if (arguments.size() != 3) {
            return new Unknown(whole);
        }
        Json condition = expression(arguments.get(0), whole, context);
        Optional<Boolean> known = Functions.bool(condition);
        if (known.isPresent()) {
            return expression(arguments.get(known.get() ? 1 : 2), whole, context);
        }
        if (!(condition instanceof Unknown unknown)) {
            return new Unknown(whole);
        }
        Json yes = expression(arguments.get(1), whole, context);
        return yes.isKnown() && yes.equals(expression(arguments.get(2), whole, context))
                ? yes
                : new Unknown(unknown.reason());
    }

    private Json lambdas(LambdaFunction function, List<Expression> arguments, String whole, Context context) {
        List<Json> values = new ArrayList<>();
        List<Lambda> lambdas = new ArrayList<>();
        for (Expression argument : arguments) {
            if (argument instanceof Expression.Call call && call.name().equalsIgnoreCase("lambda")) {
                Optional<Lambda> lambda = lambda(call, whole, context);
                if (lambda.isEmpty()) {
                    return new Unknown(whole);
                }
                lambdas.add(lambda.get());
            } else {
                values.add(expression(argument, whole, context));
            }
        }
        return function.call(values, lambdas);
    }

    /** {@code lambda('name'…, expression)}. */
    private Optional<Lambda> lambda(Expression.Call call, String whole, Context context) {
        int last = call.arguments().size() - 1;
        List<String> names = new ArrayList<>();
        for (Expression argument : call.arguments().subList(0, Math.max(0, last))) {
            if (!(argument instanceof Expression.Text text)) {
                return Optional.empty();
            }
            names.add(text.value());
        }
        return last < 0
                ? Optional.empty()
                : Optional.of(new Body(List.copyOf(names), call.arguments().get(last), whole, context));
    }

    /** A lambda in the context in which it stands. */
    private final class Body implements Lambda {
        private final List<String> names;
        private final Expression expression;
        private final String whole;
        private final Context context;

        Body(List<String> names, Expression expression, String whole, Context context) {
            this.names = names;
            this.expression = expression;
            this.whole = whole;
            this.context = context;
        }

        @Override
        public int parameters() {
            return names.size();
        }

        @Override
        public Json apply(List<Json> arguments) {
            Context inside = context;
            for (int i = 0; i < names.size(); i++) {
                inside = inside.withLambdaVariable(names.get(i), arguments.get(i));
            }
            return expression(expression, whole, inside);
        }
    }

    /** A function of the template's own: {@code namespace.name(…)}. */
    private Json ownFunction(String name, List<Json> arguments, String whole) {
        int dot = name.lastIndexOf('.');
        for (Node namespace : items(template.get("functions"))) {
            Node members = namespace.get("members");
            Node function = members == null ? null : members.get(name.substring(dot + 1));
            if (function == null || !name.substring(0, dot).equalsIgnoreCase(namespace.text("namespace"))) {
                continue;
            }
            Map<String, Json> named = new HashMap<>();
            List<Node> parameters = items(function.get("parameters"));
            for (int i = 0; i < Math.min(parameters.size(), arguments.size()); i++) {
                named.put(String.valueOf(parameters.get(i).text("name")).toLowerCase(Locale.ROOT), arguments.get(i));
            }
            Node output = function.get("output");
            Node value = output == null ? null : output.get("value");
            return value == null ? new Unknown(whole) : evaluate(value, Context.ofFunction(named));
        }
        return new Unknown("the function " + name + " is not in the template");
    }

    private static List<Node> items(@Nullable Node list) {
        return list == null ? List.of() : list.items();
    }

    private Json named(String section, Json name, String whole, Context context) {
        if (!(name instanceof Text text)) {
            return name instanceof Unknown unknown ? unknown.derived() : new Unknown(whole);
        }
        Map<String, Json> ofFunction = context.functionParameters();
        if (ofFunction != null) {
            return section.equals("parameters")
                    ? ofFunction.getOrDefault(text.value().toLowerCase(Locale.ROOT), new Unknown(whole))
                    : new Unknown(whole);
        }
        String key = section + "/" + text.value().toLowerCase(Locale.ROOT);
        Json known = values.get(key);
        if (known != null) {
            return known;
        }
        if (!open.add(key)) {
            reportCycle(section, text.value(), key);
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

    private void reportCycle(String section, String name, String key) {
        Node at = template.get(section);
        Node definition = at == null ? null : at.get(name);
        problems.add(
                ProblemCode.CYCLE,
                (definition == null ? template : definition).place(),
                section.substring(0, section.length() - 1) + " " + Problems.quote(name) + " needs itself: "
                        + String.join(" → ", open) + " → " + key,
                "Give one of them a value of its own.");
    }

    private Json variable(String name, String whole) {
        Node variables = template.get("variables");
        if (variables == null) {
            return new Unknown(whole);
        }
        for (Node loop : items(variables.get("copy"))) {
            if (name.equalsIgnoreCase(loop.text("name"))) {
                return loop(loop, name, Context.NONE);
            }
        }
        Node definition = variables.getOrNullValue(name);
        return definition == null ? new Unknown(whole) : evaluate(definition, Context.NONE);
    }

    private Json parameter(String name, String whole) {
        Node parameters = template.get("parameters");
        Node definition = parameters == null ? null : parameters.get(name);
        if (definition == null) {
            return new Unknown(whole);
        }
        Node value = given.get(name.toLowerCase(Locale.ROOT));
        Node byDefault = definition.getOrNullValue("defaultValue");
        if (value != null && !(value.isNull() && byDefault != null)) {
            return value.value();
        }
        if (byDefault != null) {
            return evaluate(byDefault, Context.NONE);
        }
        return new ParameterType(template, definition).isNullable()
                ? Json.NULL
                : new Unknown(
                        "parameter '" + name + "' has no value" + (isRoot ? " (--parameters " + name + "=VALUE)" : ""),
                        "{" + name.replace('/', '_') + "}");
    }
}
