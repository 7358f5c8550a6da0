package dev.netkb.spark.row;

import org.jspecify.annotations.Nullable;

/** Something in a snapshot that could not be read as it stands. */
public final class ProblemStruct {

    private String code = "";
    private String severity = "";
    private String message = "";
    private @Nullable String file;
    private @Nullable String pointer;
    private @Nullable Integer line;
    private @Nullable Integer column;
    private String hint = "";

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getSeverity() {
        return severity;
    }

    public void setSeverity(String severity) {
        this.severity = severity;
    }

    public String getMessage() {
        return message;
    }

    public void setMessage(String message) {
        this.message = message;
    }

    /** Null where it has no place. */
    public @Nullable String getFile() {
        return file;
    }

    public void setFile(@Nullable String file) {
        this.file = file;
    }

    /** Null where it has no place. */
    public @Nullable String getPointer() {
        return pointer;
    }

    public void setPointer(@Nullable String pointer) {
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

    public String getHint() {
        return hint;
    }

    public void setHint(String hint) {
        this.hint = hint;
    }
}
