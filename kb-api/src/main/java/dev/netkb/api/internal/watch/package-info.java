/** Notices that rules were edited, and takes them over. */
@NullMarked
package dev.netkb.api.internal.watch;

import org.jspecify.annotations.NullMarked;
