/** Addresses, prefixes, ports and packet sets: all arithmetic on networks lives here. */
@NullMarked
package dev.netkb.model.value;

import org.jspecify.annotations.NullMarked;
