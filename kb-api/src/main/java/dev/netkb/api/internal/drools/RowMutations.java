package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.pack.Dates;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.ArrayList;
import java.util.List;

/** A row with one thing changed that makes it another requirement. */
final class RowMutations {

    private static final String INTERNET = "Internet";
    private static final int LAST_PORT = 65_535;

    private RowMutations() {}

    /** @param change such as {@code ports 3443 -> 3444} */
    record Mutation(String change, FlowRow row) {}

    static List<Mutation> of(FlowRow row) {
        FlowRequirement flow = row.requirement();
        List<Mutation> mutations = new ArrayList<>();
        Severity severity = flow.requirement().severity();
        Severity other = severity == Severity.ERROR ? Severity.WARNING : Severity.ERROR;
        add(mutations, row, "severity", severity.word(), other.word(), new Parts(flow).with(severity(flow, other)));
        Direction direction = flow.direction();
        Direction back = direction == Direction.INBOUND ? Direction.OUTBOUND : Direction.INBOUND;
        add(mutations, row, "direction", direction.azureName(), back.azureName(), new Parts(flow).with(back));
        ports(row, mutations);
        if (flow.protocols().equals(ProtocolSet.TCP) || flow.protocols().equals(ProtocolSet.UDP)) {
            ProtocolSet turned = flow.protocols().equals(ProtocolSet.TCP) ? ProtocolSet.UDP : ProtocolSet.TCP;
            add(mutations, row, "protocol", flow.protocols(), turned, new Parts(flow).with(turned));
        }
        if (!flow.isRemoteInternet()) {
            add(mutations, row, "remote", flow.remote(), INTERNET, new Parts(flow).with(INTERNET));
        }
        dates(row, mutations);
        return List.copyOf(mutations);
    }

    private static void add(
            List<Mutation> mutations, FlowRow row, String column, Object from, Object to, FlowRequirement changed) {
        mutations.add(new Mutation(
                column + " " + from + " -> " + to,
                new FlowRow(changed, row.dates(), row.title(), row.source(), row.place())));
    }

    private static Requirement severity(FlowRequirement flow, Severity severity) {
        return flow.requirement().withSeverity(severity);
    }

    /** The first range moved by one, and the list without its first range. */
    private static void ports(FlowRow row, List<Mutation> mutations) {
        FlowRequirement flow = row.requirement();
        PortSet ports = flow.destinationPorts();
        if (ports.isAll() || ports.isEmpty() || ports.equals(PortSet.NONE_CARRIED)) {
            return;
        }
        PortSet.Range first = ports.ranges().get(0);
        PortSet rest = ports.minus(PortSet.of(first.first(), first.last()));
        if (first.last() < LAST_PORT) {
            PortSet moved = rest.union(PortSet.of(first.first() + 1, first.last() + 1));
            add(mutations, row, "ports", ports, moved, new Parts(flow).with(moved));
        }
        if (!rest.isEmpty()) {
            add(mutations, row, "ports", ports, rest, new Parts(flow).with(rest));
        }
    }

    private static void dates(FlowRow row, List<Mutation> mutations) {
        Dates dates = row.dates();
        if (dates.since() != null) {
            Dates later = new Dates(dates.since().plusMonths(1), dates.until());
            dated(mutations, row, "since " + dates.since() + " -> " + later.since(), later);
        }
        if (dates.until() != null) {
            Dates earlier = new Dates(dates.since(), dates.until().minusMonths(1));
            dated(mutations, row, "until " + dates.until() + " -> " + earlier.until(), earlier);
        }
    }

    private static void dated(List<Mutation> mutations, FlowRow row, String change, Dates dates) {
        mutations.add(
                new Mutation(change, new FlowRow(row.requirement(), dates, row.title(), row.source(), row.place())));
    }

    /** A row of which one part is replaced. */
    private record Parts(FlowRequirement flow) {

        FlowRequirement with(Requirement requirement) {
            return flow.of(requirement);
        }

        FlowRequirement with(String remote) {
            return flow.to(remote);
        }

        FlowRequirement with(Direction direction) {
            return row(direction, flow.protocols(), flow.destinationPorts());
        }

        FlowRequirement with(ProtocolSet protocols) {
            return row(flow.direction(), protocols, flow.destinationPorts());
        }

        FlowRequirement with(PortSet ports) {
            return row(flow.direction(), flow.protocols(), ports);
        }

        private FlowRequirement row(Direction direction, ProtocolSet protocols, PortSet ports) {
            return new FlowRequirement(
                    flow.requirement(),
                    direction,
                    protocols,
                    flow.sourcePorts(),
                    ports,
                    flow.remote(),
                    flow.optional(),
                    flow.feature(),
                    flow.regional(),
                    flow.accepts(),
                    flow.purpose(),
                    flow.modifiers(),
                    flow.hosts());
        }
    }
}
