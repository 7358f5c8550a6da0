package dev.netkb.api;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How files were at a moment. Files whose name begins with a dot or {@code ~$} are left out: editors write such ones beside
 * what they edit.
 *
 * @param byPath file or folder → what tells that it is another one
 */
public record FileStamps(Map<Path, String> byPath) {

    /** Larger files are told apart by size and time alone. */
    private static final long MOST_BYTES_READ = 16L << 20;

    private static final int DEEPEST = 8;

    /** What tells that a file changed. */
    public enum By {
        /** Its size and its time. */
        TIME,
        /** What it holds, so that it does not matter how exact times are, or that it was saved as it was. */
        CONTENT
    }

    public FileStamps {
        byPath = Map.copyOf(byPath);
    }

    /** Of files, and of folders with all that is in them; what is not there has no stamp. */
    public static FileStamps of(List<Path> paths, By by) {
        Map<Path, String> stamps = new TreeMap<>();
        for (Path path : paths) {
            try {
                Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        if (!folder.equals(path) && isOfAnEditor(folder)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        stamps.put(folder, "folder");
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (!isOfAnEditor(file)) {
                            stamps.put(file, stamp(file, attributes, by));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
            } catch (IOException e) {
                // It went away while it was looked at.
                stamps.put(path, "unreadable");
            }
        }
        return new FileStamps(stamps);
    }

    private static boolean isOfAnEditor(Path path) {
        Path name = path.getFileName();
        return name != null
                && (name.toString().startsWith(".") || name.toString().startsWith("~$"));
    }

    private static String stamp(Path file, BasicFileAttributes attributes, By by) {
        if (by == By.TIME || attributes.size() > MOST_BYTES_READ) {
            return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            return "unreadable";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
