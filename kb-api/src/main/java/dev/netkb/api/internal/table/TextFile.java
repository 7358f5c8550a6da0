package dev.netkb.api.internal.table;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads text in the encodings in which editors and spreadsheets write it: UTF-8, or UTF-16 with a mark at its beginning. */
public final class TextFile {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** More than people write by hand, and than a run leaves behind. */
    private static final long LONGEST = 64L << 20;

    private TextFile() {}

    /**
     * Reads a file as text.
     *
     * @param code of the problem that is added where it cannot be read
     * @return null where it cannot be read: the problems tell
     */
    public static @Nullable String read(Path file, String code, List<RuleProblem> problems) {
        String why;
        try {
            if (!Files.exists(file)) {
                why = "there is no such file";
            } else if (!Files.isReadable(file) || Files.isDirectory(file)) {
                why = Files.isDirectory(file) ? "it is a folder" : "it may not be read";
            } else if (Files.size(file) > LONGEST) {
                why = "it has more than " + (LONGEST >> 20) + " MB";
            } else {
                return text(file.toString(), Files.readAllBytes(file));
            }
        } catch (UnreadableTableException e) {
            problems.add(
                    new RuleProblem(code, Level.ERROR, e.at(), null, String.valueOf(e.getMessage()), null, e.hint()));
            return null;
        } catch (IOException e) {
            why = "the system cannot read it";
        }
        problems.add(new RuleProblem(
                code,
                Level.ERROR,
                Spot.of(file.toString()),
                null,
                "'" + file + "' cannot be read: " + why,
                null,
                "Name a text file in UTF-8."));
        return null;
    }

    /**
     * The text of a file, without the mark at its beginning.
     *
     * @param file its name in messages
     * @throws UnreadableTableException when it is in another encoding, or no text
     */
    public static String text(String file, byte[] bytes) throws UnreadableTableException {
        if (startsWith(bytes, 'P', 'K', 3, 4)) {
            throw UnreadableTableException.damaged(
                    Spot.of(file, 1, 1, 0),
                    "the file is a workbook or an archive, not text",
                    "A workbook has a name that ends in .xlsx; anything else here is text.");
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
        if (isWide(bytes)) {
            throw UnreadableTableException.damaged(
                    Spot.of(file, 1, 1, 0),
                    "the file is not UTF-8; it may be UTF-16 without a mark at its beginning",
                    saveAs(file));
        }
        return decode(file, bytes, 0, StandardCharsets.UTF_8);
    }

    private static String decode(String file, byte[] bytes, int from, Charset charset) throws UnreadableTableException {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(bytes.length - from + 1);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw UnreadableTableException.damaged(
                    spot(file, text),
                    charset == StandardCharsets.UTF_8
                            ? "the file is not UTF-8: " + shown(bytes[in.position()])
                            : "the file is cut off or is not UTF-16",
                    saveAs(file));
        }
        int nothing = text.indexOf('\0');
        if (nothing >= 0) {
            throw UnreadableTableException.damaged(
                    spot(file, text.substring(0, nothing)), "the file is not text", saveAs(file));
        }
        return text;
    }

    private static String saveAs(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".csv")
                ? "Save it as \"CSV UTF-8\" (in Excel: Save As, file type CSV UTF-8), or as .xlsx."
                : "Save it with the encoding UTF-8.";
    }

    /** Whether every other byte is nothing, as in UTF-16 of languages in Latin letters. */
    private static boolean isWide(byte[] bytes) {
        int[] nothing = new int[2];
        for (int i = 0; i < bytes.length; i++) {
            nothing[i % 2] += bytes[i] == 0 ? 1 : 0;
        }
        return bytes.length >= 4
                && Math.min(nothing[0], nothing[1]) == 0
                && Math.max(nothing[0], nothing[1]) > bytes.length / 4;
    }

    /** The place behind a text. */
    private static Spot spot(String file, String before) {
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return Spot.of(file, line, before.length() - before.lastIndexOf('\n'), 1);
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
