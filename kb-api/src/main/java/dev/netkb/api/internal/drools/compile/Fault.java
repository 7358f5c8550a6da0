package dev.netkb.api.internal.drools.compile;

import org.jspecify.annotations.Nullable;

/**
 * What the compiler says of a text, in its own words.
 *
 * @param path the text that it speaks of; null where it does not know
 * @param line of the text, from 1; 0 or less where it does not know
 */
public record Fault(@Nullable String path, int line, String text) {}
