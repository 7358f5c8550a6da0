package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what Azure writes for addresses and ports, in all its spellings. */
final class Addresses {

    private static final Pattern MASKED = Pattern.compile("(?=.*[xX*])[0-9xX*]{1,3}(\\.[0-9xX*]{1,3}){3}(/\\d{1,2})?");

    private Addresses() {}

    /** An entry of a rule: {@code *}, a prefix or a tag; null, with a problem added, where it is none. */
    static @Nullable AddressMatch match(Node item, Problems problems) {
        if (item.value() instanceof Json.Unknown unknown) {
            return new AddressMatch.Unknown(unknown.reason());
        }
        if (!(item.value() instanceof Json.Text text)) {
            problems.add(
                    ProblemCode.WRONG_TYPE,
                    item.place(),
                    Fields.name(item) + " was " + item.value().kind() + ", but must be a text",
                    "Maybe the export was edited by hand.");
            return null;
        }
        String value = text.value().trim();
        if (value.equals("*") || value.equalsIgnoreCase("any") || value.equals("0.0.0.0/0")) {
            return new AddressMatch.Any();
        }
        Optional<AddressPrefix> prefix = AddressPrefix.tryParse(value);
        if (prefix.isPresent()) {
            boolean everything = prefix.get().isIpv4() && prefix.get().length() == 0;
            reportHostBits(item, value, prefix.get(), problems);
            return everything ? new AddressMatch.Any() : new AddressMatch.Prefix(prefix.get());
        }
        if (ServiceTag.isName(value)) {
            return new AddressMatch.Tag(ServiceTag.of(value));
        }
        if (isMasked(value)) {
            reportMasked(item, value, problems);
            return new AddressMatch.Unknown(value);
        }
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            problems.count(
                    ProblemCode.UNKNOWN_VALUE,
                    item.place(),
                    Fields.name(item) + " was " + Problems.quote(value) + ", a number instead of an address",
                    "Azure takes such a value, but what it matches is not documented: the rule may match anything.");
            return new AddressMatch.Unknown(value);
        }
        problems.add(
                ProblemCode.WRONG_ADDRESS,
                item.place(),
                Fields.name(item) + " was " + Problems.quote(value)
                        + " but must be an address, a CIDR block, a service tag or *",
                "An example is 10.0.0.0/24; the parts of an IPv4 address go from 0 to 255, its length from 0 to 32.");
        return null;
    }

    /** Whether somebody hid an address before handing out the export, as in {@code 137.XXX.11.74}. */
    private static boolean isMasked(String text) {
        return MASKED.matcher(text).matches();
    }

    private static void reportMasked(Node item, String value, Problems problems) {
        problems.count(
                ProblemCode.UNKNOWN_VALUE,
                item.place(),
                "the address " + Problems.quote(value) + " is masked",
                "What depends on it is undetermined; export it again without masking.");
    }

    /** Says how a block is read whose address is not its first one, as in {@code 10.0.0.5/24}. */
    private static void reportHostBits(Node item, String text, AddressPrefix read, Problems problems) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.equals(read.text()) || read.startsAt(text.substring(0, slash))) {
            return;
        }
        problems.add(
                ProblemCode.HOST_BITS,
                item.place(),
                Fields.name(item) + " was " + Problems.quote(text) + "; it is read as " + read.text(),
                "Write the block with its first address, or one address with /" + (read.isIpv4() ? 32 : 128)
                        + " where only that one is meant.");
    }

    /** An address or CIDR block; null, with a problem added, where it is none. */
    static @Nullable AddressPrefix prefix(Node item, Problems problems) {
        if (item.value() instanceof Json.Text text) {
            Optional<AddressPrefix> prefix = AddressPrefix.tryParse(text.value().trim());
            if (prefix.isPresent()) {
                reportHostBits(item, text.value().trim(), prefix.get(), problems);
                return prefix.get();
            }
            problems.add(
                    ProblemCode.WRONG_ADDRESS,
                    item.place(),
                    Fields.name(item) + " was " + Problems.quote(text.value())
                            + " but must be an IP address or a CIDR block",
                    "An example is 10.0.0.0/24; the parts of an IPv4 address go from 0 to 255, its length from 0 to 32.");
        } else {
            problems.add(
                    ProblemCode.WRONG_TYPE,
                    item.place(),
                    Fields.name(item) + " was " + item.value().kind() + ", but must be a text",
                    "Maybe the export was edited by hand.");
        }
        return null;
    }

    /** The addresses and CIDR blocks of a list; unknown ones make the component unknown. */
    static List<AddressPrefix> prefixes(Fields fields, Problems problems, String component, String... path) {
        return fields.values(
                component,
                item -> {
                    if (item.value() instanceof Json.Text text
                            && isMasked(text.value().trim())) {
                        reportMasked(item, text.value(), problems);
                        fields.unknown(component, "masked in the export: " + text.value());
                        return null;
                    }
                    return prefix(item, problems);
                },
                path);
    }

    /** The entries of a rule's side: singular and plural field united, without repetition. */
    static List<AddressMatch> matches(
            Fields fields, Problems problems, String component, String singular, String plural) {
        List<AddressMatch> matches = new ArrayList<>();
        for (String path : List.of(singular, plural)) {
            for (Node item : fields.entries(component, path)) {
                AddressMatch match = match(item, problems);
                if (match != null && !matches.contains(match)) {
                    matches.add(match);
                }
            }
            if (fields.isUnknown(component)) {
                // One unknown field: whatever it holds is matched too.
                matches.add(
                        new AddressMatch.Unknown(fields.provenance().unknown().getOrDefault(component, "")));
            }
        }
        return matches.stream().distinct().toList();
    }

    /** A port or port range; null, with a problem added, where it is none. */
    static @Nullable PortSet ports(Node item, Fields fields, Problems problems) {
        String text = fields.scalar(item);
        if (text == null) {
            return null;
        }
        if (text.equalsIgnoreCase("any")) {
            return PortSet.ALL;
        }
        try {
            return PortSet.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(
                    ProblemCode.WRONG_PORT,
                    item.place(),
                    Fields.name(item) + " was " + Problems.quote(text) + " but must be a port or a range of ports",
                    "Examples are 443, 6381-6383 and *; ports go from 0 to 65535 and a range from low to high.");
            return null;
        }
    }
}
