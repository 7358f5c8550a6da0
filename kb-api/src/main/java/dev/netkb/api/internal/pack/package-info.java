/** What a rule pack holds besides its rules: tables, remediations, the catalogue, sources. */
@NullMarked
package dev.netkb.api.internal.pack;

import org.jspecify.annotations.NullMarked;
