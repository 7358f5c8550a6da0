package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.FlowDecision.StageDecision;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides exactly which packets of a flow pass the network security groups and routes of a snapshot.
 *
 * <p>A flow is cut, rule by rule, into the parts that each rule decides; the verdict, the denied part and the witness
 * are read off these parts. Where the addresses of a tag are not known, the flow is followed both inside and outside of
 * it, so that missing data hurt only where they matter.
 *
 * <p>One instance keeps the rules of the subnets it met in a form that is fast to run. It is not thread-safe; an
 * evaluation has its own.
 */
public final class Reachability {

    /** Where virtual networks lie whose ranges were not exported: public ranges are rare, the platform's own not allowed. */
    private static final AddressSet PRIVATE = AddressSpaces.NOT_PUBLIC.minus(AddressSpaces.EXEMPT);

    private final Snapshot snapshot;
    private final boolean allStages;
    private final Set<AddressPrefix> trustedAppliances;
    private final Map<ResourceId, Near> nears = new HashMap<>();
    private final Map<ResourceId, Neighbourhood> neighbourhoods = new HashMap<>();

    /** What is made once for a subnet: what address expressions mean there, and the rules of both directions. */
    private final class Near {

        final Subnet subnet;
        final List<Term> own;
        final SubnetView view;
        final Neighbourhood neighbourhood;
        final List<SecurityAdminRule> adminRules;
        private final Map<Direction, RuleProgram> admin = new EnumMap<>(Direction.class);
        private final Map<Direction, RuleProgram> groups = new EnumMap<>(Direction.class);
        private final Map<Direction, RuleProgram> routes = new EnumMap<>(Direction.class);
        private @Nullable RouteView routeView;

        Near(Subnet subnet) {
            this.subnet = subnet;
            this.own = List.of(Term.of(subnet.addresses()));
            this.view = SubnetView.of(subnet, snapshot);
            this.neighbourhood = neighbourhoods.computeIfAbsent(subnet.vnetId(), Reachability.this::findNeighbours);
            this.adminRules = allStages ? AdminRules.of(subnet.vnetId(), snapshot) : List.of();
        }

        RuleProgram adminProgram(Direction direction) {
            return admin.computeIfAbsent(direction, d -> AdminRules.program(adminRules, subnet.vnetId(), d, view));
        }

        RuleProgram groupProgram(Direction direction) {
            return groups.computeIfAbsent(direction, d -> makeProgram(subnet, d, view));
        }

        /** Where the packets of an outbound flow go, or the replies to an inbound one. */
        RuleProgram routeProgram(Direction direction) {
            return routes.computeIfAbsent(direction, d -> routeView().program(d));
        }

        RouteView routeView() {
            if (routeView == null) {
                routeView = RouteCollector.routes(subnet, snapshot, view, trustedAppliances);
            }
            return routeView;
        }
    }

    private Reachability(Snapshot snapshot, boolean allStages, Set<AddressPrefix> trustedAppliances) {
        this.snapshot = snapshot;
        this.allStages = allStages;
        this.trustedAppliances = Set.copyOf(trustedAppliances);
    }

    /** What passes all stages: security admin rules and groups at both ends, and routes out and back. */
    public static Reachability of(Snapshot snapshot) {
        return new Reachability(snapshot, true, Set.of());
    }

    /**
     * What passes all stages.
     *
     * @param trustedAppliances addresses of appliances of which somebody says that they let packets pass
     */
    public static Reachability of(Snapshot snapshot, Set<AddressPrefix> trustedAppliances) {
        return new Reachability(snapshot, true, trustedAppliances);
    }

    /** What passes the network security groups, wherever routes may lead, as Azure's IP flow verify answers. */
    public static Reachability ofGroups(Snapshot snapshot) {
        return new Reachability(snapshot, false, Set.of());
    }

