package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
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
final class Deployment implements ScopeFunctions.Resources {

    /** Resources that are items of a list of another one: without them that list is not known. */
    private static final Set<String> LISTED = Set.of(
            "microsoft.network/networksecuritygroups/securityrules",
            "microsoft.network/routetables/routes",
            "microsoft.network/virtualnetworks/virtualnetworkpeerings");

    private final Deployments all;
    private final Node template;
    private final Evaluator evaluator;
    private final Context context;
    private final Scope scope;
    private final @Nullable String doubt;
    private final List<Declared> declared = new ArrayList<>();
    private final Map<Declared, Json> values = new HashMap<>();
    private final Map<Declared, Optional<Deployment>> nested = new HashMap<>();
    private final Set<Declared> open = new HashSet<>();
    private @Nullable Json outputs;

    /** A deployment whose template sees its own parameters and variables. */
    Deployment(
            Deployments all,
            Node template,
            Map<String, Node> given,
            String name,
            Json location,
            Scope scope,
            @Nullable String doubt) {
        this.all = all;
        this.template = template;
        this.context = Context.NONE;
        this.scope = scope;
        this.doubt = doubt;
        this.evaluator = new Evaluator(
                template, given, new ScopeFunctions(scope, name, location, this), all.effort(), all.problems());
    }

