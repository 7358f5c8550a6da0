/**
 * How text becomes rules: compile, look at what was compiled before any of it is loaded, load it where it sees only what
 * it may use, and keep it for the next start.
 */
@NullMarked
package dev.netkb.api.internal.drools.compile;

import org.jspecify.annotations.NullMarked;
