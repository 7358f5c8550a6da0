package dev.netkb.api.read.file;

import java.nio.file.Path;

/** How files are called in reports, whatever the system calls them: with {@code /}. */
final class Names {

    private Names() {}

    static String of(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** Whether a segment of a path with {@code /} begins with a dot. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.");
    }
}
