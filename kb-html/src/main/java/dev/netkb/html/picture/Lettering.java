package dev.netkb.html.picture;

import dev.netkb.api.render.Printable;

/**
 * How much room text takes. Which font a browser has is not known, so the figures are those of a wide one: text may be
 * shorter than they say, and not longer.
 */
final class Lettering {

    private static final String NARROW = "ijltfrI.,:;'|!()[]/ ";
    private static final String WIDE = "mwMW@%";
    private static final String ELLIPSIS = "…";

    private Lettering() {}

    /** The width of a text in a font of a size, both in pixels. */
    static int width(String text, int size) {
        double ems = text.codePoints().mapToDouble(Lettering::ems).sum();
        return (int) Math.ceil(ems * size);
    }

    private static double ems(int point) {
        if (point >= 0x1100) {
            return point == '…' ? 1 : 1.15;
        }
        if (NARROW.indexOf(point) >= 0) {
            return 0.4;
        }
        if (WIDE.indexOf(point) >= 0) {
            return 0.98;
        }
        return Character.isUpperCase(point) ? 0.76 : 0.64;
    }

    /** The text as far as it fits; its middle gives way, because names differ at their ends. */
    static String fit(String text, int size, int width) {
        String shown = Printable.of(text);
        int[] points = shown.codePoints().toArray();
        if (width(shown, size) <= width) {
            return shown;
        }
        int kept = Math.min(points.length - 1, width / size * 3);
        while (kept > 0) {
            int tail = kept / 2;
            String shorter =
                    new String(points, 0, kept - tail) + ELLIPSIS + new String(points, points.length - tail, tail);
            if (width(shorter, size) <= width) {
                return shorter;
            }
            kept--;
        }
        return ELLIPSIS;
    }
}
