/** Scripts that export from Azure what the rules can use; they only read, and nothing here runs them. */
@NullMarked
package dev.netkb.api.export;

import org.jspecify.annotations.NullMarked;
