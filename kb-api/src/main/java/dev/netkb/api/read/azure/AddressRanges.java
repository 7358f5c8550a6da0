package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses as Azure Firewall writes them: beside addresses and CIDR blocks, ranges such as 10.0.0.4-10.0.0.9. */
final class AddressRanges {

    private AddressRanges() {}

    /** An entry of a firewall rule; a range becomes its blocks. Empty, with a problem added, where it is none. */
    static List<AddressMatch> matches(Node item, Problems problems) {
        AddressSet range = range(item, problems);
        if (range != null) {
            return range.toPrefixes().stream()
                    .map(AddressPrefix::parse)
                    .map(prefix -> (AddressMatch) new AddressMatch.Prefix(prefix))
                    .toList();
        }
        AddressMatch match = Addresses.match(item, problems);
        return match == null ? List.of() : List.of(match);
    }

    /** The addresses of a list, united. */
    static AddressSet set(Fields fields, Problems problems, String component, String... path) {
        return AddressSet.union(fields.values(
                component,
                item -> {
                    AddressSet range = range(item, problems);
                    AddressPrefix prefix = range == null ? Addresses.prefix(item, problems) : null;
                    return range != null ? range : prefix == null ? null : prefix.addresses();
                },
                path));
    }

    private static @Nullable AddressSet range(Node item, Problems problems) {
        if (!(item.value() instanceof Json.Text text) || text.value().indexOf('-') < 0) {
            return null;
        }
        String[] ends = text.value().split("-", -1);
        try {
            return ends.length == 2
                    ? AddressSet.of(IpAddress.parse(ends[0].trim()), IpAddress.parse(ends[1].trim()))
                    : null;
        } catch (IllegalArgumentException e) {
            if (ends[0].trim().matches("[0-9.]+|.*:.*")) {
                problems.add(
                        ProblemCode.WRONG_ADDRESS,
                        item.place(),
                        Fields.name(item) + " was " + Problems.quote(text.value())
                                + " but must be a range of addresses",
                        "An example is 10.0.0.4-10.0.0.9: two addresses of one family, the lower one first.");
                return AddressSet.EMPTY;
            }
            // A tag with a hyphen in its name.
            return null;
        }
    }
}
