package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.Function.strict;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Problems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions about dates in ISO 8601, with blanks in place of {@code T} too. What has no time zone is UTC. */
final class DateFunctions {

    static final List<Functions.Function> ALL = List.of(
            strict("dateTimeAdd", 2, 3, DateFunctions::add),
            strict("dateTimeFromEpoch", 1, 1, DateFunctions::fromEpoch),
            strict(
                    "dateTimeToEpoch",
                    1,
                    1,
                    a -> new Num(Long.toString(parse(a).value().toEpochSecond()))),
            strict("utcNow", 0, 1, DateFunctions::now));

    private static final Pattern DATE = Pattern.compile("(\\d{4})(-?)(\\d\\d)\\2(\\d\\d)"
            + "(?:([T ])(\\d\\d)(:?)(\\d\\d)(?:\\7(\\d\\d)(?:\\.(\\d{1,7}))?)?)?(Z|[+-]\\d\\d:?\\d\\d)?");

    private static final Pattern DURATION = Pattern.compile("([+-])?P(?:(\\d{1,5})Y)?(?:(\\d{1,6})M)?(?:(\\d{1,6})W)?"
            + "(?:(\\d{1,7})D)?(?:T(?=\\d)(?:(\\d{1,8})H)?(?:(\\d{1,9})M)?(?:(\\d{1,10})(?:\\.(\\d{1,7}))?S)?)?");

    private DateFunctions() {}

    /** @param format the .NET format that it was written in */
    private record Date(OffsetDateTime value, String format) {}

    private static Date parse(Arguments arguments) {
        String text = arguments.text(0);
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            throw arguments.fail("needs a date in ISO 8601, not " + Problems.quote(text));
        }
        String dash = date.group(2);
        StringBuilder format = new StringBuilder("yyyy" + dash + "MM" + dash + "dd");
        if (date.group(5) != null) {
            format.append('\'')
                    .append(date.group(5))
                    .append("'HH")
                    .append(date.group(7))
                    .append("mm");
        }
        if (date.group(9) != null) {
            format.append(date.group(7)).append("ss");
        }
        String fraction = date.group(10) == null ? "" : date.group(10);
        format.append(fraction.isEmpty() ? "" : "." + "f".repeat(fraction.length()));
        String zone = date.group(11) == null ? "" : date.group(11);
        format.append(zone.isEmpty() ? "" : "'" + zone + "'");
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(date, 1),
                    number(date, 3),
                    number(date, 4),
                    number(date, 6),
                    number(date, 8),
                    number(date, 9),
                    nanos(fraction));
            ZoneOffset offset = zone.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(zone);
            return new Date(local.atOffset(offset), format.toString());
        } catch (DateTimeException e) {
            throw arguments.fail("needs a date that exists, not " + Problems.quote(text));
        }
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    private static int nanos(String fraction) {
        return Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    /** Without a format the result is written as the date was, as Microsoft's text says; its example differs. */
    private static Json add(Arguments arguments) {
        Date base = parse(arguments);
        String text = arguments.text(1);
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches() || text.endsWith("P")) {
            throw arguments.fail("needs a duration in ISO 8601, not " + Problems.quote(text));
        }
        Period days = Period.of(number(duration, 2), number(duration, 3), number(duration, 5))
                .plusDays(7L * number(duration, 4));
        Duration time = Duration.ofHours(number(duration, 6))
                .plusMinutes(number(duration, 7))
                .plusSeconds(duration.group(8) == null ? 0 : Long.parseLong(duration.group(8)))
                .plusNanos(nanos(duration.group(9) == null ? "" : duration.group(9)));
        boolean isNegative = "-".equals(duration.group(1));
        OffsetDateTime sum = isNegative
                ? base.value().minus(days).minus(time)
                : base.value().plus(days).plus(time);
        if (sum.getYear() < 1 || sum.getYear() > 9999) {
            throw arguments.fail("leaves the years 1 to 9999");
        }
        String format = arguments.has(2) ? arguments.text(2) : base.format();
        return new Text(DateFormat.write(arguments, sum, format));
    }

    private static Json fromEpoch(Arguments arguments) {
        long seconds = arguments.integer(0);
        OffsetDateTime first = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        if (seconds < first.toEpochSecond()
                || seconds >= first.plus(9999, ChronoUnit.YEARS).toEpochSecond()) {
            throw arguments.fail("leaves the years 1 to 9999");
        }
        OffsetDateTime date = Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC);
        return new Text(DateFormat.write(arguments, date, "yyyy-MM-dd'T'HH:mm:ss'Z'"));
    }

    /** Names may be made of it: within one deployment it is one value. */
    private static Json now(Arguments arguments) {
        String format = arguments.has(0) ? "'" + arguments.text(0).replace('/', '_') + "'" : "";
        return new Unknown("utcNow() is the time of the deployment", "{utcNow(" + format + ")}");
    }
}
