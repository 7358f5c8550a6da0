package dev.netkb.api.internal.result;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.derived.RoutePlaces;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changes of routes that let a flow pass, as narrow as its requirement: a route for its service tag with next hop
 * Internet, and no route to nowhere.
 */
final class RouteSteps {

    private static final String CLIENTS = "<address range of clients>";

    private RouteSteps() {}

    static List<RemediationStep> of(FlowVerdict verdict, FlowDecision decision, Snapshot snapshot) {
        List<ResolvedRoute> losing = decision.stages().stream()
                .filter(stage -> stage.stage() == Stage.ROUTE)
                .flatMap(stage -> stage.parts().stream())
                .map(FlowDecision.Part::decider)
                .filter(decider -> !decider.allows() && decider instanceof Decider.Routed)
                .map(decider -> ((Decider.Routed) decider).route())
                .distinct()
                .toList();
        List<RemediationStep> steps = new ArrayList<>();
        losing.stream()
                .filter(RouteSteps::isCustomNowhere)
                .map(route -> remove(route, snapshot))
                .forEach(steps::add);
        String destination = destination(verdict.flow().row());
        if (!destination.isEmpty() && losing.stream().anyMatch(route -> !isCustomNowhere(route))) {
            Subnet subnet = Objects.requireNonNull(verdict.flow().subnet(), "a decided flow has a subnet");
            steps.add(add(subnet, destination, snapshot));
        }
        if (steps.isEmpty() && !losing.isEmpty() && verdict.flow().isToDnsServers()) {
            steps.add(reach(verdict.flow().row().remote()));
        }
        return steps;
    }

