package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a deployment puts its resources.
 *
 * @param subscription,group names that may be stand-ins, such as {@link Resource#RESOURCE_GROUP}
 */
record Scope(Level level, String subscription, String group) {

    /** What a template is deployed to; its schema says so. */
    enum Level {
        RESOURCE_GROUP,
        SUBSCRIPTION,
        MANAGEMENT_GROUP,
        TENANT
    }

    /** The management group of a deployment whose own name the template does not say. */
    private static final String MANAGEMENT_GROUP = "/providers/Microsoft.Management/managementGroups/{managementGroup}";

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** What a template with a schema is deployed to. */
    static Scope ofSchema(String schema, Target target) {
        return new Scope(level(schema), target.subscription(), target.group());
    }

    /** What the schema of a template says. */
    static Level level(String schema) {
        String lower = schema.toLowerCase(Locale.ROOT);
        if (lower.contains("subscriptiondeploymenttemplate")) {
            return Level.SUBSCRIPTION;
        }
        if (lower.contains("managementgroupdeploymenttemplate")) {
            return Level.MANAGEMENT_GROUP;
        }
        return lower.contains("tenantdeploymenttemplate") ? Level.TENANT : Level.RESOURCE_GROUP;
    }

    Scope inSubscription(String name) {
        return new Scope(Level.SUBSCRIPTION, name, group);
    }

    Scope inGroup(String name) {
        return new Scope(Level.RESOURCE_GROUP, subscription, name);
    }

    /** The scope that an id names, such as {@code /subscriptions/s/resourceGroups/g}; empty where it is none of these. */
    Optional<Scope> at(String id) {
        String[] parts = id.split("/", -1);
        if (id.equals("/")) {
            return Optional.of(new Scope(Level.TENANT, subscription, group));
        }
        boolean subscriptionId = parts.length >= 3 && parts[0].isEmpty() && parts[1].equalsIgnoreCase("subscriptions");
        if (subscriptionId && parts.length == 3) {
            return Optional.of(inSubscription(parts[2]));
        }
        if (subscriptionId && parts.length == 5 && parts[3].equalsIgnoreCase("resourceGroups")) {
            return Optional.of(inSubscription(parts[2]).inGroup(parts[4]));
        }
        return id.toLowerCase(Locale.ROOT).contains("managementgroups/")
                ? Optional.of(new Scope(Level.MANAGEMENT_GROUP, subscription, group))
                : Optional.empty();
    }

    String subscriptionId() {
        return "/subscriptions/" + subscription;
    }

    String groupId() {
        return subscriptionId() + "/resourceGroups/" + group;
    }

    /** The beginning of the ids of its resources. */
    String id() {
        return switch (level) {
            case RESOURCE_GROUP -> groupId();
            case SUBSCRIPTION -> subscriptionId();
            case MANAGEMENT_GROUP -> MANAGEMENT_GROUP;
            case TENANT -> "";
        };
    }

    /** {@code resourceId([subscription,] [group,] type, name…)}; empty where the arguments make no id. */
    Optional<String> resourceId(List<String> arguments) {
        int type = typeIndex(arguments);
        if (type < 0 || type > 2) {
            return Optional.empty();
        }
        Scope scope = this;
        if (type == 2) {
            scope = inSubscription(arguments.get(0)).inGroup(arguments.get(1));
        } else if (type == 1) {
            String first = arguments.get(0);
            boolean isSubscription =
                    level != Level.RESOURCE_GROUP && GUID.matcher(first).matches();
            scope = isSubscription ? inSubscription(first) : inGroup(first);
        }
        return idOf(scope.id(), arguments.subList(type, arguments.size()));
    }

    /** {@code subscriptionResourceId([subscription,] type, name…)}. */
    Optional<String> subscriptionResourceId(List<String> arguments) {
        int type = typeIndex(arguments);
        if (type < 0 || type > 1) {
            return Optional.empty();
        }
        Scope scope = type == 1 ? inSubscription(arguments.get(0)) : this;
        return idOf(scope.subscriptionId(), arguments.subList(type, arguments.size()));
    }

    /** {@code managementGroupResourceId([group,] type, name…)}. */
    static Optional<String> managementGroupResourceId(List<String> arguments) {
        int type = typeIndex(arguments);
        if (type < 0 || type > 1) {
            return Optional.empty();
        }
        String group =
                type == 1 ? "/providers/Microsoft.Management/managementGroups/" + arguments.get(0) : MANAGEMENT_GROUP;
        return idOf(group, arguments.subList(type, arguments.size()));
    }

    /** {@code tenantResourceId(type, name…)}. */
    static Optional<String> tenantResourceId(List<String> arguments) {
        return typeIndex(arguments) == 0 ? idOf("", arguments) : Optional.empty();
    }

    /** {@code extensionResourceId(resourceId, type, name…)}. */
    static Optional<String> extensionResourceId(List<String> arguments) {
        return arguments.size() < 3 ? Optional.empty() : idOf(arguments.get(0), arguments.subList(1, arguments.size()));
    }

    private static int typeIndex(List<String> arguments) {
        for (int i = 0; i < Math.min(3, arguments.size()); i++) {
            int slash = arguments.get(i).indexOf('/');
            if (slash > 0 && arguments.get(i).lastIndexOf('.', slash) > 0) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<String> idOf(String prefix, List<String> typeAndNames) {
        String type = typeAndNames.get(0).replaceAll("/+$", "");
        String names = String.join("/", typeAndNames.subList(1, typeAndNames.size()));
        int parts = names.isEmpty() ? 0 : names.split("/", -1).length;
        return type.split("/", -1).length - 1 == parts ? Optional.of(idText(prefix, type, names)) : Optional.empty();
    }

    /** The id of a resource in a scope; that of a resource group names no provider. */
    static String idText(String prefix, String type, String name) {
        return type.equalsIgnoreCase("Microsoft.Resources/resourceGroups")
                ? prefix + "/resourceGroups/" + name
                : Resource.idText(prefix, type, name);
    }
}
