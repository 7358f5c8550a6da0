package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions of the template language that need nothing but their arguments, as Microsoft's pages "ARM template
 * functions" describe them. A function always answers: where it has no value, with an {@link Unknown} that says why.
 */
final class Functions {

    /** Longer texts are not values of a network. */
    static final int LONGEST_TEXT = 100_000;

    /** Longer texts are not looked for in others: searching would take too long. */
    static final int LONGEST_SOUGHT = 1_000;

    /** How many values a list or object may hold, itself and all below included. */
    static final long MOST_VALUES = 200_000;

    /** How many levels of lists and objects a value may have. */
    static final int DEEPEST = 300;

    /** Longer calls do not become the symbol of their value. */
    private static final int LONGEST_SYMBOL = 200;

    static final int ANY = Integer.MAX_VALUE;

    /** What a function does where one of its arguments is not known as a whole. */
    private enum Unknowns {
        /** It is not known either. */
        STRICT,
        /** As {@link #STRICT}, but equal arguments give equal texts, so that symbols can stand for values. */
        SYMBOLIC,
        /** It decides as far as it can. */
        LENIENT
    }

    /** What a function does with arguments of the right number; it may throw {@link NoValue}. */
    interface Body {
        Json apply(Arguments arguments);
    }

    /**
     * A function of the template language.
     *
     * @param name as Microsoft writes it
     * @param least how many arguments it has at least
     * @param most how many it has at most
     */
    record Function(String name, int least, int most, Unknowns unknowns, Body body) {

        static Function strict(String name, int least, int most, Body body) {
            return new Function(name, least, most, Unknowns.STRICT, body);
        }

        static Function symbolic(String name, int least, int most, Body body) {
            return new Function(name, least, most, Unknowns.SYMBOLIC, body);
        }

        static Function lenient(String name, int least, int most, Body body) {
            return new Function(name, least, most, Unknowns.LENIENT, body);
        }

        /** Whether it may have a value though an argument is unknown as a whole. */
        boolean takesUnknown() {
            return unknowns == Unknowns.LENIENT;
        }

        /** The value for these arguments, known or not. */
        Json call(List<Json> arguments) {
            if (arguments.size() < least || arguments.size() > most) {
                return wrongNumber(name, "argument", least, most, arguments.size());
            }
            return guarded(name, arguments, given -> {
                Optional<Unknown> first = firstUnknown(given.values());
                if (first.isEmpty() || unknowns == Unknowns.LENIENT) {
                    return body.apply(given);
                }
                return unknowns == Unknowns.SYMBOLIC ? bySymbols(given, body) : named(given.values(), first.get());
            });
        }

        /** Equal arguments give equal values, so that the call may be the symbol of its value. */
        private Unknown named(List<Json> given, Unknown first) {
            StringJoiner symbol = new StringJoiner(",", "{" + name + "(", ")}");
            for (Json value : given) {
                if (value instanceof Unknown unknown && unknown.symbol() != null) {
                    symbol.add(unknown.symbol());
                } else if (value instanceof Text || value instanceof Num || value instanceof Bool) {
                    symbol.add(value.toString().replace('"', '\''));
                } else {
                    return first.derived();
                }
            }
            boolean isName =
                    symbol.length() <= LONGEST_SYMBOL && symbol.toString().indexOf('/') < 0;
            return new Unknown(first.reason(), isName ? symbol.toString() : null);
        }

        /** As {@link #call}. */
        Optional<Json> apply(List<Json> arguments) {
            return Optional.of(call(arguments));
        }
    }

