package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.OwnFormat;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exported or planned resource, before it is mapped.
 *
 * @param id its id; made of its type and name where the export has none
 * @param type its type in lower case
 * @param name its name without the names of its parents
 * @param planned whether it comes from a template
 */
public record Resource(ResourceId id, String type, String name, Node node, boolean planned) {

    /** Where only the id names it, as in templates, blanks around the name are no part of it either. */
    public Resource {
        String own = lastPart(name);
        name = own == null ? name : own;
    }

    /** Stand-ins for what a template does not know until it is deployed. */
    public static final String SUBSCRIPTION = "{subscription}";

    public static final String RESOURCE_GROUP = "{resourceGroup}";

    /** Recognises a resource by its id or its type; empty where the value is none. */
    public static Optional<Resource> recognise(Node node) {
        if (!(node.value() instanceof Json.Obj)) {
            return Optional.empty();
        }
        ResourceId id = idOf(node);
        String type = typeOf(node);
        if (type == null && (id == null || id.type().isEmpty())) {
            return Optional.empty();
        }
        String name = name(node);
        boolean planned = new Json.Bool(true).equals(valueOf(node, OwnFormat.PLANNED));
        if (id == null) {
            return name == null
                    ? Optional.empty()
                    : Optional.of(of(groupId(node), String.valueOf(type), name, node, planned));
        }
        String own = lastPart(name);
        return Optional.of(
                new Resource(id, type == null ? id.type() : type, own == null ? id.name() : own, node, planned));
    }

    /** The same resource with the type that its id names. */
    Resource typedById() {
        return new Resource(id, id.type(), name, node, planned);
    }

    /** The same resource, with other values. */
    public Resource with(Node values) {
        return new Resource(id, type, name, values, planned);
    }

    /** Whether its id is not in the export, nor what it could be made of. */
    public boolean isWithoutId() {
        return !planned
                && idOf(node) == null
                && (id.text().contains(SUBSCRIPTION) || id.text().contains(RESOURCE_GROUP));
    }

    /** Whether anything is read of resources of a type; others are only counted. */
    public static boolean isRead(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return Mappers.find(lower).isPresent() || SubnetUsers.recognises(lower) || AdminRuleReader.isManaged(lower);
    }

    /** Whether a text is the id of a resource: it begins with a slash and names a provider. */
    public static boolean isId(String text) {
        if (!text.startsWith("/")) {
            return false;
        }
        int at = text.toLowerCase(Locale.ROOT).indexOf("/providers/");
        return at >= 0
                && !Fields.isBlank(text.substring(at + "/providers/".length()).replace("/", ""));
    }

    /** The id that a text is; empty where it is none or there is no text. */
    public static Optional<ResourceId> tryId(@Nullable String text) {
        return Optional.ofNullable(text).filter(Resource::isId).map(ResourceId::of);
    }

    /** The name without the names of parents, as in {@code vnet/subnet}; null where nothing is left. */
    static @Nullable String lastPart(@Nullable String name) {
        String last =
                name == null ? "" : name.substring(name.lastIndexOf('/') + 1).trim();
        return last.isEmpty() ? null : last;
    }

    /** The name that an id gives, without the blanks around it, as names in fields are read; the id where it is blank. */
    static String nameOf(ResourceId id) {
        String name = lastPart(id.name());
        return name == null ? id.text().trim() : name;
    }

    private static @Nullable Json valueOf(Node node, String key) {
        Node found = node.get(key);
        return found == null ? null : found.value();
    }

    /**
     * A resource whose id is made of its type and name, such as {@code Microsoft.Network/virtualNetworks/subnets} and
     * {@code vnet/subnet}.
     */
    public static Resource of(String group, String type, String name, Node node, boolean planned) {
        ResourceId id = ResourceId.of(idText(group, type, name));
        return new Resource(id, type.toLowerCase(Locale.ROOT), id.name(), node, planned);
    }

    /** The id of a resource in a group, from its type and its name, which have the same number of parts. */
    public static String idText(String group, String type, String name) {
        List<String> types = new ArrayList<>(List.of(type.split("/", -1)));
        StringBuilder id = new StringBuilder(group).append("/providers/").append(types.remove(0));
        String[] names = name.split("/", -1);
        for (int i = 0; i < Math.max(types.size(), names.length); i++) {
            id.append(i < types.size() ? "/" + types.get(i) : "").append(i < names.length ? "/" + names[i] : "");
        }
        return id.toString();
    }

    private static String groupId(Node node) {
        String subscription = node.text("subscriptionId");
        String group = node.text("resourceGroup") == null ? node.text("resourceGroupName") : node.text("resourceGroup");
        return "/subscriptions/" + (subscription == null ? SUBSCRIPTION : subscription) + "/resourceGroups/"
                + (group == null ? RESOURCE_GROUP : group);
    }

    private static @Nullable ResourceId idOf(Node node) {
        for (String key : List.of("id", "resourceId")) {
            String text = node.text(key);
            if (text != null && isId(text)) {
                return ResourceId.of(text);
            }
        }
        return null;
    }

    private static @Nullable String typeOf(Node node) {
        for (String key : List.of("type", "resourceType")) {
            String text = node.text(key);
            if (text != null
                    && text.indexOf('/') > 0
                    && text.indexOf('.') > 0
                    && text.indexOf('.') < text.indexOf('/')) {
                return text.trim().toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }

    private static @Nullable String name(Node node) {
        String name = node.text("name");
        return name == null || Fields.isBlank(name) ? null : name;
    }
}
