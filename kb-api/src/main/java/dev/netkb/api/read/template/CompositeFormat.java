package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Problems;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The function {@code format}: composite formats of .NET, {@code {index[,width][:format]}}. Of the formats for numbers
 * it has {@code D}, {@code F}, {@code G}, {@code N}, {@code X} and zeros such as {@code 000.0}; a format says nothing
 * about texts and truth values, as in .NET.
 */
final class CompositeFormat {

    private static final Pattern PART =
            Pattern.compile("(\\{\\{)|(}})|\\{(\\d{1,4})\\s*(?:,\\s*(-?\\d{1,6})\\s*)?(?::([^{}]*))?}|([{}])");
    private static final Pattern STANDARD = Pattern.compile("([DdFfGgNnXx])(\\d{0,2})");
    private static final Pattern ZEROS = Pattern.compile("(0{1,99})(?:\\.(0{1,99}))?");

    private CompositeFormat() {}

    static Json format(Arguments arguments) {
        String format = arguments.text(0);
        StringBuilder result = new StringBuilder();
        Matcher part = PART.matcher(format);
        int from = 0;
        while (part.find()) {
            arguments.append(result, format.substring(from, part.start()));
            from = part.end();
            if (part.group(6) != null) {
                throw arguments.fail("has a brace that belongs to nothing in " + Problems.quote(format));
            }
            if (part.group(3) == null) {
                arguments.append(result, part.group().substring(1));
                continue;
            }
            int index = Integer.parseInt(part.group(3)) + 1;
            if (!arguments.has(index)) {
                throw arguments.fail("has no argument for " + part.group());
            }
            String value = value(arguments, index, part.group(5) == null ? "" : part.group(5));
            int width = part.group(4) == null ? 0 : Integer.parseInt(part.group(4));
            String blanks = " ".repeat(Math.max(0, Math.abs(width) - value.length()));
            arguments.append(result, width > 0 ? blanks : "");
            arguments.append(result, value);
            arguments.append(result, width < 0 ? blanks : "");
        }
        arguments.append(result, format.substring(from));
        return new Text(result.toString());
    }

    private static String value(Arguments arguments, int index, String format) {
        String written = arguments.scalar(index);
        if (format.isEmpty() || !(arguments.any(index) instanceof Num number)) {
            return written;
        }
        BigDecimal value =
                Equality.decimal(number).orElseThrow(() -> arguments.fail("does not write so large a number"));
        Matcher zeros = ZEROS.matcher(format);
        if (zeros.matches()) {
            return zeros(
                    value,
                    zeros.group(1).length(),
                    zeros.group(2) == null ? 0 : zeros.group(2).length());
        }
        Matcher standard = STANDARD.matcher(format);
        boolean isWhole = value.scale() <= 0;
        if (standard.matches()) {
            int digits = standard.group(2).isEmpty() ? -1 : Integer.parseInt(standard.group(2));
            switch (standard.group(1).toUpperCase(Locale.ROOT)) {
                case "D":
                    if (isWhole) {
                        return zeros(value, Math.max(1, digits), 0);
                    }
                    break;
                case "F":
                    return value.setScale(digits < 0 ? 2 : digits, RoundingMode.HALF_UP)
                            .toPlainString();
                case "G":
                    if (digits <= 0) {
                        return written;
                    }
                    break;
                case "N":
                    return String.format(Locale.ROOT, "%,." + (digits < 0 ? 2 : digits) + "f", value);
                default:
                    if (isWhole) {
                        String hex = Long.toHexString(arguments.integer(value.toBigInteger()));
                        String padded = "0".repeat(Math.max(0, digits - hex.length())) + hex;
                        return format.startsWith("X") ? padded.toUpperCase(Locale.ROOT) : padded;
                    }
                    break;
            }
        }
        throw arguments.fail("does not know the format " + Problems.quote(format) + " for " + written);
    }

    private static String zeros(BigDecimal value, int before, int behind) {
        String digits = value.abs().setScale(behind, RoundingMode.HALF_UP).toPlainString();
        int missing = before + (behind == 0 ? 0 : behind + 1) - digits.length();
        boolean isNegative = value.signum() < 0 && digits.chars().anyMatch(c -> c >= '1' && c <= '9');
        return (isNegative ? "-" : "") + "0".repeat(Math.max(0, missing)) + digits;
    }
}
