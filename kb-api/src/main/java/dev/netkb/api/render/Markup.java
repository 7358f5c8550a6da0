package dev.netkb.api.render;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Text from data as Markdown in which it means nothing but itself: no markup, no HTML, no link that a site makes of an
 * address, and no mention of a person. It reads the same within HTML, where Markdown is not looked at.
 */
final class Markup {

    /** What is never markup in the middle of a line. */
    private static final String PLAIN = " ,.;:/()%?'";

    /** Shown as nothing, and keeps what stands around it from being one word. */
    private static final String GAP = "&#8203;";

    /** As the gap, for what else takes that for a part of an address. */
    private static final String WIDE_GAP = GAP + "<!-- -->";

    /** Where a site would make a link, a mention, a reference or a picture of a plain text. */
    private static final Pattern MAGIC = Pattern.compile(
            "(?<=@)|(?<=#)(?=\\w)|(?<=:)(?=//)|(?<=\\bwww)(?=\\.)|(?<=:)(?=(100|1234|[\\w+-]*[a-z_+-][\\w+-]*):)|(?<=\\bgh)(?=-\\d)",
            Pattern.CASE_INSENSITIVE);

    private static final char CUT = '\u0001';

    private Markup() {}

    /** Within a line, behind something else: what begins a line may make a list of it. */
    static String text(String text) {
        return entities(MAGIC.matcher(Printable.of(text)).replaceAll(String.valueOf(CUT)));
    }

    /** As a piece of code within a line. */
    static String code(String text) {
        return "<code>" + text(text) + "</code>";
    }

    /** A block of lines of code, with empty lines around it. */
    static String block(String language, List<String> lines) {
        int longest = 2;
        for (String line : lines) {
            int run = 0;
            for (int i = 0; i < line.length(); i++) {
                run = line.charAt(i) == '`' ? run + 1 : 0;
                longest = Math.max(longest, run);
            }
        }
        String fence = "`".repeat(longest + 1);
        StringBuilder block =
                new StringBuilder("\n").append(fence).append(language).append('\n');
        lines.forEach(line -> block.append(Printable.of(line)).append('\n'));
        return block.append(fence).append("\n\n").toString();
    }

    private static String entities(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == CUT) {
                safe.append(i > 0 && text.charAt(i - 1) == '@' ? WIDE_GAP : GAP);
            } else if (c >= 0x7F || Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0 || isInnerDash(text, i)) {
                safe.append(c);
            } else {
                safe.append("&#").append((int) c).append(';');
            }
        }
        return safe.toString();
    }

    /** Names are full of them, and a single one between letters is nothing else. */
    private static boolean isInnerDash(String text, int at) {
        return text.charAt(at) == '-'
                && at > 0
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }
}
