/** Renderers that turn a report into text, JSON and other formats. */
@NullMarked
package dev.netkb.api.render;

import org.jspecify.annotations.NullMarked;
