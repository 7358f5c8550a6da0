package dev.netkb.api.read.file;

import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive of a directory as that directory would be read. Nothing is written anywhere and no name leads anywhere; yet an
 * archive that tries, or that says one thing and holds another, is refused as a whole: whoever made it so did not
 * make an export. Sizes are counted, whatever headers say ({@link Limits}).
 */
final class Archive {

    /** The list of entries of a zip file is kept in memory; 400 bytes an entry are plenty. */
    private static final long ZIP_DIRECTORY = 400L * Limits.FILES;

    private static final int ZIP_END = 22;
    private static final int ZIP_END_SIGNATURE = 0x06054b50;
    private static final int ZIP_LONGEST_COMMENT = 0xFFFF;
    private static final int ZIP_COUNT_ELSEWHERE = 0xFFFF;

    private static final int TAR_BLOCK = 512;

    /** Long names and further attributes of one entry. */
    private static final long TAR_HEADER = Limits.MEGABYTE;

    private static final String TERRAFORM_PLAN = "tfplan";
    private static final String SPREADSHEET = "[Content_Types].xml";
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final int STEP = 1 << 16;

    private static final String REPACK =
            "Pack the directory of exports again: zip -r export.zip export, or tar -czf" + " export.tar.gz export.";

    private final String name;
    private final List<SourceFile> files = new ArrayList<>();
    private final Unread unread = new Unread();
    private final Set<String> names = new HashSet<>();
    private int entries;
    private long size;

    private Archive(String name) {
        this.name = name;
    }

