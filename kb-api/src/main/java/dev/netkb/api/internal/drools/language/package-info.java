/**
 * The language in which rules of folders are written: a small part of the engine's own. Its grammar knows nothing but
 * what is allowed, so what it reads is harmless before anything else looks at it.
 */
@NullMarked
package dev.netkb.api.internal.drools.language;

import org.jspecify.annotations.NullMarked;
