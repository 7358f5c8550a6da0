package dev.netkb.api;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What people know about a network that no export says.
 *
 * @param trustedAppliances addresses of network virtual appliances that let everything pass that the instance needs: a
 *     route to one of them passes instead of being undetermined. Rules of an Azure Firewall that were exported count all the
 *     same, and replies to the internet that go through an appliance are lost.
 */
public record Parameters(Set<AddressPrefix> trustedAppliances) {

    public static final Parameters NONE = new Parameters(Set.of());

    private static final String TRUSTED_APPLIANCES = "trustedAppliances";

    /** Where the JSON schema of a file of parameters is on the class path. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/parameters-1.schema.json";

    static final List<String> KEYS = List.of(TRUSTED_APPLIANCES);

    public Parameters {
        trustedAppliances = Set.copyOf(trustedAppliances);
    }

    /**
     * Reads parameters as people write them.
     *
     * @param values key → value, such as {@code trustedAppliances} → {@code 10.0.1.4,10.0.1.5}
     * @throws IllegalArgumentException when there is no such parameter, or its value is none; the message says what, which
     *     value, and what it may be
     */
    public static Parameters parse(Map<String, String> values) {
        Set<AddressPrefix> trusted = new LinkedHashSet<>();
        values.forEach((key, value) -> {
            if (!key.equals(TRUSTED_APPLIANCES)) {
                List<String> nearest = Nearest.to(key, KEYS);
                throw new IllegalArgumentException("there is no parameter '" + key + "'; there is only "
                        + String.join(", ", KEYS) + (nearest.isEmpty() ? "" : "\n" + Nearest.advice(nearest)));
            }
            Stream.of(value.split(",", -1)).map(Parameters::address).forEach(trusted::add);
        });
        return new Parameters(trusted);
    }

    private static AddressPrefix address(String text) {
        return AddressPrefix.tryParse(text.trim())
                .filter(AddressPrefix::isSingle)
                .orElseThrow(() -> new IllegalArgumentException(TRUSTED_APPLIANCES + " has '" + text
                        + "', which is no address; write the addresses that routes name as next hop, such as "
                        + TRUSTED_APPLIANCES + "=10.0.1.4,10.0.1.5"));
    }
}