    /** A deployment inside another one, whose expressions see what those of the other one see. */
    private Deployment(Deployment outer, Node template, Context context, Scope scope, @Nullable String doubt) {
        this.all = outer.all;
        this.template = template;
        this.context = context;
        this.scope = scope;
        this.doubt = doubt;
        this.evaluator = outer.evaluator;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    /** Finds out which resources there are, in it and in the deployments inside it. */
    void declare() {
        declare(template.get("resources"), null, context);
        for (Declared resource : List.copyOf(declared)) {
            if (resource.isDeployment() && !resource.existing()) {
                nested(resource).ifPresent(Deployment::declareOnce);
            }
        }
    }

    private void declareOnce() {
        if (declared.isEmpty()) {
            declare();
        }
    }

    private void declare(@Nullable Node list, @Nullable Declared parent, Context inside) {
        if (list == null) {
            return;
        }
        for (Node item : list.isObject() ? list.members() : list.items()) {
            if (item.isObject()) {
                loop(item, list.isObject() ? item.key() : null, parent, inside);
            }
        }
    }

    /** Declares a resource once, or once for each turn of its loop. */
    private void loop(Node node, @Nullable String symbol, @Nullable Declared parent, Context inside) {
        Node copy = node.get("copy");
        if (copy == null) {
            declare(node, symbol, parent, inside, null);
            return;
        }
        String name = String.valueOf(copy.text("name"));
        Evaluator.Turns turns = evaluator.turns(copy, inside);
        String why = turns.why();
        if (why != null) {
            Json turn = new Unknown(why, "{" + name.replace('/', '_') + "}");
            declare(node, symbol, parent, inside.inResourceLoop(name, turn), why);
            return;
        }
        for (int i = 0; i < turns.count(); i++) {
            String one = symbol == null ? null : symbol + "[" + i + "]";
            declare(node, one, parent, inside.inResourceLoop(name, Evaluator.number(i)), null);
        }
    }

    private void declare(
            Node node, @Nullable String symbol, @Nullable Declared parent, Context inside, @Nullable String openLoop) {
        if (!all.hasRoom(node)) {
            return;
        }
        Json typeValue = field(node, "type", inside);
        String type = typeValue instanceof Text text ? text.value() : null;
        if (type == null) {
            reportNoType(node, typeValue);
            return;
        }
        boolean relative = parent != null && !type.contains(".");
        String fullType = relative && parent != null ? parent.type() + "/" + type : type;
        String why = firstOf(openLoop, doubt, parent == null ? null : parent.doubt());
        Json condition = field(node, "condition", inside);
        Optional<Boolean> holds = condition instanceof Json.Null ? Optional.of(true) : Functions.bool(condition);
        if (holds.isPresent() && !holds.get()) {
            return;
        }
        if (holds.isEmpty()) {
            why = firstOf(why, "whether it is deployed is not known: " + condition);
        }
        Json nameValue = field(node, "name", inside);
        String name = name(node, nameValue);
        if (name == null) {
            String reason = nameValue instanceof Unknown unknown ? unknown.reason() : "it has none";
            all.leftOut(node, fullType, "its name is not known: " + Problems.quote(reason));
            return;
        }
        String fullName = relative && parent != null ? parent.name() + "/" + name : name;
        if (fullName.split("/", -1).length != fullType.split("/", -1).length - 1) {
            all.leftOut(
                    node,
                    fullType,
                    "its name " + Problems.quote(fullName) + " does not have one part for each part of its type");
            return;
        }
        boolean existing =
                node.get("existing") != null && node.get("existing").value().equals(new Bool(true));
        Declared resource = new Declared(
                this, node, inside, fullType, fullName, symbol, prefix(node, fullType, inside), existing, why);
        declared.add(resource);
        all.register(resource);
        if (!Declared.isDeployment(fullType)) {
            declare(node.get("resources"), resource, inside);
        }
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

    /** The name, or a stand-in where it has parts without a value; null where it is not known at all. */
    private static @Nullable String name(Node node, Json value) {
        String name =
                value instanceof Text text ? text.value() : value instanceof Unknown unknown ? unknown.symbol() : null;
        String written = node.text("name");
        if (name != null && name.isBlank() && written != null && ExpressionParser.isExpression(written)) {
            // A parameters file with its texts still to be filled in.
            return "{" + written.substring(1, written.length() - 1).replace('/', '_') + "}";
        }
        return name == null || name.isBlank() ? null : name;
    }

    /** What the id of a resource begins with: the scope that it names, else that of the deployment. */
    private String prefix(Node node, String type, Context inside) {
        Json value = field(node, "scope", inside);
        String given =
                value instanceof Text text ? text.value() : value instanceof Unknown unknown ? unknown.symbol() : null;
        if (Declared.isDeployment(type)) {
            return innerScope(node, inside).id();
        }
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

    /** The planned resources, with those of the deployments inside. */
    void addTo(List<Resource> found) {
        for (Declared resource : declared) {
            if (resource.existing()) {
                continue;
            }
            if (resource.isDeployment()) {
                nested(resource).ifPresent(inner -> inner.addTo(found));
            } else if (resource.doubt() == null) {
                found.add(planned(resource, value(resource)));
            } else if (LISTED.contains(resource.type().toLowerCase(Locale.ROOT))) {
                Json unknown = new Obj(List.of("properties"), List.of(new Unknown(resource.doubt())));
                found.add(planned(resource, unknown));
            } else {
                all.leftOut(resource.node(), resource.type(), Problems.quote(resource.doubt()));
            }
        }
    }

    private static Resource planned(Declared resource, Json value) {
        return Resource.of(
                resource.prefix(),
                resource.type(),
                resource.name(),
                resource.node().withValue(value),
                true);
    }

    /** What a resource says, evaluated, without the resources inside it. */
    private Json value(Declared resource) {
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

    /** The deployment that a resource is; empty, with a notice, where its template is not there. */
    private Optional<Deployment> nested(Declared resource) {
        Optional<Deployment> known = nested.get(resource);
        if (known != null) {
            return known;
        }
        if (!open.add(resource)) {
            return Optional.empty();
        }
        try {
            Optional<Deployment> made = makeNested(resource);
            nested.put(resource, made);
            return made;
        } finally {
            open.remove(resource);
        }
    }

    private Optional<Deployment> makeNested(Declared resource) {
        Node properties = resource.node().get("properties");
        Node inline = properties == null ? null : properties.get("template");
        Node link = properties == null ? null : properties.get("templateLink");
        Node found = inline;
        if (found != null && !found.isObject()) {
            found = found.withValue(evaluator.evaluate(found, resource.context()));
        }
        if (found == null && link != null) {
            found = all.linked(
                            link,
                            field(link, "relativePath", resource.context()),
                            field(link, "uri", resource.context()))
                    .orElse(null);
        }
        if (properties == null || found == null || !found.isObject()) {
            all.withoutTemplate(resource.node(), link);
            return Optional.empty();
        }
        Scope inner = innerScope(resource.node(), resource.context());
        Node options = properties.get("expressionEvaluationOptions");
        boolean ownScope =
                link != null && inline == null || options != null && "inner".equalsIgnoreCase(options.text("scope"));
        return Optional.of(
                ownScope
                        ? new Deployment(
                                all,
                                found,
                                parameters(properties, resource.context()),
                                resource.name(),
                                location(resource),
                                inner,
                                resource.doubt())
                        : new Deployment(this, found, resource.context(), inner, resource.doubt()));
    }

    private Json location(Declared deployment) {
        Json own = deployment.field("location");
        return own instanceof Json.Null ? evaluator.scopeFunctions().location() : own;
    }

    /** Where a deployment inside this one puts its resources. */
    private Scope innerScope(Node node, Context inside) {
        Scope inner = scope;
        String id = symbolic(field(node, "scope", inside));
        if (id != null) {
            inner = inner.at(id).orElse(inner);
        }
        String subscription = symbolic(field(node, "subscriptionId", inside));
        if (subscription != null) {
            inner = inner.inSubscription(subscription);
        }
        String group = symbolic(field(node, "resourceGroup", inside));
        return group == null ? inner : inner.inGroup(group);
    }

    private static @Nullable String symbolic(Json value) {
        return value instanceof Text text ? text.value() : value instanceof Unknown unknown ? unknown.symbol() : null;
    }

    /** What a deployment gives the template inside it. */
    private Map<String, Node> parameters(Node properties, Context inside) {
        Map<String, Node> given = new HashMap<>();
        Node file = all.linkedParameters(properties.get("parametersLink"));
        for (Node list : java.util.Arrays.asList(file, properties.get("parameters"))) {
            for (Node parameter : list == null ? List.<Node>of() : list.members()) {
                given.put(parameter.key().toLowerCase(Locale.ROOT), parameter(parameter, inside));
            }
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

    private Json outputs() {
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

    @Override
    public Json reference(String target, boolean full, String whole) {
        return find(target)
                .map(found -> found.deployment().referenced(found, full, whole))
                .orElseGet(() -> new Unknown(whole));
    }

    @Override
    public Json references(String symbol, boolean full, String whole) {
        List<Json> items = new ArrayList<>();
        for (Declared resource : declared) {
            if (resource.symbol() != null && resource.symbol().startsWith(symbol + "[")) {
                items.add(referenced(resource, full, whole));
            } else if (symbol.equals(resource.symbol())) {
                return new Unknown(resource.doubt() == null ? whole : resource.doubt());
            }
        }
        return new Arr(items);
    }

    @Override
    public Optional<Json> info(String symbol) {
        return find(symbol)
                .map(resource -> ScopeFunctions.object(
                        "id", new Text(resource.id()),
                        "name", new Text(resource.name()),
                        "type", new Text(resource.type()),
                        "apiVersion", resource.field("apiVersion")));
    }

    @Override
    public Json locationOfGroup(Scope group) {
        Optional<Declared> made = all.byId(group.groupId());
        return made.isPresent() ? made.get().field("location") : all.locationOfGroup(group);
    }

    /** The resource with a symbolic name, an id or a name. */
    private Optional<Declared> find(String target) {
        Optional<Declared> named = declared.stream()
                .filter(resource -> target.equals(resource.symbol()))
                .findFirst();
        if (named.isPresent() && !named.get().existing()) {
            return named;
        }
        if (named.isPresent()) {
            return all.byId(named.get().id());
        }
        if (target.startsWith("/")) {
            return all.byId(target);
        }
        List<Declared> here = declared.stream()
                .filter(resource -> resource.name().equalsIgnoreCase(target) && !resource.existing())
                .toList();
        return here.isEmpty() ? all.byName(target) : here.size() == 1 ? Optional.of(here.get(0)) : Optional.empty();
    }

    private Json referenced(Declared resource, boolean full, String whole) {
        if (resource.doubt() != null) {
            return new Unknown(resource.doubt());
        }
        if (resource.isDeployment()) {
            Json given = nested(resource)
                    .map(inner -> {
                        inner.declareOnce();
                        return inner.outputs();
                    })
                    .orElseGet(() -> new Unknown(whole));
            Json properties = ScopeFunctions.object("outputs", given, "provisioningState", new Text("Succeeded"));
            return full ? full(resource, properties) : properties;
        }
        if (!(value(resource) instanceof Obj value)) {
            return new Unknown(whole);
        }
        Json properties = value.get("properties");
        Json withIds = properties instanceof Obj object ? withIds(object, resource.id()) : ScopeFunctions.object();
        if (properties instanceof Unknown) {
            withIds = properties;
        }
        return full ? full(resource, value.with("properties", withIds)) : withIds;
    }

    private static Json full(Declared resource, Json value) {
        Obj object = value instanceof Obj known && known.get("properties") != null
                ? known
                : ScopeFunctions.object("properties", value);
        return object.with("resourceId", new Text(resource.id()));
    }

    /** Azure gives the items of lists such as subnets an id; templates do not. */
    private static Obj withIds(Obj properties, String id) {
        Obj result = properties;
        for (int i = 0; i < properties.size(); i++) {
            if (properties.value(i) instanceof Arr list) {
                String collection = id + "/" + properties.keys().get(i) + "/";
                List<Json> items = list.items().stream()
                        .map(item -> withId(item, collection))
                        .toList();
                result = result.with(properties.keys().get(i), new Arr(items));
            }
        }
        return result;
    }

    private static Json withId(Json item, String collection) {
        if (!(item instanceof Obj object) || object.get("id") != null) {
            return item;
        }
        Json name = object.get("name");
        if (name instanceof Text text) {
            return object.with("id", new Text(collection + text.value()));
        }
        return name instanceof Unknown unknown && unknown.symbol() != null
                ? object.with("id", new Unknown(unknown.reason(), collection + unknown.symbol()))
                : item;
    }
}
