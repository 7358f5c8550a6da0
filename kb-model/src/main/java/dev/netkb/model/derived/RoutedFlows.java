package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.reach.ResolvedRoute;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What becomes of all flows that a location needs on their routes.
 *
 * @param flows in the order of their ids
 */
public record RoutedFlows(DefaultRoute defaultRoute, List<RouteVerdict> flows) {

    public RoutedFlows {
        flows = List.copyOf(flows);
    }

    public static RoutedFlows of(DefaultRoute defaultRoute, Collection<RouteVerdict> flows) {
        return new RoutedFlows(
                defaultRoute,
                flows.stream()
                        .distinct()
                        .sorted(Comparator.comparing(RouteVerdict::text))
                        .toList());
    }

    public Location location() {
        return defaultRoute.location();
    }

    public boolean isBroken() {
        return flows.stream().anyMatch(RouteVerdict::isBroken);
    }

    public boolean isOpen() {
        return flows.stream().anyMatch(RouteVerdict::isOpen);
    }

    /** The flows that surely are broken, joined. */
    public String brokenText() {
        return text(RouteVerdict::isBroken);
    }

    /** The flows of which nobody knows whether they are broken, joined. */
    public String openText() {
        return text(RouteVerdict::isOpen);
    }

    private String text(Predicate<RouteVerdict> which) {
        return flows.stream().filter(which).map(RouteVerdict::text).collect(Collectors.joining(", "));
    }

    /** What would decide the open ones, joined. */
    public String missingText() {
        Set<String> missing = new TreeSet<>();
        flows.stream()
                .filter(RouteVerdict::isOpen)
                .forEach(flow -> missing.addAll(flow.decision().missing()));
        return String.join("; ", missing);
    }

    /** The routes to nowhere that take packets of needed flows. */
    public List<ResolvedRoute> nowhere() {
        return flows.stream()
                .flatMap(flow -> flow.nowhere().stream())
                .distinct()
                .sorted(Comparator.comparing(ResolvedRoute::text))
                .toList();
    }

    /** The flows that lose packets on a route, joined. */
    public String lostOn(ResolvedRoute route) {
        return text(flow -> flow.losing().contains(route));
    }

    /** Routes to nowhere of which nobody knows whether they take packets of needed flows, joined. */
    public String perhapsNowhereText() {
        return flows.stream()
                .flatMap(flow -> flow.perhapsNowhere().stream())
                .map(ResolvedRoute::text)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
