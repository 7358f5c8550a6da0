package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.Origin;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives ids the resource group that they lack. {@code resourceId()} in a nested template that is evaluated in the scope of
 * a subscription names none, and Azure refuses such an id for what lies in a group. Which resource is meant is clear all
 * the same where only one of the planned ones has this type and name; that is told, and then taken for meant.
 */
final class GroupNames {

    private static final Pattern WITHOUT_GROUP =
            Pattern.compile("(/subscriptions/[^/]+)(/providers/[^/]+/[^/]+/[^/]+)(/.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WITH_GROUP = Pattern.compile(
            "(/subscriptions/[^/]+)(/resourceGroups/[^/]+)(/providers/[^/]+/[^/]+/[^/]+)(/.*)?",
            Pattern.CASE_INSENSITIVE);

    /** Subscription, provider, type and name in lower case → the groups in which there is such a resource. */
    private final Map<String, Set<String>> groups = new HashMap<>();

    private final Problems problems;

    private GroupNames(List<Resource> planned, Problems problems) {
        this.problems = problems;
        for (Resource resource : planned) {
            Matcher id = WITH_GROUP.matcher(resource.id().text());
            if (id.matches()) {
                groups.computeIfAbsent(key(id.group(1) + id.group(3)), key -> new TreeSet<>())
                        .add(id.group(2));
            }
        }
    }

    /** The same resources, whose ids of other ones of them name the group. */
    static List<Resource> complete(List<Resource> planned, Problems problems) {
        GroupNames names = new GroupNames(planned, problems);
        return planned.stream().map(names::complete).toList();
    }

    private Resource complete(Resource resource) {
        Json completed = complete(resource.node());
        return completed == resource.node().value()
                ? resource
                : resource.with(resource.node().withValue(completed));
    }

    private Json complete(Node node) {
        Json value = node.value();
        if (value instanceof Text text) {
            String id = complete(text.value(), node);
            return id.equals(text.value()) ? value : new Text(id);
        }
        if (value instanceof Unknown unknown && unknown.symbol() != null) {
            String id = complete(unknown.symbol(), node);
            return id.equals(unknown.symbol()) ? value : new Unknown(unknown.reason(), id);
        }
        if (value instanceof Arr) {
            List<Json> items = node.items().stream().map(this::complete).toList();
            return items.equals(((Arr) value).items()) ? value : at(value.origin(), new Arr(items));
        }
        if (value instanceof Obj object) {
            List<Json> members = new ArrayList<>();
            for (int i = 0; i < object.size(); i++) {
                members.add(complete(node.member(i)));
            }
            Obj completed = new Obj(object.keys(), members).withRest(object.rest());
            return completed.equals(object) ? value : at(value.origin(), completed);
        }
        return value;
    }

    private static Json at(@Nullable Origin origin, Json value) {
        return origin == null ? value : value.from(origin);
    }

    private String complete(String text, Node node) {
        Matcher id = WITHOUT_GROUP.matcher(text);
        if (!id.matches()) {
            return text;
        }
        Set<String> found = groups.getOrDefault(key(id.group(1) + id.group(2)), Set.of());
        if (found.size() != 1) {
            return text;
        }
        String group = found.iterator().next();
        String rest = id.group(3) == null ? "" : id.group(3);
        problems.add(
                ProblemCode.NO_GROUP,
                node.place(),
                "the id " + Problems.quote(text) + " names no resource group, so Azure will refuse it; it is taken for"
                        + " the one in " + Problems.quote(group.substring(group.lastIndexOf('/') + 1)),
                "resourceId() was evaluated in the scope of the subscription. Let the nested template be evaluated in its"
                        + " own (expressionEvaluationOptions with scope inner), or name the group in resourceId().");
        return id.group(1) + group + id.group(2) + rest;
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
