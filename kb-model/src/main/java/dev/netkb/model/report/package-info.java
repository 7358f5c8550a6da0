/** Results, evidence and remediation of one evaluation. */
@NullMarked
package dev.netkb.model.report;

import org.jspecify.annotations.NullMarked;
