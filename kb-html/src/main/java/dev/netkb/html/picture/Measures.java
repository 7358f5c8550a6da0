package dev.netkb.html.picture;

import dev.netkb.html.picture.Diagram.Box;
import dev.netkb.html.picture.Diagram.Kind;
import dev.netkb.html.picture.Diagram.Lane;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How large things and letters are, in pixels. The style sheet has the same sizes of letters. */
final class Measures {

    static final int FONT = 12;
    static final int SMALL = 11;

    /** Bold letters are as wide as larger ones. */
    private static final int BOLD = 13;

    static final int LINE = 15;

    /** From the edge of a box to its text. */
    static final int PAD = 8;

    /** From lane to lane. */
    static final int PITCH = 26;

    /** Between the boxes of two remote ends. */
    static final int GAP = 6;

    private static final int WIDEST = 190;
    private static final int WIDEST_LABEL = 270;

    private Measures() {}

    /** The lines of a box as they are written. */
    static List<String> written(Box box) {
        return box.lines().stream()
                .map(line -> Lettering.fit(line, BOLD, WIDEST))
                .toList();
    }

    /** Whether a line is the name of what the box stands for. */
    static boolean isName(Box box, int line) {
        return line == (box.kind() == Kind.REMOTE ? 0 : 1);
    }

    static int width(Box box) {
        List<String> lines = written(box);
        return 2 * PAD
                + IntStream.range(0, lines.size())
                        .map(i -> Lettering.width(lines.get(i), isName(box, i) ? BOLD : FONT))
                        .max()
                        .orElse(0);
    }

    /** The height of the lines of a box. */
    static int head(Box box) {
        return PAD + LINE * box.lines().size();
    }

    /** How far below the upper edge of a box its first lane runs. */
    static int firstLane(Box box) {
        return switch (box.kind()) {
            case REMOTE -> (PITCH - GAP) / 2;
            case SERVICE -> PITCH / 2;
            default -> head(box) + PITCH / 2;
        };
    }

    /** @param span from the first of the lanes that run through it to the last; negative where there are none */
    static int height(Box box, int span) {
        if (span < 0) {
            return box.kind() == Kind.REMOTE ? PITCH - GAP : head(box) + PAD / 2;
        }
        int last = firstLane(box) + span;
        return switch (box.kind()) {
            case REMOTE -> last + (PITCH - GAP) / 2;
            case SERVICE -> Math.max(head(box) + PAD, last + PITCH / 2);
            default -> last + PITCH / 2;
        };
    }

    /**
     * How far below the first lane each lane runs. There is room above a lane for the heading of a box that it is the first to
     * run through and others are not, so that all lanes are straight.
     */
    static int[] rows(Diagram diagram) {
        int[] rows = new int[diagram.lanes().size()];
        Set<String> begun = new HashSet<>();
        int row = 0;
        for (int i = 0; i < rows.length; i++) {
            List<String> way = diagram.lanes().get(i).way();
            int heading = 0;
            for (Box box : diagram.boxes()) {
                if (way.contains(box.key())
                        && begun.add(box.key())
                        && box.kind().isPassedBySome()) {
                    heading = Math.max(heading, head(box) + GAP);
                }
            }
            row += (i == 0 ? 0 : PITCH) + heading;
            rows[i] = row;
        }
        return rows;
    }

    /** Whether there is room for a label. */
    static boolean isLabel(String text) {
        return Lettering.width(text, FONT) <= WIDEST_LABEL;
    }

    /** Labels are small and bold. */
    static String label(Lane lane) {
        return Lettering.fit(lane.label(), FONT, WIDEST_LABEL);
    }

    static int labelWidth(Lane lane) {
        return Lettering.width(label(lane), FONT) + PAD;
    }

    static boolean isFrame(Box box) {
        return box.kind() == Kind.VNET || box.kind() == Kind.SUBNET;
    }
}
