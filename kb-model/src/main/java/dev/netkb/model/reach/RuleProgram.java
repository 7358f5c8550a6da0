package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.TrafficRule;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that decide at one stage, as sets of packets, in the order in which they are tried. Made once for a subnet
 * and direction and run for every flow.
 */
final class RuleProgram {

    /** A limit on symbolic cells of one flow; beyond it the flow is undetermined. */
    static final int MAX_SYMBOLIC_CELLS = 4_096;

    /** The packets that a rule matches are the union of its matches. */
    record Step(Decider decider, List<Cell> matches) {}

    /** The part of a flow that one rule decides. */
    record Part(Decider decider, List<Cell> cells) {}

    /**
     * What no rule has decided yet: the packets of a cell but for those whose far side lies in one of the sets that
     * were taken out. Long sets are not subtracted, which would make still longer ones, but kept aside.
     */
    private record Open(Cell cell, List<AddressSet> taken) {

        /** Whether all addresses of a set were taken out. */
        boolean lacks(AddressSet far) {
            for (AddressSet out : taken) {
                if (out == far) {
                    return true;
                }
            }
            return false;
        }
    }

    /** From this many address ranges on a set is long. */
    private static final int LONG = 64;

    private final List<Step> steps;
    private final Direction direction;

    private RuleProgram(List<Step> steps, Direction direction) {
        this.steps = List.copyOf(steps);
        this.direction = direction;
    }

    /** The rules of a group for one direction. */
    static RuleProgram of(List<NsgRule> rules, Direction direction, SubnetView view) {
        List<Step> steps = new ArrayList<>();
        for (NsgRule rule : rules) {
            if (rule.direction() == direction) {
                addSteps(steps, rule, view);
            }
        }
        if (direction == Direction.OUTBOUND) {
            steps.add(new Step(
                    new Decider.Platform(),
                    List.of(new Cell(Signature.NONE, box(AddressSet.ALL, AddressSpaces.EXEMPT)))));
        }
        return new RuleProgram(steps, direction);
    }

    /** Every packet, for the end of a program. */
    static List<Cell> everyPacket() {
        return List.of(new Cell(Signature.NONE, box(AddressSet.ALL, AddressSet.ALL)));
    }

    /** Steps that were made elsewhere. */
    static RuleProgram of(List<Step> steps, Direction direction) {
        return new RuleProgram(steps, direction);
    }

    /** One decider for every packet. */
    static RuleProgram everything(Decider decider) {
        return new RuleProgram(
                List.of(new Step(decider, List.of(new Cell(Signature.NONE, box(AddressSet.ALL, AddressSet.ALL))))),
                Direction.INBOUND);
    }

    /** Nobody knows what decides: inside the symbol packets pass, outside they do not. */
    static RuleProgram unknown(Symbol symbol, Decider allows, Decider denies) {
        Signature inside = Signature.NONE.insideOf(symbol);
        Box all = box(AddressSet.ALL, AddressSet.ALL);
        return new RuleProgram(
                List.of(
                        new Step(allows, List.of(new Cell(inside == null ? Signature.NONE : inside, all))),
                        new Step(denies, List.of(new Cell(Signature.NONE, all)))),
                Direction.INBOUND);
    }

    private static Box box(AddressSet source, AddressSet destination) {
        return new Box(ProtocolSet.ALL, source, PortSet.ALL, destination, PortSet.ALL);
    }

    /** The packets that a rule matches; what is not known of it may be anything. */
    static List<Cell> matches(TrafficRule rule, SubnetView view) {
        List<Term> sources = terms(rule, rule.sources(), "source", view);
        List<Term> destinations = terms(rule, rule.destinations(), "destination", view);
        if (rule.direction() == Direction.OUTBOUND && !namesPlatform(rule)) {
            destinations = withoutPlatform(rule, destinations);
        }
        List<Cell> matches = new ArrayList<>();
        for (Box ports : portBoxes(rule)) {
            for (Term source : sources) {
                for (Term destination : destinations) {
                    Signature signature = source.signature().and(destination.signature());
                    if (signature != null) {
                        Box box = new Box(
                                ports.protocols(),
                                source.addresses(),
                                ports.sourcePorts(),
                                destination.addresses(),
                                ports.destinationPorts());
                        if (!box.isEmpty()) {
                            matches.add(new Cell(signature, box));
                        }
                    }
                }
            }
        }
        String unknownMatch = firstUnknown(
                rule, NsgRule.EXISTENCE, "priority", "protocol", "protocols", "sourcePorts", "destinationPorts");
        if (unknownMatch != null) {
            matches = within(
                    matches,
                    Symbol.unknown(
                            key(rule) + " " + unknownMatch,
                            unknownMatch + " of rule " + rule.id().key(),
                            "the " + unknownMatch + " of rule " + rule.id() + ": "
                                    + rule.provenance().unknown().get(unknownMatch)));
        }
        return matches;
    }