    /** What becomes of the packets of a flow. */
    public FlowDecision decide(Flow flow) {
        Near near = near(flow.subnet());
        List<Term> remote = remote(flow.remote(), near);
        List<Cell> cells = cells(flow, remote);
        AddressSet known = union(remote);

        Course course = new Course(flow, near, cells);
        if (!course.throughAdminRules()
                || !course.throughGroups()
                || allStages && !course.throughRoutes()
                || near.neighbourhood.addresses().intersects(known) && !course.throughPeers()) {
            return tooManyCells(flow, known);
        }
        return course.decision(known);
    }

    /** What becomes of the packets of a flow, or of the replies to them, on their routes alone. */
    public FlowDecision decideRoutes(Flow flow) {
        Near near = near(flow.subnet());
        List<Term> remote = remote(flow.remote(), near);
        AddressSet known = union(remote);
        Course course = new Course(flow, near, cells(flow, remote));
        return course.throughRoutes() ? course.decision(known) : tooManyCells(flow, known);
    }

    /**
     * Whether routes lead packets of a flow, or replies to them, to a gateway, an appliance or nowhere, but for those that
     * a service endpoint may take.
     */
    public Away leadsAway(Flow flow) {
        Near near = near(flow.subnet());
        List<Cell> cells = cells(flow, remote(flow.remote(), near));
        List<RuleProgram.Part> parts = near.routeProgram(flow.direction()).run(cells);
        if (parts == null) {
            return Away.PERHAPS;
        }
        List<Cell> away = cellsOf(parts, part -> leadsAway(part.decider()));
        List<Cell> others = cellsOf(parts, part -> !leadsAway(part.decider()) && !takesServiceEndpoint(part.decider()));
        if (away.isEmpty()) {
            return Away.NONE;
        }
        return others.isEmpty()
                        || new CellVerdict(flow.direction(), cells, near.view.internet()).surelyExists(away, others)
                ? Away.SOME
                : Away.PERHAPS;
    }

    private static boolean takesServiceEndpoint(Decider decider) {
        return decider instanceof Decider.Routed routed
                && routed.route().nextHopType() == NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT;
    }

    private static boolean leadsAway(Decider decider) {
        return decider instanceof Decider.Firewall
                || decider instanceof Decider.Routed routed
                        && switch (routed.route().nextHopType()) {
                            case VIRTUAL_APPLIANCE, VIRTUAL_NETWORK_GATEWAY, NONE -> true;
                            case VNET_LOCAL -> !routed.allows();
                            default -> false;
                        };
    }

    /** Where packets from a subnet to public IPv4 addresses go that no longer route than a default route is for. */
    public List<Part> defaultRoutes(Subnet subnet) {
        Box box =
                new Box(ProtocolSet.TCP, subnet.ipv4Addresses(), PortSet.ALL, AddressSpaces.PUBLIC.ipv4(), PortSet.ALL);
        List<RuleProgram.Part> parts = near(subnet).routeView().defaults().run(List.of(new Cell(Signature.NONE, box)));
        return parts == null
                ? List.of()
                : stage(Stage.ROUTE, parts, Verdict.UNDETERMINED).parts();
    }

    /** Gateways that may have brought routes to a subnet which were not exported, by name. */
    public List<String> unseenGateways(Subnet subnet) {
        boolean keptAway = Optional.ofNullable(subnet.routeTableId())
                .flatMap(snapshot::routeTable)
                .map(table -> Boolean.TRUE.equals(table.disableBgpRoutePropagation()))
                .orElse(false);
        return keptAway || !snapshot.effectiveRoutes(subnet.id()).isEmpty()
                ? List.of()
                : GatewayRoutes.of(subnet.vnetId(), snapshot).mayLearnAll();
    }

    /** The way of a flow's packets through the stages. */
    private final class Course {

        private final Flow flow;
        private final Near near;
        private final List<Cell> cells;
        private final List<StageDecision> stages = new ArrayList<>(3);
        private final List<RuleProgram.Part> decided = new ArrayList<>();
        private List<Cell> passed;
        private List<Cell> delivered = List.of();
        private List<Cell> denied = List.of();
        private Verdict verdict = Verdict.ALLOWED;
        private @Nullable Packet witness;

