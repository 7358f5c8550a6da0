/** Exact reachability: which packets get from one place to another, and what decided it. */
@NullMarked
package dev.netkb.model.reach;

import org.jspecify.annotations.NullMarked;
