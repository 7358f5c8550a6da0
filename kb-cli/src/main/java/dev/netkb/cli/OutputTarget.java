package dev.netkb.cli;

import dev.netkb.api.render.TextStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code --format FMT} or {@code --format FMT=FILE}.
 *
 * @param file where the text goes, null for standard output
 */
record OutputTarget(Format format, @Nullable Path file) {

    /** The formats of this version. */
    enum Format {
        TABLE,
        JSON,
        /** Takes the reports of snapshots one by one. */
        JSONL,
        SARIF,
        JUNIT,
        CSV,
        MARKDOWN,
        HTML;

        /** Every format; a report of snapshots has all. */
        static final Set<Format> ALL = Collections.unmodifiableSet(EnumSet.allOf(Format.class));

        /** For a report that is there as a whole. */
        static final Set<Format> DOCUMENTS = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(JSONL)));

        /** For a comparison. */
        static final Set<Format> TABLE_JSON_OR_HTML = Collections.unmodifiableSet(EnumSet.of(TABLE, JSON, HTML));

        /** For what is no report of snapshots. */
        static final Set<Format> TABLE_OR_JSON = Collections.unmodifiableSet(EnumSet.of(TABLE, JSON));

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Format of(String word) {
            Optional<Format> known =
                    Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
            return known.orElseThrow(() ->
                    new TypeConversionException("'" + word + "' is not a format of this version: use " + oneOf(ALL)));
        }

        private static String oneOf(Set<Format> formats) {
            List<String> words = formats.stream().map(Format::word).toList();
            int last = words.size() - 1;
            return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        }
    }

    /** Writes one document in one format. */
    interface Rendering {
        void render(Format format, TextStyle style, Appendable out) throws IOException;
    }

    /**
     * The targets of a command; the table on standard output where there are none.
     *
     * @param allowed the formats that the command knows
     * @throws ParameterException when one is not allowed, they contradict each other, or a file cannot be written or is read
     */
    static List<OutputTarget> checked(List<OutputTarget> targets, Set<Format> allowed, CommandLine commandLine) {
        for (OutputTarget target : targets) {
            if (!allowed.contains(target.format())) {
                throw new ParameterException(
                        commandLine,
                        "'" + target.format().word() + "' is not a format of this command: use "
                                + Format.oneOf(allowed));
            }
        }
        if (targets.isEmpty()) {
            return List.of(new OutputTarget(Format.TABLE, null));
        }
        if (targets.stream().filter(target -> target.file() == null).count() > 1) {
            throw new ParameterException(
                    commandLine, "only one --format can go to standard output; write the others as FMT=FILE");
        }
        List<Path> files = new ArrayList<>();
        for (OutputTarget target : targets) {
            Path file = target.file();
            if (file != null) {
                Path folder = file.toAbsolutePath().getParent();
                if (Files.isDirectory(file)) {
                    throw new ParameterException(commandLine, "'" + file + "' is a folder, not a file to write to");
                }
                if (folder == null || !Files.isDirectory(folder)) {
                    throw new ParameterException(
                            commandLine, "'" + file + "' cannot be written: its folder does not exist");
                }
                if (files.stream().anyMatch(other -> Overwriting.isSame(file, other))) {
                    throw new ParameterException(commandLine, "'" + file + "' is named by more than one --format");
                }
                files.add(file);
                target.written().forEach(each -> Overwriting.check(each, commandLine));
            }
        }
        return targets;
    }

    /** The files that are written for it. */
    List<Path> written() {
        if (file == null) {
            return List.of();
        }
        return format == Format.JSONL
                ? List.of(file, PartialFile.partial(file), PartialFile.mark(file))
                : List.of(file);
    }

    /** The targets that take a report as a whole. */
    static List<OutputTarget> documents(List<OutputTarget> targets) {
        return targets.stream()
                .filter(target -> target.format() != Format.JSONL)
                .toList();
    }

    /** Whether the table goes to standard output. */
    static boolean showTable(List<OutputTarget> targets) {
        return targets.stream().anyMatch(target -> target.file() == null && target.format() == Format.TABLE);
    }

    /**
     * Writes a report to all targets: each file whole or not at all, and standard output last.
     *
     * @throws CliException when a file cannot be written
     */
    static void write(List<OutputTarget> targets, Rendering report, TextStyle style, PrintWriter out, Messages messages)
            throws IOException {
        for (OutputTarget target : targets) {
            Path file = target.file();
            if (file != null) {
                try {
                    WholeFile.write(file, text -> report.render(target.format(), TextStyle.PLAIN, text));
                } catch (IOException e) {
                    throw new CliException(
                            ExitStatus.INTERNAL,
                            "the report could not be written to '" + file + "': " + WholeFile.why(e),
                            e);
                }
                messages.notice("wrote the " + target.format().word() + " report to " + file);
            }
        }
        for (OutputTarget target : targets) {
            if (target.file() == null) {
                report.render(target.format(), style, out);
                out.flush();
            }
        }
    }

    static final class Converter implements ITypeConverter<OutputTarget> {
        @Override
        public OutputTarget convert(String value) {
            int equals = value.indexOf('=');
            if (equals < 0) {
                return new OutputTarget(Format.of(value), null);
            }
            Format format = Format.of(value.substring(0, equals));
            String file = value.substring(equals + 1);
            if (file.isBlank()) {
                throw new TypeConversionException("'" + value + "' names no file: write " + format.word() + "=FILE");
            }
            try {
                return new OutputTarget(format, Path.of(file));
            } catch (InvalidPathException e) {
                throw new TypeConversionException("'" + file + "' cannot be the name of a file: " + e.getReason());
            }
        }
    }
}
