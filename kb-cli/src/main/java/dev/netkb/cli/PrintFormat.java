package dev.netkb.cli;

import dev.netkb.cli.OutputTarget.Format;
import picocli.CommandLine.Option;

/** The option {@code --format} of commands that write to standard output alone. */
final class PrintFormat {

    @Option(
            names = "--format",
            paramLabel = "table|json",
            defaultValue = "table",
            converter = OutputTarget.FormatConverter.class,
            description = "How to print it (default: table).")
    private Format format = Format.TABLE;

    Format format() {
        return format;
    }
}
