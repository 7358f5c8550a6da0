package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.value.ResourceId;

/**
 * Something about a location that was not exported or whose value is not known.
 *
 * @param fact a fact type such as {@code Subnet}, or a field such as {@code Subnet.delegations}
 * @param missing what is missing and how to get it, in words
 */
public record Unavailable(Location location, String fact, String missing) {

    /** A resource that was not exported; {@code command} is the one that shows it, without its {@code --ids}. */
    public static Unavailable resource(Location location, String factType, ResourceId id, String command) {
        return new Unavailable(
                location, factType, factType + " " + id + " was not exported (" + command + " --ids " + id + ")");
    }

    /** A field that the export does not say. */
    public static Unavailable absent(Location location, AzureFact fact, String field) {
        return new Unavailable(
                location,
                fact.factType() + "." + field,
                field + " of " + fact.id().name() + " is not in the export");
    }

    /** A field whose value could not be read, such as an expression without a value. */
    public static Unavailable field(Location location, AzureFact fact, String field) {
        return new Unavailable(
                location,
                fact.factType() + "." + field,
                field + " of " + fact.id().name() + " is not known: "
                        + fact.provenance().unknown().get(field));
    }
}
