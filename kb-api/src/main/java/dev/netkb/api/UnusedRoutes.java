package dev.netkb.api;

import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Effective routes that decide nothing, because no subnet of the snapshot is known to have them. */
public final class UnusedRoutes {

    private UnusedRoutes() {}

    /** One notice for each network interface, at its first route. */
    public static List<Problem> in(Snapshot snapshot) {
        Set<ResourceId> subnets = snapshot.subnets().stream().map(Subnet::id).collect(Collectors.toSet());
        Set<ResourceId> placed = snapshot.networkInterfaces().stream()
                .filter(nic -> nic.subnetIds().stream().anyMatch(subnets::contains))
                .map(NetworkInterface::id)
                .collect(Collectors.toSet());
        Map<Optional<ResourceId>, EffectiveRoute> unused = new LinkedHashMap<>();
        for (EffectiveRoute route : snapshot.effectiveRoutes()) {
            ResourceId nic = route.networkInterfaceId();
            if (nic == null ? subnets.size() != 1 : !placed.contains(nic)) {
                unused.putIfAbsent(Optional.ofNullable(nic), route);
            }
        }
        List<Problem> problems = new ArrayList<>();
        unused.forEach((nic, first) -> problems.add(problem(nic, first)));
        return problems;
    }

    private static Problem problem(Optional<ResourceId> nic, EffectiveRoute first) {
        String why = nic.map(id -> "no subnet in the export is known to have network interface " + id)
                .orElse("the export does not say of which network interface they are");
        String advice = nic.map(id -> "Export it too, and its subnet: az network nic show --ids " + id + ".")
                .orElse(
                        "Wrap the answer as {\"networkInterfaceId\": \"<id>\", \"value\": [...]}, and export that network"
                                + " interface: az network nic show.");
        return new Problem(
                "KB-N204",
                Problem.Level.WARNING,
                "effective routes belong to no subnet that is known: " + why,
                first.provenance().place(),
                advice);
    }
}
