package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.ApiManagementService.HostnameConfiguration;
import dev.netkb.model.azure.ApiManagementService.PrivateEndpointConnection;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** API Management services with their locations. */
final class ApiManagementMapper implements Mapper {

    private static final String KIND = "apiManagementService";
    private static final String SUBNET = "microsoft.network/virtualnetworks/subnets";
    private static final String CLASSIC_SUBNET = "microsoft.classicnetwork/virtualnetworks/subnets";

    /** The values that the field has by the REST specification. */
    private static final List<String> PLATFORMS = List.of("stv2", "stv2.1", "stv1", "mtv1", "undetermined");

    /** What service and locations call the mode. */
    private static final String MODE = "virtualNetworkType";

    @Override
    public Set<String> types() {
        return Set.of("microsoft.apimanagement/service");
    }

    @Override
    public void map(Resource resource, Facts facts) {
        new Reader(resource, facts).read();
    }

    /**
     * The draft of a service whose locations have of it what they share with it: where two exports were joined, a location
     * that both describe still has what only the first one says of the service.
     */
    static Draft inAgreement(Draft draft) {
        ApiManagementService service = (ApiManagementService) draft.fact();
        int additional = (int) service.locations().stream()
                .filter(location -> !location.primary())
                .count();
        return draft.withItems("locations", item -> {
            Draft shared = item.with("primaryRegion", service.location()).with("additionalLocations", additional);
            return withTier(withMode(shared, service), service);
        });
    }

    private static Draft withMode(Draft location, ApiManagementService service) {
        String text = service.virtualNetworkType();
        String reason = text != null && VirtualNetworkType.of(text) == VirtualNetworkType.UNKNOWN
                ? noMode(text)
                : service.provenance().unknown().get(MODE);
        return reason == null || location.knows(MODE) ? location : location.withUnknown(MODE, reason);
    }

    /** An additional location of which no tier is said has that of the service. */
    private static Draft withTier(Draft draft, ApiManagementService service) {
        Location location = (Location) draft.fact();
        if (location.primary() || draft.said().contains("sku")) {
            return draft;
        }
        String reason = service.provenance().unknown().get("sku");
        Draft known = draft.with("sku", service.sku());
        return reason == null ? known : known.withUnknown("sku", reason);
    }

    private static String noMode(String text) {
        return Problems.quote(text) + " is not None, External or Internal";
    }

    /** What a location says besides its region and units; of the primary one it stands in the service itself. */
    private static final List<String> LOCATION_FIELDS = List.of(
            "zones",
            "virtualNetworkConfiguration",
            "publicIpAddressId",
            "publicIPAddresses",
            "privateIPAddresses",
            "outboundPublicIPAddresses",
            "natGatewayState",
            "disableGateway");

    private static final class Reader {
        private final Resource resource;
        private final Facts facts;
        private final Problems problems;
        private final Fields service;
        private @Nullable Region primaryRegion;
        private @Nullable String sku;
        private @Nullable String modeText;

        Reader(Resource resource, Facts facts) {
            this.resource = resource;
            this.facts = facts;
            this.problems = facts.problems();
            this.service = new Fields(resource.node(), problems);
        }

        void read() {
            String location = service.text("location", "location");
            primaryRegion = location == null ? null : Region.of(location);
            sku = tier(service);
            modeText = textOfPlan(service, MODE, MODE);
            List<Node> additional = service.objects("locations", "additionalLocations");
            List<Draft> locations = new ArrayList<>();
            locations.add(location(resource.node(), true, additional.size()));
            for (Node item : additional) {
                locations.add(location(item, false, additional.size()));
            }
            String open = service.whyUnknown("locations");
            if (open != null) {
                locations.add(location(unknownLocation(open), false, additional.size()));
                problems.add(
                        ProblemCode.UNKNOWN_VALUE,
                        resource.node().place(),
                        "the additional locations of " + Problems.quote(resource.name()) + " are not all known: "
                                + Problems.quote(open),
                        "What holds in them is undetermined; they stand in the report as location unknown.");
            }
            // What the locations say of these is compared there.
            Set<String> said = new HashSet<>(service.said());
            said.add("locations");
            String platform = platform(service);
            String access = service.text("publicNetworkAccess", "publicNetworkAccess");
            String state = service.text("provisioningState", "provisioningState");
            Instant created = createdAt();
            String minVersion = service.text("minApiVersion", "apiVersionConstraint", "minApiVersion");
            Map<String, String> urls = urls();
            List<HostnameConfiguration> hostnames = hostnames();
            List<PrivateEndpointConnection> connections = connections();
            Map<String, String> custom = customProperties();
            said.addAll(service.said());
            touchLocationFields();
            service.reportRest(KIND);
            ApiManagementService fact = new ApiManagementService(
                    resource.id(),
                    resource.name(),
                    primaryRegion,
                    sku,
                    modeText,
                    platform,
                    access,
                    state,
                    created,
                    minVersion,
                    !resource.planned(),
                    locations.stream().map(draft -> (Location) draft.fact()).toList(),
                    hostnames,
                    connections,
                    urls,
                    custom,
                    service.provenance());
            facts.add(new Draft(Facts.key(KIND, resource.id()), fact, said, Map.of("locations", locations)));
        }

