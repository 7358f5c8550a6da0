package dev.netkb.api.read.terraform;

import dev.netkb.api.read.json.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a plan shows of the configuration: for each argument the constant, or what its expression refers to. */
final class Configuration {

    private final @Nullable Node root;
    private final Map<String, Map<String, Node>> resources = new HashMap<>();

    /** @param plan the whole file; a state shows no configuration */
    Configuration(Node plan) {
        Node configuration = plan.get("configuration");
        this.root = configuration == null ? null : configuration.get("root_module");
    }

    /** A resource of a module; null where the configuration does not show it. */
    @Nullable
    Node resource(ModuleAddress module, String stem) {
        Node shown = module(module);
        return shown == null
                ? null
                : resources
                        .computeIfAbsent(shown.place().pointer(), pointer -> byStem(shown))
                        .get(stem);
    }

    /** What a module gives under a name. */
    @Nullable
    Node output(ModuleAddress module, String name) {
        return at(module(module), "outputs", name, "expression");
    }

    /** The call of a module, which is not the root. */
    @Nullable
    Node call(ModuleAddress module) {
        return at(module(module.parent()), "module_calls", module.last().name());
    }

    private @Nullable Node module(ModuleAddress module) {
        Node current = root;
        for (ModuleAddress.Step step : module.steps()) {
            current = at(current, "module_calls", step.name(), "module");
        }
        return current;
    }

    static @Nullable Node at(@Nullable Node node, String... path) {
        Node current = node;
        for (String key : path) {
            current = current == null ? null : current.get(key);
        }
        return current;
    }

    private static Map<String, Node> byStem(Node module) {
        Map<String, Node> byStem = new HashMap<>();
        Node list = module.get("resources");
        for (Node item : list == null ? List.<Node>of() : list.items()) {
            String address = item.text("address");
            if (address != null) {
                byStem.putIfAbsent(address, item);
            }
        }
        return byStem;
    }
}
