package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.ServiceTag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every way in which service tags without data may lie, for a world with IPv4 packets, and the verdict each way gives.
 *
 * <p>An address is of some <em>kind</em>: the tags that hold it. A way to lie says which kinds occur among the
 * addresses of each stretch of the line in which all known sets agree. All ways are tried that respect what is known:
 * a regional tag is a proper part of its tag, a tag a proper part of the internet where that is not empty, neither is
 * empty.
 */
final class TagAssignments {

    private final World world;
    private final List<ServiceTag> tags;
    private final List<String> unknowns = new ArrayList<>();
    private final PacketOracle oracle;
    private final Walk walk;
    private final boolean allStages;
    private final Zone internet;
    private final Zone remote;
    private final List<Integer> kinds = new ArrayList<>();

    /** Each known promise: some address of the line must be as it says. One bit of a state. */
    private final List<Promise> promises = new ArrayList<>();

    private BigInteger far = BigInteger.ZERO;
    private int kind;

    private interface Promise {
        boolean isKeptBy(BigInteger address, int kind);
    }

    /**
     * Bits of a state: whether a packet passed, whether one was dropped, whether all of one far-side address passed; above
     * them the promises that are kept.
     */
    private static final int PASSED = 1;

    private static final int DROPPED = 2;
    private static final int ONE_WHOLE = 4;
    private static final int FIRST_PROMISE = 8;

    private TagAssignments(World world, boolean allStages) {
        this.world = world;
        this.allStages = allStages;
        this.tags = List.copyOf(tagsOf(world));
        this.oracle = new PacketOracle(world.snapshot(), Map.of(), new Assumption() {
            @Override
            public Zone tag(ServiceTag tag) {
                return member(tags.indexOf(tag));
            }

            @Override
            public Zone unknown(String text) {
                if (!unknowns.contains(text)) {
                    unknowns.add(text);
                }
                return member(tags.size() + unknowns.indexOf(text));
            }
        });
        this.walk = new Walk(world, oracle);
        // Computed now, so that what is unknown about the tags of the subnet is registered.
        this.internet = oracle.zoneOf(ServiceTag.INTERNET, world.flow().subnet());
        this.remote = oracle.remoteOf(world.flow());
        addKinds();
        addPromises();
    }

    /** The verdicts that the groups give the flow in some way; flows that would hold no packet count for none. */
    static Set<Verdict> verdicts(World world) {
        return new TagAssignments(world, false).verdicts();
    }

    /** The verdicts that all stages give the flow in some way. */
    static Set<Verdict> verdictsOfAllStages(World world) {
        return new TagAssignments(world, true).verdicts();
    }

    /** Whether all packets of some far-side address pass in some way. */
    static boolean letOnePassWhole(World world) {
        return new TagAssignments(world, false).fates().stream().anyMatch(fate -> (fate & ONE_WHOLE) != 0);
    }

    private Zone member(int bit) {
        return new Zone() {
            @Override
            public boolean holds(BigInteger address) {
                return address.equals(far)
                        && (kind & 1 << bit) != 0
                        && (bit >= tags.size() || PacketOracle.PUBLIC.holds(address));
            }

            @Override
            public void addCuts(Collection<BigInteger> cuts) {
                PacketOracle.PUBLIC.addCuts(cuts);
            }
        };
    }

    private static Set<ServiceTag> tagsOf(World world) {
        Stream<AddressMatch> inRules = world.snapshot().networkSecurityGroups().stream()
                .map(NetworkSecurityGroup::rules)
                .flatMap(List::stream)
                .flatMap(rule -> Stream.concat(rule.sources().stream(), rule.destinations().stream()));
        Stream<AddressMatch> inRoutes = world.snapshot().routeTables().stream()
                .map(RouteTable::routes)
                .flatMap(List::stream)
                .map(Route::destination);
        Stream<AddressMatch> asked = world.flow().remote() instanceof FlowRemote.Tag t
                ? Stream.of(new AddressMatch.Tag(t.tag()))
                : Stream.of();
        Set<ServiceTag> tags = new LinkedHashSet<>();
        Stream.of(inRules, inOtherRules(world), inRoutes, asked).flatMap(s -> s).forEach(match -> {
            if (match instanceof AddressMatch.Tag t && !t.tag().isBuiltIn()) {
                tags.add(t.tag());
                t.tag().parent().ifPresent(tags::add);
            }
        });
        return tags;
    }

    /** What security admin rules and rules of firewalls name. */
    private static Stream<AddressMatch> inOtherRules(World world) {
        return Stream.concat(
                world.snapshot().facts(SecurityAdminRule.class).stream()
                        .flatMap(rule -> Stream.concat(rule.sources().stream(), rule.destinations().stream())),
                FirewallOracle.all(world.snapshot()).stream()
                        .flatMap(rule -> Stream.concat(rule.sources().stream(), rule.destinations().stream())));
    }

    private int bit(ServiceTag tag) {
        return 1 << tags.indexOf(tag);
    }

    /** All sets of tags that an address may lie in: a regional tag only together with its tag. */
    private void addKinds() {
        for (int candidate = 0; candidate < 1 << tags.size() + unknowns.size(); candidate++) {
            int members = candidate;
            boolean possible = tags.stream()
                    .filter(tag -> (members & bit(tag)) != 0)
                    .allMatch(tag -> tag.parent().isEmpty()
                            || (members & bit(tag.parent().get())) != 0);
            if (possible) {
                kinds.add(candidate);
            }
        }
    }

    private void addPromises() {
        for (ServiceTag tag : tags) {
            int bit = bit(tag);
            promises.add((address, members) -> (members & bit) != 0);
            if (tag.parent().isPresent()) {
                int holder = bit(tag.parent().get());
                promises.add((address, members) -> (members & holder) != 0 && (members & bit) == 0);
            } else if (internetHoldsAddresses()) {
                promises.add((address, members) -> (members & bit) == 0 && isInternet(address));
            }
        }
    }

