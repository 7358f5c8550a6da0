/** Which answer a virtual network gets that asks for a name: DNS servers, private zones, records. */
@NullMarked
package dev.netkb.model.dns;

import org.jspecify.annotations.NullMarked;
