package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One deployment of one template: the resources that it makes, its outputs, and the deployments inside it. */
final class Deployment {

    /** Resources that are items of a list of another one: without them that list is not known. */
    private static final Set<String> LISTED = Set.of(
            "microsoft.network/networksecuritygroups/securityrules",
            "microsoft.network/routetables/routes",
            "microsoft.network/virtualnetworks/virtualnetworkpeerings",
            "microsoft.network/firewallpolicies/rulecollectiongroups");

    private final Deployments all;
    private final Node template;
    private final Evaluator evaluator;
    private final Context context;
    private final Scope scope;
    private final @Nullable Declared outer;
    private final Modules modules;
    private final List<Declared> declared = new ArrayList<>();
    private final Map<Declared, Json> values = new HashMap<>();
    private final Map<Declared, Optional<Deployment>> nested = new HashMap<>();
    private final Set<Declared> open = new HashSet<>();
    private boolean isDeclared;
    private @Nullable Json outputs;

    /**
     * A deployment whose template sees its own parameters and variables.
     *
     * @param given the values of its parameters by their names in lower case
     * @param outer the resource of another deployment that it is; null where it is deployed by itself
     */
    Deployment(
            Deployments all,
            Node template,
            Map<String, Node> given,
            Json name,
            Json location,
            Scope scope,
            @Nullable Declared outer) {
        this.all = all;
        this.template = template;
        this.context = Context.NONE;
        this.scope = scope;
        this.outer = outer;
        this.evaluator = new Evaluator(
                template,
                outer == null,
                given,
                new ScopeFunctions(scope, name, location, new References(all, this)),
                all.effort(),
                all.problems());
        this.modules = new Modules(all, this);
    }

    /** A deployment inside another one, whose expressions see what those of the other one see. */
    Deployment(Node template, Scope scope, Declared outer) {
        this.all = outer.deployment().all;
        this.template = template;
        this.context = outer.context();
        this.scope = scope;
        this.outer = outer;
        this.evaluator = outer.deployment().evaluator;
        this.modules = new Modules(all, this);
    }

    Evaluator evaluator() {
        return evaluator;
    }

    Scope scope() {
        return scope;
    }

    /** The resource of another deployment that it is; null where it is deployed by itself. */
    @Nullable
    Declared outer() {
        return outer;
    }

    /** How many deployments it is in. */
    int depth() {
        return outer == null ? 0 : outer.deployment().depth() + 1;
    }

    /** Its own resources, without those of the deployments inside it. */
    List<Declared> declared() {
        return Collections.unmodifiableList(declared);
    }

    /** Finds out, once, which resources there are, in it and in the deployments inside it. */
    void declare() {
        if (isDeclared) {
            return;
        }
        isDeclared = true;
        declare(template.get("resources"), null, context, null);
        for (Declared resource : List.copyOf(declared)) {
            if (resource.isDeployment() && !resource.existing()) {
                nested(resource).ifPresent(Deployment::declare);
            }
        }
    }

    private void declare(@Nullable Node list, @Nullable Declared parent, Context inside, @Nullable String openLoop) {
        if (list == null) {
            return;
        }
        for (Node item : list.isObject() ? list.members() : list.items()) {
            if (item.isObject()) {
                loop(item, list.isObject() ? item.key() : null, parent, inside, openLoop);
            }
        }
    }

    /** Declares a resource once, or once for each turn of its loop. */
    private void loop(
            Node node, @Nullable String symbol, @Nullable Declared parent, Context inside, @Nullable String openLoop) {
        Node copy = node.get("copy");
        if (copy == null) {
            declare(node, symbol, parent, inside, openLoop);
            return;
        }
        String name = String.valueOf(copy.text("name"));
        Evaluator.Turns turns = evaluator.turns(copy, inside);
        String why = turns.why();
        if (why != null) {
            Json turn = new Unknown(why, "{" + name.replace('/', '_') + "}");
            declare(node, symbol, parent, inside.inResourceLoop(name, turn), firstOf(openLoop, why));
            return;
        }
        for (int i = 0; i < turns.count(); i++) {
            String one = symbol == null ? null : symbol + "[" + i + "]";
            declare(node, one, parent, inside.inResourceLoop(name, Evaluator.number(i)), openLoop);
        }
    }

    private void declare(
            Node node, @Nullable String symbol, @Nullable Declared parent, Context inside, @Nullable String openLoop) {
        if (!all.hasRoom(node)) {
            return;
        }
        Json typeValue = field(node, "type", inside);
        String type = typeValue instanceof Text text ? text.value().trim() : "";
        if (type.isEmpty()) {
            reportNoType(node, typeValue);
            return;
        }
        boolean relative = parent != null && !type.contains(".");
        String fullType = relative && parent != null ? parent.type() + "/" + type : type;
        String name = name(node, field(node, "name", inside), inside);
        String fullName = relative && parent != null ? parent.name() + "/" + name : name;
        String why = firstOf(openLoop, outer == null ? null : outer.doubt());
        Json condition = field(node, "condition", inside);
        Optional<Boolean> holds = condition instanceof Json.Null ? Optional.of(true) : Functions.bool(condition);
        if (holds.isEmpty()) {
            why = firstOf(why, "whether it is deployed is not known: " + condition);
        }
        boolean existing =
                node.get("existing") != null && node.get("existing").value().equals(new Bool(true));
        Declared resource = new Declared(
                this, node, inside, fullType, fullName, symbol, prefix(node, fullType, inside), existing, why);
        if (holds.orElse(true)) {
            declare(resource);
        }
        if (!resource.isDeployment()) {
            // A condition says nothing of the resources inside: each has its own.
            declare(node.get("resources"), resource, inside, openLoop);
        }
    }

