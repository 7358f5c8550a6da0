package dev.netkb.cli;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to say where the JVM had too little memory: no defect, so nothing to report. */
final class OutOfMemory {

    static final String MESSAGE =
            "there is too little memory for it; give the JVM more, for example JAVA_TOOL_OPTIONS=-Xmx4g";

    private OutOfMemory() {}

    /** Whether memory was lacking, whatever was thrown about it. */
    static boolean isCauseOf(@Nullable Throwable thrown) {
        return Stream.iterate(thrown, e -> e != null, Throwable::getCause).anyMatch(OutOfMemoryError.class::isInstance);
    }
}
