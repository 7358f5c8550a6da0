/**
 * A second opinion on reachability, written from the specification alone and one packet at a time. It shares no code
 * with the product but the facts and the public types.
 */
@NullMarked
package dev.netkb.model.reach.oracle;

import org.jspecify.annotations.NullMarked;