        /** Stands for the locations of which nobody knows whether there are any: of none is anything known but the tier. */
        private Node unknownLocation(String reason) {
            Json unknown = new Json.Unknown(reason);
            Map<String, Json> fields = new LinkedHashMap<>();
            fields.put("sku", new Json.Obj(List.of("capacity"), List.of(unknown)));
            fields.put("location", unknown);
            LOCATION_FIELDS.forEach(field -> fields.put(field, unknown));
            return resource.node().withValue(new Json.Obj(List.copyOf(fields.keySet()), List.copyOf(fields.values())));
        }

        /** Fields of the primary location stand in the service itself. */
        private void touchLocationFields() {
            LOCATION_FIELDS.forEach(service::readElsewhere);
        }

        private Draft location(Node node, boolean primary, int additionalLocations) {
            Fields fields = primary ? new Fields(node, problems) : new Fields(node, problems);
            String regionText = fields.text("region", "location");
            Region region = regionText == null ? null : Region.of(regionText);
            String tier = tier(fields);
            if (tier == null && !fields.isUnknown("sku")) {
                tier = sku;
                inherit(fields, "sku");
            }
            Integer units = units(fields, tier);
            List<String> zones = fields.texts("zones", "zones");
            ResourceId subnet = subnet(fields);
            ResourceId publicIp = fields.id("publicIpAddressId", "publicIpAddressId");
            String platform = platform(fields);
            List<AddressPrefix> publicAddresses = addresses(fields, "publicAddresses", "publicIPAddresses");
            List<AddressPrefix> privateAddresses = addresses(fields, "privateAddresses", "privateIPAddresses");
            List<AddressPrefix> outboundAddresses =
                    Addresses.prefixes(fields, problems, "outboundPublicAddresses", "outboundPublicIPAddresses");
            String natGateway = fields.text("natGatewayState", "natGatewayState");
            Boolean disabled = fields.bool("disableGateway", "disableGateway");
            VirtualNetworkType mode = mode(fields);
            if (!primary) {
                fields.reportRest("apiManagementLocation");
            }
            Location location = new Location(
                    resource.id(),
                    region,
                    primary,
                    tier,
                    units,
                    zones,
                    mode,
                    subnet,
                    publicIp,
                    platform,
                    publicAddresses,
                    privateAddresses,
                    outboundAddresses,
                    natGateway,
                    disabled,
                    primaryRegion,
                    additionalLocations,
                    !resource.planned(),
                    fields.provenance());
            return new Draft(primary ? "primary" : "additional " + location.regionName(), location, fields.said());
        }

        /** Every tier but Consumption runs on one unit or more; another number is a mistake and is not believed. */
        private @Nullable Integer units(Fields fields, @Nullable String tier) {
            Integer units = fields.integer("units", "sku", "capacity");
            if (units == null || units > 0 || units == 0 && "Consumption".equalsIgnoreCase(tier)) {
                return units;
            }
            String reason = "sku.capacity is " + units;
            report(
                    ProblemCode.IMPOSSIBLE_UNITS,
                    fields.at("units", "sku", "capacity"),
                    reason + ", but an instance" + (tier == null ? "" : " of tier " + tier) + " has at least one unit",
                    "The number of units is taken as not known. Maybe the export was edited by hand.");
            fields.unknown("units", reason);
            return null;
        }

        private @Nullable String platform(Fields fields) {
            return known(
                    fields,
                    "platformVersion",
                    PLATFORMS,
                    ProblemCode.UNKNOWN_PLATFORM,
                    "The platform is taken as not known; requirements are those of stv2, the only one of new instances.",
                    "platformVersion");
        }

        /** As it is written: which tiers there are is knowledge of the rules. */
        private @Nullable String tier(Fields fields) {
            return fields.text("sku", "sku", "name");
        }

        /** A text that can only be one of some; another one is reported and is not believed. */
        private @Nullable String known(
                Fields fields, String component, List<String> values, ProblemCode code, String hint, String... path) {
            String text = textOfPlan(fields, component, path);
            if (text == null || values.stream().anyMatch(text::equalsIgnoreCase)) {
                return text;
            }
            String reason = String.join(".", path) + " is " + Problems.quote(text);
            report(code, fields.at(component, path), reason + ", which is none of " + String.join(", ", values), hint);
            fields.unknown(component, reason);
            return null;
        }

        /** A text that is empty in a plan stands for one that nobody filled in yet, so it is not known. */
        private @Nullable String textOfPlan(Fields fields, String component, String... path) {
            String text = fields.text(component, path);
            Node found = fields.at(component, path);
            if (text == null && found != null && resource.planned() && found.value() instanceof Json.Text) {
                fields.unknown(
                        component,
                        String.join(".", path) + " is empty (" + found.place().file() + " "
                                + found.place().pointer() + ")");
            }
            return text;
        }

