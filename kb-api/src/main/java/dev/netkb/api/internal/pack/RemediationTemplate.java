package dev.netkb.api.internal.pack;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of violation is cured: texts with {@code {placeholders}}.
 *
 * @param op the typed change, empty where there is none
 * @param otherwise the template that takes its place where a placeholder has no value, null where none does
 * @param commands tool → commands
 */
public record RemediationTemplate(
        String key, String hint, String op, @Nullable String otherwise, Map<String, List<String>> commands) {}