    private static void addSteps(List<Step> steps, NsgRule rule, SubnetView view) {
        List<Cell> matches = matches(rule, view);
        boolean allows = rule.access() == NsgRule.Access.ALLOW;
        if (!rule.provenance().knows("access")) {
            Symbol symbol = Symbol.unknown(
                    key(rule) + " access",
                    "access of rule " + rule.id().key(),
                    "the access of rule " + rule.id() + ": "
                            + rule.provenance().unknown().get("access"));
            steps.add(new Step(new Decider.Rule(rule, true), within(matches, symbol)));
            allows = false;
        }
        steps.add(new Step(new Decider.Rule(rule, allows), List.copyOf(matches)));
    }

    static List<Cell> within(List<Cell> cells, Symbol symbol) {
        List<Cell> inside = new ArrayList<>();
        for (Cell cell : cells) {
            Signature signature = cell.signature().insideOf(symbol);
            if (signature != null) {
                inside.add(new Cell(signature, cell.box()));
            }
        }
        return inside;
    }

    private static @Nullable String firstUnknown(TrafficRule rule, String... fields) {
        for (String field : fields) {
            if (!rule.provenance().knows(field)) {
                return field;
            }
        }
        return null;
    }

    /** What a rule without a tag of the platform acts on; an unknown entry may be such a tag. */
    private static List<Term> withoutPlatform(TrafficRule rule, List<Term> destinations) {
        boolean mayName = rule.destinations().stream().anyMatch(AddressMatch.Unknown.class::isInstance);
        Symbol named = Symbol.unknown(
                key(rule) + " platform",
                "platform addresses",
                "the destination of rule " + rule.id() + ", which may be a tag of the platform");
        List<Term> terms = new ArrayList<>();
        for (Term term : destinations) {
            terms.add(new Term(term.addresses().minus(AddressSpaces.EXEMPT), term.signature()));
            Signature signature = mayName ? term.signature().insideOf(named) : null;
            AddressSet exempt = term.addresses().intersect(AddressSpaces.EXEMPT);
            if (signature != null && !exempt.isEmpty()) {
                terms.add(new Term(exempt, signature));
            }
        }
        return terms;
    }

    static boolean namesPlatform(TrafficRule rule) {
        return rule.destinations().stream()
                .anyMatch(match ->
                        match instanceof AddressMatch.Tag tag && tag.tag().isPlatform());
    }

    private static String key(TrafficRule rule) {
        String priority = rule instanceof NsgRule group ? " " + group.priority() : "";
        return rule.id().key() + " " + rule.direction() + priority;
    }

