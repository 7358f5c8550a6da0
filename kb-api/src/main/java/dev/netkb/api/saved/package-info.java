/** Reports that were written as JSON, read again. */
@NullMarked
package dev.netkb.api.saved;

import org.jspecify.annotations.NullMarked;
