package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.List;

/**
 * A function that takes lambdas, always behind its other arguments.
 *
 * @param name as Microsoft writes it
 * @param values how many other arguments it has; the first one must be known
 * @param lambdas how many lambdas it has at most; it needs one
 * @param least how many parameters a lambda has at least
 * @param most how many it has at most
 */
record LambdaFunction(String name, int values, int lambdas, int least, int most, Body body) {

    /** What a function does with arguments of the right number; it may throw {@link NoValue}. */
    interface Body {
        Json apply(Arguments arguments, List<Lambda> lambdas);
    }

    /** The value for these arguments, known or not. */
    Json call(List<Json> arguments, List<Lambda> given) {
        if (arguments.size() != values) {
            return Functions.wrongNumber(name, "argument", values, values, arguments.size());
        }
        if (given.isEmpty() || given.size() > lambdas) {
            return Functions.wrongNumber(name, "lambda", 1, lambdas, given.size());
        }
        for (Lambda lambda : given) {
            if (lambda.parameters() < least || lambda.parameters() > most) {
                return new Unknown(name + "() has a lambda with " + lambda.parameters()
                        + (lambda.parameters() == 1 ? " parameter" : " parameters"));
            }
        }
        return Functions.guarded(name, arguments, safe -> body.apply(safe, given));
    }
}
