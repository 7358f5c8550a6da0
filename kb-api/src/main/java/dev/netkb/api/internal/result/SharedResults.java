package dev.netkb.api.internal.result;

import dev.netkb.model.azure.Location;
import dev.netkb.model.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results about what several locations share, such as a subnet with two instances: the same rule, subject, message and
 * evidence is one result, which names the other locations in a note.
 */
public final class SharedResults {

    private final Map<List<Object>, Result> results = new LinkedHashMap<>();
    private final Map<List<Object>, List<String>> others = new LinkedHashMap<>();

    /** Adds what was found for a location. */
    public void add(Result result, Location location) {
        List<Object> identity = List.of(
                result.rule(),
                result.outcome(),
                result.severity(),
                result.subject(),
                result.message(),
                result.evidence());
        if (results.putIfAbsent(identity, result) != null) {
            others.computeIfAbsent(identity, i -> new ArrayList<>())
                    .add(location.serviceId().name());
        }
    }

    /** Each result once, in the order in which they were added. */
    public List<Result> distinct() {
        List<Result> distinct = new ArrayList<>();
        results.forEach((identity, result) -> {
            List<String> names = others.getOrDefault(identity, List.of());
            distinct.add(names.isEmpty() ? result : result.withNote("the same holds for " + String.join(", ", names)));
        });
        return distinct;
    }
}
