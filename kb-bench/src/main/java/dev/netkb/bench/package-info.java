/** Benchmarks and generators of large snapshots. */
@NullMarked
package dev.netkb.bench;

import org.jspecify.annotations.NullMarked;
