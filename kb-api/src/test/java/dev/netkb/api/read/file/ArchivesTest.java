package dev.netkb.api.read.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.Reading;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.json.Limits;
import dev.netkb.model.report.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive is read as the directory that was packed; one that was made to do harm is refused, and so is a damaged one. */
class ArchivesTest {

    private static final String NSG = "[{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/"
            + "networkSecurityGroups/n\", \"properties\": {\"securityRules\": []}}]";

    @TempDir
    private Path folder;

    // --- what is read --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"export.zip", "export.tar", "export.tar.gz", "export.tgz", "no-ending"})
    void anArchiveIsTheDirectoryThatWasPacked(String name) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("./export/b.json", NSG);
        entries.put("export/a.json", "[]");
        entries.put("export/sub/", "");
        entries.put("export/sub/terraform.tfstate", "{}");
        entries.put("__MACOSX/._a.json", "no JSON");
        entries.put(".git/c.json", "no JSON");
        entries.put("export/main.bicep", "param x string");
        entries.put("export/inner.zip", "PK");
        entries.put("README.md", "text");
        entries.put("table.parquet", "PAR1");

        SnapshotFiles.Found found = SnapshotFiles.snapshot(write(name, pack(name, entries)));

        assertThat(found.problem()).isNull();
        assertThat(found.source().files())
                .extracting(SnapshotSource.SourceFile::name)
                .containsExactlyInAnyOrder("export/a.json", "export/b.json", "export/sub/terraform.tfstate");
        assertThat(found.source().notices()).extracting(Problem::code).containsOnly("KB-N120");
        assertThat(found.source().notices())
                .extracting(problem -> problem.at().file())
                .containsExactly("export/inner.zip", "export/main.bicep", "table.parquet");
        assertThat(found.source().notices().get(1).hint()).contains("bicep build");

        ReadResult result = found.read(SnapshotReader.create());

        assertThat(Reading.snapshot(result).networkSecurityGroups()).hasSize(1);
        assertThat(result.problems()).extracting(Problem::code).contains("KB-N120");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar", "x.tar.gz"})
    void standardInputMayBeAnArchive(String name) throws IOException {
        byte[] bytes = pack(name, Map.of("a.json", NSG));

        SnapshotFiles.Found found = SnapshotFiles.stream("standard input", new ByteArrayInputStream(bytes));

        assertThat(Reading.snapshot(found.read(SnapshotReader.create())).networkSecurityGroups())
                .hasSize(1);
    }

    @Test
    void aPackedFileIsASnapshot() throws IOException {
        SnapshotFiles.Found found = SnapshotFiles.snapshot(write("nsg.json.gz", gzip(NSG)));

        assertThat(Reading.snapshot(found.read(SnapshotReader.create())).networkSecurityGroups())
                .hasSize(1);
    }

    @Test
    void packedFilesAreReadInDirectoriesAndArchivesToo() throws IOException {
        write("d/nsg.json.gz", gzip(NSG));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(zipped)) {
            zip.putArchiveEntry(new ZipArchiveEntry("nsg.json.gz"));
            zip.write(gzip(NSG));
            zip.closeArchiveEntry();
        }