        Course(Flow flow, Near near, List<Cell> cells) {
            this.flow = flow;
            this.near = near;
            this.cells = cells;
            this.passed = cells;
        }

        FlowDecision decision(AddressSet remote) {
            List<String> missing = verdict == Verdict.UNDETERMINED
                    ? missing(flow.direction(), concat(passed, denied), decided)
                    : List.of();
            return new FlowDecision(flow, remote, verdict, stages, witness, missing, new PacketSet(passed));
        }

        // Each stage returns false where there are too many cells.

        boolean throughAdminRules() {
            if (near.adminRules.isEmpty()) {
                return true;
            }
            List<RuleProgram.Part> parts = near.adminProgram(flow.direction()).run(passed);
            if (parts == null || !through(Stage.ADMIN_RULES, parts, passed)) {
                return false;
            }
            if (!(flow.direction() == Direction.INBOUND && isRefusedWithoutNsg(flow))) {
                delivered = cellsOf(parts, Reachability::isDelivered);
                passed = cellsOf(parts, part -> part.decider().allows() && !isDelivered(part));
            }
            return true;
        }

        boolean throughGroups() {
            if (!passed.isEmpty() && !through(Stage.NSG, nsgProgram(flow, near).run(passed), passed)) {
                return false;
            }
            passed = delivered.isEmpty() ? passed : concat(delivered, passed);
            verdict = Reachability.verdict(flow, near, cells, passed, denied);
            return true;
        }

        boolean throughRoutes() {
            return passed.isEmpty()
                    || through(
                            Stage.ROUTE,
                            merged(near.routeProgram(flow.direction()).run(passed)),
                            passed);
        }

        boolean throughPeers() {
            List<Cell> reached = new ArrayList<>();
            List<RuleProgram.Part> parts = peerParts(flow, near, passed, reached);
            return parts != null && (parts.isEmpty() || through(Stage.PEER_NSG, parts, reached));
        }

        /**
         * @param parts what the rules of a stage decide, null where there are too many cells
         * @param reached what gets to the stage: all that passed so far, or some of it
         */
        private boolean through(Stage stage, @Nullable List<RuleProgram.Part> parts, List<Cell> reached) {
            if (parts == null) {
                return false;
            }
            decided.addAll(parts);
            List<Cell> passedHere = cellsOf(parts, true);
            List<Cell> deniedHere = cellsOf(parts, false);
            stages.add(stage(stage, parts, Reachability.verdict(flow, near, reached, passedHere, deniedHere)));
            passed = reached == passed ? passedHere : subtractAll(passed, deniedHere);
            if (!deniedHere.isEmpty()) {
                denied = denied.isEmpty() ? deniedHere : concat(denied, deniedHere);
                witness = witness != null ? witness : lowest(deniedHere);
            }
            verdict = Reachability.verdict(flow, near, cells, passed, denied);
            return true;
        }
    }

    private static boolean isDelivered(RuleProgram.Part part) {
        return part.decider() instanceof Decider.Admin admin && admin.access() == SecurityAdminRule.Access.ALWAYS_ALLOW;
    }

