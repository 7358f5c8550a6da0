/** What is known about one environment, and which fact types were exported at all. */
@NullMarked
package dev.netkb.model.snapshot;

import org.jspecify.annotations.NullMarked;
