package dev.netkb.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.test.ArmText.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A small network for an example: resources by alias, written short in YAML and read as an export. Immutable; each
 * change gives a new network.
 *
 * <pre>{@code
 * vnet:
 *   type: Microsoft.Network/virtualNetworks
 *   addressSpace: {addressPrefixes: [10.0.0.0/16]}
 *   subnets:
 *     apim: {addressPrefix: 10.0.1.0/27, networkSecurityGroup: "@nsg"}
 * nsg:
 *   type: Microsoft.Network/networkSecurityGroups
 *   name: nsg-apim
 *   securityRules:
 *     AllowManagement: 120 Allow In Tcp from ApiManagement to VirtualNetwork port 3443
 * }</pre>
 *
 * <p>Fields are named as in Azure, without {@code properties}. Lists of nested resources ({@code subnets},
 * {@code securityRules}, {@code routes}, {@code delegations}, {@code additionalLocations}, {@code serviceEndpoints}, …)
 * are maps from name to fields, so that one entry can be changed without repeating the others. {@code @alias} and
 * {@code @alias/subnets/name} are the ids of resources. {@code subscription}, {@code resourceGroup} and {@code parent}
 * place a resource; without them it lies in the subscription and group of the example. {@code planned: true} says that
 * a resource is not deployed yet. A text that begins with {@code ?} is a value that the export does not give, such as a
 * template's parameter without a value; what follows the {@code ?} says why.
 *
 * <p>{@code type: effectiveRoutes} is what Azure answers about a {@code networkInterface}; its {@code routes} are a list of
 * lines such as {@code VirtualNetworkGateway 0.0.0.0/0 -> VirtualNetworkGateway}, the first word being who made the route.
 *
 * <p>What API Management itself saw of its dependencies is an alias of type {@code networkStatus}: the {@code service} that
 * answers, left out where the answer does not say it, and its {@code locations} with their {@code dnsServers} and
 * {@code connectivityStatus}, a map from the name of a dependency to its fields.
 */
public final class ExampleNetwork {

    /** The subscription of resources that name none. */
    public static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

    /** The resource group of resources that name none. */
    public static final String RESOURCE_GROUP = "rg-example";

    private static final Set<String> PLACING =
            Set.of("name", "type", "subscription", "resourceGroup", "parent", "planned");

    /** The project's own format, the only one that can say of a single value that it is not known. */
    private static final String OWN_FORMAT = "netkb/snapshot/1";

    /** The type of an answer about effective routes, which is no resource. */
    private static final String EFFECTIVE_ROUTES = "effectiveRoutes";

    /** The type of an alias that is no resource but an answer of API Management. */
    private static final String NETWORK_STATUS = "networkStatus";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode resources;
    private final Set<String> notExported;
    private final Map<String, List<String>> serviceTags;

    private ExampleNetwork(ObjectNode resources, Set<String> notExported, Map<String, List<String>> serviceTags) {
        this.resources = resources;
        this.notExported = Collections.unmodifiableSet(new TreeSet<>(notExported));
        this.serviceTags = Collections.unmodifiableMap(new TreeMap<>(serviceTags));
    }

    /** A network of the resources in a YAML text. */
    public static ExampleNetwork of(String yaml) {
        return of(YamlText.object(yaml, "the network"));
    }

    /** A network of the resources in a YAML file. */
    public static ExampleNetwork read(Path file) {
        return of(YamlText.read(file));
    }

    static ExampleNetwork of(ObjectNode resources) {
        return new ExampleNetwork(resources.deepCopy(), Set.of(), Map.of());
    }

    /**
     * With a change, as a JSON merge patch (RFC 7396) over the aliases: maps are merged, {@code null} takes away,
     * everything else is replaced.
     */
    public ExampleNetwork with(String yamlPatch) {
        return with(YamlText.object(yamlPatch, "the change"));
    }

    ExampleNetwork with(ObjectNode patch) {
        ObjectNode changed = resources.deepCopy();
        merge(changed, patch);
        return new ExampleNetwork(changed, notExported, serviceTags);
    }

