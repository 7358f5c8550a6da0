package dev.netkb.api.internal.pack;

/**
 * A file of rules.
 *
 * @param path relative to its folder, with {@code /}
 */
public record RuleFile(String path, String text) {}
