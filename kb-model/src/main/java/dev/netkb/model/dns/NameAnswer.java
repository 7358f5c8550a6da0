package dev.netkb.model.dns;

import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.HostName;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual network is told that asks for a name.
 *
 * @param zoneId the private zone that answers, null where none does
 * @param record the record set with the addresses, null where there are none
 * @param unlinked private zones with a record of this name that the network does not ask
 * @param missing of an unknown answer what would tell it, and how to get that; else empty
 */
public record NameAnswer(
        HostName host,
        Kind kind,
        @Nullable ResourceId zoneId,
        @Nullable PrivateDnsRecordSet record,
        List<ResourceId> unlinked,
        String missing) {

    /** What kind of answer it is. */
    public enum Kind {
        /** The addresses of a private zone. */
        ADDRESSES,
        /** A private zone says that there is no such name. */
        NO_SUCH_NAME,
        /** No private zone answers, so public DNS does. */
        PUBLIC,
        UNKNOWN
    }

    public NameAnswer {
        unlinked = List.copyOf(unlinked);
    }

    static NameAnswer unknown(HostName host, String missing) {
        return new NameAnswer(host, Kind.UNKNOWN, null, null, List.of(), missing);
    }

    public boolean isKnown() {
        return kind != Kind.UNKNOWN;
    }

    public boolean hasAddresses() {
        return kind == Kind.ADDRESSES;
    }

    /** The addresses that the name leads to; empty where a private zone gives none. */
    public List<AddressPrefix> addresses() {
        return record == null ? List.of() : record.addresses();
    }

    public String addressText() {
        return addresses().stream().map(AddressPrefix::text).collect(Collectors.joining(", "));
    }
}
