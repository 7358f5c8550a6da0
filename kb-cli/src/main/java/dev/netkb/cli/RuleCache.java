package dev.netkb.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where compiled rules are kept when the user says nothing. */
final class RuleCache {

    private static final String BELOW = "netkb/rules";

    private RuleCache() {}

    /** The folder for caches that the system has for the user; null where it has none, and then nothing is kept. */
    static @Nullable Path folder(Map<String, String> environment, String system) {
        if (system.toLowerCase(Locale.ROOT).startsWith("windows")) {
            return below(environment.get("LOCALAPPDATA"), BELOW);
        }
        // Relative ones are to be ignored, says the specification of this variable.
        Path given = below(environment.get("XDG_CACHE_HOME"), BELOW);
        return given != null ? given : below(environment.get("HOME"), ".cache/" + BELOW);
    }

    private static @Nullable Path below(@Nullable String folder, String name) {
        try {
            Path path = folder == null || folder.isBlank() ? null : Path.of(folder);
            return path == null || !path.isAbsolute() ? null : path.resolve(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
