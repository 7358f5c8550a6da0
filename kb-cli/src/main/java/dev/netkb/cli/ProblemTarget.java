package dev.netkb.cli;

import dev.netkb.api.render.TextStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code --format FMT} or {@code --format FMT=FILE} for problems of rules.
 *
 * @param file where the text goes, null for standard output
 */
record ProblemTarget(Format format, @Nullable Path file) {

    /** How problems can be written. */
    enum Format {
        TABLE,
        JSON,
        SARIF;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Writes the problems in one format. */
    interface Rendering {
        void render(Format format, TextStyle style, Appendable out) throws IOException;
    }

    /**
     * Writes to all targets: each file whole or not at all, and standard output last.
     *
     * @param targets the table on standard output where it is empty
     * @throws CliException when a file cannot be written
     */
    static void write(
            List<ProblemTarget> targets, Rendering problems, TextStyle style, PrintWriter out, Messages messages)
            throws IOException {
        for (ProblemTarget target : targets) {
            Path file = target.file();
            if (file != null) {
                try {
                    WholeFile.write(file, text -> problems.render(target.format(), TextStyle.PLAIN, text));
                } catch (IOException e) {
                    throw new CliException(
                            ExitStatus.INTERNAL,
                            "the problems could not be written to '" + file + "': " + WholeFile.why(e),
                            e);
                }
                messages.notice("wrote the problems as " + target.format().word() + " to " + file);
            }
        }
        List<ProblemTarget> printed = targets.isEmpty()
                ? List.of(new ProblemTarget(Format.TABLE, null))
                : targets.stream().filter(target -> target.file() == null).toList();
        for (ProblemTarget target : printed) {
            problems.render(target.format(), style, out);
        }
        out.flush();
    }

    static final class Converter implements ITypeConverter<ProblemTarget> {
        @Override
        public ProblemTarget convert(String value) {
            int equals = value.indexOf('=');
            String word = equals < 0 ? value : value.substring(0, equals);
            Format format = Arrays.stream(Format.values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("'" + word + "' is no format here: use table, json or sarif"));
            if (equals < 0) {
                return new ProblemTarget(format, null);
            }
            String file = value.substring(equals + 1);
            if (file.isBlank()) {
                throw new TypeConversionException("'" + value + "' names no file: write " + word + "=FILE");
            }
            try {
                return new ProblemTarget(format, Path.of(file));
            } catch (InvalidPathException e) {
                throw new TypeConversionException("'" + file + "' cannot be the name of a file: " + e.getReason());
            }
        }
    }
}
