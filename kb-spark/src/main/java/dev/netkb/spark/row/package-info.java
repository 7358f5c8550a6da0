/** The nested columns of a {@link dev.netkb.spark.ResultRow}: Java beans, because Spark makes structs of beans. */
@NullMarked
package dev.netkb.spark.row;

import org.jspecify.annotations.NullMarked;
