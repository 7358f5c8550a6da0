/** Runnable, tested programs that embed the library. */
@NullMarked
package dev.netkb.samples;

import org.jspecify.annotations.NullMarked;
