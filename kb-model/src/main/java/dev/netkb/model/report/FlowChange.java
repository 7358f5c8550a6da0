package dev.netkb.model.report;

import dev.netkb.model.value.ResourceId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A required flow that another snapshot decides differently.
 *
 * @param rule the id of its row
 * @param service,location whose flow it is
 * @param direction {@code Inbound} or {@code Outbound}
 * @param remote the far side as the requirement names it
 * @param before,after the verdicts; null where the flow is not required there
 * @param packets whether the packets of both could be compared
 * @param opened packets that pass after and did not before; empty unless they could be compared
 * @param closed packets that passed before and do not after; empty unless they could be compared
 */
public record FlowChange(
        String rule,
        String title,
        ResourceId service,
        String location,
        String direction,
        String protocol,
        List<String> ports,
        String remote,
        @Nullable Verdict before,
        @Nullable Verdict after,
        Packets packets,
        List<FlowPart> opened,
        List<FlowPart> closed) {

    /** Whether the packets that pass could be compared, and why not. */
    public enum Packets {
        COMPARED("compared"),
        /** The location is in another subnet, whose packets are others. */
        OTHER_SUBNET("otherSubnet"),
        /** What passes is not known on one side. */
        UNKNOWN("unknown"),
        /** Only one of both needs the flow. */
        REQUIRED_ONCE("requiredOnce");

        private final String word;

        Packets(String word) {
            this.word = word;
        }

        /** The word in reports. */
        public String word() {
            return word;
        }
    }

    /** Rule, then location, then what tells two flows of one rule and location apart. */
    public static final Comparator<FlowChange> ORDER = Comparator.comparing(FlowChange::rule)
            .thenComparing(FlowChange::service)
            .thenComparing(FlowChange::location)
            .thenComparing(FlowChange::direction)
            .thenComparing(FlowChange::protocol)
            .thenComparing(FlowChange::remote)
            .thenComparing(flow -> String.join(",", flow.ports()));

    public FlowChange {
        ports = List.copyOf(ports);
        opened = List.copyOf(opened);
        closed = List.copyOf(closed);
    }
}
