package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.dns.NameAnswer;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.HostName;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the virtual network of a private endpoint is told that asks for the gateway of the service that it leads to.
 *
 * @param zone the private zone that should answer, such as {@code privatelink.azure-api.net}
 */
public record EndpointLookup(PrivateEndpoint endpoint, ResourceId vnetId, HostName zone, NameAnswer answer) {

    /** The addresses of the endpoint as far as they were exported. */
    private List<AddressPrefix> addresses() {
        return Stream.concat(
                        endpoint.privateAddresses().stream(),
                        endpoint.dnsConfigs().stream().flatMap(config -> config.addresses().stream()))
                .distinct()
                .toList();
    }

    public boolean isAbsent() {
        return answer.isKnown() && !answer.hasAddresses();
    }

    /** Whether the record leads to another address than the endpoint's, as far as that is known. */
    public boolean isElsewhere() {
        return answer.hasAddresses() && !addresses().isEmpty() && !addresses().containsAll(answer.addresses());
    }

    public boolean isWrong() {
        return isAbsent() || isElsewhere();
    }

    /** Such as {@code 10.0.3.4}; empty where it was not exported. */
    public String addressText() {
        return addresses().stream().map(AddressPrefix::text).collect(Collectors.joining(", "));
    }

    /** One address for the record. */
    public String address() {
        List<AddressPrefix> addresses = addresses();
        return addresses.isEmpty()
                ? "<address of " + endpoint.name() + ">"
                : addresses.get(0).text();
    }

    public String message() {
        if (isElsewhere()) {
            return answer.host() + " leads to " + answer.addressText() + " for " + vnetId.name()
                    + ", not to private endpoint " + endpoint.name() + " (" + addressText() + ")";
        }
        String why = answer.zoneId() != null
                ? "zone " + answer.zoneId().name() + " has no record of it"
                : answer.unlinked().isEmpty()
                        ? "no private DNS zone " + zone + " is linked to it"
                        : "zone " + answer.unlinked().get(0).name() + " is not linked to it";
        return answer.host() + " is not found in " + vnetId.name() + ", the network of private endpoint "
                + endpoint.name() + ": " + why;
    }

    /** The record that misleads, else the endpoint. */
    public AzureFact seen() {
        return answer.record() == null ? endpoint : answer.record();
    }

    public String seenField() {
        return answer.record() == null ? "subnet" : "aRecords";
    }

    public String seenValue() {
        return answer.record() == null ? String.valueOf(endpoint.subnetId()) : answer.addressText();
    }

    public String recordName() {
        return answer.host().relativeTo(zone);
    }
}
