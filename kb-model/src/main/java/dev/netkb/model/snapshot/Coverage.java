package dev.netkb.model.snapshot;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an export contains. A requirement over facts that were not exported is undetermined, never passed.
 *
 * @param resourceTypes resource type in lower case → how many resources of it were in the export
 */
public record Coverage(Map<String, Integer> resourceTypes) {

    public Coverage {
        resourceTypes = Collections.unmodifiableMap(new TreeMap<>(resourceTypes));
    }

    /** Whether resources of a type were exported; there may be none. */
    public boolean has(String resourceType) {
        return resourceTypes.containsKey(resourceType.toLowerCase(Locale.ROOT));
    }
}
