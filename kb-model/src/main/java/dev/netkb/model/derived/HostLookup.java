package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.derived.OwnHost.Role;
import dev.netkb.model.dns.NameAnswer;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.HostName;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a virtual network is told that asks for a host name of a service inside its network.
 *
 * @param askedFrom the virtual network that asks: the location's own, or a peer
 */
public record HostLookup(Location location, OwnHosts hosts, OwnHost host, ResourceId askedFrom, NameAnswer answer) {

    public Role role() {
        return host.role();
    }

    public HostName name() {
        return host.name();
    }

    public boolean isFromOwnNetwork() {
        return askedFrom.equals(location.vnetId());
    }

    /** Whether it leads to addresses of the service and nowhere else. */
    public boolean isRight() {
        return answer.hasAddresses() && hosts.privateAddresses().containsAll(answer.addresses());
    }

    /** Whether the name surely leads nowhere, or to public DNS, which does not know a default name in internal mode. */
    public boolean isAbsent() {
        return answer.isKnown() && !answer.hasAddresses();
    }

    /** Whether it leads to an address that is none of the service's, which are known. */
    public boolean isElsewhere() {
        return answer.hasAddresses() && !isAddressMissing() && !isRight();
    }

    /** Whether it is right in another region only: to its address clients of this region are led too. */
    public boolean isOtherRegion() {
        return isRight() && answer.addresses().stream().noneMatch(location.privateAddresses()::contains);
    }

    /** Whether nobody knows the addresses that it should lead to. */
    public boolean isAddressMissing() {
        return hosts.privateAddresses().isEmpty();
    }

    /** What would tell whether it is right; empty where that is known. */
    public String missing() {
        if (!answer.isKnown()) {
            return answer.missing();
        }
        if (!isAddressMissing()) {
            return "";
        }
        return location.deployed()
                ? "the private IP address of " + location.serviceId().name() + " (az apim show --ids "
                        + location.serviceId() + ")"
                : "the private IP address of " + location.serviceId().name()
                        + ", which it gets when it is deployed (check again after the deployment)";
    }

    public boolean isUndecided() {
        return !missing().isEmpty();
    }

    /** Such as {@code gateway contoso.azure-api.net has no A record in a private DNS zone linked to vnet-apim}. */
    public String message() {
        String network = askedFrom.name();
        if (answer.hasAddresses()) {
            return host.text() + " leads to " + answer.addressText() + " for " + network + wrong();
        }
        String unlinked = answer.unlinked().stream().map(ResourceId::name).collect(Collectors.joining(", "));
        if (!unlinked.isEmpty()) {
            return host.text() + " is not found in " + network + ": zone " + unlinked
                    + " has a record of it but is not linked to " + network;
        }
        return host.text() + " is not found in " + network + ": no private DNS zone linked to it has a record of it";
    }

    private String wrong() {
        List<AddressPrefix> right = answer.addresses().stream()
                .filter(hosts.privateAddresses()::contains)
                .toList();
        List<AddressPrefix> tooMuch = answer.addresses().stream()
                .filter(address -> !right.contains(address))
                .toList();
        return right.isEmpty() || tooMuch.isEmpty()
                ? ", not to " + addressText()
                : "; of these " + joined(tooMuch) + (tooMuch.size() == 1 ? " is" : " are") + " too much, only "
                        + joined(right) + (right.size() == 1 ? " is" : " are") + " right";
    }

    private static String joined(List<AddressPrefix> addresses) {
        return addresses.stream().map(AddressPrefix::text).collect(Collectors.joining(", "));
    }

    /** The address that it should lead to, in this region. */
    public String addressText() {
        List<AddressPrefix> own =
                location.privateAddresses().isEmpty() ? hosts.privateAddresses() : location.privateAddresses();
        return joined(own);
    }

    // ---- what was seen

    /** The record set that misleads, else the location whose name is not found. */
    public AzureFact seen() {
        PrivateDnsRecordSet record = answer.record();
        return record == null ? location : record;
    }

    public String seenField() {
        PrivateDnsRecordSet record = answer.record();
        return record == null ? "privateIPAddresses" : record.type().equals("AAAA") ? "aaaaRecords" : "aRecords";
    }

    public String seenValue() {
        return answer.record() == null ? addressText() : answer.addressText();
    }

    // ---- what would cure it

    /** The zone that should hold the record: one that has or should have it, else one of the host's own name. */
    public String zone() {
        ResourceId zone = existingZone();
        return zone == null ? name().text() : zone.name();
    }

    public String zoneResourceGroup() {
        ResourceId zone = existingZone();
        return zone == null ? askedFrom.resourceGroup() : zone.resourceGroup();
    }

    private @org.jspecify.annotations.Nullable ResourceId existingZone() {
        ResourceId zone = answer.unlinked().isEmpty()
                ? answer.zoneId()
                : answer.unlinked().get(0);
        return zone == null || zone.name().equalsIgnoreCase(hosts.domain().text()) ? null : zone;
    }

    /** The name of the record in that zone. */
    public String recordName() {
        return name().relativeTo(HostName.of(zone()));
    }

    /** One address that the record should hold. */
    public String address() {
        List<AddressPrefix> own =
                location.privateAddresses().isEmpty() ? hosts.privateAddresses() : location.privateAddresses();
        return own.isEmpty() ? "" : own.get(0).text();
    }
}
