package dev.netkb.api.saved;

/** A document is no report of this version. The message says where, what, and why. */
public final class UnreadableReportException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    UnreadableReportException(String pointer, String message) {
        super(pointer.isEmpty() ? message : pointer + ": " + message);
        this.pointer = pointer;
    }

    private UnreadableReportException(int line, UnreadableReportException mistake) {
        super("line " + line + ": " + mistake.getMessage());
        this.pointer = mistake.pointer;
    }

    /** The same mistake in one of many lines; the pointer is one within that line. */
    UnreadableReportException inLine(int line) {
        return new UnreadableReportException(line, this);
    }

    /** The JSON pointer (RFC 6901) to what is wrong; empty for the whole document, and where it is no JSON. */
    public String pointer() {
        return pointer;
    }
}
