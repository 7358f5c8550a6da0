package dev.netkb.api.render;

/**
 * How text for people is laid out.
 *
 * @param width the column at which lines are broken; a word longer than that, such as a resource id, stays whole
 * @param colour whether terminal colours are used
 */
public record TextStyle(int width, boolean colour) {

    /** 100 columns, no colour: for files, pipes and tests. */
    public static final TextStyle PLAIN = new TextStyle(100, false);

    private static final int NARROWEST = 40;

    public TextStyle {
        width = Math.max(width, NARROWEST);
    }
}
