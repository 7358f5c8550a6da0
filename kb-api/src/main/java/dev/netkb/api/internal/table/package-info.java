/** Tables as people keep them: text files with separators, and workbooks. What a cell means is decided elsewhere. */
@NullMarked
package dev.netkb.api.internal.table;

import org.jspecify.annotations.NullMarked;