    private static final Map<String, Function> ALL = Stream.of(
                    TextFunctions.ALL,
                    UriFunctions.ALL,
                    ListFunctions.ALL,
                    ObjectFunctions.ALL,
                    NumberFunctions.ALL,
                    LogicFunctions.ALL,
                    ComparisonFunctions.ALL,
                    DateFunctions.ALL,
                    CidrFunctions.ALL)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(function -> function.name().toLowerCase(Locale.ROOT), f -> f));

    private static final Map<String, LambdaFunction> LAMBDAS = LambdaFunctions.ALL.stream()
            .collect(Collectors.toUnmodifiableMap(function -> function.name().toLowerCase(Locale.ROOT), f -> f));

    private Functions() {}

    /** A function by its name in any letter case. */
    static Optional<Function> find(String name) {
        return Optional.ofNullable(ALL.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A function that takes lambdas, by its name in any letter case. */
    static Optional<LambdaFunction> findLambda(String name) {
        return Optional.ofNullable(LAMBDAS.get(name.toLowerCase(Locale.ROOT)));
    }

    static List<Function> all() {
        return List.copyOf(ALL.values());
    }

    static List<LambdaFunction> allLambda() {
        return List.copyOf(LAMBDAS.values());
    }

    /** Evaluates within the limits; whatever has no value says why. */
    static Json guarded(String function, List<Json> arguments, Body body) {
        List<Json> given = new ArrayList<>(arguments.size());
        for (Json argument : arguments) {
            if (isTooLarge(argument)) {
                return new Unknown(function + "() is not evaluated: an argument is too large");
            }
            given.add(one(argument));
        }
        Json result;
        try {
            result = body.apply(new Arguments(function, given));
        } catch (NoValue e) {
            return e.unknown();
        }
        if (isTooLarge(result) || result instanceof Text text && text.value().length() > LONGEST_TEXT) {
            return new Unknown(function + "() is not evaluated: its value would be too large");
        }
        return result instanceof Text text ? new Text(whole(text.value())) : one(result);
    }

    /** A value by itself: only in a list does an unknown value stand for any number of items. */
    static Json one(Json value) {
        return value instanceof Unknown unknown && unknown.rest() ? unknown.derived() : value;
    }

    private static boolean isTooLarge(Json value) {
        return value.weight() > MOST_VALUES || value.depth() > DEEPEST;
    }

    /** Half a character, as where a text is cut, cannot be written; Unicode has a character that stands for it. */
    private static String whole(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static Optional<Unknown> firstUnknown(List<Json> values) {
        for (Json value : values) {
            if (value instanceof Unknown unknown) {
                return Optional.of(unknown);
            }
        }
        return Optional.empty();
    }

    /** An unknown text; where all unknown arguments have symbols, its symbol is what the body makes of these. */
    static Unknown bySymbols(Arguments arguments, Body body) {
        Unknown first = null;
        List<Json> texts = new ArrayList<>(arguments.size());
        for (Json value : arguments.values()) {
            if (value instanceof Unknown unknown) {
                first = first == null ? unknown : first;
                if (unknown.symbol() == null) {
                    return first.derived();
                }
                texts.add(new Text(unknown.symbol()));
            } else {
                texts.add(value);
            }
        }
        Json symbol = body.apply(new Arguments(arguments.function(), texts));
        return new Unknown(
                first == null ? arguments.function() + "()" : first.reason(),
                symbol instanceof Text text ? text.value() : null);
    }

    /** @param what is counted, in the singular */
    static Unknown wrongNumber(String function, String what, int least, int most, int given) {
        String wanted =
                least == most ? Integer.toString(least) : most == ANY ? least + " or more" : least + " to " + most;
        return new Unknown(
                function + "() takes " + wanted + " " + what + (wanted.equals("1") ? "" : "s") + ", not " + given);
    }

    static Optional<Boolean> bool(Json value) {
        if (value instanceof Bool bool) {
            return Optional.of(bool.value());
        }
        if (value instanceof Text text && text.value().equalsIgnoreCase("true")) {
            return Optional.of(true);
        }
        return value instanceof Text text && text.value().equalsIgnoreCase("false")
                ? Optional.of(false)
                : Optional.empty();
    }
}
