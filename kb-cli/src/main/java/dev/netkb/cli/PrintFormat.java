package dev.netkb.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --format} of commands that write to standard output alone. */
final class PrintFormat {

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            converter = Converter.class,
            description = "How to print it (default: table).")
    private Format format = Format.TABLE;

    Format format() {
        return format;
    }

    /** For people, and for programs. */
    enum Format {
        TABLE,
        JSON
    }

    static final class Converter implements ITypeConverter<Format> {
        @Override
        public Format convert(String value) {
            return Arrays.stream(Format.values())
                    .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + value + "' is not a format of this command: use table or json"));
        }
    }
}
