/** The embeddable library: the only package that most callers import. */
@NullMarked
package dev.netkb.api;

import org.jspecify.annotations.NullMarked;
