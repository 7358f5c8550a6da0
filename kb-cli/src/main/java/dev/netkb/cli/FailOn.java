package dev.netkb.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The severity from which on a violation makes the command fail. */
enum FailOn {
    ERROR,
    WARNING,
    INFO,
    NEVER;

    boolean isReachedBy(int errors, int warnings, int infos) {
        return switch (this) {
            case ERROR -> errors > 0;
            case WARNING -> errors + warnings > 0;
            case INFO -> errors + warnings + infos > 0;
            case NEVER -> false;
        };
    }

    /** Reads the word exactly as the help prints it. */
    static final class Converter implements ITypeConverter<FailOn> {
        @Override
        public FailOn convert(String value) {
            for (FailOn each : values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(value)) {
                    return each;
                }
            }
            throw new TypeConversionException("'" + value + "' is none of error, warning, info, never");
        }
    }
}
