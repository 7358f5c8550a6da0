package dev.netkb.api.read.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions that take lambdas. The lambdas of the tests have names. */
class LambdaFunctionsTest {

    private static final String DOGS = "[{'name': 'Evie', 'age': 5}, {'name': 'Casper', 'age': 3},"
            + " {'name': 'Indy', 'age': 2}, {'name': 'Kira', 'age': 8}]";

    private static final String ROWS = """
            filter [DOGS] old => [{'name': 'Evie', 'age': 5}, {'name': 'Kira', 'age': 8}]
            filter [[0, 1, 2, 3]] even => [0, 2]
            filter [['a', 'b', 'c']] evenIndex => ['a', 'c']
            filter [['a', '?*', 'c']] evenIndex => ['a', '?*']
            filter [['?', 2, 3]] even => ['?*', 2]
            filter [['?*', 2, 3]] even => ['?*', 2]
            filter [['?', 2, '?*']] never => []
            filter [[1]] same => !needs true or false where it has a number
            filter [{}] even => !needs a list where it has an object
            filter ['?'] even => '?'
            filter [[]] old => []
            map [DOGS] name => ['Evie', 'Casper', 'Indy', 'Kira']
            map [[5, 6]] index => [0, 1]
            map [['?', '?*', 'a']] index => [0, '?*', '?']
            map [[{'name': '?'}, '?', '?*', {'name': 'a'}]] name => ['?', '?', '?*', 'a']
            map ['a'] same => !needs a list where it has a text
            map [[1], 2] same => !takes 1 argument, not 2
            map [[1]] add => [1]
            reduce [[5, 3, 2, 8], 0] add => 18
            reduce [[5, 3, 2, 8], 1] add => 19
            reduce [[{'foo': 123}, {'bar': 456}], {}] union => {'foo': 123, 'bar': 456}
            reduce [[], '?x'] add => '?x'
            reduce [[1, '?*'], 0] add => '?'
            reduce [[1], '?'] add => '?'
            reduce [['a', 'b'], 0] lastIndex => 1
            reduce [1, 0] add => !needs a list
            sort [DOGS] younger => [{'name': 'Indy', 'age': 2}, {'name': 'Casper', 'age': 3}, {'name': 'Evie', 'age': 5}, {'name': 'Kira', 'age': 8}]
            sort [[3, 1, 2]] less => [1, 2, 3]
            sort [[3, 1, 2]] never2 => [3, 1, 2]
            sort [[3, 1, 2, 5, 4]] always2 => [4, 5, 2, 1, 3]
            sort [[3, '?', 2]] less => '?'
            sort [['?']] less => ['?']
            sort [[1, '?*']] less => '?'
            sort [[2, 1]] add => !needs true or false
            sort [{}] less => !needs a list
            toObject [DOGS] name age => {'Evie': 5, 'Casper': 3, 'Indy': 2, 'Kira': 8}
            toObject [[{'name': 'a', 'age': 1}]] name => {'a': {'name': 'a', 'age': 1}}
            toObject [[{'name': 'a', 'age': 1}, {'name': 'A', 'age': 2}]] name age => {'a': 2}
            toObject [[{'name': 'a', 'age': 1}, {'age': 2, 'name': '?'}, {'name': 'c', 'age': 3}]] name age => {'a': '?', 'c': 3, '?*': 0}
            toObject [[{'name': 'a', 'age': '?'}]] name age => {'a': '?'}
            toObject [[{'name': 1}]] name => !needs a text where it has a number
            groupBy [['foo', 'bar', 'baz']] firstLetter => {'f': ['foo'], 'b': ['bar', 'baz']}
            groupBy [['foo', '?', 'bar', 'baz']] firstLetter => {'f': ['foo', '?*'], 'b': ['?*', 'bar', 'baz'], '?*': 0}
            groupBy [['foo', '?', '?*', 'far']] firstLetter => {'f': ['foo', '?*', 'far'], '?*': 0}
            groupBy [[1]] same => !needs a text where it has a number
            groupBy [{}] same => !needs a list
            mapValues [{'foo': 'foo', 'bar': '?'}] firstLetter => {'foo': 'f', 'bar': '?'}
            mapValues [{'a': 'b', '?*': 0}] same => {'a': 'b', '?*': 0}
            mapValues [[]] same => !needs an object where it has a list
            mapValues ['?'] same => '?'
            """;