    /**
     * Without something in the export, although other resources refer to it: an alias, or a path into a resource such as
     * {@code vnet/subnets/apim}.
     */
    public ExampleNetwork without(String... notExportedPaths) {
        Set<String> more = new TreeSet<>(notExported);
        for (String path : notExportedPaths) {
            if (at(resources, path) == null) {
                throw new ExampleException(
                        "'" + path + "' is not in the network, so it cannot be left out of the export;"
                                + " resources are " + aliases());
            }
            more.add(path);
        }
        return new ExampleNetwork(resources, more, serviceTags);
    }

    /** With the addresses of service tags. */
    public ExampleNetwork withServiceTags(Map<String, List<String>> prefixes) {
        return new ExampleNetwork(resources, notExported, prefixes);
    }

    /** Reads it as one file of Azure Resource Manager. */
    public ReadResult read(String name) {
        return SnapshotReader.create().read(new SnapshotSource(name, files(Dialect.ARM, false)));
    }

    /** Reads it as the command line exports it: flat, one file a resource, last alias first. */
    ReadResult readFlat(String name) {
        return SnapshotReader.create().read(new SnapshotSource(name, files(Dialect.AZ, true)));
    }

    private List<SourceFile> files(Dialect dialect, boolean apart) {
        List<ObjectNode> written = write(dialect);
        List<SourceFile> files = new ArrayList<>();
        if (apart) {
            for (int i = 0; i < written.size(); i++) {
                files.add(file("%03d.json".formatted(written.size() - i), document(List.of(written.get(i)))));
            }
        } else {
            files.add(file("resources.json", document(written)));
        }
        exported().properties().forEach(entry -> {
            if (isEffectiveRoutes(entry.getValue())) {
                files.add(file(entry.getKey() + ".json", effectiveRoutes(entry.getValue())));
            }
        });
        int statuses = 0;
        for (JsonNode status : exported()) {
            if (isNetworkStatus(status)) {
                files.add(file("network-status-" + statuses++ + ".json", networkStatus(status)));
            }
        }
        if (!serviceTags.isEmpty()) {
            files.add(file("service-tags.json", serviceTagFile()));
        }
        return files;
    }

    private static boolean isEffectiveRoutes(JsonNode resource) {
        return resource.path("type").asText().equals(EFFECTIVE_ROUTES);
    }

