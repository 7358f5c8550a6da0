/** For those who edit rules: what folders of rules hold, what is wrong with them, and what they change. */
@NullMarked
package dev.netkb.api.edit;

import org.jspecify.annotations.NullMarked;
