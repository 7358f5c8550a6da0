package dev.netkb.html.picture;

import dev.netkb.model.report.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a picture shows, before anything in it has a place.
 *
 * @param title what the picture is of
 * @param summary what it shows, in a sentence
 * @param notes what a reader should know besides
 */
record Diagram(String title, String summary, List<Box> boxes, List<Link> links, List<Lane> lanes, List<String> notes) {

    Diagram {
        boxes = List.copyOf(boxes);
        links = List.copyOf(links);
        lanes = List.copyOf(lanes);
        notes = List.copyOf(notes);
    }

    /** What a box stands for. */
    enum Kind {
        VNET,
        SUBNET,
        SERVICE,
        ADMIN_RULES,
        NSG,
        ROUTES,
        HOP,
        PEER_NSG,
        REMOTE,
        DNS,
        PEERING;

        /** Whether some lanes run through it and others past it. */
        boolean isPassedBySome() {
            return this == HOP || this == PEER_NSG;
        }
    }

    /**
     * A thing in the network.
     *
     * @param key tells it from all other boxes of the picture
     * @param within the key of the box that it lies in, null where it lies in none
     * @param lines what is written into it, the first line being what it is
     * @param title line by line what its text tells in short, such as the id of the resource
     * @param known false where the snapshot does not say what it is, or whether it is there
     */
    record Box(String key, Kind kind, @Nullable String within, List<String> lines, List<String> title, boolean known) {
        Box {
            lines = List.copyOf(lines);
            title = List.copyOf(title);
        }
    }

    /** That two boxes belong together. */
    record Link(String from, String to) {}

    /**
     * Flows between the service and one remote end that go the same way and fare alike.
     *
     * @param way the keys of the boxes that it runs through, from the service to the remote end whatever its direction
     * @param marks where packets are dropped, or where nobody knows whether they are
     * @param label protocols, ports and verdict
     * @param title line by line: what happens to the first of its flows; what decides it; a packet that is dropped; whose flows
     *     these are
     * @param results the places of its results in the list that was given; the worst first
     */
    record Lane(
            boolean inbound,
            Verdict verdict,
            List<String> way,
            List<Mark> marks,
            String label,
            List<String> title,
            List<Integer> results) {

        Lane {
            way = List.copyOf(way);
            marks = List.copyOf(marks);
            title = List.copyOf(title);
            results = List.copyOf(results);
        }

        /**
         * Whether packets get as far as between two boxes of the way.
         *
         * @param after the place of the first of the two
         */
        boolean isReached(int after) {
            if (verdict != Verdict.DENIED || marks.isEmpty()) {
                return true;
            }
            IntStream ends = marks.stream()
                    .filter(mark -> mark.verdict() == Verdict.DENIED)
                    .mapToInt(Mark::at);
            IntStream all = marks.stream().mapToInt(Mark::at);
            return inbound
                    ? ends.max().orElseGet(() -> all.min().orElseThrow()) <= after
                    : ends.min().orElseGet(() -> all.max().orElseThrow()) > after;
        }
    }

    /**
     * Something that happens on the way.
     *
     * @param at the place in the way
     */
    record Mark(int at, Verdict verdict) {}
}
