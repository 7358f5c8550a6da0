/** Facts that rules infer, apart from exported ones so that nobody mistakes one for the other. */
@NullMarked
package dev.netkb.model.derived;

import org.jspecify.annotations.NullMarked;
