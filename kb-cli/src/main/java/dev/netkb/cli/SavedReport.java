package dev.netkb.cli;

import dev.netkb.api.saved.ReportReader;
import dev.netkb.api.saved.UnreadableReportException;
import dev.netkb.model.report.Report;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a report that {@code netkb check --format json} wrote. */
final class SavedReport {

    /** What every command says of a FILE that is a report. */
    static final String WHAT =
            "a report that netkb check --format json wrote, also packed with gzip, or - for standard input";

    private SavedReport() {}

    /** @throws CliException when it cannot be read, or is no report */
    static Report read(Path file, InputStream standardInput) {
        boolean standard = Inputs.isStandardInput(file);
        String name = standard ? "standard input" : "'" + file + "'";
        try (InputStream in = standard ? unclosed(standardInput) : Files.newInputStream(file)) {
            return ReportReader.read(in);
        } catch (UnreadableReportException e) {
            throw new CliException(ExitStatus.NOT_LOADED, name + " is no report: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CliException(ExitStatus.NOT_LOADED, name + " could not be read: " + why(file, e), e);
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
