package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.reach.RouteCandidate.Rank;
import dev.netkb.model.reach.RuleProgram.Step;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a subnet in the order in which they decide: the longest prefix, then user routes before routes of
 * gateways before system routes (requirements C.3).
 *
 * <p>A route for something that is known only by name, such as a service tag without data, has prefixes of unknown
 * lengths: whether it or a route for a prefix decides is followed both ways, where they meet.
 */
final class RouteView {

    /**
     * With more routes for names than this, it is not followed which of several routes to one hop decides: that says only
     * whose name a report gives, and each such route doubles the parts of a flow.
     */
    private static final int MANY = 8;

    private final List<RouteCandidate> first;
    private final List<RouteCandidate> named;
    private final List<RouteCandidate> longer;
    private final List<RouteCandidate> shorter;
    private final Map<String, List<ResolvedRoute>> routesByHop;
    private final List<Term> virtualNetwork;
    private final Appliances appliances;

    /** What is known of appliances at an address. */
    interface Appliances {

        /** Whether somebody says that it lets everything pass; rules that are known say better. */
        boolean isTrusted(AddressPrefix address);

        /** What decides about packets that are sent to it; empty where that is not known. */
        Optional<List<Step>> at(AddressPrefix address);

        /** What would have to be exported to know that; empty where it is known, or no export says it. */
        Optional<String> lackingAt(AddressPrefix address);

        /** Why nobody knows the address that a route leads to, and what would tell; empty where it is known, or no reason is. */
        Optional<String> addressLackingOf(ResolvedRoute route);
    }

    /** @param virtualNetwork where the next hop VnetLocal gets packets to their destination */
    private RouteView(List<RouteCandidate> candidates, List<Term> virtualNetwork, Appliances appliances) {
        this.named = candidates.stream()
                .filter(candidate -> !candidate.isLengthKnown())
                .sorted(Comparator.comparing(RouteCandidate::rank))
                .toList();
        List<RouteCandidate> known = candidates.stream()
                .filter(RouteCandidate::isLengthKnown)
                .sorted(RouteCandidate.LONGEST_FIRST)
                .toList();
        this.first = known.stream().filter(RouteCandidate::isBeforePrefixes).toList();
        this.longer = known.stream()
                .filter(candidate ->
                        !candidate.isBeforePrefixes() && candidate.length() >= RouteCandidate.SHORTEST_UNKNOWN)
                .toList();
        this.shorter = known.stream()
                .filter(candidate -> candidate.length() < RouteCandidate.SHORTEST_UNKNOWN)
                .toList();
        this.routesByHop = candidates.stream()
                .map(RouteCandidate::route)
                .distinct()
                .collect(Collectors.groupingBy(ResolvedRoute::hop));
        this.virtualNetwork = virtualNetwork;
        this.appliances = appliances;
    }

    static RouteView of(List<RouteCandidate> candidates, List<Term> virtualNetwork, Appliances appliances) {
        return new RouteView(candidates, virtualNetwork, appliances);
    }

    /**
     * What becomes of packets that leave the subnet: those of an outbound flow, or the replies to an inbound one.
     * Groups and routes do not touch the platform's own addresses.
     */
    RuleProgram program(Direction direction) {
        Steps steps = new Steps(direction);
        steps.add(new Decider.Platform(), Term.of(AddressSpaces.EXEMPT));
        first.forEach(steps::add);
        named.stream()
                .filter(route -> others(route).anyMatch(other -> named.size() <= MANY || !leadToOneHop(route, other)))
                .forEach(route -> steps.add(route, longest(route)));
        longer.forEach(steps::add);
        named.forEach(steps::add);
        shorter.forEach(steps::add);
        return RuleProgram.of(steps.list, direction);
    }

    /** Which default route, or route for a large part of all addresses, packets that leave the subnet take. */
    RuleProgram defaults() {
        Steps steps = new Steps(Direction.OUTBOUND);
        shorter.forEach(route -> steps.add(new Decider.Routed(route.route(), true), route.destination()));
        return RuleProgram.of(steps.list, Direction.OUTBOUND);
    }

