package dev.netkb.api.read.terraform;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one plan or state lists. A plan's {@code planned_values} are what there will be when it was applied: resources
 * that it deletes are not among them. Data sources that were read before stand in {@code prior_state}.
 */
final class Document {

    private static final String DATA = "data";

    private final Node root;
    private final Problems problems;
    private final Configuration configuration;
    private final Map<String, Node> changes = new HashMap<>();
    private final Set<Instance> instances = new LinkedHashSet<>();

    Document(Node root, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.configuration = new Configuration(root);
        for (Node change : list(root, "resource_changes")) {
            String address = change.text("address");
            if (address != null && change.get("deposed") == null) {
                changes.putIfAbsent(address, change);
            }
        }
        if (isRawState(root)) {
            list(root, "resources").forEach(this::rawState);
        } else {
            Node planned = Configuration.at(root, "planned_values", "root_module");
            module(planned == null ? Configuration.at(root, "values", "root_module") : planned, null);
            module(Configuration.at(root, "prior_state", "values", "root_module"), DATA);
        }
    }

    /** Whether a file is the raw state that Terraform keeps, {@code terraform.tfstate}. */
    static boolean isRawState(Node root) {
        return root.get("serial") != null && root.get("version") != null && root.get("terraform_version") != null;
    }

    boolean isPlan() {
        return root.get("planned_values") != null;
    }

    Node root() {
        return root;
    }

    List<Instance> instances() {
        return List.copyOf(instances);
    }

    Configuration configuration() {
        return configuration;
    }

    /** What resources of a type are before the plan is applied: those that it deletes too. */
    List<Node> before(String terraformType) {
        return changes.values().stream()
                .filter(change -> terraformType.equals(change.text("type")))
                .map(change -> Configuration.at(change, "change", "before"))
                .filter(before -> before != null && before.isObject())
                .toList();
    }

    private void module(@Nullable Node module, @Nullable String onlyMode) {
        for (Node item : list(module, "resources")) {
            String mode = item.text("mode");
            if (onlyMode == null || onlyMode.equals(mode)) {
                resource(item, DATA.equals(mode));
            }
        }
        for (Node child : list(module, "child_modules")) {
            module(child, onlyMode);
        }
    }

    private void resource(Node item, boolean data) {
        String address = item.text("address");
        String type = item.text("type");
        String name = item.text("name");
        Node values = item.get("values");
        if (address == null || type == null || name == null) {
            reportNone(item);
            return;
        }
        Node change = changes.get(address);
        add(
                address,
                type,
                name,
                data,
                index(item.get("index")),
                values == null ? item.withValue(new Json.Obj(List.of(), List.of())) : values,
                value(Configuration.at(change, "change", "after_unknown")),
                value(item.get("sensitive_values")));
    }

    private void rawState(Node item) {
        String module = item.text("module");
        String type = item.text("type");
        String name = item.text("name");
        boolean data = DATA.equals(item.text("mode"));
        if (type == null || name == null) {
            reportNone(item);
            return;
        }
        String stem = (module == null ? "" : module + ".") + (data ? "data." : "") + type + "." + name;
        for (Node one : list(item, "instances")) {
            Node attributes = one.get("attributes");
            String key = index(one.get("index_key"));
            if (attributes != null && one.get("deposed") == null) {
                add(stem + (key == null ? "" : "[" + key + "]"), type, name, data, key, attributes, null, null);
            }
        }
    }

    private void add(
            String address,
            String type,
            String name,
            boolean data,
            @Nullable String key,
            Node values,
            @Nullable Json unknown,
            @Nullable Json sensitive) {
        ModuleAddress module = ModuleAddress.parse(address);
        Node shown = configuration.resource(module, (data ? "data." : "") + type + "." + name);
        Instance instance = new Instance(
                address,
                module,
                type,
                name,
                data,
                key,
                Term.of(address, values, unknown, sensitive, shown == null ? null : shown.get("expressions")),
                alias(shown == null ? null : shown.text("provider_config_key")));
        instances.add(instance);
    }

    private void reportNone(Node item) {
        problems.count(
                ProblemCode.NOT_UNDERSTOOD,
                item.place(),
                "an item of the resources in " + item.file() + " has no address, type and name",
                "Write the plan again: terraform show -json.");
    }

    /** {@code azurerm.hub} and {@code module.net:azurerm.hub} are of another subscription than {@code azurerm}. */
    private static String alias(@Nullable String providerKey) {
        String key = providerKey == null ? "" : providerKey.substring(providerKey.lastIndexOf(':') + 1);
        return key.indexOf('.') < 0 ? "" : key.substring(key.indexOf('.') + 1);
    }

    private static @Nullable String index(@Nullable Node index) {
        return index == null ? null : index.value().toString();
    }

    private static @Nullable Json value(@Nullable Node node) {
        return node == null ? null : node.value();
    }

    private static List<Node> list(@Nullable Node node, String key) {
        Node list = node == null ? null : node.get(key);
        return list == null ? List.of() : list.items();
    }
}