    /** User routes may put all public addresses into the virtual network. */
    private boolean internetHoldsAddresses() {
        TreeSet<BigInteger> cuts = new TreeSet<>(Set.of(BigInteger.ZERO));
        internet.addCuts(cuts);
        PacketOracle.PUBLIC.addCuts(cuts);
        return cuts.headSet(Line.V6_START).stream()
                .anyMatch(address -> PacketOracle.PUBLIC.holds(address) && isInternet(address));
    }

    /** Whether the address surely is internet but for what is unknown about the virtual network. */
    private boolean isInternet(BigInteger address) {
        int before = kind;
        kind = 0;
        boolean holds = internet.holds(address);
        kind = before;
        return holds;
    }

    private Set<Verdict> verdicts() {
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        for (int fate : fates()) {
            switch (fate & (PASSED | DROPPED)) {
                case PASSED -> verdicts.add(Verdict.ALLOWED);
                case DROPPED -> verdicts.add(Verdict.DENIED);
                case PASSED | DROPPED -> verdicts.add(Verdict.PARTIAL);
                default -> {}
            }
        }
        return verdicts;
    }

    /** What becomes of the packets in each way that keeps all promises, as bits of a state. */
    private Set<Integer> fates() {
        TreeSet<BigInteger> cuts = new TreeSet<>(Set.of(BigInteger.ZERO, Line.V6_START));
        ElementaryCells known = ElementaryCells.of(world, oracle);
        cutsOfRules(cuts);
        remote.addCuts(cuts);
        PacketOracle.PUBLIC.addCuts(cuts);
        Set<Integer> states = Set.of(0);
        Set<Set<Integer>> combined = new HashSet<>();
        for (BigInteger address : cuts) {
            if (address.compareTo(Line.V6_START) < 0) {
                Set<Integer> ways = waysOf(address, cuts.higher(address).subtract(address), known);
                // A second stretch of the same closed ways adds nothing.
                if (combined.add(ways) || !combine(ways, ways).equals(ways)) {
                    states = combine(states, ways);
                }
            }
        }
        int all = FIRST_PROMISE * ((1 << promises.size()) - 1);
        return states.stream()
                .filter(state -> (state & all) == all)
                .map(state -> state & ~all)
                .collect(Collectors.toSet());
    }

    private void cutsOfRules(Collection<BigInteger> cuts) {
        if (allStages) {
            cuts.addAll(walk.cuts());
        }
        inOtherRules(world)
                .forEach(entry -> oracle.zoneOf(entry, world.flow().subnet()).addCuts(cuts));
        for (Subnet subnet : world.snapshot().subnets()) {
            Spans.ofPrefixes(subnet.prefixes()).addCuts(cuts);
            for (NetworkSecurityGroup group : world.snapshot().networkSecurityGroups()) {
                group.rules().stream()
                        .flatMap(rule -> Stream.concat(rule.sources().stream(), rule.destinations().stream()))
                        .forEach(entry -> oracle.zoneOf(entry, subnet).addCuts(cuts));
            }
        }
        Spans.ofTexts(List.of("168.63.129.16", "169.254.169.254")).addCuts(cuts);
    }

    private static Set<Integer> combine(Set<Integer> states, Set<Integer> others) {
        BitSet both = new BitSet();
        for (int state : states) {
            for (int other : others) {
                both.set(state | other);
            }
        }
        return both.stream().boxed().collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The states that a stretch of so many like addresses can be in: every non-empty choice of kinds among them. */
    private Set<Integer> waysOf(BigInteger address, BigInteger size, ElementaryCells known) {
        boolean open = PacketOracle.PUBLIC.holds(address);
        Set<Integer> ofOne = new LinkedHashSet<>();
        for (int members : kinds) {
            boolean inTags = (members & (1 << tags.size()) - 1) != 0;
            if (open || !inTags) {
                ofOne.add(stateOf(address, members, known));
            }
        }
        Set<Integer> ways = ofOne;
        int most = size.min(BigInteger.valueOf(kinds.size())).intValueExact();
        for (int i = 1; i < most; i++) {
            Set<Integer> more = combine(ways, ofOne);
            more.addAll(ways);
            if (more.size() == ways.size()) {
                break;
            }
            ways = more;
        }
        return ways;
    }

    private int stateOf(BigInteger address, int members, ElementaryCells known) {
        far = address;
        kind = members;
        int state = 0;
        for (int i = 0; i < promises.size(); i++) {
            if (PacketOracle.PUBLIC.holds(address) && promises.get(i).isKeptBy(address, members)) {
                state |= FIRST_PROMISE << i;
            }
        }
        int fate = 0;
        if (remote.holds(address)) {
            for (OraclePacket packet : packets(address, known)) {
                fate |= passes(packet) ? PASSED : DROPPED;
            }
        }
        return state | fate | (fate == PASSED ? ONE_WHOLE : 0);
    }

    private boolean passes(OraclePacket packet) {
        return allStages
                ? walk.of(packet).fate() == Walk.Fate.PASSES
                : oracle.trace(world.flow(), packet).passes();
    }

    private List<OraclePacket> packets(BigInteger address, ElementaryCells known) {
        List<ElementaryCells.Cut> there = List.of(new ElementaryCells.Cut(address, BigInteger.ONE));
        boolean inbound = world.flow().direction() == Direction.INBOUND;
        return new ElementaryCells(
                        known.protocols(),
                        inbound ? there : known.sources(),
                        inbound ? known.destinations() : there,
                        known.sourcePorts(),
                        known.destinationPorts())
                .packets();
    }
}
