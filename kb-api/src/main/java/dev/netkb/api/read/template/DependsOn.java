package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The order of deployment, as far as {@code dependsOn} gives one. */
final class DependsOn {

    private DependsOn() {}

    /** Whether a resource is deployed when another one is there already. */
    static boolean isAfter(Declared later, Declared earlier) {
        List<Declared> a = withDeployments(later);
        List<Declared> b = withDeployments(earlier);
        int i = 0;
        while (i < Math.min(a.size(), b.size()) && a.get(i) == b.get(i)) {
            i++;
        }
        return i < Math.min(a.size(), b.size())
                && a.get(i).deployment() == b.get(i).deployment()
                && needs(a.get(i), b.get(i), new HashSet<>());
    }

    /** A resource behind the deployments that it is in, the outermost first. */
    private static List<Declared> withDeployments(Declared resource) {
        LinkedList<Declared> chain = new LinkedList<>();
        for (Declared at = resource; at != null; at = at.deployment().outer()) {
            chain.addFirst(at);
        }
        return chain;
    }

    private static boolean needs(Declared resource, Declared wanted, Set<Declared> seen) {
        if (!seen.add(resource)) {
            return false;
        }
        for (Declared needed : needed(resource)) {
            if (needed == wanted || needs(needed, wanted, seen)) {
                return true;
            }
        }
        return false;
    }

    private static List<Declared> needed(Declared resource) {
        List<Declared> all = new ArrayList<>();
        Node list = resource.node().get("dependsOn");
        for (Node item : list == null ? List.<Node>of() : list.items()) {
            String target = text(resource.deployment().evaluator().evaluate(item, resource.context()));
            if (target != null) {
                resource.deployment().declared().stream()
                        .filter(other -> names(target, other))
                        .forEach(all::add);
            }
        }
        return all;
    }

    /** An entry is a symbolic name, a name, an id, or the name of a loop. */
    private static boolean names(String target, Declared resource) {
        String symbol = resource.symbol();
        Node copy = resource.node().get("copy");
        return symbol != null && (symbol.equals(target) || symbol.startsWith(target + "["))
                || resource.name().equalsIgnoreCase(target)
                || resource.id().equalsIgnoreCase(target)
                || copy != null && target.equalsIgnoreCase(copy.text("name"));
    }

    private static @Nullable String text(Json value) {
        return value instanceof Text text ? text.value() : value instanceof Unknown unknown ? unknown.symbol() : null;
    }
}
