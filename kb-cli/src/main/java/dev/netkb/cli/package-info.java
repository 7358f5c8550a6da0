/** The command line: arguments, progress and exit codes. */
@NullMarked
package dev.netkb.cli;

import org.jspecify.annotations.NullMarked;
