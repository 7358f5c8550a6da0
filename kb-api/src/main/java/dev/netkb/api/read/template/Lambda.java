package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import java.util.List;

/** A lambda of the template language: an expression with values to be filled in. */
interface Lambda {

    /** How many values it wants. */
    int parameters();

    /** Its value for as many arguments as it has parameters; each may be unknown. */
    Json apply(List<Json> arguments);
}
