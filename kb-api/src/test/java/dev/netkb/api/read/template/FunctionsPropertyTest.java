package dev.netkb.api.read.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for all functions and all arguments. */
class FunctionsPropertyTest {

    @Property(tries = 10_000)
    void anyFunctionAnswersAnyArgumentsWithinTheLimits(
            @ForAll("functions") Functions.Function function, @ForAll("arguments") List<Json> arguments) {
        Json value = function.call(arguments);

        assertThat(value.weight()).isLessThanOrEqualTo(Functions.MOST_VALUES);
        assertThat(value.depth()).isLessThanOrEqualTo(Functions.DEEPEST);
        if (value instanceof Text text) {
            assertThat(text.value().length()).isLessThanOrEqualTo(Functions.LONGEST_TEXT);
        }
        assertThat(Equality.isRest(value)).isFalse();
        assertThat(function.call(arguments)).isEqualTo(value);
    }

    @Property(tries = 2_000)
    void anyFunctionWithLambdasAnswersAnyArguments(
            @ForAll("lambdaFunctions") LambdaFunction function,
            @ForAll("arguments") List<Json> arguments,
            @ForAll Random answers) {
        List<Json> possible = Values.listOf("[true, false, 'a', 'b', 1, '?', '?*', [], {}, null]");
        Lambda lambda = new Lambda() {
            @Override
            public int parameters() {
                return function.least();
            }

            @Override
            public Json apply(List<Json> given) {
                return possible.get(answers.nextInt(possible.size()));
            }
        };

        Json value = function.call(arguments, List.of(lambda));

        assertThat(value.weight()).isLessThanOrEqualTo(Functions.MOST_VALUES);
        assertThat(Equality.isRest(value)).isFalse();
    }

    /** Whatever the unknown parts of the arguments are, what is known of the value stays right. */
    @Property(tries = 20_000)
    void whatIsKnownOfAValueHoldsWhateverTheRestIs(@ForAll("fittingCalls") Call call, @ForAll Random choice) {
        Functions.Function function = call.function();
        List<Json> arguments = call.arguments();
        Json exact = function.call(arguments);
        List<Json> hidden = arguments.stream().map(value -> hide(value, choice)).toList();

        Json value = function.call(hidden);

        if (!(exact instanceof Unknown)) {
            assertThat(covers(value, exact))
                    .as("%s of %s is %s, of %s %s", function.name(), arguments, exact, written(hidden), written(value))
                    .isTrue();
        }
    }

    @Property(tries = 10_000)
    void whatIsKnownOfTheValueOfAFunctionWithLambdasHoldsToo(
            @ForAll("lambdaFunctions") LambdaFunction function,
            @ForAll("fittingArguments") List<Json> arguments,
            @ForAll Random choice) {
        List<Json> given = arguments.subList(0, Math.min(arguments.size(), function.values()));
        List<Lambda> lambdas = List.of(lambda(function, choice.nextBoolean()));
        Json exact = function.call(given, lambdas);
        List<Json> hidden = given.stream().map(value -> hide(value, choice)).toList();

        Json value = function.call(hidden, lambdas);

        if (!(exact instanceof Unknown)) {
            assertThat(covers(value, exact))
                    .as("%s of %s is %s, of %s %s", function.name(), given, exact, written(hidden), written(value))
                    .isTrue();
        }
    }

    private static Lambda lambda(LambdaFunction function, boolean withIndex) {
        Json a = new Text("a");
        return new Lambda() {
            @Override
            public int parameters() {
                return withIndex ? function.most() : function.least();
            }

            @Override
            public Json apply(List<Json> given) {
                Json last = given.get(given.size() - 1);
                return switch (function.name()) {
                    case "filter" -> call("or", call("equals", given.get(0), a), call("equals", last, new Num("1")));
                    case "sort" -> call("less", call("string", given.get(0)), call("string", given.get(1)));
                    case "toObject", "groupBy" -> call("toLower", call("string", given.get(0)));
                    default -> call("createArray", given.toArray(Json[]::new));
                };
            }
        };
    }

    private static Json call(String function, Json... arguments) {
        return Functions.find(function).orElseThrow().call(List.of(arguments));
    }

    private static String written(Json value) {
        return Values.write(value);
    }

    private static String written(List<Json> values) {
        return Values.write(new Arr(values));
    }

