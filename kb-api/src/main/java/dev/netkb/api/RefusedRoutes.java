package dev.netkb.api;

import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import java.util.ArrayList;
import java.util.List;

/** User routes that Azure does not take, such as those for the tag Internet; they decide nothing. */
public final class RefusedRoutes {

    private RefusedRoutes() {}

    /** One warning for each route. */
    public static List<Problem> in(Snapshot snapshot) {
        List<Problem> problems = new ArrayList<>();
        for (RouteTable table : snapshot.routeTables()) {
            table.routes().stream().filter(Route::isRefused).forEach(route -> problems.add(problem(table, route)));
        }
        return problems;
    }

    private static Problem problem(RouteTable table, Route route) {
        AddressMatch destination = route.destination();
        return new Problem(
                "KB-N205",
                Problem.Level.WARNING,
                "route " + table.name() + "/" + route.name() + " is for " + destination.text()
                        + ", which only rules may name; it decides nothing",
                route.provenance().place(),
                "Write prefixes instead, such as 0.0.0.0/0 for the internet.");
    }
}
