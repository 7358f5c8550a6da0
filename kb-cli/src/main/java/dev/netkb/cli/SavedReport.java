package dev.netkb.cli;

import dev.netkb.api.saved.ReportReader;
import dev.netkb.api.saved.UnreadableReportException;
import dev.netkb.model.report.Answers;
import dev.netkb.model.report.Report;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a report that {@code netkb check} wrote as JSON or JSON lines. */
final class SavedReport {

    /** What every command says of a FILE that is a report. */
    static final String WHAT =
            "a report that netkb check wrote with --format json or jsonl, also packed with gzip, or - for standard"
                    + " input";

    private SavedReport() {}

    private interface Reading<T> {
        T of(InputStream in) throws UnreadableReportException, IOException;
    }

    /** @throws CliException when it cannot be read, or is no report */
    static Report read(Path file, InputStream standardInput, Messages messages) {
        return read(file, standardInput, messages, ReportReader::read);
    }

    /**
     * What the snapshots of several reports answer. Of JSON lines no more than one is in memory.
     *
     * @throws CliException when one cannot be read, or is no report
     */
    static Answers answers(List<Path> files, InputStream standardInput, Messages messages) {
        Answers answers = new Answers();
        for (Path file : files) {
            read(file, standardInput, messages, in -> {
                ReportReader.each(in, answers::add);
                return answers;
            });
        }
        return answers;
    }

    private static <T> T read(Path file, InputStream standardInput, Messages messages, Reading<T> reading) {
        boolean standard = Inputs.isStandardInput(file);
        String name = standard ? "standard input" : "'" + file + "'";
        try (InputStream in = standard ? unclosed(standardInput) : open(file, name, messages)) {
            return reading.of(in);
        } catch (UnreadableReportException e) {
            throw new CliException(ExitStatus.NOT_LOADED, name + " is no report: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CliException(ExitStatus.NOT_LOADED, name + " could not be read: " + why(file, e), e);
        }
    }

    /** Of a run that was killed the begin of the last line is left out, as {@code --resume} does. */
    private static InputStream open(Path file, String name, Messages messages) throws IOException {
        if (!PartialFile.isOne(file) || !Files.isRegularFile(file)) {
            return Files.newInputStream(file);
        }
        long whole = PartialFile.wholeLines(file);
        messages.notice(name + " is of a run that did not come to its end: snapshots are missing from it"
                + (whole < Files.size(file) ? ", and its last line, which is not whole, is left out" : ""));
        return new Begin(Files.newInputStream(file), whole);
    }

    /** The first bytes of a stream. */
    private static final class Begin extends FilterInputStream {
        private long left;

        Begin(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = left == 0 && length > 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }

    private static InputStream unclosed(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {}
        };
    }

    private static String why(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "it may not be read";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder; netkb check reads folders of exports";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? "the system says no more" : reason;
    }
}
