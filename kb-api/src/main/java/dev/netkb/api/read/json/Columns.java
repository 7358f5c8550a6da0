package dev.netkb.api.read.json;

/**
 * Turns the parser's columns, which count bytes, into columns that count characters. Places that come in the order of the text cost
 * one pass over it together.
 */
final class Columns {

    private final byte[] bytes;
    private int at;
    private int line = 1;
    private int lineStart;
    private int characters;

    Columns(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param byteColumn from 1, as the parser says it */
    int of(int wantedLine, int byteColumn) {
        if (wantedLine < line || wantedLine == line && lineStart + byteColumn - 1 < at) {
            at = 0;
            line = 1;
            lineStart = 0;
            characters = 0;
        }
        while (line < wantedLine && at < bytes.length) {
            byte here = bytes[at++];
            boolean pair = here == '\r' && at < bytes.length && bytes[at] == '\n';
            if (here == '\n' || here == '\r' && !pair) {
                line++;
                lineStart = at;
                characters = 0;
            }
        }
        if (line < wantedLine) {
            return byteColumn;
        }
        int end = (int) Math.min(bytes.length, (long) lineStart + byteColumn - 1);
        if (at == lineStart) {
            characters = 0;
        }
        while (at < end) {
            characters += (bytes[at++] & 0xC0) == 0x80 ? 0 : 1;
        }
        int beyond = byteColumn - 1 - (end - lineStart);
        return characters + Math.max(0, beyond) + 1;
    }
}
