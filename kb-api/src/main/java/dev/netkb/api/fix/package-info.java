/** Edits of files that mend violations, each tried out before it is shown. Nothing here writes a file. */
@NullMarked
package dev.netkb.api.fix;

import org.jspecify.annotations.NullMarked;
