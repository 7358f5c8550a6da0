package dev.netkb.api.internal.drools.compile;

import java.util.List;
import java.util.Map;

/**
 * The classes of rules that were compiled together, not yet loaded.
 *
 * @param packageName the package of all rules; empty where each file has its own
 * @param models the classes that give the rules
 * @param classes name → bytes
 */
public record UnitClasses(String packageName, List<String> models, Map<String, byte[]> classes) {

    public UnitClasses {
        models = List.copyOf(models);
        classes = Map.copyOf(classes);
    }
}
