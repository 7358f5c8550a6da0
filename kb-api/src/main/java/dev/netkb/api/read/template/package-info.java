/**
 * Evaluates ARM templates as far as that needs no deployment. What has no value before deployment is unknown, never
 * guessed. Internal: nothing here is part of the library's interface.
 */
@NullMarked
package dev.netkb.api.read.template;

import org.jspecify.annotations.NullMarked;
