package dev.netkb.api.internal.drools.compile;

import dev.netkb.model.derived.Finding;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps compiled rules in a folder, for the next start and for other processes. It never stands in the way: what cannot be
 * read, or was made by something else, is as good as not there, and where nothing can be written nothing is kept.
 */
public final class UnitCache {

    /** Changes when the form of the files or what is compiled changes. */
    private static final int FORMAT = 1;

    private static final int MAGIC = 0x4e4b4255;
    private static final String SUFFIX = ".rules";
    private static final String UNFINISHED = ".tmp";
    private static final int DIGEST = 32;

    /** Files beyond these are removed, the longest unused ones first. */
    private static final int MAX_FILES = 64;

    private final Path folder;
    private final String maker;

    /**
     * What is kept of one unit.
     *
     * @param texts the keys of its texts
     */
    public record Entry(Path file, Set<String> texts) {}

    /** @param level of trust: what was compiled at one is of no use at another */
    public UnitCache(Path folder, String level) {
        this.folder = folder;
        this.maker = maker(level);
    }

    /** What there is, of this version of everything. Only the heads of the files are read. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files()) {
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                in.skipNBytes(DIGEST);
                Set<String> texts = head(in);
                if (texts != null) {
                    entries.add(new Entry(file, texts));
                }
            } catch (IOException | RuntimeException e) {
                // Damaged: it will be written anew, or removed as the oldest.
                continue;
            }
        }
        return entries;
    }

    /** The classes of a unit; null where the file is gone or damaged. */
    public @Nullable UnitClasses read(Entry entry) {
        try {
            byte[] bytes = Files.readAllBytes(entry.file());
            byte[] content = Arrays.copyOfRange(bytes, DIGEST, bytes.length);
            if (!MessageDigest.isEqual(Arrays.copyOf(bytes, DIGEST), sha256().digest(content))) {
                remove(entry);
                return null;
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
            if (!entry.texts().equals(head(in))) {
                return null;
            }
            UnitClasses unit = body(in);
            Files.setLastModifiedTime(entry.file(), FileTime.from(Instant.now()));
            return unit;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    public void remove(Entry entry) {
        remove(entry.file());
    }

    /**
     * Keeps a unit. A reader sees the whole file or none.
     *
     * @param texts the keys of its texts
     */
    public void write(Set<String> texts, UnitClasses unit) {
        Path unfinished = null;
        try {
            Files.createDirectories(folder);
            byte[] content = content(texts, unit);
            byte[] digest = sha256().digest(content);
            unfinished = Files.createTempFile(folder, "unit", UNFINISHED);
            Files.write(unfinished, concat(digest, content));
            Path file = folder.resolve(HexFormat.of().formatHex(digest) + SUFFIX);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            removeOldest();
        } catch (IOException e) {
            if (unfinished != null) {
                remove(unfinished);
            }
        }
    }

    // ---- files

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private void removeOldest() {
        Map<Path, FileTime> ages = new HashMap<>();
        files().forEach(file -> {
            try {
                ages.put(file, Files.getLastModifiedTime(file));
            } catch (IOException e) {
                ages.remove(file); // another process was faster
            }
        });
        ages.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .skip(MAX_FILES)
                .forEach(file -> remove(file.getKey()));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    // ---- content

    private byte[] content(Set<String> texts, UnitClasses unit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeUTF(maker);
            out.writeInt(texts.size());
            for (String text : texts) {
                out.writeUTF(text);
            }
            out.writeUTF(unit.packageName());
            out.writeInt(unit.models().size());
            for (String model : unit.models()) {
                out.writeUTF(model);
            }
            out.writeInt(unit.classes().size());
            for (Map.Entry<String, byte[]> each : new TreeMap<>(unit.classes()).entrySet()) {
                out.writeUTF(each.getKey());
                out.writeInt(each.getValue().length);
                out.write(each.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** The keys of the texts; null where something else made the file. */
    private @Nullable Set<String> head(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC || !in.readUTF().equals(maker)) {
            return null;
        }
        Set<String> texts = new LinkedHashSet<>();
        for (int n = in.readInt(); n > 0; n--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static UnitClasses body(DataInputStream in) throws IOException {
        String packageName = in.readUTF();
        List<String> models = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            models.add(in.readUTF());
        }
        Map<String, byte[]> classes = new HashMap<>();
        for (int n = in.readInt(); n > 0; n--) {
            String name = in.readUTF();
            classes.put(name, in.readNBytes(in.readInt()));
        }
        return new UnitClasses(packageName, models, classes);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    // ---- what made it

    /** Everything on which compiled rules depend besides their text. */
    private static String maker(String level) {
        return String.join(
                "|",
                String.valueOf(FORMAT),
                level,
                Runtime.version().toString(),
                String.valueOf(KieBaseBuilder.class.getPackage().getImplementationVersion()),
                digest(KieBaseBuilder.class),
                digest(Finding.class),
                digest(UnitCache.class));
    }

    /** Of the jar or folder that a class is from. */
    private static String digest(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            Path from = source == null ? null : Path.of(source.getLocation().toURI());
            MessageDigest digest = sha256();
            if (from == null) {
                return "";
            } else if (Files.isDirectory(from)) {
                try (Stream<Path> files = Files.walk(from)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        digest.update(from.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                        digest.update(Files.readAllBytes(file));
                    }
                }
            } else {
                digest.update(Files.readAllBytes(from));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | URISyntaxException | RuntimeException e) {
            // In a container that hides its files, the versions have to do.
            return String.valueOf(type.getPackage().getImplementationVersion());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
