/** Evaluates snapshots on Apache Spark. */
@NullMarked
package dev.netkb.spark;

import org.jspecify.annotations.NullMarked;