    /**
     * All entries of one side: those that are known as one set, each symbolic one apart. Two unknown entries are two
     * unknown sets, however alike they are written: people mask different addresses alike.
     */
    private static List<Term> terms(TrafficRule rule, List<AddressMatch> matches, String side, SubnetView view) {
        List<AddressSet> known = new ArrayList<>();
        List<Term> symbolic = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            if (matches.get(i) instanceof AddressMatch.Unknown unknown) {
                symbolic.add(Term.inside(
                        AddressSet.ALL,
                        Symbol.unknown(
                                key(rule) + " " + side + " " + i,
                                unknown.text(),
                                "the value of " + unknown.text() + " in rule " + rule.id())));
                continue;
            }
            for (Term term : view.resolve(matches.get(i))) {
                if (term.signature().isNone()) {
                    known.add(term.addresses());
                } else {
                    symbolic.add(term);
                }
            }
        }
        List<Term> all = new ArrayList<>();
        AddressSet union = known.size() == 1 ? known.get(0) : AddressSet.union(known);
        if (!union.isEmpty()) {
            all.add(Term.of(union));
        }
        all.addAll(symbolic);
        return all;
    }

    /**
     * Protocols and ports of a rule. Ports say nothing to a protocol without ports: a rule that names one matches all
     * its packets; a rule for every protocol matches them only when it is for every port. Of an unknown field the widest
     * value is taken: the rule may match that much.
     */
    private static List<Box> portBoxes(TrafficRule rule) {
        boolean anyProtocol = firstUnknown(rule, "protocol", "protocols") != null;
        ProtocolSet protocols = anyProtocol ? ProtocolSet.ALL : rule.protocols();
        PortSet sourcePorts = rule.provenance().knows("sourcePorts") ? rule.sourcePorts() : PortSet.ALL;
        PortSet destinationPorts = rule.provenance().knows("destinationPorts") ? rule.destinationPorts() : PortSet.ALL;
        if (sourcePorts.isAll() && destinationPorts.isAll()) {
            return List.of(ports(protocols, PortSet.ALL, PortSet.ALL));
        }
        ProtocolSet withPorts = protocols.intersect(ProtocolSet.WITH_PORTS);
        ProtocolSet withoutPorts = protocols.intersect(ProtocolSet.WITHOUT_PORTS);
        List<Box> boxes = new ArrayList<>();
        if (!withPorts.isEmpty()) {
            boxes.add(ports(withPorts, sourcePorts, destinationPorts));
        }
        if (!withoutPorts.isEmpty() && (withPorts.isEmpty() || anyProtocol)) {
            boxes.add(ports(withoutPorts, PortSet.ALL, PortSet.ALL));
        }
        return boxes;
    }

    private static Box ports(ProtocolSet protocols, PortSet source, PortSet destination) {
        return new Box(protocols, AddressSet.EMPTY, source, AddressSet.EMPTY, destination);
    }

    /**
     * Cuts a flow into the parts that each rule decides.
     *
     * @return the parts in the order of the rules; null where there are more symbolic cells than the limit
     */
    @Nullable
    List<Part> run(List<Cell> flow) {
        List<Part> parts = new ArrayList<>(2);
        List<Open> rest = new ArrayList<>(flow.size());
        for (Cell cell : flow) {
            rest.add(new Open(cell, List.of()));
        }
        for (Step step : steps) {
            if (rest.isEmpty()) {
                break;
            }
            List<Cell> hits = null;
            for (Cell match : step.matches) {
                List<Open> after = null;
                for (int i = 0; i < rest.size(); i++) {
                    Open open = rest.get(i);
                    Box box = open.lacks(match.box().far(direction))
                            ? null
                            : open.cell.box().intersect(match.box());
                    Signature signature =
                            box == null ? null : open.cell.signature().and(match.signature());
                    Box hit = box == null || signature == null ? null : withoutTaken(box, open);
                    if (box == null || signature == null || hit == null) {
                        if (after != null) {
                            after.add(open);
                        }
                        continue;
                    }
                    if (hits == null) {
                        hits = new ArrayList<>(2);
                    }
                    if (after == null) {
                        after = new ArrayList<>(rest.subList(0, i));
                    }
                    hits.add(new Cell(signature, hit));
                    addRest(after, open, box, match);
                }
                if (after != null) {
                    rest = after;
                }
            }
            if (hits != null) {
                parts.add(new Part(step.decider, hits));
                if (rest.size() > MAX_SYMBOLIC_CELLS
                        && rest.stream().anyMatch(open -> !open.cell().isConcrete())) {
                    return null;
                }
            }
        }
        return parts;
    }

    /** What is left of a box of the cell; null where nothing is. */
    private @Nullable Box withoutTaken(Box box, Open open) {
        if (open.taken.isEmpty()) {
            return box;
        }
        AddressSet far = box.far(direction);
        for (AddressSet taken : open.taken) {
            far = far.minus(taken);
            if (far.isEmpty()) {
                return null;
            }
        }
        return box.withFar(direction, far);
    }

    /** What a match leaves of an open cell, of which it covers a box. */
    private void addRest(List<Open> rest, Open open, Box covered, Cell match) {
        Cell cell = open.cell;
        AddressSet far = cell.box().far(direction);
        AddressSet coveredFar = covered.far(direction);
        Box wide = covered.withFar(direction, far);
        if (wide != cell.box()) {
            List<Box> boxes = new ArrayList<>(4);
            cell.box().minus(wide, boxes);
            for (Box box : boxes) {
                rest.add(new Open(new Cell(cell.signature(), box), open.taken));
            }
        }
        if (coveredFar != far) {
            AddressSet matched = match.box().far(direction);
            if (coveredFar.intervalCount() >= LONG && matched.intervalCount() >= LONG) {
                rest.add(new Open(new Cell(cell.signature(), wide), plus(open.taken, matched)));
            } else {
                AddressSet left = far.minus(coveredFar);
                rest.add(new Open(new Cell(cell.signature(), wide.withFar(direction, left)), open.taken));
            }
        }
        if (!match.signature().isNone()) {
            for (Signature signature : cell.signature().minus(match.signature())) {
                rest.add(new Open(new Cell(signature, covered), open.taken));
            }
        }
    }

    private static List<AddressSet> plus(List<AddressSet> sets, AddressSet more) {
        List<AddressSet> all = new ArrayList<>(sets.size() + 1);
        all.addAll(sets);
        all.add(more);
        return all;
    }
}
