package dev.netkb.api.read.azure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All mappers, by the resource types that they read: the one place to register a new one. */
final class Mappers {

    private static final List<Mapper> ALL = List.of(
            new VirtualNetworkMapper(),
            new NetworkSecurityGroupMapper(),
            new RouteTableMapper(),
            new PublicIpAddressMapper(),
            new NetworkInterfaceMapper(),
            new ApiManagementMapper(),
            new ApiManagementFeatureMapper(),
            new ApiManagementGatewayMapper(),
            new BackendHostMapper(),
            new GatewayMapper(),
            new FirewallMapper(),
            new PrivateDnsMapper(),
            new PrivateEndpointMapper(),
            new ManagementLockMapper());

    private static final Map<String, Mapper> BY_TYPE = new HashMap<>();

    static {
        for (Mapper mapper : ALL) {
            mapper.types().forEach(type -> BY_TYPE.put(type, mapper));
        }
    }

    private Mappers() {}

    /** The types of resources that are read, in lower case. */
    static Set<String> types() {
        return Set.copyOf(BY_TYPE.keySet());
    }

    static Optional<Mapper> find(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }
}
