/** The exported resources as records, with no behaviour beyond their values. */
@NullMarked
package dev.netkb.model.azure;

import org.jspecify.annotations.NullMarked;
