package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Problems;
import java.math.BigInteger;
import java.util.List;

/**
 * The arguments of one call. Where an argument is not of the kind that is asked for, or not known, the call has no
 * value ({@link NoValue}), and says so.
 *
 * @param function the name as Microsoft writes it
 */
record Arguments(String function, List<Json> values) {

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    int size() {
        return values.size();
    }

    boolean has(int index) {
        return index < values.size();
    }

    /** An argument of any kind, which may be unknown. */
    Json any(int index) {
        return values.get(index);
    }

    String text(int index) {
        if (values.get(index) instanceof Text text) {
            if (text.value().length() > Functions.LONGEST_TEXT) {
                throw tooLong();
            }
            return text.value();
        }
        throw wrong(index, "a text");
    }

    /** A text to look for in another: short enough for a search to end soon. */
    String sought(int index) {
        return sought(text(index));
    }

    String sought(String text) {
        if (text.length() > Functions.LONGEST_SOUGHT) {
            throw fail("does not look for a text of more than " + Functions.LONGEST_SOUGHT + " characters");
        }
        return text;
    }

    Arr list(int index) {
        if (values.get(index) instanceof Arr list) {
            return list;
        }
        throw wrong(index, "a list");
    }

    Obj object(int index) {
        if (values.get(index) instanceof Obj object) {
            return object;
        }
        throw wrong(index, "an object");
    }

    long integer(int index) {
        if (values.get(index) instanceof Num number) {
            return integer(number.value());
        }
        throw wrong(index, "a whole number");
    }

    /** A whole number of 64 bits. */
    long integer(String digits) {
        BigInteger value;
        try {
            value = new BigInteger(digits);
        } catch (NumberFormatException e) {
            throw fail("needs a whole number, not " + Problems.quote(digits));
        }
        return integer(value);
    }

    long integer(BigInteger value) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw fail("goes beyond whole numbers of 64 bits");
        }
        return value.longValue();
    }

    boolean bool(int index) {
        return Functions.bool(values.get(index)).orElseThrow(() -> wrong(index, "true or false"));
    }

    /** A text, number or truth value as it stands in a longer text. */
    String scalar(int index) {
        return scalar(values.get(index));
    }

    String scalar(Json value) {
        if (value instanceof Text text) {
            return text.value();
        }
        if (value instanceof Num number) {
            return number.value();
        }
        if (value instanceof Bool bool) {
            return bool.value() ? "True" : "False";
        }
        throw wrong(value, "a text, a number, or true or false");
    }

    /** Makes a text longer. */
    void append(StringBuilder text, CharSequence part) {
        if (part.length() > Functions.LONGEST_TEXT - text.length()) {
            throw tooLong();
        }
        text.append(part);
    }

    NoValue tooLong() {
        return fail("goes beyond " + Functions.LONGEST_TEXT + " characters");
    }

    NoValue wrong(int index, String wanted) {
        return wrong(values.get(index), wanted);
    }

    NoValue wrong(Json value, String wanted) {
        return value instanceof Unknown unknown
                ? new NoValue(unknown)
                : fail("needs " + wanted + " where it has " + value.kind());
    }

    /** @param why what follows the name of the function, such as "goes beyond the end of 'abc'" */
    NoValue fail(String why) {
        return new NoValue(function + "() " + why);
    }
}
