/** What differs between two snapshots: the facts of rules about changes, made by pure functions. */
@NullMarked
package dev.netkb.model.change;

import org.jspecify.annotations.NullMarked;
