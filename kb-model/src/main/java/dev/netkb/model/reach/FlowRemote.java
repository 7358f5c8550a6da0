package dev.netkb.model.reach;

import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.ServiceTag;

/** The far side of a flow. */
public sealed interface FlowRemote {

    /** As a report names it. */
    String text();

    /** A service tag, {@code VirtualNetwork} and {@code Internet} included. */
    record Tag(ServiceTag tag) implements FlowRemote {
        @Override
        public String text() {
            return tag.name();
        }
    }

    /** Addresses, such as those of another subnet. */
    record Addresses(AddressSet addresses, String text) implements FlowRemote {}

    /** The subnet itself: traffic between machines of one service. */
    record OwnSubnet() implements FlowRemote {
        @Override
        public String text() {
            return "own subnet";
        }
    }
}
