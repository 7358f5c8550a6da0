/** Readers that turn exported files into a snapshot. */
@NullMarked
package dev.netkb.api.read;

import org.jspecify.annotations.NullMarked;
