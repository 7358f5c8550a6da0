package dev.netkb.api.internal.pack;

import java.util.List;
import java.util.Map;

/**
 * How a kind of violation is cured: texts with {@code {placeholders}}.
 *
 * @param op the typed change, empty where there is none
 * @param commands tool → commands
 */
public record RemediationTemplate(String key, String hint, String op, Map<String, List<String>> commands) {}
