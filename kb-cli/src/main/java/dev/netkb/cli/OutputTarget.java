package dev.netkb.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
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
        JSON;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Format of(String word) {
            Optional<Format> known =
                    Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
            List<String> words = Arrays.stream(values()).map(Format::word).toList();
            return known.orElseThrow(() -> new TypeConversionException(
                    "'" + word + "' is not a format of this version: use " + String.join(" or ", words)));
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

    /** For commands that write to standard output alone. */
    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String value) {
            return Format.of(value);
        }
    }
}
