package dev.netkb.api.read;

import dev.netkb.api.read.azure.FactJson;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.JsonText;
import dev.netkb.api.read.json.OwnFormat;
import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.PublicIpAddress;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a snapshot in the project's own format: resources in the shape of ARM, normalised, and beside them what is no
 * resource. The same snapshot gives the same text; reading it gives an equal snapshot. Where the facts were read is
 * not written.
 */
public final class SnapshotWriter {

    /** Where the JSON schema of the format is on the class path. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/snapshot-1.schema.json";

    private SnapshotWriter() {}

    /** The snapshot as JSON text that ends in a line feed. */
    public static String write(Snapshot snapshot) {
        return JsonText.write(new Writer(snapshot).snapshot());
    }

    /** The resources of the snapshot as a JSON list in the shape of ARM, as any reader of ARM takes it. */
    public static String writeResources(Snapshot snapshot) {
        return JsonText.write(new Writer(snapshot).resources());
    }

    private static final class Writer {
        private final Snapshot snapshot;

        Writer(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        Json snapshot() {
            Members members = new Members()
                    .text("schema", OwnFormat.SCHEMA)
                    .value("coverage", coverage())
                    .list("incomplete", List.copyOf(snapshot.coverage().incomplete()), Json.Text::new)
                    .value("resources", resources())
                    // Also where there are none: a section that is absent is derived from the resources.
                    .whole("subnetUsers", snapshot.subnetUsers(), Writer::user)
                    .whole("featuresInUse", snapshot.featuresInUse(), Writer::feature)
                    .list("networkStatuses", snapshot.networkStatuses(), Writer::status)
                    .list("effectiveRules", snapshot.effectiveNsgs(), Writer::effectiveNsg)
                    .list("effectiveRoutes", snapshot.effectiveRoutes(), Writer::effectiveRoute);
            Members facts = new Members();
            for (Class<? extends Record> type : FactJson.TYPES) {
                facts.list(type.getSimpleName(), snapshot.facts(type), FactJson::write);
            }
            if (!facts.isEmpty()) {
                members.value("facts", facts.build());
            }
            if (!snapshot.serviceTags().equals(ServiceTags.NONE)) {
                members.value("serviceTags", serviceTags(snapshot.serviceTags()));
            }
            return members.build();
        }

        private Json coverage() {
            Members members = new Members();
            snapshot.coverage()
                    .resourceTypes()
                    .forEach((type, count) -> members.value(type, new Json.Num(Integer.toString(count))));
            return members.build();
        }

        Json resources() {
            List<Json> resources = new ArrayList<>();
            snapshot.virtualNetworks().forEach(vnet -> resources.add(virtualNetwork(vnet)));
            snapshot.subnets().forEach(subnet -> resources.add(subnet(subnet)));
            snapshot.peerings().forEach(peering -> resources.add(peering(peering)));
            snapshot.networkSecurityGroups().forEach(group -> resources.add(group(group)));
            snapshot.routeTables().forEach(table -> resources.add(table(table)));
            snapshot.publicIpAddresses().forEach(address -> resources.add(publicIp(address)));
            snapshot.networkInterfaces().forEach(nic -> resources.add(networkInterface(nic)));
            snapshot.services().forEach(service -> resources.add(service(service)));
            return new Json.Arr(resources);
        }

        private Json virtualNetwork(VirtualNetwork vnet) {
            Members properties = new Members()
                    .value(
                            "addressSpace",
                            new Members()
                                    .unknownList(
                                            "addressPrefixes",
                                            texts(vnet.addressPrefixes()),
                                            vnet.provenance(),
                                            "addressPrefixes")
                                    .build());
            List<Json> servers = snapshot.dnsServers().stream()
                    .filter(server -> server.vnetId().equals(vnet.id()))
                    .map(DnsServer::address)
                    .map(address -> (Json) new Json.Text(address.text()))
                    .toList();
            if (!servers.isEmpty() || !vnet.provenance().knows("dnsServers")) {
                properties.value(
                        "dhcpOptions",
                        new Members()
                                .unknownList("dnsServers", servers, vnet.provenance(), "dnsServers")
                                .build());
            }
            properties.unknownOnly("subnets", vnet.provenance(), "subnets");
            properties.unknownOnly("virtualNetworkPeerings", vnet.provenance(), "peerings");
            return resource(vnet.id(), "Microsoft.Network/virtualNetworks", vnet.name())
                    .region(vnet.location(), vnet.provenance(), "location")
                    .value("properties", properties.build())
                    .build();
        }

        private static Json subnet(Subnet subnet) {
            Provenance from = subnet.provenance();
            Members properties = new Members()
                    .unknownList("addressPrefixes", texts(subnet.prefixes()), from, "prefixes")
                    .reference("networkSecurityGroup", subnet.nsgId(), from, "nsgId")
                    .reference("routeTable", subnet.routeTableId(), from, "routeTableId")
                    .reference("natGateway", subnet.natGatewayId(), from, "natGatewayId")
                    .unknownList(
                            "delegations",
                            subnet.delegations().stream()
                                    .map(delegation -> new Members()
                                            .text("name", delegation.name())
                                            .value(
                                                    "properties",
                                                    new Members()
                                                            .text("serviceName", delegation.serviceName())
                                                            .build())
                                            .build())
                                    .toList(),
                            from,
                            "delegations")
                    .unknownList(
                            "serviceEndpoints",
                            subnet.serviceEndpoints().stream()
                                    .map(endpoint -> new Members()
                                            .text("service", endpoint.service())
                                            .list(
                                                    "locations",
                                                    endpoint.locations(),
                                                    region -> new Json.Text(region.key()))
                                            .build())
                                    .toList(),
                            from,
                            "serviceEndpoints")
                    .unknownList(
                            "serviceEndpointPolicies",
                            ids(subnet.serviceEndpointPolicyIds()),
                            from,
                            "serviceEndpointPolicyIds")
                    .unknownText(
                            "privateEndpointNetworkPolicies",
                            subnet.privateEndpointNetworkPolicies(),
                            from,
                            "privateEndpointNetworkPolicies")
                    .unknownBool("defaultOutboundAccess", subnet.defaultOutboundAccess(), from, "defaultOutboundAccess")
                    .unknownOnly("ipConfigurations", from, "ipConfigurations")
                    .unknownOnly("privateEndpoints", from, "privateEndpoints")
                    .unknownOnly("serviceAssociationLinks", from, "serviceAssociationLinks")
                    .unknownOnly("resourceNavigationLinks", from, "resourceNavigationLinks");
            return resource(subnet.id(), "Microsoft.Network/virtualNetworks/subnets", subnet.name())
                    .value("properties", properties.build())
                    .build();
        }

        private static Json peering(VnetPeering peering) {
            Provenance from = peering.provenance();
            Members properties = new Members()
                    .reference("remoteVirtualNetwork", peering.remoteVnetId(), from, "remoteVnetId")
                    .unknownText("peeringState", peering.state(), from, "state")
                    .value(
                            "remoteAddressSpace",
                            new Members()
                                    .unknownList(
                                            "addressPrefixes", texts(peering.remotePrefixes()), from, "remotePrefixes")
                                    .build());
            flag(properties, "allowVirtualNetworkAccess", peering.allowVirtualNetworkAccess(), from);
            flag(properties, "allowForwardedTraffic", peering.allowForwardedTraffic(), from);
            flag(properties, "allowGatewayTransit", peering.allowGatewayTransit(), from);
            flag(properties, "useRemoteGateways", peering.useRemoteGateways(), from);
            properties
                    .unknownBool("peerCompleteVnets", peering.peerCompleteVnets(), from, "peerCompleteVnets")
                    .unknownList("localSubnetNames", plain(peering.localSubnetNames()), from, "localSubnetNames")
                    .unknownList("remoteSubnetNames", plain(peering.remoteSubnetNames()), from, "remoteSubnetNames");
            return resource(
                            peering.id(),
                            "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
                            peering.id().name())
                    .value("properties", properties.build())
                    .build();
        }

        private static void flag(Members members, String name, boolean value, Provenance from) {
            members.unknownBool(name, from.knows(name) ? value : null, from, name);
        }

        private static Json group(NetworkSecurityGroup group) {
            Provenance from = group.provenance();
            List<Json> custom = new ArrayList<>();
            List<Json> byDefault = new ArrayList<>();
            for (NsgRule rule : group.rules()) {
                (rule.isDefault() ? byDefault : custom).add(rule(rule));
            }
            return resource(group.id(), "Microsoft.Network/networkSecurityGroups", group.name())
                    .region(group.location(), from, "location")
                    .value(
                            "properties",
                            new Members()
                                    .unknownList("securityRules", custom, from, "rules")
                                    .unknownList("defaultSecurityRules", byDefault, from, "defaultRules")
                                    .build())
                    .build();
        }

        private static Json rule(NsgRule rule) {
            return new Members()
                    .text("name", rule.name())
                    .optional(OwnFormat.PERHAPS, rule.provenance().unknown().get(NsgRule.EXISTENCE))
                    .value("properties", ruleFields(rule).build())
                    .build();
        }

        private static Members ruleFields(NsgRule rule) {
            Provenance from = rule.provenance();
            Members members = new Members()
                    .value(
                            "priority",
                            from.knows("priority")
                                    ? new Json.Num(Integer.toString(rule.priority()))
                                    : new Json.Unknown(from.unknown().getOrDefault("priority", "")))
                    .text("direction", rule.direction().azureName())
                    .unknownText("access", from.knows("access") ? rule.access().azureName() : null, from, "access")
                    .unknownText(
                            "protocol",
                            from.knows("protocol") ? rule.protocols().toString() : null,
                            from,
                            "protocol");
            ports(members, "sourcePortRanges", rule.sourcePorts().toTexts(), from, "sourcePorts");
            ports(members, "destinationPortRanges", rule.destinationPorts().toTexts(), from, "destinationPorts");
            side(members, "source", rule.sources());
            side(members, "destination", rule.destinations());
            return members.unknownText("provisioningState", rule.provisioningState(), from, "provisioningState");
        }

        private static void ports(
                Members members, String name, List<String> ranges, Provenance from, String component) {
            List<Json> items = new ArrayList<>();
            if (from.knows(component) || !ranges.equals(List.of("*"))) {
                ranges.forEach(range -> items.add(new Json.Text(range)));
            }
            members.unknownList(name, items, from, component);
        }

        private static void side(Members members, String side, List<AddressMatch> entries) {
            List<Json> prefixes = new ArrayList<>();
            List<Json> groups = new ArrayList<>();
            for (AddressMatch entry : entries) {
                if (entry instanceof AddressMatch.Asg asg) {
                    groups.add(new Members().text("id", asg.id().text()).build());
                } else if (entry instanceof AddressMatch.Unknown unknown) {
                    prefixes.add(new Json.Unknown(unknown.text()));
                } else {
                    prefixes.add(new Json.Text(entry.text()));
                }
            }
            members.value(side + "AddressPrefixes", new Json.Arr(prefixes));
            if (!groups.isEmpty()) {
                members.value(side + "ApplicationSecurityGroups", new Json.Arr(groups));
            }
        }

        private static Json table(RouteTable table) {
            Provenance from = table.provenance();
            return resource(table.id(), "Microsoft.Network/routeTables", table.name())
                    .region(table.location(), from, "location")
                    .value(
                            "properties",
                            new Members()
                                    .unknownBool(
                                            "disableBgpRoutePropagation",
                                            table.disableBgpRoutePropagation(),
                                            from,
                                            "disableBgpRoutePropagation")
                                    .unknownList(
                                            "routes",
                                            table.routes().stream()
                                                    .map(Writer::route)
                                                    .toList(),
                                            from,
                                            "routes")
                                    .build())
                    .build();
        }

        private static Json route(Route route) {
            Provenance from = route.provenance();
            Members properties = new Members()
                    .value(
                            "addressPrefix",
                            route.destination() instanceof AddressMatch.Unknown unknown
                                    ? new Json.Unknown(unknown.text())
                                    : new Json.Text(route.destination().text()))
                    .unknownText(
                            "nextHopType",
                            from.knows("nextHopType") ? route.nextHopType().azureName() : null,
                            from,
                            "nextHopType");
            if (route.nextHopIp() != null || !from.knows("nextHopIp")) {
                properties.unknownText(
                        "nextHopIpAddress",
                        route.nextHopIp() == null ? null : route.nextHopIp().text(),
                        from,
                        "nextHopIp");
            }
            return new Members()
                    .text("name", route.name())
                    .value("properties", properties.build())
                    .build();
        }

        private static Json publicIp(PublicIpAddress address) {
            Provenance from = address.provenance();
            Members properties = new Members()
                    .unknownText("publicIPAddressVersion", address.version(), from, "version")
                    .unknownText("ipAddress", address.ipAddress(), from, "ipAddress");
            properties.nested("dnsSettings", "domainNameLabel", address.domainNameLabel(), from, "domainNameLabel");
            List<Json> tags = Stream.ofNullable(address.routingPreference())
                    .map(preference -> new Members()
                            .text("ipTagType", "RoutingPreference")
                            .text("tag", preference)
                            .build())
                    .toList();
            if (!tags.isEmpty() || !from.knows("routingPreference")) {
                properties.unknownList("ipTags", tags, from, "routingPreference");
            }
            return resource(address.id(), "Microsoft.Network/publicIPAddresses", address.name())
                    .region(address.location(), from, "location")
                    .nested("sku", "name", address.sku(), from, "sku")
                    .unknownList("zones", plain(address.zones()), from, "zones")
                    .value("properties", properties.build())
                    .build();
        }

        private static Json networkInterface(NetworkInterface nic) {
            Provenance from = nic.provenance();
            List<Json> configurations = new ArrayList<>();
            int count = Math.max(nic.subnetIds().size(), nic.privateAddresses().size());
            for (int i = 0; i < count; i++) {
                Members configuration = new Members();
                if (i < nic.subnetIds().size()) {
                    configuration.reference("subnet", nic.subnetIds().get(i), Provenance.NONE, "");
                }
                if (i < nic.privateAddresses().size()) {
                    configuration.text(
                            "privateIPAddress", nic.privateAddresses().get(i).text());
                }
                configurations.add(new Members()
                        .text("name", "ipconfig" + (i + 1))
                        .value("properties", configuration.build())
                        .build());
            }
            if (!from.knows("privateAddresses")) {
                configurations.add(new Members()
                        .text("name", "ipconfig" + (count + 1))
                        .unknownOnly("privateIPAddress", from, "privateAddresses")
                        .build());
            }
            return resource(nic.id(), "Microsoft.Network/networkInterfaces", nic.name())
                    .value(
                            "properties",
                            new Members()
                                    .unknownList("ipConfigurations", configurations, from, "subnetIds")
                                    .reference("networkSecurityGroup", nic.nsgId(), from, "nsgId")
                                    .build())
                    .build();
        }

        private static Json service(ApiManagementService service) {
            Provenance from = service.provenance();
            Location primary = service.locations().stream()
                    .filter(Location::primary)
                    .findFirst()
                    .orElse(null);
            Members members = resource(service.id(), "Microsoft.ApiManagement/service", service.name())
                    .region(service.location(), from, "location");
            if (!service.deployed()) {
                members.value(OwnFormat.PLANNED, new Json.Bool(true));
            }
            members.value("sku", sku(service.sku(), from, primary));
            Members properties = new Members();
            if (primary != null) {
                members.unknownList("zones", plain(primary.zones()), primary.provenance(), "zones");
                mode(properties, service, primary);
                location(properties, primary);
            }
            List<Json> additional = service.locations().stream()
                    .filter(location -> !location.primary() && !isStandIn(location, from))
                    .map(location -> additional(location))
                    .toList();
            properties
                    .unknownList("additionalLocations", additional, from, "locations")
                    .unknownText("platformVersion", service.platformVersion(), from, "platformVersion")
                    .unknownText("publicNetworkAccess", service.publicNetworkAccess(), from, "publicNetworkAccess")
                    .unknownText("provisioningState", service.provisioningState(), from, "provisioningState")
                    .unknownList(
                            "hostnameConfigurations",
                            service.hostnames().stream()
                                    .map(host -> new Members()
                                            .text("type", host.type())
                                            .text("hostName", host.hostName())
                                            .build())
                                    .toList(),
                            from,
                            "hostnames")
                    .unknownList(
                            "privateEndpointConnections",
                            service.privateEndpointConnections().stream()
                                    .map(Writer::connection)
                                    .toList(),
                            from,
                            "privateEndpointConnections");
            properties
                    .unknownText(
                            "createdAtUtc",
                            service.createdAt() == null
                                    ? null
                                    : service.createdAt().toString(),
                            from,
                            "createdAt")
                    .nested("apiVersionConstraint", "minApiVersion", service.minApiVersion(), from, "minApiVersion");
            new TreeMap<>(service.urls()).forEach(properties::text);
            ApiManagementService.URLS.stream()
                    .filter(name -> !service.urls().containsKey(name))
                    .findFirst()
                    .ifPresent(name -> properties.unknownOnly(name, from, "urls"));
            Members custom = new Members();
            new TreeMap<>(service.customProperties()).forEach(custom::text);
            if (!from.knows("customProperties")) {
                custom.unknownOnly("unknown", from, "customProperties");
            }
            return members.value(
                            "properties",
                            properties.value("customProperties", custom.build()).build())
                    .build();
        }

        /** Whether a location stands for all of which nothing is known: the unknown item of the list says so. */
        private static boolean isStandIn(Location location, Provenance service) {
            String open = service.unknown().get("locations");
            return open != null
                    && location.region() == null
                    && open.equals(location.provenance().unknown().get("region"));
        }

        private static Json sku(@Nullable String name, Provenance from, @Nullable Location location) {
            Members sku = new Members().unknownText("name", name, from, "sku");
            if (location != null) {
                units(sku, location);
            }
            return sku.build();
        }

        private static void units(Members sku, Location location) {
            if (location.units() != null) {
                sku.value("capacity", new Json.Num(Integer.toString(location.units())));
            } else {
                sku.unknownOnly("capacity", location.provenance(), "units");
            }
        }

        /** Without the key the mode is not known; with a null it is none. */
        private static void mode(Members properties, ApiManagementService service, Location primary) {
            String component = "virtualNetworkType";
            if (service.virtualNetworkType() != null || !service.provenance().knows(component)) {
                properties.unknownText(component, service.virtualNetworkType(), service.provenance(), component);
            } else if (primary.virtualNetworkType() == VirtualNetworkType.NONE) {
                properties.value(component, Json.NULL);
            }
        }

        private static void location(Members properties, Location location) {
            Provenance from = location.provenance();
            properties
                    .nested(
                            "virtualNetworkConfiguration",
                            "subnetResourceId",
                            location.subnetId() == null
                                    ? null
                                    : location.subnetId().text(),
                            from,
                            "subnetId")
                    .unknownText(
                            "publicIpAddressId",
                            location.publicIpAddressId() == null
                                    ? null
                                    : location.publicIpAddressId().text(),
                            from,
                            "publicIpAddressId")
                    .unknownList("publicIPAddresses", texts(location.publicAddresses()), from, "publicAddresses")
                    .unknownList("privateIPAddresses", texts(location.privateAddresses()), from, "privateAddresses")
                    .unknownList(
                            "outboundPublicIPAddresses",
                            texts(location.outboundPublicAddresses()),
                            from,
                            "outboundPublicAddresses")
                    .unknownText("natGatewayState", location.natGatewayState(), from, "natGatewayState")
                    .unknownBool("disableGateway", location.disableGateway(), from, "disableGateway");
        }

        private static Json additional(Location location) {
            Provenance from = location.provenance();
            Members members = new Members()
                    .region(location.region(), from, "region")
                    .value("sku", sku(location.sku(), from, location))
                    .unknownList("zones", plain(location.zones()), from, "zones")
                    .unknownText("platformVersion", location.platformVersion(), from, "platformVersion");
            location(members, location);
            return members.build();
        }

        private static Json connection(ApiManagementService.PrivateEndpointConnection connection) {
            return new Members()
                    .value(
                            "properties",
                            new Members()
                                    .reference("privateEndpoint", connection.privateEndpointId(), Provenance.NONE, "")
                                    .value("groupIds", new Json.Arr(plain(connection.groupIds())))
                                    .nested(
                                            "privateLinkServiceConnectionState",
                                            "status",
                                            connection.status(),
                                            Provenance.NONE,
                                            "")
                                    .build())
                    .build();
        }

        private static Json user(SubnetUser user) {
            return new Members()
                    .text("id", user.id().text())
                    .text("subnetId", user.subnetId().text())
                    .text("kind", user.kind().name())
                    .text("owner", user.owner().text())
                    .text("ownerType", user.ownerType())
                    .build();
        }

        private static Json feature(FeatureInUse feature) {
            return new Members()
                    .text("serviceId", feature.serviceId().text())
                    .text("feature", feature.feature().name())
                    .text("shownBy", feature.shownBy().text())
                    .value("unknown", unknownMap(feature.provenance()))
                    .build();
        }

        private static Json status(NetworkStatus status) {
            Provenance from = status.provenance();
            Members members = new Members();
            if (status.serviceId() != null) {
                members.text("serviceId", status.serviceId().text());
            }
            return members.region(status.location(), Provenance.NONE, "location")
                    .value(
                            "networkStatus",
                            new Members()
                                    .unknownList("dnsServers", plain(status.dnsServers()), from, "dnsServers")
                                    .unknownList(
                                            "connectivityStatus",
                                            status.connectivity().stream()
                                                    .map(Writer::connectivity)
                                                    .toList(),
                                            from,
                                            "connectivity")
                                    .build())
                    .build();
        }

        private static @Nullable String text(@Nullable Instant time) {
            return time == null ? null : time.toString();
        }

        private static Json connectivity(NetworkStatus.ConnectivityStatus row) {
            Provenance from = row.provenance();
            return new Members()
                    .text("name", row.name())
                    .text("status", row.status())
                    .unknownText("error", row.error(), from, "error")
                    .unknownText("lastUpdated", text(row.lastUpdated()), from, "lastUpdated")
                    .unknownText("lastStatusChange", text(row.lastStatusChange()), from, "lastStatusChange")
                    .unknownText("resourceType", row.resourceType(), from, "resourceType")
                    .unknownBool("isOptional", row.optional(), from, "optional")
                    .build();
        }

        private static Json effectiveNsg(EffectiveNsg nsg) {
            Provenance from = nsg.provenance();
            Members association = new Members()
                    .reference("networkInterface", nsg.networkInterfaceId(), from, "networkInterfaceId")
                    .reference("subnet", nsg.subnetId(), from, "subnetId");
            Members tags = new Members();
            new TreeMap<>(nsg.expansions())
                    .forEach((ServiceTag tag, AddressSet set) ->
                            tags.value(tag.name(), new Json.Arr(plain(set.toPrefixes()))));
            return new Members()
                    .reference("networkSecurityGroup", nsg.nsgId(), from, "nsgId")
                    .value("association", association.build())
                    .unknownList(
                            "effectiveSecurityRules",
                            nsg.rules().stream()
                                    .map(rule -> ruleFields(rule)
                                            .text(
                                                    "name",
                                                    (rule.isDefault() ? "defaultSecurityRules/" : "securityRules/")
                                                            + rule.name())
                                            .build())
                                    .toList(),
                            from,
                            "rules")
                    .value("tagMap", tags.build())
                    .build();
        }

        private static Json effectiveRoute(EffectiveRoute route) {
            Provenance from = route.provenance();
            Members members = new Members();
            if (route.networkInterfaceId() != null) {
                members.text("networkInterfaceId", route.networkInterfaceId().text());
            }
            return members.unknownText("name", route.name(), from, "name")
                    .unknownText("source", from.knows("source") ? route.source() : null, from, "source")
                    .unknownText("state", from.knows("state") ? route.state() : null, from, "state")
                    .unknownList("addressPrefix", texts(route.prefixes()), from, "prefixes")
                    .unknownText(
                            "nextHopType",
                            from.knows("nextHopType") ? route.nextHopType().azureName() : null,
                            from,
                            "nextHopType")
                    .unknownList("nextHopIpAddress", texts(route.nextHopIps()), from, "nextHopIps")
                    .unknownBool(
                            "disableBgpRoutePropagation",
                            route.disableBgpRoutePropagation(),
                            from,
                            "disableBgpRoutePropagation")
                    .build();
        }

        private static Json serviceTags(ServiceTags tags) {
            return new Members()
                    .text("changeNumber", tags.changeNumber())
                    .text("cloud", tags.cloud())
                    .text("file", tags.file())
                    .list(
                            "values",
                            List.copyOf(tags.tags()),
                            tag -> new Members()
                                    .text("name", tag.name())
                                    .value(
                                            "properties",
                                            new Members()
                                                    .value("addressPrefixes", new Json.Arr(plain(tags.prefixes(tag))))
                                                    .build())
                                    .build())
                    .build();
        }

        private static Json unknownMap(Provenance from) {
            Members members = new Members();
            new TreeMap<>(from.unknown()).forEach(members::text);
            return members.build();
        }

        private static Members resource(ResourceId id, String type, String name) {
            return new Members().text("id", id.text()).text("name", name).text("type", type);
        }

        private static List<Json> texts(List<AddressPrefix> prefixes) {
            return prefixes.stream()
                    .map(prefix -> (Json) new Json.Text(prefix.text()))
                    .toList();
        }

        private static List<Json> ids(List<ResourceId> ids) {
            return ids.stream()
                    .map(id -> (Json) new Members().text("id", id.text()).build())
                    .toList();
        }

        private static List<Json> plain(List<String> texts) {
            return texts.stream().map(text -> (Json) new Json.Text(text)).toList();
        }
    }
}
