/** Turns findings and decided flows into results that people and programs read. */
@NullMarked
package dev.netkb.api.internal.result;

import org.jspecify.annotations.NullMarked;
