package dev.netkb.model.snapshot;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an export contains. A requirement over facts that were not exported is undetermined, never passed.
 *
 * @param resourceTypes resource type in lower case → how many resources of it were in the export
 * @param incomplete resource types in lower case of which the export says that there are more: what is not among them
 *     may exist
 */
public record Coverage(Map<String, Integer> resourceTypes, Set<String> incomplete) {

    public Coverage {
        resourceTypes = Collections.unmodifiableMap(new TreeMap<>(resourceTypes));
        incomplete = Collections.unmodifiableSet(new TreeSet<>(incomplete));
    }

    /**
     * Whether all resources of a type were exported, so that one that is not there does not exist; there may be none. A list
     * that says that it is only a part does not count.
     */
    public boolean has(String resourceType) {
        String type = resourceType.toLowerCase(Locale.ROOT);
        return resourceTypes.containsKey(type) && !incomplete.contains(type);
    }
}