        for (Path path : List.of(folder.resolve("d"), write("x.zip", zipped.toByteArray()))) {
            ReadResult result = SnapshotFiles.snapshot(path).read(SnapshotReader.create());

            assertThat(Reading.snapshot(result).networkSecurityGroups()).hasSize(1);
            assertThat(result.problems()).isEmpty();
        }
    }

    @Test
    void aPackedFileThatIsDamagedIsNamed() throws IOException {
        byte[] whole = gzip(NSG);
        write("d/nsg.json.gz", Arrays.copyOf(whole, whole.length / 2));

        Problem error =
                Reading.error(SnapshotFiles.snapshot(folder.resolve("d")).read(SnapshotReader.create()));

        assertThat(error.code()).isEqualTo("KB-E121");
        assertThat(error.at().file()).isEqualTo("nsg.json.gz");
    }

    /** Before the standard, the header of a tar archive had no mark. */
    @ParameterizedTest
    @ValueSource(strings = {"x.tar", "x.tar.gz", "x.tgz", "no-ending"})
    void oldTarArchivesAreRead(String name) throws IOException {
        byte[] tar = pack("x.tar", Map.of("a.json", NSG));
        Arrays.fill(tar, 257, 265, (byte) 0);
        long sum = 0;
        Arrays.fill(tar, 148, 156, (byte) ' ');
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xFF;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, tar, 148, 8);

        byte[] bytes = name.endsWith("gz") ? gzip(tar) : tar;
        ReadResult result = SnapshotFiles.snapshot(write(name, bytes)).read(SnapshotReader.create());

        assertThat(Reading.snapshot(result).networkSecurityGroups()).hasSize(1);
    }

    @Test
    void aProblemIsFoundInTheEntry() throws IOException {
        Problem error = error("x.zip", pack("x.zip", Map.of("sub/a.json", "[\n  {\"id\": }]")));

        assertThat(error.code()).isEqualTo("KB-E101");
        assertThat(error.at().file()).isEqualTo("sub/a.json");
        assertThat(error.at().line()).isEqualTo(2);
    }

    @Test
    void anArchiveWithoutJsonIsRefusedWithWhatToDo() throws IOException {
        Problem error = error("x.zip", pack("x.zip", Map.of("main.bicep", "param x string")));

        assertThat(error.code()).isEqualTo("KB-E114");
        assertThat(error.hint()).contains("bicep build");
        assertThat(error("y.zip", pack("y.zip", Map.of())).code()).isEqualTo("KB-E114");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar", "x.tar.gz"})
    void anArchiveThatIsCalledJsonIsRefusedWithItsProperName(String name) throws IOException {
        Problem error = error("export.json", pack(name, Map.of("a.json", NSG)));

        assertThat(error.code()).isEqualTo("KB-E114");
        assertThat(error.hint()).contains(".zip");
    }

    // --- attacks -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../a.json | leads out",
                "x/../../a.json | leads out",
                "x/.. /a.json | leads out",
                "/etc/a.json | absolute",
                "C:/a.json | drive",
                "c:a.json | drive",
                "../README.md | leads out",
            })
    void namesThatLeadElsewhereAreRefused(String entry, String why) throws IOException {
        for (String name : List.of("x.zip", "x.tar", "x.tar.gz")) {
            Problem error = error(name, pack(name, Map.of(entry, NSG)));

            assertThat(error.code()).as(name).isEqualTo("KB-E120");
            assertThat(error.message()).contains(entry, why);
            assertThat(error.at().file()).isEqualTo(entry);
            assertThat(error.hint()).isNotBlank();
        }
    }

    /** In a tar archive a backslash is a part of a name, which other machines take for something else. */
    @Test
    void backslashesInTarAreRefused() throws IOException {
        Problem error = error("x.tar", pack("x.tar", Map.of("x/y\\a.json", NSG)));

        assertThat(error.code()).isEqualTo("KB-E120");
        assertThat(error.message()).contains("backslash");
    }

    @Test
    void aZipFileOfWindowsPowerShellIsRead() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("export\\", "");
        entries.put("export\\a.json", NSG);
        entries.put("export\\sub\\b.json", "[]");

        SnapshotFiles.Found found = SnapshotFiles.snapshot(write("x.zip", windows(entries)));

        assertThat(found.source().files())
                .extracting(SnapshotSource.SourceFile::name)
                .containsExactly("export/a.json", "export/sub/b.json");
        assertThat(found.read(SnapshotReader.create()).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "..\\a.json | leads out",
                "x\\..\\..\\a.json | leads out",
                "\\etc\\a.json | absolute",
                "\\\\host\\share\\a.json | absolute",
                "C:\\a.json | drive"
            })
    void backslashesInZipLeadNowhereElse(String entry, String why) throws IOException {
        Problem error = error("x.zip", windows(Map.of(entry, NSG)));

        assertThat(error.code()).isEqualTo("KB-E120");
        assertThat(error.message()).contains(why);
    }

    @Test
    void controlCharactersInNamesAreRefusedAndNotPrinted() throws IOException {
        Problem error = error("x.zip", pack("x.zip", Map.of("a\u001b[2J.json", NSG)));

        assertThat(error.code()).isEqualTo("KB-E120");
        assertThat(error.message() + error.at().file()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void linksAndDevicesInTarAreRefused(byte type) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("a.json", type);
        entry.setLinkName("/etc/passwd");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }

        assertThat(error("x.tar", bytes.toByteArray()).code()).isEqualTo("KB-E120");
    }

    @ParameterizedTest
    @ValueSource(ints = {0xA1FF, 0x21FF, 0x61FF, 0x11FF})
    void linksAndDevicesInZipAreRefused(int mode) throws IOException {
        byte[] bytes = zip(entry -> entry.setUnixMode(mode), Map.of("a.json", "/etc/passwd"));

        Problem error = error("x.zip", bytes);

        assertThat(error.code()).isEqualTo("KB-E120");
        assertThat(error.message()).contains(mode == 0xA1FF ? "link" : "neither a file");
    }

    @Test
    void encryptedEntriesAreRefused() throws IOException {
        Problem error = error("x.zip", patched(8, 1, 2));

        assertThat(error.code()).isEqualTo("KB-E120");
        assertThat(error.message()).contains("a.json", "encrypted");
    }

    @Test
    void methodsThatAreNotReadAreRefused() throws IOException {
        Problem error = error("x.zip", patched(10, 95, 2));

        assertThat(error.code()).isEqualTo("KB-E120");
        assertThat(error.message()).contains("95");
    }

    @Test
    void sizesInHeadersAreNotBelieved() throws IOException {
        Problem error = error("x.zip", patched(24, 3, 4));

        assertThat(error.code()).isEqualTo("KB-E121");
        assertThat(error.message()).contains(NSG.length() + " bytes", "3 are announced");
    }

    @Test
    void checksumsAreChecked() throws IOException {
        assertThat(error("x.zip", patched(16, 12_345, 4)).message()).contains("checksum");
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (String name : List.of("a.json", "./a.json")) {
                zip.putArchiveEntry(new ZipArchiveEntry(name));
                zip.write(NSG.getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(second)) {
            for (int i = 0; i < 2; i++) {
                put(tar, "a.json", NSG);
            }
        }

        assertThat(error("x.zip", bytes.toByteArray()).message()).contains("twice");
        assertThat(error("x.tar", second.toByteArray()).message()).contains("twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar.gz", "x.json.gz"})
    void whatUnpacksToFarMoreIsRefusedLongBeforeItIsUnpacked(String name) throws IOException {
        byte[] bomb = new byte[(int) (Limits.UNPACKED_FREELY * 3)];
        Arrays.fill(bomb, (byte) ' ');
        byte[] bytes = name.equals("x.json.gz")
                ? gzip(new String(bomb, StandardCharsets.US_ASCII))
                : pack(name, Map.of("a.json", new String(bomb, StandardCharsets.US_ASCII)));

        Problem error = error(name, bytes);

        assertThat(error.code()).isEqualTo("KB-E102");
        assertThat(error.message()).contains("200 times");
    }

    @Test
    void whatUnpacksToFarMoreIsRefusedInEntriesThatAreNotReadToo() throws IOException {
        byte[] bomb = new byte[(int) (Limits.UNPACKED_FREELY * 2)];

        assertThat(error("x.tgz", pack("x.tgz", Map.of("a.txt", new String(bomb, StandardCharsets.US_ASCII))))
                        .code())
                .isEqualTo("KB-E102");
    }

    @Test
    void aLargeExportIsNoBomb() throws IOException {
        StringBuilder text = new StringBuilder("[");
        Random random = new Random(7);
        while (text.length() < Limits.UNPACKED_FREELY * 2) {
            text.append("{\"id\": \"").append(random.nextLong()).append("\", \"properties\": {}},\n");
        }
        text.append("{}]");

        assertThat(SnapshotFiles.snapshot(write("x.zip", pack("x.zip", Map.of("a.json", text.toString()))))
                        .problem())
                .isNull();
    }

    @Test
    void aMillionEntriesOfATarAreRefusedAfterTheFirstThousands() {
        Endless endless = new Endless();

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Archive.tar("x.tar", endless));

        assertThat(refusal.problem("x.tar", 0).code()).isEqualTo("KB-E102");
        assertThat(refusal.getMessage()).contains("10000 entries");
        assertThat(endless.given).isLessThan(512L * (Limits.FILES + 100));
    }

    /** A count that is true is believed at once, a false one does not help. */
    @ParameterizedTest
    @ValueSource(ints = {5, 20_000, 0xFFFF})
    void aMillionEntriesOfAZipAreRefusedWithoutReadingThem(int announced) {
        Crowd crowd = new Crowd(1_000_000, announced);

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Archive.zip("x.zip", crowd));

        assertThat(refusal.problem("x.zip", 0).code()).isEqualTo("KB-E102");
        assertThat(refusal.getMessage()).contains("10000 entries");
        assertThat(crowd.given).isLessThan(6_000_000);
    }

    @Test
    void headersOfATarThatDoNotEndAreRefused() {
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        entry.setSize(1L << 32);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header);

        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> Archive.tar(
                        "x.tar", new SequenceInputStream(new ByteArrayInputStream(header), new Repeated((byte) 'a'))));

        assertThat(refusal.problem("x.tar", 0).code()).isEqualTo("KB-E102");
        assertThat(refusal.getMessage()).contains("headers");
    }

    @Test
    void aGzipHeaderThatDoesNotEndIsRefused() {
        byte[] header = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0};

        SnapshotFiles.Found found = SnapshotFiles.stream(
                "standard input", new SequenceInputStream(new ByteArrayInputStream(header), new Repeated((byte) 'a')));

        assertThat(found.problem().code()).isEqualTo("KB-E121");
    }

    // --- damage --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar", "x.tar.gz", "x.json.gz"})
    void everyCutIsNoticed(String name) throws IOException {
        byte[] good = name.equals("x.json.gz") ? gzip(NSG) : pack(name, two());
        int end = name.equals("x.tar") ? 4 * 512 + 1 : good.length;
        for (int length = 20; length < end; length += name.equals("x.tar") ? 97 : 1) {
            Problem error = error(name, Arrays.copyOf(good, length));

            assertThat(error.code()).as("%s cut to %s", name, length).isIn("KB-E121", "KB-E101", "KB-E114");
        }
    }

    /** No flipped bit gives other content: it is refused, or it was none that matters. */
    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.tar.gz"})
    void noFlippedBitGivesOtherContent(String name) throws IOException {
        byte[] good = pack(name, two());
        List<String> contents = List.copyOf(two().values());
        for (int i = 0; i < good.length * 8; i++) {
            byte[] bytes = good.clone();
            bytes[i / 8] ^= (byte) (1 << i % 8);
            SnapshotFiles.Found found = SnapshotFiles.snapshot(write("flipped-" + name, bytes));
            if (found.source() == null) {
                assertThat(found.problem().message()).isNotBlank();
            } else {
                assertThat(found.source().files())
                        .as("bit %s", i)
                        .allSatisfy(file ->
                                assertThat(contents).contains(new String(file.content(), StandardCharsets.UTF_8)));
            }
        }
    }

    @Test
    void whatIsNoArchiveButIsCalledSoIsRefused() throws IOException {
        for (String name : List.of("x.zip", "x.tar", "x.tar.gz", "x.tgz", "x.gz")) {
            assertThat(error(name, NSG.getBytes(StandardCharsets.UTF_8)).code())
                    .as(name)
                    .isEqualTo("KB-E121");
        }
    }

    @ParameterizedTest
    @CsvSource({"x.7z, 7z\u00bc\u00af", "x, BZh91AY", "x.rar, Rar!"})
    void otherArchivesAreRefusedWithWhatIsRead(String name, String content) throws IOException {
        Problem error = error(name, content.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(error.code()).isEqualTo("KB-E122");
        assertThat(error.hint()).contains(".tar.gz");
    }

    // --- making archives -----------------------------------------------------------------------------------------

    private static Map<String, String> two() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("a.json", NSG);
        entries.put("b.json", "[1, 2, 3]");
        return entries;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.write(folder.resolve(name), bytes);
    }

    private Problem error(String name, byte[] bytes) throws IOException {
        return Reading.error(SnapshotFiles.snapshot(write(name, bytes)).read(SnapshotReader.create()));
    }

    private static byte[] pack(String name, Map<String, String> entries) throws IOException {
        if (name.endsWith(".zip")) {
            return zip(entry -> {}, entries);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                put(tar, entry.getKey(), entry.getValue());
            }
        }
        return name.endsWith("gz") ? gzip(bytes.toString(StandardCharsets.UTF_8)) : bytes.toByteArray();
    }

    /** A zip file whose names have backslashes, which our own library would not write. */
    private static byte[] windows(Map<String, String> entries) throws IOException {
        Map<String, String> marked = new LinkedHashMap<>();
        entries.forEach((name, content) -> marked.put(name.replace('\\', '|'), content));
        byte[] bytes = zip(entry -> entry.setMethod(ZipEntry.DEFLATED), marked);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> longestFirst = marked.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        for (String name : longestFirst) {
            text = text.replace(name, name.replace('|', '\\'));
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void put(TarArchiveOutputStream tar, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static byte[] zip(Consumer<ZipArchiveEntry> change, Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> each : entries.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(each.getKey());
                entry.setUnixMode(each.getKey().endsWith("/") ? 0x41ED : 0x81A4);
                change.accept(entry);
                zip.putArchiveEntry(entry);
                zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** A zip of a.json with other bytes in its entry in the list at the end. */
    private static byte[] patched(int offset, int value, int size) throws IOException {
        byte[] bytes = zip(entry -> {}, Map.of("a.json", NSG));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (buffer.getInt(at) != 0x02014b50) {
            at++;
        }
        if (size == 2) {
            buffer.putShort(at + offset, (short) value);
        } else {
            buffer.putInt(at + offset, value);
        }
        return bytes;
    }

    private static byte[] gzip(String text) throws IOException {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /** A tar archive of a million empty entries, made as it is read. */
    private static final class Endless extends InputStream {
        private final byte[] header = new byte[512];
        private long given;

        @Override
        public int read() {
            int at = (int) (given % 512);
            if (at == 0) {
                TarArchiveEntry entry = new TarArchiveEntry("f" + given / 512 + ".txt");
                entry.writeEntryHeader(header);
            }
            return given++ / 512 < 1_000_000 ? header[at] & 0xFF : -1;
        }
    }

    private static final class Repeated extends InputStream {
        private final byte value;

        Repeated(byte value) {
            this.value = value;
        }

        @Override
        public int read() {
            return value;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            Arrays.fill(buffer, from, from + length, value);
            return length;
        }
    }

    /** The list at the end of a zip file, made as it is read. */
    private static final class Crowd implements SeekableByteChannel {
        private final byte[] record;
        private final byte[] end;
        private final long list;
        private long position;
        private long given;

        Crowd(int entries, int announced) {
            ByteBuffer central = ByteBuffer.allocate(47).order(ByteOrder.LITTLE_ENDIAN);
            central.putInt(0, 0x02014b50).putShort(28, (short) 1).put(46, (byte) 'a');
            record = central.array();
            list = (long) entries * record.length;
            ByteBuffer last = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
            last.putInt(0, 0x06054b50)
                    .putShort(8, (short) announced)
                    .putShort(10, (short) announced)
                    .putInt(12, (int) list)
                    .putInt(16, 0);
            end = last.array();
        }

        @Override
        public int read(ByteBuffer buffer) {
            int some = 0;
            while (buffer.hasRemaining() && position < size()) {
                buffer.put(position < list ? record[(int) (position % record.length)] : end[(int) (position - list)]);
                position++;
                some++;
            }
            given += some;
            return some == 0 ? -1 : some;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long to) {
            position = to;
            return this;
        }

        @Override
        public long size() {
            return list + end.length;
        }

        @Override
        public int write(ByteBuffer buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
