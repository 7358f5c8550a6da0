/**
 * JSON as the readers see it: a tree that knows where every value stands, and the problems found on the way. Internal:
 * nothing here is part of the library's interface.
 */
@NullMarked
package dev.netkb.api.read.json;

import org.jspecify.annotations.NullMarked;