    /** What brings packets to a DNS server is a peering, a gateway or an appliance that no export can choose. */
    private static RemediationStep reach(String server) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("op", "reachDnsServer");
        change.put("server", server);
        return new RemediationStep(
                "Give the subnet a way to DNS server " + server
                        + ", by a peering, a gateway or a route of your own, or use a server that it reaches.",
                change,
                List.of(),
                List.of());
    }

    /**
     * Whether somebody wrote a route that loses packets: to nowhere, or to the internet with private addresses, or into the
     * network with public ones.
     */
    private static boolean isCustomNowhere(ResolvedRoute route) {
        return route.isUserDefined()
                && (route.nextHopType() == NextHopType.NONE
                        || route.nextHopType() == NextHopType.INTERNET
                        || route.nextHopType() == NextHopType.VNET_LOCAL);
    }

    /** What a route to Internet can be for; empty where none helps. */
    private static String destination(FlowRequirement row) {
        if (row.isRemoteInternet()) {
            return row.direction() == Direction.INBOUND ? CLIENTS : "";
        }
        boolean tag = ServiceTag.isName(row.remote()) && !row.remote().equals(FlowRequirement.OWN_SUBNET);
        return tag && !ServiceTag.of(row.remote()).isBuiltIn() ? row.remote() : "";
    }

    private static RemediationStep remove(ResolvedRoute route, Snapshot snapshot) {
        String leads = "(" + route.destination() + " to " + route.hop() + ")";
        return new RoutePlaces(snapshot)
                .configured(route)
                .map(id -> remove(id, leads))
                .orElseGet(() -> removeUnnamed(route, leads));
    }

    /** Nobody knows how it is called, so there is no command. */
    private static RemediationStep removeUnnamed(ResolvedRoute route, String leads) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("op", "removeRoute");
        change.put("addressPrefix", route.destination());
        change.put("nextHopType", route.nextHopType().azureName());
        return new RemediationStep(
                "Remove the route " + leads + " from the route table of subnet " + StandIns.asGaps(route.name())
                        + "; the export does not say its name.",
                change,
                List.of(),
                List.of());
    }

    private static RemediationStep remove(ResourceId route, String leads) {
        ResourceId table = route.parent().orElse(route);
        String group = StandIns.asGaps(table.resourceGroup());
        String tableName = StandIns.asGaps(table.name());
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("op", "removeRoute");
        change.put("routeTable", table.text());
        change.put("name", route.name());
        return new RemediationStep(
                "Remove route " + route.name() + " " + leads + " from " + tableName + ".",
                change,
                List.of("az network route-table route delete -g " + ShellText.posix(group) + " --route-table-name "
                        + ShellText.posix(tableName) + " -n " + ShellText.posix(route.name())),
                List.of("Get-AzRouteTable -ResourceGroupName " + ShellText.powershell(group) + " -Name "
                        + ShellText.powershell(tableName) + " | Remove-AzRouteConfig -Name "
                        + ShellText.powershell(route.name()) + " | Set-AzRouteTable"));
    }

    /** A route in the table of the subnet, or in a new one. */
    private static RemediationStep add(Subnet subnet, String destination, Snapshot snapshot) {
        ResourceId table = subnet.routeTableId();
        boolean fresh = table == null;
        ResourceId vnet = subnet.vnetId();
        String group = StandIns.asGaps(table == null ? vnet.resourceGroup() : table.resourceGroup());
        String tableName = StandIns.asGaps(table == null ? subnet.name() + "-routes" : table.name());
        String name = destination.equals(CLIENTS) ? "<name of the range>" : destination + "-to-internet";
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("op", fresh ? "associateRouteTable" : "addRoute");
        change.put("routeTable", table == null ? tableName : table.text());
        change.put("name", name);
        change.put("addressPrefix", destination);
        change.put("nextHopType", NextHopType.INTERNET.azureName());
        List<String> az = new ArrayList<>();
        List<String> powershell = new ArrayList<>();
        String vnetGroup = StandIns.asGaps(vnet.resourceGroup());
        String vnetName = StandIns.asGaps(vnet.name());
        if (fresh) {
            String region = snapshot.virtualNetwork(vnet)
                    .map(VirtualNetwork::location)
                    .map(Object::toString)
                    .orElse("<region of " + vnetName + ">");
            az.add("az network route-table create -g " + ShellText.posix(group) + " -n " + ShellText.posix(tableName)
                    + " -l " + ShellText.posix(region));
            powershell.add("$vnet = Get-AzVirtualNetwork -ResourceGroupName " + ShellText.powershell(vnetGroup)
                    + " -Name " + ShellText.powershell(vnetName));
            powershell.add("$table = New-AzRouteTable -ResourceGroupName " + ShellText.powershell(group)
                    + " -Location $vnet.Location -Name " + ShellText.powershell(tableName));
        }
        az.add("az network route-table route create -g " + ShellText.posix(group) + " --route-table-name "
                + ShellText.posix(tableName) + " -n " + ShellText.posix(name) + " --address-prefix "
                + ShellText.posix(destination) + " --next-hop-type Internet");
        powershell.add((fresh
                        ? "$table"
                        : "Get-AzRouteTable -ResourceGroupName " + ShellText.powershell(group) + " -Name "
                                + ShellText.powershell(tableName))
                + " | Add-AzRouteConfig -Name " + ShellText.powershell(name) + " -AddressPrefix "
                + ShellText.powershell(destination) + " -NextHopType Internet | Set-AzRouteTable");
        if (fresh) {
            az.add("az network vnet subnet update -g " + ShellText.posix(vnetGroup) + " --vnet-name "
                    + ShellText.posix(vnetName) + " -n " + ShellText.posix(StandIns.asGaps(subnet.name()))
                    + " --route-table " + ShellText.posix(tableName));
            powershell.add("($vnet.Subnets | Where-Object Name -eq "
                    + ShellText.powershell(StandIns.asGaps(subnet.name())) + ").RouteTable = $table");
            powershell.add("$vnet | Set-AzVirtualNetwork");
        }
        String what = destination.equals(CLIENTS) ? "each address range of your clients" : destination;
        String where = fresh
                ? "Put a route table on subnet " + subnet.name() + " that has a route for " + what
                : "Add to " + tableName + " a route for " + what;
        return new RemediationStep(where + " with next hop Internet.", change, az, powershell);
    }
}
