package dev.netkb.api.internal.result;

import dev.netkb.model.azure.Location;
import dev.netkb.model.change.Changes;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.derived.RequiredFlow;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.PacketSet;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.FlowChange.Packets;
import dev.netkb.model.report.FlowPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what becomes of the required flows of two snapshots. Pure functions. */
public final class FlowChanges {

    private FlowChanges() {}

    /**
     * The flows whose verdict changed or that let other packets through. A flow is the same where its row asks for the
     * same packets of the same location.
     */
    public static List<FlowChange> between(
            List<FlowVerdict> before, List<FlowVerdict> after, Function<FlowVerdict, String> title) {
        Map<String, FlowVerdict> was = byQuestion(before);
        Map<String, FlowVerdict> is = byQuestion(after);
        TreeSet<String> questions = new TreeSet<>(was.keySet());
        questions.addAll(is.keySet());
        List<FlowChange> changes = new ArrayList<>();
        for (String question : questions) {
            FlowChange change = change(was.get(question), is.get(question), title);
            if (change.before() != change.after()
                    || !change.opened().isEmpty()
                    || !change.closed().isEmpty()) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Flows that a location only may need are left out: whether it needs them is what has to be found out first. */
    private static Map<String, FlowVerdict> byQuestion(List<FlowVerdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.flow().certain())
                .collect(Collectors.toMap(
                        FlowChanges::question, Function.identity(), (first, second) -> first, TreeMap::new));
    }

    private static String question(FlowVerdict verdict) {
        FlowRequirement row = verdict.flow().row();
        return row.id() + " " + Changes.place(verdict.flow().location()) + " " + verdict.text() + " "
                + row.sourcePorts();
    }

    private static FlowChange change(
            @Nullable FlowVerdict was, @Nullable FlowVerdict is, Function<FlowVerdict, String> title) {
        FlowVerdict either = Objects.requireNonNull(is != null ? is : was);
        Compared compared = compare(was, is);
        RequiredFlow flow = either.flow();
        Location location = flow.location();
        FlowRequirement row = flow.row();
        return new FlowChange(
                row.id(),
                title.apply(either),
                location.serviceId(),
                location.regionName(),
                row.direction().azureName(),
                row.protocols().toString(),
                row.destinationPorts().toTexts(),
                row.remote(),
                was == null ? null : was.verdict(),
                is == null ? null : is.verdict(),
                compared.packets(),
                compared.opened(),
                compared.closed());
    }

    private record Compared(Packets packets, List<FlowPart> opened, List<FlowPart> closed) {

        static Compared not(Packets why) {
            return new Compared(why, List.of(), List.of());
        }
    }

    private static Compared compare(@Nullable FlowVerdict was, @Nullable FlowVerdict is) {
        if (was == null || is == null) {
            return Compared.not(Packets.REQUIRED_ONCE);
        }
        if (!Objects.equals(
                was.flow().location().subnetId(), is.flow().location().subnetId())) {
            return Compared.not(Packets.OTHER_SUBNET);
        }
        FlowDecision earlier = was.decision();
        FlowDecision later = is.decision();
        PacketSet passedBefore = earlier == null ? null : earlier.passed();
        PacketSet passedAfter = later == null ? null : later.passed();
        if (earlier == null || later == null || passedBefore == null || passedAfter == null) {
            return Compared.not(Packets.UNKNOWN);
        }
        Optional<List<Piece>> opened = passedAfter.minus(passedBefore);
        Optional<List<Piece>> closed = passedBefore.minus(passedAfter);
        return opened.isEmpty() || closed.isEmpty()
                ? Compared.not(Packets.UNKNOWN)
                : new Compared(
                        Packets.COMPARED,
                        FlowResults.parts(later, opened.get()),
                        FlowResults.parts(earlier, closed.get()));
    }
}
