package dev.netkb.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Writes the resources of an example as Azure exports them: named maps become lists, references become ids. */
final class ArmText {

    /** How an export lays fields out. */
    enum Dialect {
        /** REST, templates and Resource Graph: what is said of a resource stands below {@code properties}. */
        ARM,
        /** The command line: everything stands in the resource itself. */
        AZ
    }

    /** Fields that stand beside {@code properties}. */
    private static final Set<String> OUTER =
            Set.of("id", "name", "type", "location", "zones", "sku", "tags", "kind", "identity", "etag", "properties");

    /** Lists of nested resources, written as a map from name to fields. */
    private static final Set<String> NAMED = Set.of(
            "subnets",
            "securityRules",
            "defaultSecurityRules",
            "routes",
            "virtualNetworkPeerings",
            "delegations",
            "serviceAssociationLinks",
            "resourceNavigationLinks");

    /** Lists whose items have a key of another name and no {@code properties}. */
    private static final Map<String, String> KEYED =
            Map.of("additionalLocations", "location", "serviceEndpoints", "service");

    /** Lists of references. */
    private static final Set<String> IDS = Set.of("ipConfigurations", "privateEndpoints", "serviceEndpointPolicies");

    /** Single references. */
    private static final Set<String> ID =
            Set.of("networkSecurityGroup", "routeTable", "natGateway", "remoteVirtualNetwork");

    private static final Map<String, String> AZ_NAMES =
            Map.of("publicIPAddresses", "publicIpAddresses", "privateIPAddresses", "privateIpAddresses");

    private final Dialect dialect;
    private final UnaryOperator<String> references;

    /** @param references resolves a text that begins with {@code @} */
    ArmText(Dialect dialect, UnaryOperator<String> references) {
        this.dialect = dialect;
        this.references = references;
    }

    /** A resource with its id, name and type. */
    ObjectNode resource(String id, String name, String type, ObjectNode fields) {
        ObjectNode resource = object();
        resource.put("id", id);
        resource.put("name", name);
        resource.put("type", type);
        fill(resource, fields, id);
        return resource;
    }

    private void fill(ObjectNode resource, ObjectNode fields, String id) {
        ObjectNode inner = dialect == Dialect.ARM ? object() : resource;
        fields.properties().forEach(field -> {
            String key = field.getKey();
            if (key.equals("properties") && field.getValue().isObject()) {
                field.getValue().properties().forEach(p -> inner.set(p.getKey(), value(p.getKey(), p.getValue(), id)));
            } else if (OUTER.contains(key)) {
                resource.set(key, value(key, field.getValue(), id));
            } else {
                inner.set(
                        dialect == Dialect.AZ ? AZ_NAMES.getOrDefault(key, key) : key,
                        value(key, field.getValue(), id));
            }
        });
        if (dialect == Dialect.ARM) {
            resource.set("properties", inner);
        }
    }

    private JsonNode value(String key, JsonNode value, String id) {
        if (isUnknown(value)) {
            return unknown(value);
        }
        if (NAMED.contains(key) && value.isObject()) {
            ArrayNode list = array();
            sorted(value).forEach((name, item) -> list.add(named(key, name, item, id)));
            return list;
        }
        if (KEYED.containsKey(key) && value.isObject()) {
            ArrayNode list = array();
            sorted(value).forEach((name, item) -> list.add(keyed(key, name, item, id)));
            return list;
        }
        if (IDS.contains(key) && value.isArray()) {
            ArrayNode list = array();
            value.forEach(item -> list.add(item.isTextual() ? reference(item.asText()) : plain(item, id)));
            return list;
        }
        if (ID.contains(key) && value.isTextual()) {
            return reference(value.asText());
        }
        return plain(value, id);
    }

    private ObjectNode named(String list, String name, JsonNode item, String parentId) {
        String id = parentId + "/" + list + "/" + name;
        ObjectNode fields = switch (list) {
            case "securityRules", "defaultSecurityRules" ->
                item.isTextual() ? NsgRuleText.toArm(item.asText()) : fields(list, name, item);
            case "routes" -> item.isTextual() ? RouteText.toArm(item.asText()) : fields(list, name, item);
            case "delegations" ->
                item.isTextual() ? object().put("serviceName", item.asText()) : fields(list, name, item);
            case "serviceAssociationLinks", "resourceNavigationLinks" ->
                item.isTextual() ? object().put("linkedResourceType", item.asText()) : fields(list, name, item);
            default -> fields(list, name, item);
        };
        ObjectNode resource = object();
        resource.put("id", id);
        resource.put("name", name);
        fill(resource, fields, id);
        return resource;
    }

    private ObjectNode keyed(String list, String name, JsonNode item, String id) {
        ObjectNode written = object();
        written.put(KEYED.get(list), name);
        if (list.equals("serviceEndpoints") && item.isArray()) {
            written.set("locations", item);
            return written;
        }
        fields(list, name, item)
                .properties()
                .forEach(field -> written.set(
                        dialect == Dialect.AZ ? AZ_NAMES.getOrDefault(field.getKey(), field.getKey()) : field.getKey(),
                        value(field.getKey(), field.getValue(), id)));
        return written;
    }

    private static ObjectNode fields(String list, String name, JsonNode item) {
        if (item instanceof ObjectNode fields) {
            return fields;
        }
        throw new ExampleException("'" + name + "' in " + list + " must be a map of its fields but was " + item);
    }

    private ObjectNode reference(String text) {
        return object().put("id", resolved(text));
    }

    private JsonNode plain(JsonNode value, String id) {
        if (isUnknown(value)) {
            return unknown(value);
        }
        if (value.isTextual()) {
            return TextNode.valueOf(resolved(value.asText()));
        }
        if (value.isArray()) {
            ArrayNode list = array();
            value.forEach(item -> list.add(plain(item, id)));
            return list;
        }
        if (value.isObject()) {
            ObjectNode written = object();
            value.properties()
                    .forEach(field -> written.set(field.getKey(), value(field.getKey(), field.getValue(), id)));
            return written;
        }
        return value;
    }

    private String resolved(String text) {
        return text.startsWith("@") ? references.apply(text) : text;
    }

    /** Whether a value is one that the export does not give: a text that begins with {@code ?}. */
    static boolean isUnknown(JsonNode value) {
        return value.isTextual() && value.asText().startsWith("?");
    }

    private static ObjectNode unknown(JsonNode value) {
        String reason = value.asText().substring(1).trim();
        return object().put("netkb:unknown", reason.isEmpty() ? "the export does not give it" : reason);
    }

    /** By name, so that the order of lists does not depend on where a patch added something. */
    private static Map<String, JsonNode> sorted(JsonNode map) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        map.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return sorted;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