    /** What Azure answers when asked for the effective routes of a network interface. */
    private ObjectNode effectiveRoutes(JsonNode resource) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (resource.hasNonNull("networkInterface")) {
            answer.put(
                    "networkInterfaceId",
                    resolve(resource.path("networkInterface").asText()));
        }
        ArrayNode routes = answer.putArray("value");
        resource.path("routes").forEach(line -> routes.add(RouteText.toEffective(line.asText())));
        return answer;
    }

    private ObjectNode exported() {
        ObjectNode exported = resources.deepCopy();
        notExported.forEach(path -> remove(exported, path));
        return exported;
    }

    private List<ObjectNode> write(Dialect dialect) {
        ArmText arm = new ArmText(dialect, this::resolve);
        List<ObjectNode> written = new ArrayList<>();
        exported().properties().forEach(entry -> {
            if (isEffectiveRoutes(entry.getValue()) || isNetworkStatus(entry.getValue())) {
                return;
            }
            ObjectNode fields = ((ObjectNode) entry.getValue()).deepCopy();
            String id = id(entry.getKey());
            String type = resource(entry.getKey()).path("type").asText();
            boolean planned = fields.path("planned").asBoolean();
            fields.remove(PLACING);
            ObjectNode resource = arm.resource(id, id.substring(id.lastIndexOf('/') + 1), type, fields);
            if (planned) {
                resource.put("netkb:planned", true);
            }
            written.add(resource);
        });
        return written;
    }

    private static boolean isNetworkStatus(JsonNode resource) {
        return resource.path("type").asText().equals(NETWORK_STATUS);
    }

    /** As API Management answers for a service, wrapped where it is said whose answer it is. */
    private JsonNode networkStatus(JsonNode status) {
        ArrayNode locations = JsonNodeFactory.instance.arrayNode();
        status.path("locations").properties().forEach(location -> {
            ObjectNode inner = JsonNodeFactory.instance.objectNode();
            inner.set("dnsServers", location.getValue().path("dnsServers"));
            ArrayNode rows = inner.putArray("connectivityStatus");
            location.getValue()
                    .path("connectivityStatus")
                    .properties()
                    .forEach(row -> rows.add(((ObjectNode) row.getValue().deepCopy()).put("name", row.getKey())));
            locations.addObject().put("location", location.getKey()).set("networkStatus", inner);
        });
        if (!status.hasNonNull("service")) {
            return locations;
        }
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("serviceId", resolve(status.path("service").asText()));
        envelope.set("value", locations);
        return envelope;
    }

    private JsonNode document(List<ObjectNode> written) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        written.forEach(list::add);
        if (!isBeyondExports(resources)) {
            return list;
        }
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        own.put("schema", OWN_FORMAT);
        own.set("resources", list);
        return own;
    }

    /** Whether something is said that no export can say. */
    private static boolean isBeyondExports(JsonNode node) {
        if (ArmText.isUnknown(node) || node.path("planned").asBoolean()) {
            return true;
        }
        for (JsonNode child : node) {
            if (isBeyondExports(child)) {
                return true;
            }
        }
        return false;
    }

    private static SourceFile file(String name, JsonNode content) {
        try {
            return new SourceFile(name, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode serviceTagFile() {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("changeNumber", 1);
        file.put("cloud", "Public");
        ArrayNode values = file.putArray("values");
        serviceTags.forEach((tag, prefixes) -> {
            ObjectNode value = values.addObject();
            value.put("name", tag);
            value.put("id", tag);
            ObjectNode properties = value.putObject("properties");
            properties.put("changeNumber", 1);
            properties.put(
                    "region",
                    tag.contains(".") ? tag.substring(tag.indexOf('.') + 1).toLowerCase(java.util.Locale.ROOT) : "");
            properties.put("platform", "Azure");
            properties.put("systemService", tag.replaceAll("\\..*", ""));
            ArrayNode addresses = properties.putArray("addressPrefixes");
            prefixes.forEach(addresses::add);
        });
        return file;
    }

    // ---- ids

    /** The resource id of an alias. */
    public String id(String alias) {
        ObjectNode resource = resource(alias);
        String name = resource.path("name").asText(alias);
        String type = resource.path("type").asText();
        if (type.isBlank()) {
            throw new ExampleException("resource '" + alias + "' has no type; say it, such as"
                    + " 'type: Microsoft.Network/virtualNetworks'");
        }
        if (resource.hasNonNull("parent")) {
            return resolve(resource.path("parent").asText()) + type.substring(type.lastIndexOf('/')) + "/" + name;
        }
        return "/subscriptions/" + resource.path("subscription").asText(SUBSCRIPTION) + "/resourceGroups/"
                + resource.path("resourceGroup").asText(RESOURCE_GROUP) + "/providers/" + type + "/" + name;
    }

    private String resolve(String reference) {
        String path = reference.substring(1);
        int slash = path.indexOf('/');
        return slash < 0 ? id(path) : id(path.substring(0, slash)) + path.substring(slash);
    }

    private ObjectNode resource(String alias) {
        if (resources.get(alias) instanceof ObjectNode resource) {
            return resource;
        }
        throw new ExampleException("'@" + alias + "' names no resource of the network; resources are " + aliases());
    }

    private Set<String> aliases() {
        Set<String> aliases = new TreeSet<>();
        resources.fieldNames().forEachRemaining(aliases::add);
        return aliases;
    }

    // ---- trees

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                target.remove(entry.getKey());
            } else if (value instanceof ObjectNode change && target.get(entry.getKey()) instanceof ObjectNode old) {
                merge(old, change);
            } else {
                target.set(entry.getKey(), withoutNulls(value.deepCopy()));
            }
        });
    }

    private static JsonNode withoutNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                if (object.get(key).isNull()) {
                    object.remove(key);
                } else {
                    withoutNulls(object.get(key));
                }
            }
        }
        return value;
    }

    private static @org.jspecify.annotations.Nullable JsonNode at(JsonNode node, String path) {
        JsonNode found = node;
        for (String step : path.split("/")) {
            found = found.get(step);
            if (found == null) {
                return null;
            }
        }
        return found;
    }

    private static void remove(ObjectNode node, String path) {
        int slash = path.lastIndexOf('/');
        JsonNode parent = slash < 0 ? node : at(node, path.substring(0, slash));
        if (parent instanceof ObjectNode object) {
            object.remove(path.substring(slash + 1));
        }
    }
}