    private record Named(int parameters, Function<List<Json>, Json> body) implements Lambda {
        @Override
        public Json apply(List<Json> arguments) {
            assertThat(arguments).hasSize(parameters).noneMatch(Equality::isRest);
            return body.apply(arguments);
        }
    }

    private static Lambda lambda(String name) {
        return switch (name) {
            case "same" -> new Named(1, given -> given.get(0));
            case "never" -> new Named(1, given -> new Json.Bool(false));
            case "never2" -> new Named(2, given -> new Json.Bool(false));
            case "always2" -> new Named(2, given -> new Json.Bool(true));
            case "name", "age" ->
                new Named(1, given -> given.get(0) instanceof Obj object ? object.get(name) : given.get(0));
            case "old" -> new Named(1, given -> call("greaterOrEquals", ((Obj) given.get(0)).get("age"), number(5)));
            case "younger" ->
                new Named(2, given -> call("less", ((Obj) given.get(0)).get("age"), ((Obj) given.get(1)).get("age")));
            case "even" -> new Named(1, given -> call("equals", call("mod", given.get(0), number(2)), number(0)));
            case "evenIndex" -> new Named(2, given -> call("equals", call("mod", given.get(1), number(2)), number(0)));
            case "index" -> new Named(2, given -> given.get(1));
            case "lastIndex" -> new Named(3, given -> given.get(2));
            case "add", "less", "union" -> new Named(2, given -> call(name, given.get(0), given.get(1)));
            case "firstLetter" -> new Named(1, given -> call("first", given.get(0)));
            default -> throw new AssertionError(name);
        };
    }

    private static Json call(String function, Json... arguments) {
        return Functions.find(function).orElseThrow().call(List.of(arguments));
    }

    private static Json number(int value) {
        return new Json.Num(Integer.toString(value));
    }

    static Stream<String> rows() {
        return ROWS.lines();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aFunctionHasThisValue(String row) {
        String call = row.substring(0, row.indexOf(" => "));
        String expected = row.substring(call.length() + 4);
        String name = call.substring(0, call.indexOf(' '));
        int end = call.lastIndexOf(']');
        List<Lambda> lambdas = Stream.of(call.substring(end + 2).split(" "))
                .map(LambdaFunctionsTest::lambda)
                .toList();

        Json value = Functions.findLambda(name)
                .orElseThrow()
                .call(Values.listOf(call.substring(name.length() + 1, end + 1).replace("DOGS", DOGS)), lambdas);

        if (expected.startsWith("!")) {
            assertThat(value).isInstanceOf(Unknown.class);
            assertThat(((Unknown) value).reason()).contains(expected.substring(1));
        } else {
            assertThat(Values.write(value)).as(value.toString()).isEqualTo(Values.write(Values.of(expected)));
        }
    }

    @Test
    void everyFunctionHasRows() {
        TreeSet<String> names = new TreeSet<>();
        Functions.allLambda().forEach(function -> names.add(function.name()));

        assertThat(rows().map(row -> row.substring(0, row.indexOf(' '))).distinct())
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void aLambdaHasTheRightNumberOfParameters() {
        Json value = Functions.findLambda("sort").orElseThrow().call(Values.listOf("[[1]]"), List.of(lambda("same")));
        Json without = Functions.findLambda("sort").orElseThrow().call(Values.listOf("[[1]]"), List.of());

        assertThat(((Unknown) value).reason()).isEqualTo("sort() has a lambda with 1 parameter");
        assertThat(((Unknown) without).reason()).isEqualTo("sort() takes 1 lambda, not 0");
    }

    @Test
    void aReductionThatGrowsEnds() {
        Json numbers = call("range", number(0), number(10_000));
        Lambda longer = new Named(2, given -> call("concat", given.get(0), given.get(0)));
        Lambda copying = new Named(2, given -> call("concat", given.get(0), new Json.Text("0123456789")));

        Json doubled = Functions.findLambda("reduce")
                .orElseThrow()
                .call(List.of(numbers, new Json.Text("ab")), List.of(longer));
        Json copied = Functions.findLambda("reduce")
                .orElseThrow()
                .call(List.of(numbers, new Json.Text("ab")), List.of(copying));

        assertThat(((Unknown) doubled).reason()).isEqualTo("concat() goes beyond 100000 characters");
        assertThat(((Unknown) copied).reason()).contains("too large");
    }
}
