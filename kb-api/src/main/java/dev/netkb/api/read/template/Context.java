package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an expression sees besides its template: the turns of the loops around it and the names that lambdas and
 * functions gave to values. Immutable.
 *
 * @param turns loop name in lower case → the number of its turn, from 0; unknown where the number of turns is
 * @param loop the loop that {@code copyIndex()} means, null outside of loops
 * @param lambdaVariables by name
 * @param functionParameters by name in lower case; null outside of a function of the template's own
 */
record Context(
        Map<String, Json> turns,
        @Nullable String loop,
        Map<String, Json> lambdaVariables,
        @Nullable Map<String, Json> functionParameters) {

    static final Context NONE = new Context(Map.of(), null, Map.of(), null);

    Context {
        turns = Map.copyOf(turns);
        lambdaVariables = Map.copyOf(lambdaVariables);
        functionParameters = functionParameters == null ? null : Map.copyOf(functionParameters);
    }

    /** The context of a function of the template's own, which sees nothing but its parameters. */
    static Context ofFunction(Map<String, Json> parameters) {
        return new Context(Map.of(), null, Map.of(), parameters);
    }

    /** In a turn of the loop of a resource. */
    Context inResourceLoop(String name, Json turn) {
        return new Context(with(turns, key(name), turn), key(name), lambdaVariables, functionParameters);
    }

    /** In a turn of the loop of a property, variable or output; a loop of the resource stays the one without a name. */
    Context inValueLoop(String name, Json turn) {
        return new Context(
                with(turns, key(name), turn), loop == null ? key(name) : loop, lambdaVariables, functionParameters);
    }

    /** {@code copyIndex([name,] [offset])}; unknown outside of loops. */
    Json copyIndex(List<Json> arguments, String whole) {
        String name = loop;
        int offset = 0;
        for (Json argument : arguments) {
            if (argument instanceof Text text) {
                name = text.value().toLowerCase(Locale.ROOT);
            } else if (argument instanceof Num number && number.value().matches("-?\\d{1,6}")) {
                offset = Integer.parseInt(number.value());
            } else {
                return argument instanceof Unknown unknown ? unknown.derived() : new Unknown(whole);
            }
        }
        Json turn = name == null ? null : turns.get(name);
        if (turn == null) {
            return new Unknown(whole);
        }
        if (turn instanceof Num number) {
            return Evaluator.number(Integer.parseInt(number.value()) + offset);
        }
        return offset == 0 || !(turn instanceof Unknown unknown)
                ? turn
                : new Unknown(unknown.reason(), unknown.symbol() + "+" + offset);
    }

    /** The turns of all loops as a text, for names; empty outside of loops. */
    String turnText() {
        return turns.keySet().stream()
                .sorted()
                .map(name -> "#" + turns.get(name))
                .collect(Collectors.joining());
    }

    Context withLambdaVariable(String name, Json value) {
        return new Context(turns, loop, with(lambdaVariables, name, value), functionParameters);
    }

    private static Map<String, Json> with(Map<String, Json> values, String key, Json value) {
        Map<String, Json> all = new LinkedHashMap<>(values);
        all.put(key, value);
        return all;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
