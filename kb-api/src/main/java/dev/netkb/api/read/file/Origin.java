package dev.netkb.api.read.file;

import dev.netkb.api.read.json.Problems;
import java.util.Locale;

/**
 * What is known of bytes before they are read.
 *
 * @param name what the report calls them
 * @param file what places of problems call them
 * @param kind what their name says
 */
record Origin(String name, String file, FileKind kind) {

    /** Whether the name says that the bytes have to be unpacked. */
    boolean saysPacked() {
        return kind == FileKind.ARCHIVE || kind == FileKind.PACKED;
    }

    boolean isPackedJson() {
        return kind == FileKind.PACKED || kind == FileKind.ARCHIVE && endsWith(".gz") && !endsWith(".tar.gz");
    }

    boolean endsWith(String ending) {
        return name.toLowerCase(Locale.ROOT).endsWith(ending);
    }

    void refuseArchiveCalledJson() throws Refusal {
        if (kind == FileKind.JSON || kind == FileKind.LINES) {
            throw Refusal.notAccepted(
                    Problems.quote(name) + " is an archive, though its name says that it is JSON",
                    "Give it the ending .zip or .tar.gz, or unpack it.");
        }
    }
}
