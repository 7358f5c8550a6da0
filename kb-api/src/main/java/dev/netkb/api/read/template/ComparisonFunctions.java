package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.ANY;
import static dev.netkb.api.read.template.Functions.Function.lenient;
import static dev.netkb.api.read.template.Functions.Function.strict;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Problems;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Functions that compare. {@code equals} looks at the letter case of texts. The order of texts is that of a
 * dictionary: digits, then letters, in lower case before upper case where nothing else differs, as Microsoft's example
 * {@code greater('A', 'a')} shows. Where other characters would decide, the order depends on Azure's culture and is not
 * known.
 */
final class ComparisonFunctions {

    static final List<Functions.Function> ALL = List.of(
            lenient("coalesce", 1, ANY, ComparisonFunctions::coalesce),
            lenient("equals", 2, 2, ComparisonFunctions::isEqual),
            strict("greater", 2, 2, a -> compare(a, order -> order > 0)),
            strict("greaterOrEquals", 2, 2, a -> compare(a, order -> order >= 0)),
            strict("less", 2, 2, a -> compare(a, order -> order < 0)),
            strict("lessOrEquals", 2, 2, a -> compare(a, order -> order <= 0)));

    private ComparisonFunctions() {}

    /** The first value that is not null. One that is not known may be null, so that a later one would count. */
    private static Json coalesce(Arguments arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.any(i) instanceof Unknown unknown && arguments.has(i + 1)) {
                return unknown.derived();
            }
            if (!(arguments.any(i) instanceof Json.Null)) {
                return arguments.any(i);
            }
        }
        return Json.NULL;
    }

    private static Json isEqual(Arguments arguments) {
        Json a = arguments.any(0);
        Json b = arguments.any(1);
        return new Bool(Equality.same(a, b).orElseThrow(() -> Equality.undecided(a, b)));
    }

    private static Json compare(Arguments arguments, IntPredicate wanted) {
        if (arguments.any(0) instanceof Num a && arguments.any(1) instanceof Num b) {
            int order = Equality.decimal(a)
                    .flatMap(one -> Equality.decimal(b).map(one::compareTo))
                    .orElseThrow(() -> arguments.fail("does not compare numbers as large as " + a + " and " + b));
            return new Bool(wanted.test(order));
        }
        if (arguments.any(0) instanceof Text && arguments.any(1) instanceof Text) {
            return new Bool(wanted.test(order(arguments)));
        }
        throw arguments.fail("needs two numbers or two texts where it has "
                + arguments.any(0).kind() + " and " + arguments.any(1).kind());
    }

    private static int order(Arguments arguments) {
        String a = arguments.text(0);
        String b = arguments.text(1);
        int common = Math.min(a.length(), b.length());
        int byCase = 0;
        for (int i = 0; i < common; i++) {
            char one = a.charAt(i);
            char other = b.charAt(i);
            if (one != other) {
                if (!isPlain(one) || !isPlain(other)) {
                    throw arguments.fail(
                            "does not know the order of " + Problems.quote(a) + " and " + Problems.quote(b));
                }
                int order = Character.compare(Character.toLowerCase(one), Character.toLowerCase(other));
                if (order != 0) {
                    return order;
                }
                byCase = byCase == 0 ? Character.compare(other, one) : byCase;
            }
        }
        int byLength = Integer.compare(a.length(), b.length());
        return byLength == 0 ? byCase : byLength;
    }

    private static boolean isPlain(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