    /** @throws Refusal when the archive is refused or damaged */
    static SnapshotSource zip(String name, SeekableByteChannel channel) throws IOException {
        refuseCrowd(channel);
        BoundedChannel bounded = new BoundedChannel(channel, ZIP_DIRECTORY + ZIP_LONGEST_COMMENT, crowd());
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(bounded)
                .setIgnoreLocalFileHeader(true)
                .get()) {
            bounded.setFree();
            Archive archive = new Archive(name);
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            refuseOtherFormats(name, zip);
            if (entries.size() > Limits.FILES) {
                throw crowd();
            }
            for (ZipArchiveEntry entry : entries) {
                archive.add(zip, entry);
            }
            return archive.source();
        } catch (IOException | RuntimeException e) {
            throw Refusal.of(e, Refusal.damaged("", "the zip file is damaged or cut off"));
        }
    }

    /** @throws Refusal when the archive is refused or damaged */
    static SnapshotSource tar(String name, InputStream in) throws IOException {
        Archive archive = new Archive(name);
        Metered metered = new Metered(in, Refusal.tooMuch("", "the headers of an entry are too long", REPACK));
        Metered whole = new Metered(metered, tooLarge());
        whole.allow(Limits.SNAPSHOT + 2L * TAR_BLOCK * Limits.FILES);
        EndOfTar end = new EndOfTar(whole);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(end, "UTF-8")) {
            metered.allow(TAR_HEADER);
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                metered.allow(Long.MAX_VALUE / 2);
                archive.add(tar, entry);
                drain(tar);
                metered.allow(TAR_HEADER);
                entry = tar.getNextEntry();
            }
        } catch (IOException | RuntimeException e) {
            throw Refusal.of(e, Refusal.damaged("", "the tar archive is damaged or cut off"));
        }
        if (!end.isMarked()) {
            throw Refusal.damaged("", "the tar archive is cut off: its end mark is missing");
        }
        return archive.source();
    }

    private SnapshotSource source() throws Refusal {
        if (files.isEmpty()) {
            throw Refusal.notAccepted(
                    "the archive has no *.json file", "Put the exports of one snapshot into it." + unread.hints());
        }
        return new SnapshotSource(name, files, unread.notices());
    }

    private void add(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        // Windows PowerShell 5.1 packs directories with the separator of Windows, which no entry may have in its name.
        String entryName = entry.getName().replace('\\', '/');
        String path = checkedName(entryName);
        int type = entry.getUnixMode() & 0xF000;
        if (type == 0xA000) {
            throw link(entry.getName());
        }
        if (type != 0 && type != 0x8000 && type != 0x4000) {
            throw device(entry.getName());
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw Refusal.entry(
                    ProblemCode.REFUSED_ARCHIVE, entry.getName(), "is encrypted", "Pack it again without a password.");
        }
        if (entryName.endsWith("/") || !isFresh(path, entry.getName()) || !isToRead(path)) {
            return;
        }
        if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
            throw Refusal.entry(
                    ProblemCode.REFUSED_ARCHIVE,
                    entry.getName(),
                    "is packed by method " + entry.getMethod() + ", which is not read",
                    "Pack it again with the usual method (deflate).");
        }
        CRC32 sum = new CRC32();
        byte[] content;
        try (InputStream in = zip.getInputStream(entry)) {
            content = content(in, entry.getName(), entry.getCompressedSize(), sum);
        } catch (IOException | RuntimeException e) {
            throw Refusal.of(e, Refusal.damaged(entry.getName(), "an entry of the zip file cannot be unpacked"));
        }
        if (content.length != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw Refusal.damaged(
                    entry.getName(),
                    content.length != entry.getSize()
                            ? "an entry has " + content.length + " bytes where " + entry.getSize() + " are announced"
                            : "the checksum of an entry is wrong");
        }
        files.add(new SourceFile(path, unpacked(path, content)));
    }

    private void add(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        if (!entry.isCheckSumOK()) {
            throw Refusal.damaged("", "the tar archive is damaged: the checksum of a header is wrong");
        }
        String path = checkedName(entry.getName());
        if (entry.isSymbolicLink() || entry.isLink()) {
            throw link(entry.getName());
        }
        if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
            throw device(entry.getName());
        }
        if (entry.isDirectory() || !isFresh(path, entry.getName()) || !isToRead(path)) {
            return;
        }
        if (entry.isSparse() || !entry.isFile()) {
            throw Refusal.entry(
                    ProblemCode.REFUSED_ARCHIVE, entry.getName(), "is stored in a way that is not read", REPACK);
        }
        files.add(new SourceFile(path, unpacked(path, content(tar, entry.getName(), 0, null))));
    }

    /**
     * The name without empty and dot segments.
     *
     * @throws Refusal when it leads out of the archive, or is no name
     */
    private String checkedName(String entry) throws Refusal {
        if (++entries > Limits.FILES) {
            throw crowd();
        }
        String why = null;
        if (entry.isBlank() || entry.chars().anyMatch(Character::isISOControl)) {
            why = "has no proper name";
        } else if (entry.length() > Limits.ENTRY_NAME) {
            why = "has a name of more than " + Limits.ENTRY_NAME + " characters";
        } else if (entry.indexOf('\\') >= 0) {
            why = "has a backslash in its name";
        } else if (entry.startsWith("/")) {
            why = "has an absolute path";
        } else if (DRIVE.matcher(entry).matches()) {
            why = "has a drive letter in its path";
        }
        List<String> segments = new ArrayList<>();
        for (String segment : entry.split("/", -1)) {
            if (segment.strip().equals("..")) {
                why = "leads out of the archive";
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (why != null) {
            throw Refusal.entry(ProblemCode.REFUSED_ARCHIVE, entry, why, REPACK);
        }
        return String.join("/", segments);
    }

    private boolean isFresh(String path, String entry) throws Refusal {
        if (!names.add(path)) {
            throw Refusal.entry(
                    ProblemCode.REFUSED_ARCHIVE, entry, "is there twice, so nobody can say which one counts", REPACK);
        }
        return true;
    }

    private boolean isToRead(String path) {
        if (Names.isHidden(path)) {
            return false;
        }
        if (!FileKind.of(path).isFile()) {
            unread.add(path);
            return false;
        }
        return true;
    }

    private byte[] unpacked(String path, byte[] content) throws IOException {
        if (FileKind.of(path) != FileKind.PACKED) {
            return content;
        }
        try (InputStream in = Unpacked.of(path, new ByteArrayInputStream(content))) {
            return content(in, path, 0, null);
        }
    }

    /** @param packed how many bytes it is packed in, 0 where another one watches that */
    private byte[] content(InputStream in, String entry, long packed, @Nullable CRC32 sum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[STEP];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes.write(buffer, 0, read);
            size += read;
            if (sum != null) {
                sum.update(buffer, 0, read);
                Unpacked.refuseBomb(entry, bytes.size(), packed);
            }
            if (bytes.size() > Limits.FILE) {
                throw Refusal.tooLarge(entry);
            }
            if (size > Limits.SNAPSHOT) {
                throw tooLarge();
            }
        }
        return bytes.toByteArray();
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[STEP];
        int read = 0;
        while (read >= 0) {
            read = in.read(buffer);
        }
    }

    /** The count at the end of the file tells at once; a false one is met by the bound on what the list may take. */
    private static void refuseCrowd(SeekableByteChannel channel) throws IOException {
        int tail = (int) Math.min(channel.size(), ZIP_END + ZIP_LONGEST_COMMENT);
        ByteBuffer end = ByteBuffer.allocate(tail).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(channel.size() - tail);
        while (end.hasRemaining() && channel.read(end) >= 0) {
            continue;
        }
        for (int at = tail - ZIP_END; at >= 0; at--) {
            if (end.getInt(at) == ZIP_END_SIGNATURE) {
                int count = end.getShort(at + 10) & 0xFFFF;
                if (count > Limits.FILES && count != ZIP_COUNT_ELSEWHERE) {
                    throw crowd();
                }
                break;
            }
        }
        channel.position(0);
    }

    private static void refuseOtherFormats(String name, ZipFile zip) throws Refusal {
        FileKind kind = zip.getEntry(TERRAFORM_PLAN) != null
                ? FileKind.TERRAFORM_PLAN
                : zip.getEntry(SPREADSHEET) != null ? FileKind.SPREADSHEET : null;
        if (kind != null) {
            throw Refusal.otherFormat(name, kind);
        }
    }

    private static Refusal link(String entry) {
        return Refusal.entry(
                ProblemCode.REFUSED_ARCHIVE,
                entry,
                "is a link",
                "Pack the files themselves: zip without -y, tar with -h.");
    }

    private static Refusal device(String entry) {
        return Refusal.entry(ProblemCode.REFUSED_ARCHIVE, entry, "is neither a file nor a directory", REPACK);
    }

    private static Refusal crowd() {
        return Refusal.tooMuch(
                "",
                "the archive has more than " + Limits.FILES + " entries",
                "Pack the exports of one snapshot and nothing else.");
    }

    private static Refusal tooLarge() {
        return Refusal.tooMuch(
                "",
                "the archive unpacks to more than " + Limits.megabytes(Limits.SNAPSHOT),
                "Pack the exports of one snapshot and nothing else.");
    }

    /** Sees whether the last block is all zeros, as the end mark of a tar archive is. */
    private static final class EndOfTar extends FilterInputStream {
        private long zeros;

        EndOfTar(InputStream in) {
            super(in);
        }

        boolean isMarked() {
            return zeros >= TAR_BLOCK;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = in.read(buffer, from, length);
            for (int i = 0; i < read; i++) {
                zeros = buffer[from + i] == 0 ? zeros + 1 : 0;
            }
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            return in.skip(bytes);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
