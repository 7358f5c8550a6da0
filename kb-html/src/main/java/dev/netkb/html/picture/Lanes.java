package dev.netkb.html.picture;

import dev.netkb.html.picture.Diagram.Lane;
import dev.netkb.html.picture.Diagram.Mark;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.report.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The flows of a location as lanes: those of one remote end that go the same way and fare alike share one. */
final class Lanes {

    private static final List<Verdict> WORST_FIRST =
            List.of(Verdict.DENIED, Verdict.PARTIAL, Verdict.UNDETERMINED, Verdict.ALLOWED);

    private Lanes() {}

    /** Where a stage stands in the picture, and through which boxes a flow goes. */
    interface Way {

        /** The keys of the boxes between the service and the remote end. */
        List<String> of(FlowResult flow);

        /** The key of the box in which a stage of a flow decides; empty where no box is drawn for it. */
        Optional<String> boxOf(FlowStage stage, FlowResult flow);
    }

    /**
     * Lanes in the order in which they are drawn from top to bottom: inbound first; those with the same way side by side;
     * then the remote ends that fare worst.
     */
    static List<Lane> of(List<Result> results, Way way) {
        Map<Bundle, List<Integer>> bundles = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            FlowResult flow = results.get(i).flow();
            if (flow != null) {
                bundles.computeIfAbsent(Bundle.of(flow, way), bundle -> new ArrayList<>())
                        .add(i);
            }
        }
        Map<String, Integer> worst = new TreeMap<>();
        bundles.keySet().forEach(bundle -> worst.merge(bundle.end(), WORST_FIRST.indexOf(bundle.verdict()), Math::min));
        return bundles.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing((Bundle bundle) -> !bundle.inbound())
                        .thenComparing(bundle -> bundle.inbound()
                                ? bundle.stops().size()
                                : -bundle.stops().size())
                        .thenComparing(bundle -> bundle.stops().toString())
                        .thenComparing(bundle -> worst.getOrDefault(bundle.end(), 0))
                        .thenComparing(Bundle::remote)
                        .thenComparing(bundle -> WORST_FIRST.indexOf(bundle.verdict()))
                        .thenComparing(bundle -> bundle.marks().toString())))
                .map(entry -> lane(entry.getKey(), entry.getValue(), results))
                .toList();
    }

    /** What the flows of a lane have in common. */
    private record Bundle(boolean inbound, String remote, Verdict verdict, List<String> stops, List<Mark> marks) {

        static Bundle of(FlowResult flow, Way way) {
            List<String> stops = way.of(flow);
            List<Mark> marks = flow.stages().stream()
                    .filter(stage -> stage.verdict() != Verdict.ALLOWED)
                    .flatMap(stage -> way.boxOf(stage, flow).stream()
                            .map(box -> new Mark(stops.indexOf(box) + 1, verdict(stage, flow))))
                    .filter(mark -> mark.at() > 0 && mark.verdict() != Verdict.ALLOWED)
                    .distinct()
                    .sorted(Comparator.comparingInt(Mark::at))
                    .toList();
            return new Bundle(flow.direction().equals("Inbound"), flow.remote(), flow.verdict(), stops, marks);
        }

        /** A stage may drop all that gets there while other packets pass on another way. */
        private static Verdict verdict(FlowStage stage, FlowResult flow) {
            return stage.verdict() == Verdict.DENIED ? flow.verdict() : stage.verdict();
        }

        /** The remote end, of which there is one for each direction and way. */
        String end() {
            return inbound + " " + stops + " " + remote;
        }
    }

    private static Lane lane(Bundle bundle, List<Integer> places, List<Result> results) {
        List<Integer> worstFirst = places.stream()
                .sorted(Comparator.comparing((Integer i) -> results.get(i).outcome())
                        .thenComparing(i -> results.get(i).severity())
                        .thenComparing(i -> i))
                .toList();
        Result first = results.get(worstFirst.get(0));
        FlowResult flow = Objects.requireNonNull(first.flow());
        Ports ports = Ports.of(worstFirst.stream()
                .map(i -> Objects.requireNonNull(results.get(i).flow()))
                .toList());
        List<String> way = new ArrayList<>(List.of(NetworkDiagram.SERVICE));
        way.addAll(bundle.stops());
        way.add(bundle.end());
        String shortly = flow.direction() + " " + ports + (bundle.inbound() ? " from " : " to ") + flow.remote() + ": "
                + flow.verdict().word();
        return new Lane(
                bundle.inbound(),
                bundle.verdict(),
                way,
                bundle.marks(),
                label(ports, flow.verdict()),
                title(shortly, first, flow, worstFirst.size()),
                worstFirst);
    }

    private static List<String> title(String shortly, Result first, FlowResult flow, int flows) {
        List<String> lines = new ArrayList<>(List.of(shortly));
        DecidingRule rule = decidingRule(flow);
        Witness witness = flow.witness();
        if (rule != null) {
            lines.add("decided by " + rule.name() + (rule.priority() == null ? "" : ", priority " + rule.priority()));
        }
        if (witness != null) {
            lines.add("packet " + words(witness));
        }
        lines.add(first.rule() + (flows > 1 ? " and " + (flows - 1) + " more" : ""));
        return lines;
    }

    /** Such as {@code Tcp 10.0.1.4:49152 to 20.1.2.3:1433}. */
    private static String words(Witness witness) {
        return witness.protocol() + " " + end(witness.sourceAddress(), witness.sourcePort()) + " to "
                + end(witness.destinationAddress(), witness.destinationPort());
    }

    private static String end(String address, @Nullable Integer port) {
        if (port == null) {
            return address;
        }
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
    }

    /** The rule that drops packets; where none is dropped, the one of which nobody knows what it lets pass, or that allows. */
    private static @Nullable DecidingRule decidingRule(FlowResult flow) {
        Optional<FlowStage> decisive = flow.stages().stream()
                .filter(stage -> stage.verdict() != Verdict.ALLOWED)
                .findFirst()
                .or(() -> flow.stages().stream()
                        .filter(stage -> stage.stage().equals("nsg"))
                        .findFirst());
        List<DecidingRule> rules = decisive.map(FlowStage::decidedBy).orElse(List.of());
        return rules.stream()
                .filter(rule -> !rule.allows() && !rule.isUnknown())
                .findFirst()
                .or(() -> rules.stream().filter(DecidingRule::isUnknown).findFirst())
                .or(() -> rules.stream().findFirst())
                .orElse(null);
    }

    /** As many ports as there is room for. */
    private static String label(Ports ports, Verdict verdict) {
        Ports shown = ports;
        while (shown.canBeShorter() && !Measures.isLabel(shown + " " + verdict.word())) {
            shown = shown.shorter();
        }
        return shown + " " + verdict.word();
    }
}