    /** Replaces parts of a value by what is not known. */
    private static Json hide(Json value, Random choice) {
        int dice = choice.nextInt(10);
        if (dice == 0) {
            return new Unknown(Values.REASON);
        }
        if (value instanceof Arr array) {
            List<Json> items = new ArrayList<>();
            for (Json item : array.items()) {
                boolean isShown = choice.nextInt(6) != 0;
                if (isShown) {
                    items.add(hide(item, choice));
                }
                if ((!isShown || choice.nextInt(10) == 0)
                        && (items.isEmpty() || !Equality.isRest(items.get(items.size() - 1)))) {
                    items.add(new Unknown(Values.REASON).asRest());
                }
            }
            return new Arr(items);
        }
        if (value instanceof Obj object) {
            List<String> keys = new ArrayList<>();
            List<Json> values = new ArrayList<>();
            boolean open = choice.nextInt(10) == 0;
            for (int i = 0; i < object.size(); i++) {
                if (choice.nextInt(6) == 0) {
                    open = true;
                } else {
                    keys.add(object.keys().get(i));
                    values.add(hide(object.value(i), choice));
                }
            }
            return new Obj(keys, values).withRest(open ? new Unknown(Values.REASON) : null);
        }
        return value;
    }

    /** Whether a value is one of those that a partly known value may be. */
    private static boolean covers(Json partly, Json exact) {
        if (partly instanceof Unknown) {
            return true;
        }
        if (partly instanceof Arr one && exact instanceof Arr other) {
            return covers(one.items(), other.items());
        }
        if (partly instanceof Obj one && exact instanceof Obj other) {
            for (int i = 0; i < one.size(); i++) {
                Json found = other.get(one.keys().get(i));
                boolean mayBeMissing = one.value(i) instanceof Unknown;
                if (found == null ? !mayBeMissing : !covers(one.value(i), found)) {
                    return false;
                }
            }
            return one.rest() != null || other.keys().stream().allMatch(key -> one.indexOf(key) >= 0);
        }
        return Equality.same(partly, exact).orElse(false);
    }

    private static boolean covers(List<Json> partly, List<Json> exact) {
        int first = IntStream.range(0, partly.size())
                .filter(i -> Equality.isRest(partly.get(i)))
                .findFirst()
                .orElse(partly.size());
        long rests = partly.stream().filter(Equality::isRest).count();
        int behind = rests == 1 ? partly.size() - first - 1 : 0;
        if (rests == 0 ? exact.size() != partly.size() : exact.size() < (rests == 1 ? partly.size() - 1 : first)) {
            return false;
        }
        for (int i = 0; i < first; i++) {
            if (!covers(partly.get(i), exact.get(i))) {
                return false;
            }
        }
        for (int i = 1; i <= behind; i++) {
            if (!covers(partly.get(partly.size() - i), exact.get(exact.size() - i))) {
                return false;
            }
        }
        return partly.stream()
                .filter(item -> !Equality.isRest(item))
                .allMatch(item -> exact.stream().anyMatch(other -> covers(item, other)));
    }

    @Provide
    Arbitrary<Functions.Function> functions() {
        return Arbitraries.of(Functions.all().stream()
                .sorted(Comparator.comparing(Functions.Function::name))
                .toList());
    }

    @Provide
    Arbitrary<LambdaFunction> lambdaFunctions() {
        return Arbitraries.of(Functions.allLambda().stream()
                .sorted(Comparator.comparing(LambdaFunction::name))
                .toList());
    }

