/** Support for testing rules, for us and for rule editors. */
@NullMarked
package dev.netkb.test;

import org.jspecify.annotations.NullMarked;
