/** Rules of one's own: folders that add to the packaged rules, and what is wrong with them. */
@NullMarked
package dev.netkb.api.rules;

import org.jspecify.annotations.NullMarked;
