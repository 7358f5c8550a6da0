package dev.netkb.model.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An Azure resource id. Compared without letter case, as Azure does; printed as it was exported.
 *
 * <p>An id that is only a name (a template resource that has no subscription yet) is allowed: then every segment but
 * the last is empty.
 */
public final class ResourceId implements Comparable<ResourceId> {

    private final String text;
    private final String key;

    private ResourceId(String text) {
        this.text = text;
        this.key = text.toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when the text is blank */
    public static ResourceId of(String text) {
        String trimmed = text.trim();
        // As often as it takes: an id that was written is read as the same one.
        while (trimmed.length() > 1 && trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1).trim();
        }
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("a resource id must not be empty");
        }
        return new ResourceId(trimmed);
    }

    /** The id as exported. */
    public String text() {
        return text;
    }

    /** The id in lower case: equal ids have equal keys. */
    public String key() {
        return key;
    }

    /** The last segment. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** Whether the name is one, and no stand-in such as <code>{name}</code> for one that is not known yet. */
    public boolean isNamed() {
        return !name().startsWith("{");
    }

    /** The value behind a segment such as {@code subscriptions} or {@code virtualNetworks}, empty where absent. */
    public Optional<String> segment(String label) {
        String wanted = "/" + label.toLowerCase(Locale.ROOT) + "/";
        int at = key.indexOf(wanted);
        if (at < 0) {
            return Optional.empty();
        }
        int start = at + wanted.length();
        int end = text.indexOf('/', start);
        return Optional.of(end < 0 ? text.substring(start) : text.substring(start, end));
    }

    /** The subscription as exported, or an empty text. */
    public String subscription() {
        return segment("subscriptions").orElse("");
    }

    /**
     * Whether two ids lie in one subscription. An id without a subscription, or with a stand-in such as
     * <code>{subscription}</code>, belongs to the deployment that is planned: two of them lie in one subscription, and
     * whether a real subscription is that one is not known.
     */
    public Agreement sameSubscription(ResourceId other) {
        String mine = subscription();
        String theirs = other.subscription();
        if (mine.equalsIgnoreCase(theirs)) {
            return Agreement.SAME;
        }
        return isReal(mine) && isReal(theirs) ? Agreement.DIFFERENT : Agreement.UNKNOWN;
    }

    private static boolean isReal(String subscription) {
        return !subscription.isEmpty() && !subscription.startsWith("{");
    }

    /** The resource group as exported, or an empty text. */
    public String resourceGroup() {
        return segment("resourceGroups").orElse("");
    }

    /**
     * The resource type in lower case, such as {@code microsoft.network/virtualnetworks/subnets}; empty where the id
     * has no provider.
     */
    public String type() {
        int at = key.lastIndexOf("/providers/");
        if (at < 0) {
            return "";
        }
        String[] parts = key.substring(at + "/providers/".length()).split("/", -1);
        List<String> type = new ArrayList<>();
        type.add(parts[0]);
        for (int i = 1; i < parts.length; i += 2) {
            type.add(parts[i]);
        }
        return String.join("/", type);
    }

    /** The id without its last type and name, such as the virtual network of a subnet; empty at the top. */
    public Optional<ResourceId> parent() {
        int providers = key.lastIndexOf("/providers/");
        if (providers < 0) {
            return Optional.empty();
        }
        String[] parts = text.substring(providers + "/providers/".length()).split("/", -1);
        if (parts.length < 5) {
            return Optional.empty();
        }
        int cut = text.lastIndexOf('/', text.lastIndexOf('/') - 1);
        return Optional.of(of(text.substring(0, cut)));
    }

    /** The nearest resource of a type that this one lies in, such as the service of an operation of an API. */
    public Optional<ResourceId> ancestor(String type) {
        Optional<ResourceId> above = parent();
        while (above.isPresent() && !above.get().type().equalsIgnoreCase(type)) {
            above = above.get().parent();
        }
        return above;
    }

    /** The id of a child, such as a subnet of a virtual network. */
    public ResourceId child(String type, String name) {
        return of(text + "/" + type + "/" + name);
    }

    @Override
    public int compareTo(ResourceId other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceId that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
