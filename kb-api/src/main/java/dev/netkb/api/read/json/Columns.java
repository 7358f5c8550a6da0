package dev.netkb.api.read.json;

/**
 * Turns the parser's columns, which count bytes, into columns that count UTF-16 code units, as editors and SARIF do.
 * Places that come in the order of the text cost one pass over it together.
 */
final class Columns {

    private final byte[] bytes;
    private int at;
    private int line = 1;
    private int lineStart;
    private int units;

    Columns(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param byteColumn from 1, as the parser says it */
    int of(int wantedLine, int byteColumn) {
        if (wantedLine < line || wantedLine == line && lineStart + byteColumn - 1 < at) {
            at = 0;
            line = 1;
            lineStart = 0;
            units = 0;
        }
        while (line < wantedLine && at < bytes.length) {
            byte here = bytes[at++];
            boolean pair = here == '\r' && at < bytes.length && bytes[at] == '\n';
            if (here == '\n' || here == '\r' && !pair) {
                line++;
                lineStart = at;
                units = 0;
            }
        }
        if (line < wantedLine) {
            return byteColumn;
        }
        int end = (int) Math.min(bytes.length, (long) lineStart + byteColumn - 1);
        if (at == lineStart) {
            units = 0;
        }
        while (at < end) {
            units += units(bytes[at++]);
        }
        int beyond = byteColumn - 1 - (end - lineStart);
        return units + Math.max(0, beyond) + 1;
    }

    /** Of the character that begins with a byte: what takes four bytes is two units, and what begins none is counted. */
    private static int units(byte utf8) {
        if ((utf8 & 0xC0) == 0x80) {
            return 0;
        }
        return (utf8 & 0xF8) == 0xF0 ? 2 : 1;
    }
}
