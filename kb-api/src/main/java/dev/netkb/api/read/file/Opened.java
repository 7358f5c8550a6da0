package dev.netkb.api.read.file;

import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.json.Encodings;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.Problems;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * What bytes are when they are unpacked. One of the two is there.
 *
 * @param source the files of one snapshot
 * @param lines JSON lines in UTF-8, with a snapshot each
 */
record Opened(@Nullable SnapshotSource source, @Nullable InputStream lines) {

    /** @throws Refusal when they are nothing that is read */
    static Opened of(Origin origin, BufferedInputStream in) throws IOException {
        Head head = Head.of(in);
        if (head.isZip()) {
            try (SeekableByteChannel channel = new SeekableInMemoryByteChannel(whole(in, origin.file()))) {
                return zip(origin, channel);
            }
        }
        if (!head.isGzip()) {
            return unpacked(origin, in, head, false);
        }
        BufferedInputStream inner = new BufferedInputStream(Unpacked.of(origin.file(), in));
        return unpacked(origin, inner, Head.of(inner), true);
    }

    private static Opened unpacked(Origin origin, BufferedInputStream in, Head head, boolean packed)
            throws IOException {
        if (head.isTar() || !packed && origin.endsWith(".tar")) {
            origin.refuseArchiveCalledJson();
            return new Opened(Archive.tar(origin.name(), in), null);
        }
        if (head.isOtherArchive() || packed && head.isZip()) {
            throw Refusal.otherFormat(origin.name(), FileKind.OTHER_ARCHIVE);
        }
        if (origin.saysPacked() && !(packed && origin.isPackedJson())) {
            throw Refusal.damaged("", Problems.quote(origin.name()) + " is no archive, though its name says so");
        }
        InputStream text = Encodings.toUtf8(in);
        boolean lines = origin.kind() == FileKind.LINES;
        if (origin.kind() != FileKind.LINES && origin.kind() != FileKind.JSON) {
            ByteArrayOutputStream begin = new ByteArrayOutputStream();
            lines = JsonLines.areIn(text, begin);
            text = new SequenceInputStream(new ByteArrayInputStream(begin.toByteArray()), text);
        }
        return lines
                ? new Opened(null, text)
                : new Opened(
                        new SnapshotSource(
                                origin.name(), List.of(new SourceFile(origin.file(), whole(text, origin.file())))),
                        null);
    }

    /** @throws Refusal when the archive is refused or damaged */
    static Opened zip(Origin origin, SeekableByteChannel channel) throws IOException {
        origin.refuseArchiveCalledJson();
        return new Opened(Archive.zip(origin.name(), channel), null);
    }

    /** All bytes of one file, which may not be too many. */
    static byte[] whole(InputStream in, String file) throws IOException {
        byte[] bytes = in.readNBytes((int) Limits.FILE + 1);
        if (bytes.length > Limits.FILE) {
            throw Refusal.tooLarge(file);
        }
        return bytes;
    }
}
