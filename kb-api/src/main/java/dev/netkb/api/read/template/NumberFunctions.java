package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.ANY;
import static dev.netkb.api.read.template.Functions.Function.strict;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Problems;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;

/** Functions about whole numbers of 64 bits. */
final class NumberFunctions {

    static final List<Functions.Function> ALL = List.of(
            strict("add", 2, 2, a -> exact(a, BigInteger::add)),
            strict("sub", 2, 2, a -> exact(a, BigInteger::subtract)),
            strict("mul", 2, 2, a -> exact(a, BigInteger::multiply)),
            strict("div", 2, 2, NumberFunctions::div),
            strict("mod", 2, 2, NumberFunctions::mod),
            strict("int", 1, 1, NumberFunctions::toInt),
            strict("float", 1, 1, NumberFunctions::toFloat),
            strict("min", 1, ANY, a -> extreme(a, Math::min)),
            strict("max", 1, ANY, a -> extreme(a, Math::max)));

    private NumberFunctions() {}

    private static Json exact(Arguments arguments, BinaryOperator<BigInteger> operation) {
        return number(arguments.integer(
                operation.apply(BigInteger.valueOf(arguments.integer(0)), BigInteger.valueOf(arguments.integer(1)))));
    }

    private static Num number(long value) {
        return new Num(Long.toString(value));
    }

    /** Rounds towards zero. */
    private static Json div(Arguments arguments) {
        divisor(arguments);
        return exact(arguments, BigInteger::divide);
    }

    /** Has the sign of the number that is divided. */
    private static Json mod(Arguments arguments) {
        return number(arguments.integer(0) % divisor(arguments));
    }

    private static long divisor(Arguments arguments) {
        long divisor = arguments.integer(1);
        if (divisor == 0) {
            throw arguments.fail("divides by 0");
        }
        return divisor;
    }

    private static Json toInt(Arguments arguments) {
        return number(
                arguments.any(0) instanceof Text text
                        ? arguments.integer(arguments.sought(text.value()).trim())
                        : arguments.integer(0));
    }

    private static Json toFloat(Arguments arguments) {
        String written = arguments.any(0) instanceof Num
                ? arguments.scalar(0)
                : arguments.text(0).trim();
        double value;
        try {
            value = Double.parseDouble(written);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        boolean isPlain = written.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
        if (!isPlain || Double.isNaN(value) || Double.isInfinite(value)) {
            throw arguments.fail("needs a number, not " + Problems.quote(written));
        }
        return new Num(Double.toString(value));
    }

    /** Of the arguments, and of the items of those that are lists. */
    private static Json extreme(Arguments arguments, LongBinaryOperator choice) {
        Items numbers = new Items(arguments);
        for (Json value : arguments.values()) {
            if (value instanceof Arr list) {
                list.items().forEach(numbers::add);
            } else {
                numbers.add(value);
            }
        }
        Arguments all = new Arguments(arguments.function(), numbers.list().items());
        if (all.size() == 0) {
            throw arguments.fail("has a list without items");
        }
        long found = all.integer(0);
        for (int i = 1; i < all.size(); i++) {
            found = choice.applyAsLong(found, all.integer(i));
        }
        return number(found);
    }
}
