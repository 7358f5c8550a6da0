package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Problems;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;

/** Formats for dates as .NET has them, in its culture-independent form: the common standard ones, and custom ones. */
final class DateFormat {

    private static final Map<String, String> STANDARD = Map.ofEntries(
            Map.entry("d", "MM/dd/yyyy"),
            Map.entry("D", "dddd, dd MMMM yyyy"),
            Map.entry("f", "dddd, dd MMMM yyyy HH:mm"),
            Map.entry("F", "dddd, dd MMMM yyyy HH:mm:ss"),
            Map.entry("g", "MM/dd/yyyy HH:mm"),
            Map.entry("G", "MM/dd/yyyy HH:mm:ss"),
            Map.entry("m", "MMMM dd"),
            Map.entry("M", "MMMM dd"),
            Map.entry("o", "yyyy-MM-ddTHH:mm:ss.fffffffK"),
            Map.entry("O", "yyyy-MM-ddTHH:mm:ss.fffffffK"),
            Map.entry("r", "ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
            Map.entry("R", "ddd, dd MMM yyyy HH:mm:ss 'GMT'"),
            Map.entry("s", "yyyy-MM-ddTHH:mm:ss"),
            Map.entry("t", "HH:mm"),
            Map.entry("T", "HH:mm:ss"),
            Map.entry("u", "yyyy-MM-dd HH:mm:ss'Z'"),
            Map.entry("y", "yyyy MMMM"),
            Map.entry("Y", "yyyy MMMM"));

    private static final String LETTERS = "yMdHhmsftzK";

    private DateFormat() {}

    static String write(Arguments arguments, OffsetDateTime date, String format) {
        boolean isStandard = format.length() == 1;
        String pattern = isStandard ? STANDARD.get(format) : format;
        if (pattern == null) {
            throw arguments.fail("does not know the format " + Problems.quote(format) + " for dates");
        }
        OffsetDateTime shown = isStandard ? date.withOffsetSameInstant(ZoneOffset.UTC) : date;
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            int end = i + 1;
            if (c == '\'' || c == '"') {
                end = pattern.indexOf(c, i + 1) + 1;
                if (end == 0) {
                    throw arguments.fail("has a quote without an end in the format " + Problems.quote(format));
                }
                arguments.append(text, pattern.substring(i + 1, end - 1));
            } else if (c == '\\' && end < pattern.length()) {
                arguments.append(text, pattern.substring(end, ++end));
            } else if (LETTERS.indexOf(c) >= 0) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                arguments.append(text, part(arguments, shown, c, end - i));
            } else if (c != '%') {
                arguments.append(text, pattern.substring(i, end));
            }
            i = end;
        }
        return text.toString();
    }

    private static String part(Arguments arguments, OffsetDateTime date, char letter, int count) {
        switch (letter) {
            case 'y':
                return count == 1 || count == 2
                        ? digits(date.getYear() % 100, count)
                        : digits(date.getYear(), Math.min(count, 10));
            case 'M':
                return count < 3
                        ? digits(date.getMonthValue(), count)
                        : date.getMonth().getDisplayName(count == 3 ? TextStyle.SHORT : TextStyle.FULL, Locale.ENGLISH);
            case 'd':
                return count < 3
                        ? digits(date.getDayOfMonth(), count)
                        : date.getDayOfWeek()
                                .getDisplayName(count == 3 ? TextStyle.SHORT : TextStyle.FULL, Locale.ENGLISH);
            case 'H':
                return digits(date.getHour(), Math.min(count, 2));
            case 'h':
                return digits((date.getHour() + 11) % 12 + 1, Math.min(count, 2));
            case 'm':
                return digits(date.getMinute(), Math.min(count, 2));
            case 's':
                return digits(date.getSecond(), Math.min(count, 2));
            case 'f':
                if (count > 7) {
                    throw arguments.fail("knows fractions of seconds of 7 digits at most");
                }
                return digits(date.getNano(), 9).substring(0, count);
            case 't':
                return (date.getHour() < 12 ? "AM" : "PM").substring(0, Math.min(count, 2));
            case 'z':
                return zone(date, count);
            default:
                return date.getOffset().equals(ZoneOffset.UTC) ? "Z" : zone(date, 3);
        }
    }

    private static String zone(OffsetDateTime date, int count) {
        String offset = DateTimeFormatter.ofPattern("xxx", Locale.ROOT).format(date);
        String hours = offset.substring(0, 3);
        return count >= 3 ? offset : count == 2 ? hours : hours.replaceFirst("(?<=.)0(?=.)", "");
    }

    private static String digits(int number, int count) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, count - digits.length())) + digits;
    }
}
