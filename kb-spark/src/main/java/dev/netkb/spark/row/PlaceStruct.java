package dev.netkb.spark.row;

import org.jspecify.annotations.Nullable;

/** Where something was read. */
public final class PlaceStruct {

    private String file = "";
    private String pointer = "";
    private @Nullable Integer line;
    private @Nullable Integer column;

    public String getFile() {
        return file;
    }

    public void setFile(String file) {
        this.file = file;
    }

    public String getPointer() {
        return pointer;
    }

    public void setPointer(String pointer) {
        this.pointer = pointer;
    }

    /** Null where it is not known. */
    public @Nullable Integer getLine() {
        return line;
    }

    public void setLine(@Nullable Integer line) {
        this.line = line;
    }

    /** Null where it is not known. */
    public @Nullable Integer getColumn() {
        return column;
    }

    public void setColumn(@Nullable Integer column) {
        this.column = column;
    }
}