    @Provide
    Arbitrary<List<Json>> arguments() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(10),
                Arbitraries.of(
                        "",
                        "{0}",
                        "{0,99999}",
                        "{0:N99}{1:X99}",
                        "{0:000}",
                        "10.0.0.0/8",
                        "fd00::/8",
                        "::/0",
                        "2020-02-29T00:00:00Z",
                        "P99999Y",
                        "-P1D",
                        "http://a/b",
                        "../..",
                        "%",
                        "%41%zz",
                        "data:;base64,YQ==",
                        "YQ==",
                        "[[[[]]]]",
                        "{\"a\": 1}",
                        "\uD800",
                        "x".repeat(99_999),
                        "yyyyyyyy 'x"));
        Arbitrary<String> numbers = Arbitraries.of(
                "0",
                "1",
                "-1",
                "7",
                "24",
                "99999",
                "1.5",
                "1e3",
                "1e999999999",
                "-1e-999999999",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "1" + "0".repeat(99));
        Arbitrary<Json> leaf = Arbitraries.oneOf(
                texts.map(Text::new),
                numbers.map(Num::new),
                Arbitraries.of(true, false).map(Bool::new),
                Arbitraries.of(
                        Json.NULL,
                        new Unknown(Values.REASON),
                        new Unknown(Values.REASON, "s"),
                        new Unknown(Values.REASON).asRest()));
        return values(leaf, Arbitraries.of("a", "A", "b", "value", "fromEnd", ""))
                .list()
                .ofMaxSize(4);
    }

    record Call(Functions.Function function, List<Json> arguments) {}

    /** The functions that make most of unknown parts get arguments of their kinds. */
    @Provide
    Arbitrary<Call> fittingCalls() {
        Arbitrary<Json> item = Arbitraries.of("a", "b", "c").map(Text::new);
        Arbitrary<Json> index = Arbitraries.of("0", "1", "2", "3").map(Num::new);
        Arbitrary<Json> nested = Arbitraries.oneOf(item, objectOf(item), objectOf(objectOf(item)));
        Arbitrary<List<Json>> sliced = Combinators.combine(listOf(item), index).as((a, b) -> List.of(a, b));
        Arbitrary<List<Json>> sought = Combinators.combine(listOf(item), item).as((a, b) -> List.of(a, b));
        Arbitrary<List<Json>> lists = listOf(item).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<List<Json>> objects = objectOf(nested).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<List<Json>> merged = objects.map(list -> List.of((Json) new Arr(list)));
        return Arbitraries.oneOf(
                call(sliced, "take", "skip", "indexFromEnd", "tryGet", "tryIndexFromEnd"),
                call(sought, "contains", "indexOf", "lastIndexOf"),
                call(Arbitraries.oneOf(lists, objects), "union", "intersection", "equals", "concat"),
                call(merged, "shallowMerge", "items", "length", "first", "last", "empty"),
                Combinators.combine(functions(), fittingArguments()).as(Call::new));
    }

    private static Arbitrary<Call> call(Arbitrary<List<Json>> arguments, String... names) {
        Arbitrary<Functions.Function> functions =
                Arbitraries.of(names).map(name -> Functions.find(name).orElseThrow());
        return Combinators.combine(functions, arguments).as(Call::new);
    }

    /** Few different values, so that they are often equal and of the right kind. */
    @Provide
    Arbitrary<List<Json>> fittingArguments() {
        Arbitrary<Json> leaf = Arbitraries.of(
                new Text("a"),
                new Text("A"),
                new Text("b"),
                new Text("a,b"),
                new Num("0"),
                new Num("1"),
                new Num("2"),
                new Num("1.0"),
                new Bool(true),
                new Bool(false),
                Json.NULL);
        Arbitrary<Json> keys = Arbitraries.of("a", "A", "b").map(Text::new);
        Arbitrary<Json> value = values(leaf, Arbitraries.of("a", "b", "c"));
        Arbitrary<List<Json>> lists = listOf(leaf).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<List<Json>> objects = objectOf(value).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<List<Json>> indexed = Combinators.combine(
                        Arbitraries.oneOf(listOf(value), objectOf(value)), Arbitraries.oneOf(leaf, keys))
                .as((container, key) -> List.of(container, key));
        Arbitrary<List<Json>> merged =
                objectOf(value).list().ofMaxSize(4).map(values -> List.of((Json) new Arr(values)));
        Arbitrary<List<Json>> pairs =
                Combinators.combine(keys, value, keys, value).as((a, b, c, d) -> List.of(a, b, c, d));
        return Arbitraries.oneOf(
                lists,
                objects,
                indexed,
                merged,
                pairs,
                leaf.list().ofMaxSize(3),
                value.list().ofMaxSize(2));
    }

    private static Arbitrary<Json> listOf(Arbitrary<Json> item) {
        return item.list().ofMaxSize(5).map(Arr::new);
    }

    private static Arbitrary<Json> objectOf(Arbitrary<Json> value) {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), value)
                .ofMaxSize(4)
                .map(FunctionsPropertyTest::object);
    }

    private static Arbitrary<Json> values(Arbitrary<Json> leaf, Arbitrary<String> keys) {
        return Arbitraries.recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(
                        leaf,
                        inner.list().ofMaxSize(4).map(Arr::new),
                        Arbitraries.maps(keys, inner).ofMaxSize(3).map(FunctionsPropertyTest::object)),
                0,
                2);
    }

    private static Json object(Map<String, Json> members) {
        Map<String, Json> sorted = new LinkedHashMap<>(members);
        return new Obj(List.copyOf(sorted.keySet()), List.copyOf(sorted.values()));
    }
}
