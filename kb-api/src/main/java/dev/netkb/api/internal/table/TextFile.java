package dev.netkb.api.internal.table;

import dev.netkb.api.rules.RuleProblem.Spot;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads text in the encodings in which editors and spreadsheets write it: UTF-8, or UTF-16 with a mark at its beginning. */
public final class TextFile {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private TextFile() {}

    /**
     * The text of a file, without the mark at its beginning.
     *
     * @param file its name in messages
     * @throws UnreadableTableException when it is in another encoding, or no text
     */
    public static String text(String file, byte[] bytes) throws UnreadableTableException {
        if (startsWith(bytes, 'P', 'K', 3, 4)) {
            throw UnreadableTableException.damaged(
                    Spot.of(file), "the file is a workbook or an archive, not text", "Name a workbook .xlsx.");
        }
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return decode(file, bytes, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decode(file, bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decode(file, bytes, 2, StandardCharsets.UTF_16BE);
        }
        return decode(file, bytes, 0, StandardCharsets.UTF_8);
    }

    private static String decode(String file, byte[] bytes, int from, Charset charset) throws UnreadableTableException {
        String saveAs = file.toLowerCase(Locale.ROOT).endsWith(".csv")
                ? "Save it as \"CSV UTF-8\" (in Excel: Save As, file type CSV UTF-8), or as .xlsx."
                : "Save it with the encoding UTF-8.";
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(bytes.length - from + 1);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
            throw UnreadableTableException.damaged(
                    Spot.of(file, line, text.length() - text.lastIndexOf('\n'), 1),
                    charset == StandardCharsets.UTF_8
                            ? "the file is not UTF-8: " + shown(bytes[in.position()])
                            : "the file is cut off or is not UTF-16",
                    saveAs);
        }
        if (text.indexOf('\0') >= 0) {
            throw UnreadableTableException.damaged(Spot.of(file), "the file is not text", saveAs);
        }
        return text;
    }

    private static String shown(byte unknown) {
        String hex = "byte " + String.format(Locale.ROOT, "%02X", unknown & 0xFF);
        try {
            return hex + ", which is '"
                    + WINDOWS.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(new byte[] {unknown}))
                    + "' in the old encoding Windows-1252";
        } catch (CharacterCodingException e) {
            return hex;
        }
    }

    private static boolean startsWith(byte[] bytes, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
