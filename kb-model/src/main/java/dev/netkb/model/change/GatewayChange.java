package dev.netkb.model.change;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.azure.WorkspaceGateway;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.derived.Unavailable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A gateway of workspaces that is there before and after a change. */
public record GatewayChange(WorkspaceGateway before, WorkspaceGateway after) {

    /** The fact type that requirements on gateways of workspaces need. */
    static final String FACT = "WorkspaceGateway";

    /** The gateway as the place that results are about. */
    public LocationModel located() {
        Location place = new Location(
                after.id(),
                after.location(),
                true,
                after.sku(),
                after.units(),
                List.of(),
                after.virtualNetworkType() == null
                        ? VirtualNetworkType.UNKNOWN
                        : VirtualNetworkType.of(after.virtualNetworkType()),
                after.subnetId(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                after.location(),
                0,
                after.deployed(),
                after.provenance());
        return new LocationModel(place, NetworkModel.NONE, Platform.STV2);
    }

    /** As {@link #located()}. */
    public Location location() {
        return located().location();
    }

    /** Whether mode and subnet are known before and after, and differ. */
    public boolean isNetworkChanged() {
        return unavailable().isEmpty() && !(mode(before).equalsIgnoreCase(mode(after)) && isSameSubnet());
    }

    private boolean isSameSubnet() {
        return Objects.equals(before.subnetId(), after.subnetId());
    }

    /** Which of mode and subnet are not known. */
    public List<Unavailable> unavailable() {
        return Stream.of(before, after)
                .flatMap(side -> Stream.of("virtualNetworkType", "subnetId")
                        .filter(field -> !side.knows(field)
                                || field.equals("virtualNetworkType") && side.virtualNetworkType() == null)
                        .map(field -> Unavailable.field(location(), side, field)))
                .distinct()
                .toList();
    }

    /** Such as {@code from Internal in vnet-a/gateways to None}. */
    public String inWords() {
        return "from " + words(before) + " to " + words(after);
    }

    private static String words(WorkspaceGateway gateway) {
        return mode(gateway)
                + (gateway.subnetId() == null
                        ? ""
                        : " in "
                                + gateway.subnetId()
                                        .parent()
                                        .map(parent -> parent.name() + "/")
                                        .orElse("")
                                + gateway.subnetId().name());
    }

    private static String mode(WorkspaceGateway gateway) {
        return Objects.requireNonNullElse(gateway.virtualNetworkType(), "unknown");
    }
}
