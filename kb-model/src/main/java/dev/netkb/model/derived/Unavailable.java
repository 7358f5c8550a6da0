package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.value.ResourceId;

/**
 * Something about a location that was not exported or whose value is not known.
 *
 * @param fact a fact type such as {@code Subnet}, or a field such as {@code Subnet.delegations}
 * @param missing what is missing and how to get it, in words
 */
public record Unavailable(Location location, String fact, String missing) {

    private static final String CLASSIC = "microsoft.classicnetwork/";
    private static final String CLASSIC_IS_NOT_EXPORTED =
            " is of the classic deployment model, which no export shows: move to a network of Resource Manager (C-NET-01)";

    /** A resource that was not exported; {@code command} is the one that shows it, without its {@code --ids}. */
    public static Unavailable resource(Location location, String factType, ResourceId id, String command) {
        String missing = id.type().startsWith(CLASSIC)
                ? factType + " " + id + CLASSIC_IS_NOT_EXPORTED
                : factType + " " + id + " was not exported (" + command + " --ids " + id + ")";
        return new Unavailable(location, factType, missing);
    }

    /** What is missing where a subnet was not exported, and how to get it. */
    public static String subnet(ResourceId id) {
        return id.type().startsWith(CLASSIC)
                ? "subnet " + id + CLASSIC_IS_NOT_EXPORTED
                : "subnet " + id + " (az network vnet subnet show --ids " + id + ")";
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
                        + (reason != null
                                ? " is not known: " + reason
                                : isPlanned(fact) ? " is not in the template or plan" : " is not in the export")
                        + export(fact));
    }

    /** The subnet of a location, of which nobody knows which one it is. */
    public static Unavailable unknownSubnet(Location location) {
        return new Unavailable(
                location,
                Subnet.class.getSimpleName(),
                field(location, location, "subnetId").missing());
    }

    /** Whether it is only planned: then no command shows it, and its reason says how to give it a value. */
    private static boolean isPlanned(AzureFact fact) {
        return fact instanceof Location location && !location.deployed();
    }

    private static String export(AzureFact fact) {
        if (!(fact instanceof Location location) || isPlanned(fact)) {
            return "";
        }
        return (location.isWorkspaceGateway() ? " (az resource show --ids " : " (az apim show --ids ")
                + location.serviceId() + ")";
    }
}
