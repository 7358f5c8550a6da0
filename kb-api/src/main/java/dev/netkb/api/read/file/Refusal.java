package dev.netkb.api.read.file;

import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.io.IOException;

/** Why bytes do not become the files of a snapshot. An {@link IOException}, so that it passes through streams. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_SHOWN = 200;

    private final ProblemCode code;
    private final String file;
    private final String hint;

    /** @param file the file or entry that is at fault, empty where it is the whole */
    Refusal(ProblemCode code, String file, String message, String hint) {
        super(message);
        this.code = code;
        this.file = file;
        this.hint = hint;
    }

    /** A part of an archive that is refused; the entry is named in the message too. */
    static Refusal entry(ProblemCode code, String entry, String what, String hint) {
        return new Refusal(code, shown(entry), "the entry " + Problems.quote(entry) + " " + what, hint);
    }

    /** The refusal that a library passed on, perhaps within an exception of its own; else that something is damaged. */
    static Refusal of(Throwable thrown, Refusal damaged) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
        }
        return damaged;
    }

    static Refusal tooMuch(String file, String message, String hint) {
        return new Refusal(ProblemCode.TOO_MUCH, file, message, hint);
    }

    static Refusal damaged(String file, String message) {
        return new Refusal(
                ProblemCode.DAMAGED_ARCHIVE,
                file,
                message,
                "Copy or download it again; test it with unzip -t, tar -tf or gzip -t.");
    }

    static Refusal notAccepted(String message, String hint) {
        return new Refusal(ProblemCode.NOT_ACCEPTED, "", message, hint);
    }

    static Refusal tooLarge(String file) {
        return tooMuch(
                file,
                "the file has more than " + Limits.megabytes(Limits.FILE),
                "Export less into one file, such as one resource type or one resource group.");
    }

    /** The refusal of a file of another format, with the command for just this file where it has a plain name. */
    static Refusal otherFormat(String name, FileKind kind) {
        String base = name.substring(name.lastIndexOf('/') + 1);
        String hint = base.contains(" ")
                ? kind.hint()
                : kind.hint().replace("FILE.", stem(base) + ".").replace("FILE ", base + " ");
        return new Refusal(
                ProblemCode.OTHER_FORMAT, "", Problems.quote(name) + " " + kind.what() + "; a snapshot is JSON", hint);
    }

    private static String stem(String base) {
        int dot = base.lastIndexOf('.');
        return dot <= 0 ? base : base.substring(0, dot);
    }

    /** @param whole what is named where no part is at fault */
    Problem problem(String whole, int line) {
        return new Problem(
                code.code(),
                code.level(),
                String.valueOf(getMessage()),
                new Place(file.isEmpty() ? whole : file, "", line, line == 0 ? 0 : 1),
                hint);
    }

    /** A name from an archive as it may stand in a report. */
    private static String shown(String entry) {
        String line = entry.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
    }
}
