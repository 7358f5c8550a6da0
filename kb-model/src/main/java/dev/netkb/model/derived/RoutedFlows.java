package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.report.Verdict;
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
 * @param clientRanges public ranges with a route to the internet of their own, such as those of clients
 */
public record RoutedFlows(DefaultRoute defaultRoute, List<RouteVerdict> flows, List<String> clientRanges) {

    public RoutedFlows {
        flows = List.copyOf(flows);
        clientRanges = List.copyOf(clientRanges);
    }

    /** @param ranges what the routes of the subnet's table lead to the internet */
    public static RoutedFlows of(DefaultRoute defaultRoute, Collection<RouteVerdict> flows, Collection<String> ranges) {
        Set<String> clients = new TreeSet<>(ranges);
        flows.stream().filter(RouteVerdict::isOfClients).forEach(flow -> clients.addAll(flow.rangesToInternet()));
        return new RoutedFlows(
                defaultRoute,
                flows.stream()
                        .distinct()
                        .sorted(Comparator.comparing(RouteVerdict::text))
                        .toList(),
                List.copyOf(clients));
    }

    public Location location() {
        return defaultRoute.location();
    }

    public boolean isBroken() {
        return flows.stream().anyMatch(this::isBroken);
    }

    public boolean isOpen() {
        return flows.stream().anyMatch(this::isOpen);
    }

    /** Replies to clients take the default route; whom the ranges with another one leave out is the owner's decision. */
    private boolean isBroken(RouteVerdict flow) {
        return flow.isOfClients()
                ? clientRanges.isEmpty() && (defaultRoute.isForced() || flow.isBroken())
                : flow.isBroken();
    }

    private boolean isOpen(RouteVerdict flow) {
        return flow.isOpen() && !(flow.isOfClients() && defaultRoute.isForced());
    }

    /** The ranges that have a route of their own, joined. */
    public String clientRangesText() {
        return String.join(", ", clientRanges);
    }

    /** The flows that surely are broken, joined. */
    public String brokenText() {
        return flows.stream()
                .filter(this::isBroken)
                .map(flow -> flow.text() + (flow.isOfClients() || flow.verdict() == Verdict.DENIED ? "" : " in part"))
                .collect(Collectors.joining(", "));
    }

    /** The flows of which nobody knows whether they are broken, joined. */
    public String openText() {
        return text(this::isOpen);
    }

    private String text(Predicate<RouteVerdict> which) {
        return flows.stream().filter(which).map(RouteVerdict::text).collect(Collectors.joining(", "));
    }

    /** What would decide the open ones, joined. */
    public String missingText() {
        Set<String> missing = new TreeSet<>();
        flows.stream()
                .filter(this::isOpen)
                .forEach(flow -> missing.addAll(flow.decision().missing()));
        return String.join("; ", missing);
    }

    /** The user routes to nowhere that take packets of needed flows. */
    public List<ResolvedRoute> nowhere() {
        return flows.stream()
                .flatMap(flow -> flow.nowhere().stream())
                .distinct()
                .sorted(Comparator.comparing(RoutePlaces::text))
                .toList();
    }

    /** The flows that lose packets on such a route, joined. */
    public String lostOn(ResolvedRoute route) {
        return text(flow -> flow.nowhere().contains(route));
    }

    /** Routes of which nobody knows whether they take packets of needed flows to nowhere, joined. */
    public String perhapsNowhereText() {
        return flows.stream()
                .flatMap(flow -> flow.perhapsNowhere().stream())
                .map(RoutePlaces::text)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
