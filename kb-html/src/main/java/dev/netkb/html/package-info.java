/** The report and the comparison as one self-contained HTML file. */
@NullMarked
package dev.netkb.html;

import org.jspecify.annotations.NullMarked;
