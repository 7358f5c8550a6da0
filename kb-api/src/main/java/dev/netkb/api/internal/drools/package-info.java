/** Everything that touches the rule engine; the only place that imports Drools or KIE. */
@NullMarked
package dev.netkb.api.internal.drools;

import org.jspecify.annotations.NullMarked;