        private void report(ProblemCode code, @Nullable Node found, String message, String hint) {
            problems.add(code, (found == null ? resource.node() : found).place(), message, hint);
        }

        /** What is not known of the service is not known of its locations. */
        private void inherit(Fields fields, String component) {
            String reason = service.provenance().unknown().get(component);
            if (reason != null) {
                fields.unknown(component, reason);
            }
        }

        private VirtualNetworkType mode(Fields fields) {
            if (service.said().contains(MODE)) {
                fields.said(MODE);
            }
            if (modeText != null) {
                VirtualNetworkType mode = VirtualNetworkType.of(modeText);
                if (mode == VirtualNetworkType.UNKNOWN) {
                    fields.unknown(MODE, noMode(modeText));
                }
                return mode;
            }
            String reason = service.provenance().unknown().get(MODE);
            if (reason != null) {
                fields.unknown(MODE, reason);
                return VirtualNetworkType.UNKNOWN;
            }
            if (resource.planned() || hasKey(resource.node(), MODE)) {
                return VirtualNetworkType.NONE;
            }
            fields.unknown(MODE, "the export does not say it");
            return VirtualNetworkType.UNKNOWN;
        }

        /** The addresses that Azure gave a location; not known where an export does not speak of them. */
        private List<AddressPrefix> addresses(Fields fields, String component, String key) {
            if (!resource.planned() && !hasKey(fields.node(), key)) {
                fields.unknown(component, "the export does not say it");
            }
            return Addresses.prefixes(fields, problems, component, key);
        }

        private static boolean hasKey(Node node, String key) {
            Node properties = node.get("properties");
            return node.getOrNullValue(key) != null || properties != null && properties.getOrNullValue(key) != null;
        }

        private @Nullable ResourceId subnet(Fields fields) {
            ResourceId id = fields.id("subnetId", "virtualNetworkConfiguration", "subnetResourceId");
            if (id == null || id.type().equals(SUBNET) || id.type().equals(CLASSIC_SUBNET)) {
                return id;
            }
            Node found = fields.at("subnetId", "virtualNetworkConfiguration", "subnetResourceId");
            problems.add(
                    ProblemCode.WRONG_ID,
                    (found == null ? fields.node() : found).place(),
                    "subnetResourceId was " + Problems.quote(id.text()) + " but must be the id of a subnet",
                    "It ends in /providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>.");
            return null;
        }

        private List<HostnameConfiguration> hostnames() {
            List<HostnameConfiguration> hostnames = new ArrayList<>();
            for (Node item : service.objects("hostnames", "hostnameConfigurations")) {
                Fields fields = new Fields(item, problems);
                String type = fields.text("type", "type");
                String host = fields.text("hostName", "hostName");
                if (host != null) {
                    hostnames.add(new HostnameConfiguration(type == null ? "" : type, host));
                }
                fields.provenance().unknown().values().forEach(reason -> service.unknown("hostnames", reason));
            }
            return hostnames;
        }

        private List<PrivateEndpointConnection> connections() {
            List<PrivateEndpointConnection> connections = new ArrayList<>();
            for (Node item : service.objects("privateEndpointConnections", "privateEndpointConnections")) {
                Fields fields = new Fields(item, problems);
                connections.add(new PrivateEndpointConnection(
                        fields.id("privateEndpointId", "privateEndpoint", "id"),
                        fields.texts("groupIds", "groupIds"),
                        fields.text("status", "privateLinkServiceConnectionState", "status")));
                fields.provenance()
                        .unknown()
                        .values()
                        .forEach(reason -> service.unknown("privateEndpointConnections", reason));
            }
            return connections;
        }

        private @Nullable Instant createdAt() {
            String text = service.text("createdAt", "createdAtUtc");
            Instant created = Instants.parse(text);
            if (text != null && created == null) {
                service.unknown("createdAt", Problems.quote(text) + " is no point in time");
            }
            return created;
        }

        /** Its own addresses by their name. */
        private Map<String, String> urls() {
            Map<String, String> urls = new TreeMap<>();
            for (String name : ApiManagementService.URLS) {
                String url = service.text("urls", name);
                if (url != null) {
                    urls.put(name, url);
                }
            }
            return urls;
        }

        private Map<String, String> customProperties() {
            Node found = service.at("customProperties", "customProperties");
            Map<String, String> properties = new TreeMap<>();
            if (found == null) {
                return properties;
            }
            if (!found.isObject()) {
                service.wrongType(found, "an object");
                return properties;
            }
            for (Node member : found.members()) {
                if (member.value() instanceof Json.Unknown reason) {
                    service.unknown("customProperties", reason.reason());
                } else if (member.value() instanceof Json.Text text) {
                    properties.put(member.key(), text.value());
                } else if (member.value() instanceof Json.Bool || member.value() instanceof Json.Num) {
                    properties.put(member.key(), member.value().toString());
                } else if (!member.isNull()) {
                    service.wrongType(member, "a text");
                }
            }
            return properties;
        }
    }
}
