package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.WorkspaceGateway;
import dev.netkb.model.dns.NameAnswer;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * What the virtual network of an injected workspace gateway is told that asks for its host name. Exports do not say the
 * address of the gateway, only its subnet.
 *
 * @param subnet the subnet of the gateway, null where it was not exported
 */
public record GatewayLookup(
        WorkspaceGateway gateway,
        ResourceId vnetId,
        @Nullable Subnet subnet,
        NameAnswer answer) {

    public ResourceId gatewayId() {
        return gateway.id();
    }

    public boolean isAbsent() {
        return answer.isKnown() && !answer.hasAddresses();
    }

    /** Whether the record surely leads to another place than the gateway's subnet. */
    public boolean isElsewhere() {
        return subnet != null
                && !subnet.ipv4Addresses().isEmpty()
                && answer.hasAddresses()
                && answer.addresses().stream()
                        .map(AddressPrefix::addresses)
                        .anyMatch(address -> !subnet.addresses().containsAll(address));
    }

    public boolean isWrong() {
        return isAbsent() || isElsewhere();
    }

    public String message() {
        return isElsewhere()
                ? answer.host() + " leads to " + answer.addressText() + " for " + vnetId.name()
                        + ", which is no address of the gateway's subnet"
                : answer.host() + " is not found in " + vnetId.name()
                        + ": no private DNS zone linked to it has a record of it";
    }

    /** The record that misleads, else the gateway. */
    public AzureFact seen() {
        return answer.record() == null ? gateway : answer.record();
    }

    public String seenField() {
        return answer.record() == null ? "frontend" : "aRecords";
    }

    public String seenValue() {
        return answer.record() == null ? answer.host().text() : answer.addressText();
    }
}