    private void declare(Declared resource) {
        String name = resource.name();
        if (name.split("/", -1).length == resource.type().split("/", -1).length - 1) {
            declared.add(resource);
            all.register(resource);
        } else if (isListed(resource) && name.contains("{")) {
            all.withoutParent(resource, "its name is not known: " + Problems.quote(name));
        } else {
            all.leftOut(
                    resource.node(),
                    resource.type(),
                    "its name " + Problems.quote(name) + " does not have one part for each part of its type");
        }
    }

    /** Whether it is an item of a list of another resource, so that without it that list is not known. */
    static boolean isListed(Declared resource) {
        return LISTED.contains(resource.type().toLowerCase(Locale.ROOT));
    }

    private static @Nullable String firstOf(@Nullable String... reasons) {
        for (String reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private void reportNoType(Node node, Json type) {
        if (type instanceof Unknown reason) {
            all.leftOut(node, "", "its type is not known: " + Problems.quote(reason.reason()));
        } else {
            all.problems()
                    .add(
                            ProblemCode.MISSING_FIELD,
                            node.place(),
                            "a resource of the template has no type",
                            "Every resource has type, apiVersion and name.");
        }
    }

    /** The name, or what stands for it where it is not known. */
    private static String name(Node node, Json value, Context inside) {
        String name =
                value instanceof Text text ? text.value() : value instanceof Unknown unknown ? unknown.symbol() : null;
        if (name != null && !name.isBlank()) {
            return name;
        }
        // Equal expressions have equal values, in the same turn of the loops around them.
        String written = String.valueOf(node.text("name"));
        String inner = ExpressionParser.isExpression(written) ? written.substring(1, written.length() - 1) : written;
        return "{" + inner.replace('/', '_') + "}" + inside.turnText();
    }

    /** What the id of a resource begins with: the scope that it names, else that of the deployment. */
    private String prefix(Node node, String type, Context inside) {
        if (Declared.isDeployment(type)) {
            return modules.scope(node, inside).id();
        }
        Json value = field(node, "scope", inside);
        String given =
                value instanceof Text text ? text.value() : value instanceof Unknown unknown ? unknown.symbol() : null;
        if (given == null) {
            return scope.id();
        }
        if (given.startsWith("/")) {
            return given.equals("/") ? "" : given;
        }
        return scope.resourceId(splitRelative(given)).orElseGet(scope::id);
    }

    /** {@code Microsoft.Network/virtualNetworks/x} as the arguments of {@code resourceId}. */
    private static List<String> splitRelative(String relative) {
        String[] parts = relative.split("/", -1);
        StringBuilder type = new StringBuilder(parts[0]);
        List<String> names = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            if (i % 2 == 1) {
                type.append('/').append(parts[i]);
            } else {
                names.add(parts[i]);
            }
        }
        names.add(0, type.toString());
        return names;
    }

    private Json field(Node node, String key, Context inside) {
        Node found = node.get(key);
        return found == null ? Json.NULL : evaluator.evaluate(found, inside);
    }

    /** Its resources with those of the deployments inside, in the order in which they stand in the templates. */
    void addTo(List<Declared> found) {
        for (Declared resource : declared) {
            if (resource.isDeployment()) {
                nested(resource).ifPresent(inner -> inner.addTo(found));
            } else if (!resource.existing()) {
                found.add(resource);
            }
        }
    }

    /** What a resource says, evaluated, without the resources inside it. */
    Json value(Declared resource) {
        Json known = values.get(resource);
        if (known != null) {
            return known;
        }
        if (!open.add(resource)) {
            return new Unknown("the resource " + Problems.quote(resource.name()) + " refers to itself");
        }
        try {
            Json value = evaluator.evaluate(withoutChildren(resource.node()), resource.context());
            values.put(resource, value);
            return value;
        } finally {
            open.remove(resource);
        }
    }

    /** What is read elsewhere or never is not evaluated. */
    private static Node withoutChildren(Node node) {
        Json.Obj object = (Json.Obj) node.value();
        List<String> keys = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        for (int i = 0; i < object.size(); i++) {
            switch (object.keys().get(i).toLowerCase(Locale.ROOT)) {
                case "resources", "dependson", "tags", "copy", "condition" -> {}
                default -> {
                    keys.add(object.keys().get(i));
                    values.add(object.value(i));
                }
            }
        }
        return node.withValue(new Obj(keys, values));
    }

    /** The deployment that a resource is; empty where its template is not there, or where it needs itself. */
    Optional<Deployment> nested(Declared resource) {
        Optional<Deployment> known = nested.get(resource);
        if (known != null) {
            return known;
        }
        if (resource.existing() || !open.add(resource)) {
            return Optional.empty();
        }
        try {
            Optional<Deployment> made = modules.find(resource);
            nested.put(resource, made);
            return made;
        } finally {
            open.remove(resource);
        }
    }

    /** What it gives out: an object for each output. */
    Json outputs() {
        if (outputs == null) {
            outputs = new Unknown("the outputs of a deployment need themselves");
            outputs = evaluateOutputs();
        }
        return outputs;
    }

    private Json evaluateOutputs() {
        Map<String, Json> members = new LinkedHashMap<>();
        Node section = template.get("outputs");
        for (Node output : section == null ? List.<Node>of() : section.members()) {
            Node value = output.getOrNullValue("value");
            Node copy = output.get("copy");
            Json evaluated = copy != null
                    ? evaluator.loop(copy, copy.text("name"), context)
                    : value == null ? Json.NULL : evaluator.evaluate(value, context);
            members.put(output.key(), ScopeFunctions.object("value", evaluated));
        }
        return new Obj(List.copyOf(members.keySet()), List.copyOf(members.values()));
    }
}
