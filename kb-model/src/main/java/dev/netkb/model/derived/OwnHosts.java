package dev.netkb.model.derived;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.ApiManagementService.HostnameConfiguration;
import dev.netkb.model.azure.Location;
import dev.netkb.model.derived.OwnHost.Role;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.HostName;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host names that a service answers to: default names in the domain of its cloud, and custom ones.
 *
 * @param domain the domain of default names, such as {@code azure-api.net}
 */
public record OwnHosts(ApiManagementService service, HostName domain, List<OwnHost> all) {

    private static final HostName PUBLIC = HostName.of("azure-api.net");
    private static final HostName US_GOVERNMENT = HostName.of("azure-api.us");
    private static final HostName CHINA = HostName.of("azure-api.cn");

    public OwnHosts {
        all = List.copyOf(all);
    }

    /**
     * Default names are those that the service says of itself, else they are built of its name (requirements B.7). Names
     * besides these are custom ones.
     */
    public static OwnHosts of(ApiManagementService service) {
        HostName label = HostName.of(service.name());
        HostName domain = url(service, "gatewayUrl")
                .filter(gateway -> gateway.parent().isPresent()
                        && gateway.equals(gateway.parent().get().below(label.text())))
                .flatMap(HostName::parent)
                .orElseGet(() -> domain(service.location()));
        HostName gateway = domain.below(label.text());
        List<OwnHost> hosts = new ArrayList<>();
        hosts.add(new OwnHost(service.id(), Role.GATEWAY, gateway));
        add(hosts, service, Role.LEGACY_PORTAL, "portalUrl", "portal", gateway, domain);
        add(hosts, service, Role.DEVELOPER_PORTAL, "developerPortalUrl", "developer", gateway, domain);
        add(hosts, service, Role.MANAGEMENT, "managementApiUrl", "management", gateway, domain);
        add(hosts, service, Role.GIT, "scmUrl", "scm", gateway, domain);
        hosts.add(new OwnHost(service.id(), Role.CONFIGURATION, inner(gateway, "configuration", domain)));
        for (HostnameConfiguration configured : service.hostnames()) {
            HostName name = HostName.of(configured.hostName());
            if (hosts.stream().noneMatch(host -> host.name().equals(name))) {
                hosts.add(new OwnHost(service.id(), Role.CUSTOM, name));
            }
        }
        return new OwnHosts(service, domain, hosts);
    }

    private static void add(
            List<OwnHost> hosts,
            ApiManagementService service,
            Role role,
            String url,
            String label,
            HostName gateway,
            HostName domain) {
        HostName name =
                url(service, url).filter(host -> host.isIn(domain)).orElseGet(() -> inner(gateway, label, domain));
        hosts.add(new OwnHost(service.id(), role, name));
    }

    /** Such as {@code contoso.portal.azure-api.net}. */
    private static HostName inner(HostName gateway, String label, HostName domain) {
        return domain.below(label).below(gateway.relativeTo(domain));
    }

    private static Optional<HostName> url(ApiManagementService service, String name) {
        return Optional.ofNullable(service.urls().get(name)).flatMap(HostName::ofUrl);
    }

    private static HostName domain(@Nullable Region region) {
        String key = region == null ? "" : region.key();
        if (key.startsWith("usgov") || key.startsWith("usdod")) {
            return US_GOVERNMENT;
        }
        return key.startsWith("china") ? CHINA : PUBLIC;
    }

    public ResourceId serviceId() {
        return service.id();
    }

    /** The default host name of the gateway. */
    public HostName gateway() {
        return all.get(0).name();
    }

    /** The name that public DNS gives clients of a private endpoint for the gateway. */
    public HostName privateLink() {
        return privateLinkDomain().below(gateway().relativeTo(domain));
    }

    /** The private zone of private endpoints, such as {@code privatelink.azure-api.net}. */
    public HostName privateLinkDomain() {
        return domain.below("privatelink");
    }

    /** A name of a key vault in its cloud, such as {@code any.vault.azure.net}. */
    public HostName anyVault() {
        return anyVault(domain);
    }

    /** A name of a key vault in the cloud of a region; a region that is not known is one of the public cloud. */
    public static HostName anyVaultIn(@Nullable Region region) {
        return anyVault(domain(region));
    }

    private static HostName anyVault(HostName domain) {
        if (domain.equals(CHINA)) {
            return HostName.of("any.vault.azure.cn");
        }
        return HostName.of(domain.equals(US_GOVERNMENT) ? "any.vault.usgovcloudapi.net" : "any.vault.azure.net");
    }

    public boolean isCustomised() {
        return all.stream().anyMatch(host -> host.role() == Role.CUSTOM);
    }

    /** Whether the service answers to a name: one of its own, or that of the gateway in one of its regions. */
    public boolean answersTo(String host) {
        HostName name = HostName.of(host);
        HostName regional = domain.below("regional");
        return name.isIn(regional) && name.text().startsWith(gateway().relativeTo(domain) + "-")
                || all.stream().anyMatch(own -> own.name().equals(name));
    }

    /** The addresses inside its networks, in all of its regions; empty where one of them is not known. */
    public List<AddressPrefix> privateAddresses() {
        boolean known = service.knows("locations")
                && service.locations().stream().allMatch(location -> location.knows("privateAddresses"));
        return (known ? service.locations() : List.<Location>of())
                .stream()
                        .flatMap(location -> location.privateAddresses().stream())
                        .toList();
    }
}
