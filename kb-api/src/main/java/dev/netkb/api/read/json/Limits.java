package dev.netkb.api.read.json;

/**
 * What an input may hold at most. Each limit is far above what Azure exports, and low enough for a snapshot to stay within
 * memory: one that goes beyond a limit is rejected with {@code KB-E102}, whose page lists the same numbers. They are not
 * configurable: what is larger is several snapshots.
 *
 * <p>A value of a parsed file takes about 100 bytes of memory, so a snapshot of {@link #VALUES} values takes about 800 MB
 * besides its bytes; usual ones have a thousandth of that. A run holds the bytes of at most two snapshots for each thread and
 * one more, and the values of one for each thread.
 */
public final class Limits {

    /** Levels of nesting: nested deployments of templates reach about 60. */
    public static final int NESTING = 200;

    /** Digits of a number. */
    public static final int NUMBER = 100;

    /** Characters of a text. */
    public static final int TEXT = 5_000_000;

    /** Characters of the name of a field. */
    public static final int NAME = 10_000;

    /** Values in all files of one snapshot together: objects, lists, texts, numbers and the rest. */
    public static final int VALUES = 8_000_000;

    public static final long MEGABYTE = 1L << 20;

    /** Bytes of one file, of one line of JSON lines, and of one file in an archive when unpacked. */
    public static final long FILE = 128 * MEGABYTE;

    /** Bytes of all files of one snapshot together, unpacked. */
    public static final long SNAPSHOT = 256 * MEGABYTE;

    /** JSON files of one snapshot, and entries of an archive whatever they are. */
    public static final int FILES = 10_000;

    /** Directories within each other. */
    public static final int DIRECTORIES = 16;

    /** How many bytes one packed byte may become, where more than {@link #UNPACKED_FREELY} come of it. */
    public static final int RATIO = 200;

    public static final long UNPACKED_FREELY = 8 * MEGABYTE;

    /** Characters of the name of an archive's entry. */
    public static final int ENTRY_NAME = 1_000;

    private Limits() {}

    /** {@code 128 MB}. */
    public static String megabytes(long bytes) {
        return bytes / MEGABYTE + " MB";
    }
}
