package dev.netkb.api.render;

/**
 * Text from data, made safe to print: names in exports are written by people whom nobody vouches for, and a terminal
 * obeys some characters instead of showing them.
 */
public final class Printable {

    private Printable() {}

    /**
     * The text with every character that a terminal could obey, or that a reader could not see, written as
     * {@code \\uXXXX}: control characters (line ends and tabs too), direction marks and other format characters, line
     * separators, and halves of surrogate pairs. Other text comes back as it is.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Printable::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (isUnsafe(point)) {
                for (char unit : Character.toChars(point)) {
                    safe.append(escape(unit));
                }
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    static boolean isUnsafe(int point) {
        if (point >= ' ' && point < 0x7F) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    static String escape(char unit) {
        return String.format("\\u%04x", (int) unit);
    }
}
