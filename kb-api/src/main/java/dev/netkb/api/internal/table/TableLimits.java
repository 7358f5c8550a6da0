package dev.netkb.api.internal.table;

/** What a table may hold at most: far above what people edit, and low enough for any file to be read in no time. */
public final class TableLimits {

    /** Bytes of a file. */
    public static final int FILE = 16 << 20;

    /** Bytes of all parts of a workbook, unpacked. */
    public static final int UNPACKED = 64 << 20;

    /** Parts of a workbook. */
    public static final int PARTS = 1_000;

    /** Rows of a table in which something stands. */
    public static final int ROWS = 20_000;

    /** Columns of a table. */
    public static final int COLUMNS = 256;

    /** Characters of a cell, as in a spreadsheet. */
    public static final int TEXT = 32_767;

    /** Merged regions of a sheet. */
    public static final int MERGED = 10_000;

    private TableLimits() {}
}