    /** One part for each decider: a route for a tag decides at many prefix lengths. */
    private static @Nullable List<RuleProgram.Part> merged(@Nullable List<RuleProgram.Part> parts) {
        if (parts == null || parts.size() <= 1) {
            return parts;
        }
        Map<Decider, List<Cell>> cells = new LinkedHashMap<>();
        for (RuleProgram.Part part : parts) {
            cells.computeIfAbsent(part.decider(), decider -> new ArrayList<>()).addAll(part.cells());
        }
        return cells.entrySet().stream()
                .map(entry -> new RuleProgram.Part(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Verdict verdict(Flow flow, Near near, List<Cell> cells, List<Cell> passed, List<Cell> denied) {
        if (denied.isEmpty()) {
            return Verdict.ALLOWED;
        }
        return passed.isEmpty()
                ? Verdict.DENIED
                : new CellVerdict(flow.direction(), cells, near.view.internet()).of(passed, denied);
    }

    private static AddressSet union(List<Term> terms) {
        return terms.size() == 1
                ? terms.get(0).addresses()
                : AddressSet.union(terms.stream().map(Term::addresses).toList());
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        List<T> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    /** The far-side addresses that a tag or prefix stands for as seen from a subnet, as far as they are known. */
    public AddressSet addresses(Subnet subnet, FlowRemote remote) {
        return AddressSet.union(remote(remote, near(subnet)).stream()
                .filter(term -> term.signature().isNone())
                .map(Term::addresses)
                .toList());
    }

    /**
     * How the rules of a subnet's group compare with one packet, in the order in which they are tried; the first that
     * matches decides. Empty where the subnet has no group or its group was not exported.
     */
    public List<RuleMatch> explain(Subnet subnet, Direction direction, Packet packet) {
        ResourceId nsgId = subnet.nsgId();
        if (nsgId == null) {
            return List.of();
        }
        return rules(nsgId).map(rules -> withDefaults(nsgId, rules, direction)).orElse(List.of()).stream()
                .filter(rule -> rule.direction() == direction)
                .map(rule -> near(subnet).view.compare(rule, packet))
                .toList();
    }

    private static FlowDecision tooManyCells(Flow flow, AddressSet remote) {
        return new FlowDecision(
                flow,
                remote,
                Verdict.UNDETERMINED,
                List.of(),
                null,
                List.of("service tag data: without them the rules cut this flow into more than "
                        + RuleProgram.MAX_SYMBOLIC_CELLS + " parts"),
                null);
    }

    // ---- the flow as cells

    private static List<Term> remote(FlowRemote remote, Near near) {
        if (remote instanceof FlowRemote.Tag tag) {
            return near.view.resolve(tag.tag());
        }
        return remote instanceof FlowRemote.Addresses addresses ? List.of(Term.of(addresses.addresses())) : near.own;
    }

    /** Boxes pair addresses of one family; ports say nothing to a protocol without ports. */
    private static List<Cell> cells(Flow flow, List<Term> remote) {
        List<Cell> cells = new ArrayList<>();
        ProtocolSet withPorts = flow.protocols().intersect(ProtocolSet.WITH_PORTS);
        ProtocolSet withoutPorts = flow.protocols().intersect(ProtocolSet.WITHOUT_PORTS);
        boolean portless = holdsPortless(flow);
        for (AddressSet local : byFamily(flow.local())) {
            boolean v4 = local.isIpv4();
            for (Term term : remote) {
                AddressSet far = v4 ? term.addresses().ipv4() : term.addresses().ipv6();
                boolean in = flow.direction() == Direction.INBOUND;
                AddressSet source = in ? far : local;
                AddressSet destination = in ? local : far;
                add(
                        cells,
                        term.signature(),
                        new Box(withPorts, source, flow.sourcePorts(), destination, flow.destinationPorts()));
                if (portless) {
                    add(
                            cells,
                            term.signature(),
                            new Box(withoutPorts, source, PortSet.NONE_CARRIED, destination, PortSet.NONE_CARRIED));
                }
            }
        }
        return disjoint(cells);
    }

    private static List<AddressSet> byFamily(AddressSet addresses) {
        return addresses.isIpv4() ? List.of(addresses) : List.of(addresses.ipv4(), addresses.ipv6());
    }

    /** As with rules: a question about some ports is about protocols with ports, unless it is about no such protocol. */
    private static boolean holdsPortless(Flow flow) {
        return flow.protocols().intersect(ProtocolSet.WITH_PORTS).isEmpty()
                || flow.sourcePorts().isAll() && flow.destinationPorts().isAll();
    }

    private static void add(List<Cell> cells, Signature signature, Box box) {
        if (!box.isEmpty()) {
            cells.add(new Cell(signature, box));
        }
    }

    /** The terms of VirtualNetwork may overlap: a later one keeps only what no earlier one holds. */
    private static List<Cell> disjoint(List<Cell> cells) {
        if (cells.size() <= 1) {
            return cells;
        }
        List<Cell> result = new ArrayList<>();
        for (Cell cell : cells) {
            List<Cell> rest = List.of(cell);
            for (Cell earlier : List.copyOf(result)) {
                rest = subtract(rest, earlier);
            }
            result.addAll(rest);
        }
        return result;
    }

    static List<Cell> subtract(List<Cell> cells, Cell other) {
        List<Cell> rest = new ArrayList<>();
        for (Cell cell : cells) {
            Box common = cell.box().intersect(other.box());
            Signature both = common == null ? null : cell.signature().and(other.signature());
            if (common == null || both == null) {
                rest.add(cell);
                continue;
            }
            List<Box> boxes = new ArrayList<>();
            cell.box().minus(common, boxes);
            boxes.forEach(box -> rest.add(new Cell(cell.signature(), box)));
            cell.signature().minus(other.signature()).forEach(s -> rest.add(new Cell(s, common)));
        }
        return rest;
    }

    // ---- stages

    private Near near(Subnet subnet) {
        Near near = nears.get(subnet.id());
        if (near == null) {
            near = new Near(subnet);
            nears.put(subnet.id(), near);
        }
        return near;
    }

    private static RuleProgram nsgProgram(Flow flow, Near near) {
        return flow.direction() == Direction.INBOUND && isRefusedWithoutNsg(flow)
                ? refusal(flow)
                : near.groupProgram(flow.direction());
    }

    private static boolean isRefusedWithoutNsg(Flow flow) {
        return flow.deniedWithoutNsg()
                && flow.subnet().nsgId() == null
                && flow.subnet().provenance().knows("nsgId");
    }

    private static RuleProgram refusal(Flow flow) {
        return RuleProgram.everything(new Decider.NoNsg(flow.subnet().id(), false));
    }

    /**
     * Security admin rules of a peer's network decide before its groups, as they do here. Packets between machines of one
     * subnet that refuses them do not get in there either.
     */
    private @Nullable List<RuleProgram.Part> runAtPeer(Flow flow, Neighbour peer, List<Cell> cells) {
        Direction there = flow.direction().opposite();
        boolean refused = there == Direction.INBOUND
                && peer instanceof Exported own
                && own.subnet().id().equals(flow.subnet().id())
                && isRefusedWithoutNsg(flow);
        RuleProgram groups = refused ? refusal(flow) : peer.program(there);
        if (!(peer instanceof Exported exported)
                || near(exported.subnet()).adminRules.isEmpty()) {
            return groups.run(cells);
        }
        List<RuleProgram.Part> admin =
                near(exported.subnet()).adminProgram(there).run(cells);
        if (admin == null) {
            return null;
        }
        Predicate<RuleProgram.Part> ends = part -> !part.decider().allows() || isDelivered(part) && !refused;
        List<Cell> left = cellsOf(admin, ends.negate());
        List<RuleProgram.Part> decided = left.isEmpty() ? List.of() : groups.run(left);
        return decided == null ? null : concat(admin.stream().filter(ends).toList(), decided);
    }

    private RuleProgram makeProgram(Subnet subnet, Direction direction, SubnetView view) {
        if (!subnet.provenance().knows("nsgId")) {
            return unexported(
                    subnet.id(),
                    "the network security group of " + subnet.id() + ": "
                            + subnet.provenance().unknown().get("nsgId"));
        }
        ResourceId nsgId = subnet.nsgId();
        if (nsgId == null) {
            return RuleProgram.everything(new Decider.NoNsg(subnet.id(), true));
        }
        Optional<NetworkSecurityGroup> nsg = snapshot.networkSecurityGroup(nsgId);
        if (nsg.isPresent() && !nsg.get().provenance().knows("rules")) {
            return unexported(
                    nsgId,
                    "the rules of network security group " + nsgId + ": "
                            + nsg.get().provenance().unknown().get("rules"));
        }
        Optional<List<NsgRule>> rules = rules(nsgId);
        if (rules.isEmpty()) {
            return unexported(nsgId, "network security group " + nsgId + " (az network nsg show --ids " + nsgId + ")");
        }
        return RuleProgram.of(withDefaults(nsgId, rules.get(), direction), direction, view);
    }

    /** The rules of a group as exported, or as Azure reported them in force. */
    private Optional<List<NsgRule>> rules(ResourceId nsgId) {
        return snapshot.networkSecurityGroup(nsgId)
                .map(NetworkSecurityGroup::rules)
                .or(() -> snapshot.effectiveNsgs().stream()
                        .filter(effective -> nsgId.equals(effective.nsgId()))
                        .map(EffectiveNsg::rules)
                        .filter(list -> !list.isEmpty())
                        .map(list -> list.stream().sorted(NsgRule.ORDER).toList())
                        .findFirst());
    }

    /** A group ends with Azure's default rules, whether or not an export lists them. */
    private static List<NsgRule> withDefaults(ResourceId nsgId, List<NsgRule> rules, Direction direction) {
        if (rules.stream().anyMatch(rule -> rule.isDefault() && rule.direction() == direction)) {
            return rules;
        }
        return Stream.concat(rules.stream(), NsgRule.defaults(nsgId).stream())
                .sorted(NsgRule.ORDER)
                .toList();
    }

    private static RuleProgram unexported(ResourceId id, String missing) {
        return RuleProgram.unknown(
                Symbol.allowedBy(id, missing), new Decider.Unexported(id, true), new Decider.Unexported(id, false));
    }

    /**
     * What the groups at the other end make of the packets that go to, or come from, subnets that are known.
     *
     * @param reached takes the packets that get there
     */
    private @Nullable List<RuleProgram.Part> peerParts(Flow flow, Near near, List<Cell> passed, List<Cell> reached) {
        List<RuleProgram.Part> parts = new ArrayList<>();
        boolean in = flow.direction() == Direction.INBOUND;
        for (Neighbour peer : near.neighbourhood.members()) {
            Term there = peer.addresses();
            List<Cell> cells = new ArrayList<>();
            for (Cell cell : passed) {
                AddressSet far = in ? cell.box().source() : cell.box().destination();
                AddressSet common = far.intersect(there.addresses());
                Signature signature = common.isEmpty() ? null : cell.signature().and(there.signature());
                if (signature != null) {
                    Box box = cell.box();
                    cells.add(new Cell(
                            signature,
                            new Box(
                                    box.protocols(),
                                    in ? common : box.source(),
                                    box.sourcePorts(),
                                    in ? box.destination() : common,
                                    box.destinationPorts())));
                }
            }
            if (!cells.isEmpty()) {
                reached.addAll(cells);
                List<RuleProgram.Part> decided = runAtPeer(flow, peer, cells);
                if (decided == null) {
                    return null;
                }
                parts.addAll(decided);
            }
        }
        return parts;
    }

    /** All that lies behind groups of the same virtual network and of connected peers. */
    private record Neighbourhood(AddressSet addresses, List<Neighbour> members) {}

    /** Addresses that lie behind another group. */
    private interface Neighbour {
        Term addresses();

        RuleProgram program(Direction direction);
    }

    private record Exported(Reachability reachability, Subnet subnet, Term addresses) implements Neighbour {
        @Override
        public RuleProgram program(Direction direction) {
            return reachability.near(subnet).groupProgram(direction);
        }
    }

    private record Unexported(ResourceId vnetId, Term addresses) implements Neighbour {
        @Override
        public RuleProgram program(Direction direction) {
            return unexported(
                    vnetId,
                    "the subnets of virtual network " + vnetId + " and their network security groups"
                            + " (az network vnet show --ids " + vnetId + ")");
        }
    }

    /** A subnet behind a peering of which nobody knows whether it is in effect: its group may be on the way or not. */
    private record Doubtful(VnetPeering peering, Term addresses) implements Neighbour {
        @Override
        public RuleProgram program(Direction direction) {
            return unexported(
                    peering.vnetId(),
                    "whether peering " + peering.id().name() + " is connected, and to which virtual network"
                            + " (az network vnet peering show --ids " + peering.id() + ")");
        }
    }

    /** The subnets of the virtual network and of connected peers. */
    private Neighbourhood findNeighbours(ResourceId vnetId) {
        Set<ResourceId> vnets = new HashSet<>();
        List<Neighbour> found = new ArrayList<>();
        vnets.add(vnetId);
        List<VnetPeering> unexported = new ArrayList<>();
        Map<ResourceId, VnetPeering> doubtful = new HashMap<>();
        for (VnetPeering peering : snapshot.peerings()) {
            ResourceId remote = peering.remoteVnetId();
            if (!peering.vnetId().equals(vnetId) || !peering.isConnected() || remote == null) {
                continue;
            }
            boolean isFirst = vnets.add(remote);
            if (isFirst && snapshot.virtualNetwork(remote).isEmpty()) {
                unexported.add(peering);
            }
            if (Stream.of("state", "remoteVnetId").allMatch(peering.provenance()::knows)) {
                doubtful.remove(remote);
            } else if (isFirst) {
                doubtful.put(remote, peering);
            }
        }
        List<Subnet> unplaced = new ArrayList<>();
        for (Subnet subnet : snapshot.subnets()) {
            if (vnets.contains(subnet.vnetId())) {
                found.add(neighbour(subnet, Term.of(subnet.addresses()), doubtful));
                if (!subnet.provenance().knows("prefixes")) {
                    unplaced.add(subnet);
                }
            }
        }
        AddressSet exported = AddressSet.union(
                found.stream().map(peer -> peer.addresses().addresses()).toList());
        Optional<VirtualNetwork> home = snapshot.virtualNetwork(vnetId);
        AddressSet elsewhere = PRIVATE.minus(
                home.map(vnet -> exported.union(vnet.addressSpace())).orElse(exported));
        AddressSet unused = AddressSet.union(vnets.stream()
                        .flatMap(id -> snapshot.virtualNetwork(id).stream())
                        .map(VirtualNetwork::addressSpace)
                        .toList())
                .minus(exported);
        for (Subnet subnet : unplaced) {
            found.add(neighbour(subnet, Term.inside(unused, prefixes(subnet)), doubtful));
        }
        if (home.isEmpty()) {
            found.add(new Unexported(vnetId, Term.inside(elsewhere, SubnetView.virtualNetwork(vnetId))));
        }
        for (VnetPeering peering : unexported) {
            AddressSet said = AddressSet.union(peering.remotePrefixes().stream()
                    .map(AddressPrefix::addresses)
                    .toList());
            Term there =
                    said.isEmpty() ? Term.inside(elsewhere, SubnetView.behind(peering)) : Term.of(said.minus(exported));
            found.add(new Unexported(Objects.requireNonNull(peering.remoteVnetId()), there));
        }
        AddressSet all = AddressSet.union(
                found.stream().map(peer -> peer.addresses().addresses()).toList());
        return new Neighbourhood(all, List.copyOf(found));
    }

    private Neighbour neighbour(Subnet subnet, Term addresses, Map<ResourceId, VnetPeering> doubtful) {
        VnetPeering perhaps = doubtful.get(subnet.vnetId());
        return perhaps == null ? new Exported(this, subnet, addresses) : new Doubtful(perhaps, addresses);
    }

    /** Where a subnet lies whose blocks are not known: somewhere in its network. */
    private static Symbol prefixes(Subnet subnet) {
        return Symbol.unknown(
                subnet.id().key() + " prefixes", "the addresses of subnet " + subnet.name(), subnet.missingPrefixes());
    }

    private static List<Cell> subtractAll(List<Cell> cells, List<Cell> others) {
        List<Cell> rest = cells;
        for (Cell other : others) {
            rest = subtract(rest, other);
        }
        return rest;
    }

    private static List<Cell> cellsOf(List<RuleProgram.Part> parts, boolean allowed) {
        return cellsOf(parts, part -> part.decider().allows() == allowed);
    }

    private static List<Cell> cellsOf(List<RuleProgram.Part> parts, Predicate<RuleProgram.Part> wanted) {
        List<Cell> cells = new ArrayList<>(parts.size());
        for (RuleProgram.Part part : parts) {
            if (wanted.test(part)) {
                cells.addAll(part.cells());
            }
        }
        return cells;
    }

    private static @Nullable Packet lowest(List<Cell> cells) {
        Packet lowest = null;
        for (Cell cell : cells) {
            if (cell.isConcrete()) {
                Packet packet = cell.box().lowest();
                lowest = lowest == null || packet.compareTo(lowest) < 0 ? packet : lowest;
            }
        }
        return lowest;
    }

    private static StageDecision stage(Stage stage, List<RuleProgram.Part> parts, Verdict verdict) {
        List<Part> readable = new ArrayList<>(parts.size());
        for (RuleProgram.Part part : parts) {
            List<Piece> pieces = new ArrayList<>(part.cells().size());
            for (Cell cell : part.cells()) {
                pieces.add(piece(cell));
            }
            readable.add(new Part(part.decider(), pieces));
        }
        return new StageDecision(stage, verdict, readable);
    }

    static Piece piece(Cell cell) {
        if (cell.isConcrete()) {
            return new Piece(cell.box(), List.of(), List.of());
        }
        return new Piece(
                cell.box(),
                cell.signature().inside().stream().map(Symbol::name).toList(),
                cell.signature().outside().stream().map(Symbol::name).toList());
    }

    /**
     * What would decide. Where the rules and routes that are known drop nothing, these are the ones that are not: what
     * the tags hold says nothing then. Nor does a set that the whole flow lies in, where nothing but that tells its
     * parts apart.
     */
    private static List<String> missing(Direction direction, List<Cell> cells, List<RuleProgram.Part> decided) {
        boolean knownRulesDrop = decided.stream()
                .filter(part -> !part.decider().allows())
                .anyMatch(part -> part.cells().stream().anyMatch(cell -> surelyDrops(part.decider(), cell)));
        Set<Symbol> common = common(direction, cells);
        Set<String> missing = new TreeSet<>();
        for (Cell cell : cells) {
            symbols(cell).stream()
                    .filter(symbol -> symbol.isOfUnknownRules() || knownRulesDrop && !common.contains(symbol))
                    .map(Symbol::missing)
                    .forEach(missing::add);
        }
        return List.copyOf(missing);
    }

    /** The symbols that all cells lie in, where all are about the same addresses and no tag tells them apart. */
    private static Set<Symbol> common(Direction direction, List<Cell> cells) {
        Set<Symbol> common = new HashSet<>(symbols(cells.get(0)));
        AddressSet far = cells.get(0).box().far(direction);
        for (Cell cell : cells) {
            if (!cell.box().far(direction).equals(far)) {
                return Set.of();
            }
            common.retainAll(cell.signature().inside());
        }
        boolean tagsDiffer = cells.stream()
                .flatMap(cell -> symbols(cell).stream())
                .anyMatch(symbol -> symbol.isTag() && !common.contains(symbol));
        return tagsDiffer ? Set.of() : common;
    }

    private static List<Symbol> symbols(Cell cell) {
        return concat(cell.signature().inside(), cell.signature().outside());
    }

    /** Whether it is known that something drops the packets of a cell, as far as there are any. */
    private static boolean surelyDrops(Decider decider, Cell cell) {
        boolean perhapsInEffect = decider instanceof Decider.Admin
                && cell.signature().inside().stream().anyMatch(Symbol::isOfUnknownRules);
        return !perhapsInEffect && cell.signature().outside().stream().noneMatch(Symbol::isOfUnknownRules);
    }
}
