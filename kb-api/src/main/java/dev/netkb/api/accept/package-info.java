/** Violations that somebody accepts: waivers, which people write, and known violations, which the program writes. */
@NullMarked
package dev.netkb.api.accept;

import org.jspecify.annotations.NullMarked;