    /** The routes that may have longer prefixes than one for a name, for some of its addresses. */
    private Stream<RouteCandidate> others(RouteCandidate route) {
        return Stream.concat(named.stream(), longer.stream())
                .filter(other -> other != route
                        && other.destination()
                                .addresses()
                                .intersects(route.destination().addresses()));
    }

    /** Whether it makes no difference which of two routes packets take. */
    private static boolean leadToOneHop(RouteCandidate a, RouteCandidate b) {
        NextHopType hop = a.route().nextHopType();
        return a.route().hop().equals(b.route().hop())
                && (hop == NextHopType.INTERNET
                        || hop == NextHopType.NONE
                        || !a.route().nextHopIps().isEmpty());
    }

    /** Where a route for a name has a longer prefix than the routes for other names and for prefixes. */
    private static Symbol longest(RouteCandidate route) {
        ResolvedRoute resolved = route.route();
        String key = resolved.id().key() + " " + route.rank() + " " + resolved.destination() + " longest";
        List<Symbol> names = route.destination().signature().inside();
        String missing = names.isEmpty()
                ? "the prefixes of " + resolved.destination()
                : names.get(names.size() - 1).missing();
        return Symbol.unknown(key, "prefixes of " + resolved.destination(), missing);
    }

    /** Collects what each route does to the packets that it decides about. */
    private final class Steps {

        private final Direction direction;
        private final List<Step> list = new ArrayList<>();

        Steps(Direction direction) {
            this.direction = direction;
        }

        /** The packets of a route, as far as their destination also lies in the symbol. */
        void add(RouteCandidate candidate, Symbol within) {
            add(candidate, candidate.destination().alsoInside(within));
        }

        void add(RouteCandidate candidate) {
            add(candidate, candidate.destination());
        }

        private void add(RouteCandidate candidate, Term there) {
            ResolvedRoute route = candidate.route();
            switch (route.nextHopType()) {
                case NONE -> add(route, false, there);
                case INTERNET -> {
                    add(route, true, part(there, AddressSpaces.PUBLIC));
                    add(route, false, there);
                }
                case VNET_LOCAL -> {
                    if (candidate.rank() == Rank.SYSTEM) {
                        add(route, true, there);
                    } else {
                        for (Term local : virtualNetwork) {
                            add(route, true, both(there, local));
                        }
                        add(route, false, there);
                    }
                }
                case VNET_PEERING, VNET_GLOBAL_PEERING, VIRTUAL_NETWORK_SERVICE_ENDPOINT, INTERFACE_ENDPOINT ->
                    add(route, true, there);
                case VIRTUAL_NETWORK_GATEWAY, VIRTUAL_APPLIANCE, UNKNOWN -> addOther(candidate, there);
            }
        }

        /**
         * What another machine does is not known, but for four things: replies to the internet that take another way
         * than the requests came are lost, a gateway gets packets to the private networks that it brought a route for, an
         * Azure Firewall goes by its rules, and of an appliance without known rules somebody may say that it is trusted.
         */
        private void addOther(RouteCandidate candidate, Term there) {
            ResolvedRoute route = candidate.route();
            Optional<List<Step>> rules = direction == Direction.OUTBOUND ? rulesAt(route) : Optional.empty();
            if (rules.isPresent()) {
                rules.get().forEach(step -> add(step, there));
                return;
            }
            if (direction == Direction.OUTBOUND && isTrusted(route)) {
                add(route, true, there);
                return;
            }
            if (direction == Direction.INBOUND && route.nextHopType() != NextHopType.UNKNOWN) {
                add(route, false, part(there, AddressSpaces.PUBLIC));
            }
            if (candidate.rank() == Rank.GATEWAY && route.nextHopType() == NextHopType.VIRTUAL_NETWORK_GATEWAY) {
                add(route, true, part(there, AddressSpaces.NOT_PUBLIC));
            }
            add(new Decider.Routed(route, true, false), there.alsoInside(letsPass(route, there.signature())));
            add(new Decider.Routed(route, false, false), there);
        }

