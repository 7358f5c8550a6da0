package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.NetworkStatus.ConnectivityStatus;
import dev.netkb.model.dns.NameServers;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What API Management itself saw of names when it called its dependencies from a location. */
public record ResolutionSeen(Location location, NetworkStatus status) {

    /** How the network stacks of Windows, .NET, curl and Linux say that a name has no address. */
    private static final List<String> UNRESOLVED = List.of(
            "could not be resolved",
            "could not resolve",
            "couldn't resolve",
            "cannot resolve",
            "name resolution",
            "errorresolvinghostname",
            "no such host",
            "name or service not known",
            "no address associated with",
            "nxdomain");

    /** Whether an error says that a name could not be resolved. */
    public static boolean isUnresolved(@Nullable String error) {
        String text = error == null ? "" : error.toLowerCase(Locale.ROOT);
        return UNRESOLVED.stream().anyMatch(text::contains);
    }

    /** The dependencies whose name was not resolved. */
    public List<Failure> failures() {
        return status.connectivity().stream()
                .filter(row -> row.status().equals("failure") && isUnresolved(row.error()))
                .map(row -> new Failure(location, row))
                .toList();
    }

    /** Whether every dependency was reached, and so each of their names resolved, by the servers that are in use now. */
    public boolean isAllResolvedBy(NameServers servers) {
        return !status.connectivity().isEmpty()
                && status.connectivity().stream().allMatch(row -> row.status().equals("success"))
                && (status.dnsServers().isEmpty()
                        || Set.copyOf(status.dnsServers()).equals(Set.copyOf(servers.addresses())));
    }

    /** A dependency whose name was not resolved. */
    public record Failure(Location location, ConnectivityStatus row) implements AzureFact {

        /** The id of the service. */
        @Override
        public ResourceId id() {
            return location.serviceId();
        }

        @Override
        public Provenance provenance() {
            return row.provenance();
        }

        @Override
        public String factType() {
            return "NetworkStatus";
        }
    }
}
