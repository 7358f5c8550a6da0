package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkStatus;
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

    /** The network status of a location. */
    public static Unavailable networkStatus(Location location) {
        return new Unavailable(
                location,
                NetworkStatus.class.getSimpleName(),
                "the network status of " + location.serviceId().name() + " in " + location.regionName()
                        + " was not exported (" + LocationStatus.export(location) + ")");
    }

    /** A field that the export does not say, or whose value could not be read, such as an expression without a value. */
    public static Unavailable field(Location location, AzureFact fact, String field) {
        String reason = fact.provenance().unknown().get(field);
        return new Unavailable(
                location,
                fact.factType() + "." + field,
                field + " of " + fact.id().name()
                        + (reason == null ? " is not in the export" : " is not known: " + reason) + export(fact));
    }

    private static String export(AzureFact fact) {
        if (!(fact instanceof Location location)) {
            return "";
        }
        return location.deployed()
                ? " (az apim show --ids " + location.serviceId() + ")"
                : " (give it a value, or check what is deployed: az apim show --name "
                        + location.serviceId().name() + ")";
    }
}