        private boolean isTrusted(ResolvedRoute route) {
            return !route.nextHopIps().isEmpty() && route.nextHopIps().stream().allMatch(appliances::isTrusted);
        }

        private Optional<String> whatIsLackingAt(ResolvedRoute route) {
            if (route.nextHopType() != NextHopType.VIRTUAL_APPLIANCE) {
                return Optional.empty();
            }
            return switch (route.nextHopIps().size()) {
                case 0 -> appliances.addressLackingOf(route);
                case 1 -> appliances.lackingAt(route.nextHopIps().get(0));
                default -> Optional.empty();
            };
        }

        private Optional<List<Step>> rulesAt(ResolvedRoute route) {
            return route.nextHopType() == NextHopType.VIRTUAL_APPLIANCE
                            && route.nextHopIps().size() == 1
                    ? appliances.at(route.nextHopIps().get(0))
                    : Optional.empty();
        }

        /** What a step decides about the packets that get to it. */
        private void add(Step step, Term there) {
            List<Cell> cells = new ArrayList<>();
            for (Cell match : step.matches()) {
                AddressSet far = match.box().far(direction).intersect(there.addresses());
                Signature both = there.signature().and(match.signature());
                if (both != null && !far.isEmpty()) {
                    cells.add(new Cell(both, match.box().withFar(direction, far)));
                }
            }
            if (!cells.isEmpty()) {
                list.add(new Step(step.decider(), cells));
            }
        }

        private Symbol letsPass(ResolvedRoute route, Signature where) {
            if (route.nextHopType() == NextHopType.UNKNOWN) {
                String what = where.inside().isEmpty()
                        ? "the next hop of " + route.text()
                        : where.inside().get(0).missing();
                return letsPass(route, key(route), what);
            }
            // An appliance lets the same packets pass whichever route leads to it.
            List<ResolvedRoute> same = route.nextHopIps().isEmpty()
                    ? List.of(route)
                    : routesByHop.getOrDefault(route.hop(), List.of(route));
            ResolvedRoute widest = same.get(same.size() - 1);
            Optional<String> lacking = whatIsLackingAt(route);
            if (lacking.isPresent()) {
                return letsPass(widest, key(widest), lacking.get());
            }
            String routes = widest.text() + (same.size() == 1 ? "" : " and " + (same.size() - 1) + " more");
            return letsPass(widest, key(widest), "what " + widest.hop() + " lets pass (" + routes + ")");
        }

        private Symbol letsPass(ResolvedRoute route, String key, String what) {
            return Symbol.ofUnknownRules(key, "packets that " + route.hop() + " lets pass", what);
        }

        private String key(ResolvedRoute route) {
            return route.id().key() + " " + route.destination() + " " + route.hop();
        }

        private void add(ResolvedRoute route, boolean passes, @Nullable Term there) {
            if (there != null) {
                add(new Decider.Routed(route, passes), there);
            }
        }

        void add(Decider decider, Term there) {
            if (!there.addresses().isEmpty()) {
                list.add(new Step(decider, List.of(new Cell(there.signature(), box(there.addresses())))));
            }
        }

        private Box box(AddressSet far) {
            boolean in = direction == Direction.INBOUND;
            return new Box(
                    ProtocolSet.ALL, in ? far : AddressSet.ALL, PortSet.ALL, in ? AddressSet.ALL : far, PortSet.ALL);
        }
    }

    private static Term part(Term term, AddressSet addresses) {
        return new Term(term.addresses().intersect(addresses), term.signature());
    }

    private static @Nullable Term both(Term a, Term b) {
        Signature both = a.signature().and(b.signature());
        return both == null ? null : new Term(a.addresses().intersect(b.addresses()), both);
    }
}
