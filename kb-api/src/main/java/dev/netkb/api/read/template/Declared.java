package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A resource that a template declares; a loop declares one for each of its turns.
 *
 * @param deployment the deployment that makes it
 * @param node what the template says, not evaluated
 * @param context the turns of the loops that it is in
 * @param type its full type
 * @param name its full name, with one part for each part of the type
 * @param symbol its symbolic name, {@code name[turn]} in a loop; null in templates without symbolic names
 * @param prefix the beginning of its id: the scope that it is deployed to
 * @param existing whether it is only referred to
 * @param doubt why it is not known whether it is deployed; null where it is
 */
record Declared(
        Deployment deployment,
        Node node,
        Context context,
        String type,
        String name,
        @Nullable String symbol,
        String prefix,
        boolean existing,
        @Nullable String doubt) {

    private static final String DEPLOYMENT = "microsoft.resources/deployments";

    String id() {
        return Scope.idText(prefix, type, name);
    }

    boolean isDeployment() {
        return isDeployment(type);
    }

    static boolean isDeployment(String type) {
        return type.toLowerCase(Locale.ROOT).equals(DEPLOYMENT);
    }

    /** A field of it, evaluated; null where it has none. */
    Json field(String key) {
        Node found = node.get(key);
        return found == null ? Json.NULL : deployment.evaluator().evaluate(found, context);
    }

    /** Each is a resource of its own, whatever it says. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
