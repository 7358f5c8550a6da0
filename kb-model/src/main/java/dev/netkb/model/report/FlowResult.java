package dev.netkb.model.report;

import dev.netkb.model.value.Place;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a required flow.
 *
 * @param direction {@code Inbound} or {@code Outbound}
 * @param remote the far side as the requirement names it
 * @param stages the stages that the flow passes, in order
 * @param denied the parts that surely do not pass; empty where every packet passes, or may pass
 * @param witness a dropped packet, null where none is dropped or none can be named
 * @param missing what would decide an undetermined flow, or whether narrower remotes pass where these suffice
 */
public record FlowResult(
        String direction,
        String protocol,
        List<String> ports,
        String remote,
        Verdict verdict,
        List<FlowStage> stages,
        List<DeniedPart> denied,
        @Nullable Witness witness,
        List<String> missing) {

    public FlowResult {
        ports = List.copyOf(ports);
        stages = List.copyOf(stages);
        denied = List.copyOf(denied);
        missing = List.copyOf(missing);
    }

    /** The same with other places. */
    public FlowResult withPlaces(UnaryOperator<Place> places) {
        return new FlowResult(
                direction,
                protocol,
                ports,
                remote,
                verdict,
                stages.stream().map(stage -> stage.withPlaces(places)).toList(),
                denied,
                witness,
                missing);
    }
}
