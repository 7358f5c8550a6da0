package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs edited resources in one of the ways that are read, under any names, and then damages a few bytes. */
final class Packing {

    private static final int MOST_ENTRIES = 3;
    private static final int MOST_DAMAGES = 4;

    private static final List<String> NAMES = List.of(
            "a.json",
            "A.JSON",
            "d/b.json",
            "./c.json",
            "../d.json",
            "/e.json",
            "d\\f.json",
            "C:\\g.json",
            ".hidden.json",
            "d/.h/i.json",
            "__MACOSX/._a.json",
            "j.jsonl",
            "k.zip",
            "l.json.gz",
            "m.tfstate",
            "n.bicep",
            "o.csv",
            "d/",
            "",
            " ",
            "p\u0000.json",
            "\u202eq.json",
            "é.json",
            "r".repeat(300) + ".json",
            "d/".repeat(60) + "s.json");

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("UTF-32LE"),
            Charset.forName("UTF-32BE"),
            StandardCharsets.ISO_8859_1);

    /** Files, links, a directory, and a header that is about the next entry. */
    private static final String TAR_TYPES = "000000125x";

    private record Entry(String name, byte[] content, int oddity) {}

    private Packing() {}

    static byte[] of(FuzzedDataProvider data) throws IOException {
        List<Entry> entries = new ArrayList<>();
        int count = data.consumeInt(0, MOST_ENTRIES);
        for (int i = 0; i < count; i++) {
            String name = data.consumeInt(0, 7) == 0
                    ? data.consumeString(20)
                    : NAMES.get(data.consumeInt(0, NAMES.size() - 1));
            entries.add(new Entry(name, content(data), data.consumeInt(0, 9)));
        }
        byte[] packed = switch (data.consumeInt(0, 6)) {
            case 0 -> content(data);
            case 1 -> lines(entries, data);
            case 2 -> gzip(lines(entries, data));
            case 3 -> tar(entries);
            case 4 -> gzip(tar(entries));
            default -> zip(entries);
        };
        return damaged(data.consumeInt(0, 11) == 0 ? gzip(packed) : packed, data);
    }

    private static byte[] content(FuzzedDataProvider data) throws IOException {
        byte[] text = data.consumeInt(0, 5) == 0
                ? data.consumeBytes(40)
                : EditedTree.of(Samples.some(Samples.ANSWERS, data), data);
        Charset charset = CHARSETS.get(data.consumeInt(0, CHARSETS.size() - 1));
        boolean hasMark = data.consumeInt(0, 3) == 0;
        byte[] encoded = ((hasMark ? "\ufeff" : "") + new String(text, StandardCharsets.UTF_8)).getBytes(charset);
        return data.consumeInt(0, 7) == 0 ? gzip(encoded) : encoded;
    }

    private static byte[] lines(List<Entry> entries, FuzzedDataProvider data) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            lines.writeBytes(entry.content());
            lines.writeBytes(
                    (data.consumeBoolean() ? "\n" : data.consumeAsciiString(4)).getBytes(StandardCharsets.UTF_8));
        }
        return lines.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] tar(List<Entry> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Entry entry : entries) {
                char type = entry.name().endsWith("/") ? '5' : TAR_TYPES.charAt(entry.oddity());
                byte[] content = type == '0' || type == 'x' ? entry.content() : new byte[0];
                TarArchiveEntry header = new TarArchiveEntry(entry.name(), (byte) type, true);
                header.setSize(content.length);
                tar.putArchiveEntry(header);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] zip(List<Entry> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            List<String> names = new ArrayList<>();
            for (Entry entry : entries) {
                String name = names.contains(entry.name()) ? names.size() + entry.name() : entry.name();
                names.add(name);
                ZipEntry header = new ZipEntry(name);
                header.setComment(entry.oddity() == 1 ? "c" : null);
                if (entry.oddity() == 2) {
                    CRC32 sum = new CRC32();
                    sum.update(entry.content());
                    header.setMethod(ZipEntry.STORED);
                    header.setSize(entry.content().length);
                    header.setCrc(sum.getValue());
                }
                zip.putNextEntry(header);
                zip.write(entry.content());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** With a few bytes replaced, and sometimes with the end cut off or something behind it. */
    private static byte[] damaged(byte[] packed, FuzzedDataProvider data) {
        int damages = data.consumeBoolean() ? 0 : data.consumeInt(0, MOST_DAMAGES);
        for (int i = 0; i < damages && packed.length > 0; i++) {
            packed[data.consumeInt(0, packed.length - 1)] = data.consumeByte();
        }
        return switch (data.consumeInt(0, 9)) {
            case 0 -> Arrays.copyOf(packed, data.consumeInt(0, packed.length));
            case 1 -> {
                byte[] end = data.consumeBytes(30);
                byte[] longer = Arrays.copyOf(packed, packed.length + end.length);
                System.arraycopy(end, 0, longer, packed.length, end.length);
                yield longer;
            }
            default -> packed;
        };
    }
}
