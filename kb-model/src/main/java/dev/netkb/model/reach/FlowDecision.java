package dev.netkb.model.reach;

import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a flow: the verdict, who decides which part at which stage, and the packets that do not pass.
 *
 * @param remote the far-side addresses of the flow as far as they are known
 * @param stages the stages in order, each with the parts that its rules decide
 * @param witness the lowest dropped packet, null where none is dropped or none can be named
 * @param missing what would decide an undetermined flow; empty for other verdicts
 * @param passed the packets that pass all stages; null where the flow falls into too many parts to tell
 */
public record FlowDecision(
        Flow flow,
        AddressSet remote,
        Verdict verdict,
        List<StageDecision> stages,
        @Nullable Packet witness,
        List<String> missing,
        @Nullable PacketSet passed) {

    public FlowDecision {
        stages = List.copyOf(stages);
        missing = List.copyOf(missing);
    }

    /** What one stage makes of the packets that reach it. */
    public record StageDecision(Stage stage, Verdict verdict, List<Part> parts) {
        public StageDecision {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The part of a flow that one rule decides.
     *
     * @param pieces disjoint pieces whose union is the part
     */
    public record Part(Decider decider, List<Piece> pieces) {
        public Part {
            pieces = List.copyOf(pieces);
        }

        /** Whether it holds packets to one of some ports. */
        public boolean isOn(PortSet ports) {
            return pieces.stream()
                    .anyMatch(piece -> piece.box().destinationPorts().intersects(ports));
        }
    }

    /**
     * Packets of a box, or those of them whose far-side address lies inside and outside of the named sets.
     *
     * @param inside,outside names of sets without data, such as service tags; both empty where the box is meant as it is
     */
    public record Piece(Box box, List<String> inside, List<String> outside) {
        public Piece {
            inside = List.copyOf(inside);
            outside = List.copyOf(outside);
        }

        /** Whether the piece surely is the set of packets that its box says. */
        public boolean isConcrete() {
            return inside.isEmpty() && outside.isEmpty();
        }
    }

    /** The pieces that do not pass, in the order of stages and rules. */
    public List<Piece> denied() {
        return stages.stream()
                .flatMap(stage -> stage.parts().stream())
                .filter(part -> !part.decider().allows())
                .flatMap(part -> part.pieces().stream())
                .toList();
    }

    /**
     * The parts that surely hold dropped packets, wherever sets without data lie, each cut to such packets. Empty where
     * every packet may pass. A flow with such a part is denied or partial, though nobody may know which of the two.
     *
     * @param noTagData whether it was decided without any tag data, so that each tag surely holds an address; with data
     *     a tag that they do not list may be empty
     */
    public List<Part> surelyDenied(boolean noTagData) {
        return new SurelyDenied(this).parts(noTagData);
    }

    /**
     * Whether some far-side address gets all of its packets through: those to or from every near-side address, of every
     * protocol, on every port of the flow. True too where that cannot be known.
     */
    public boolean mayLetOneRemotePassWhole() {
        return new SurelyDenied(this).mayLetOnePassWhole();
    }

    /** The name of the first default rule that lets a part of the flow pass, null where none does. */
    public @Nullable String defaultRule() {
        return stages.stream()
                .flatMap(stage -> stage.parts().stream())
                .map(Part::decider)
                .filter(decider -> decider.allows()
                        && decider instanceof Decider.Rule rule
                        && rule.rule().isDefault())
                .map(decider -> ((Decider.Rule) decider).rule().name())
                .findFirst()
                .orElse(null);
    }

    /** The rule that drops the witness. */
    public Optional<Decider> witnessDecider() {
        if (witness == null) {
            return Optional.empty();
        }
        return stages.stream()
                .flatMap(stage -> stage.parts().stream())
                .filter(part -> !part.decider().allows())
                .filter(part -> part.pieces().stream()
                        .anyMatch(piece -> piece.isConcrete() && piece.box().contains(witness)))
                .map(Part::decider)
                .findFirst();
    }
}
