package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.ANY;
import static dev.netkb.api.read.template.Functions.Function.lenient;
import static dev.netkb.api.read.template.Functions.Function.strict;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.List;
import java.util.Optional;

/** Functions about truth values. One known argument may decide, whatever the unknown ones are. */
final class LogicFunctions {

    static final List<Functions.Function> ALL = List.of(
            lenient("and", 1, ANY, a -> decide(a, false)),
            lenient("or", 1, ANY, a -> decide(a, true)),
            strict("not", 1, 1, a -> new Bool(!a.bool(0))),
            strict("bool", 1, 1, a -> new Bool(a.any(0) instanceof Num ? a.integer(0) != 0 : a.bool(0))),
            strict("true", 0, 0, a -> new Bool(true)),
            strict("false", 0, 0, a -> new Bool(false)));

    private LogicFunctions() {}

    /** Whether both hold; empty where that is not known. */
    static Optional<Boolean> and(Optional<Boolean> a, Optional<Boolean> b) {
        if (!a.orElse(true) || !b.orElse(true)) {
            return Optional.of(false);
        }
        return a.isPresent() ? b : a;
    }

    /** @param decisive the value that decides alone */
    private static Json decide(Arguments arguments, boolean decisive) {
        boolean isDecided = false;
        for (int i = 0; i < arguments.size(); i++) {
            isDecided |= !(arguments.any(i) instanceof Unknown) && arguments.bool(i) == decisive;
        }
        Optional<Unknown> open = Functions.firstUnknown(arguments.values());
        return isDecided || open.isEmpty()
                ? new Bool(isDecided == decisive)
                : open.get().derived();
    }
}
