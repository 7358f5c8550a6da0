package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.Problems;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a template says of the type of a parameter, in place or among its definitions. */
record ParameterType(Node template, Node definition) {

    private static final String DEFINITIONS = "#/definitions/";

    private static final int MOST_SHOWN = 8;

    /** As many digits as surely fit. */
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    /** Definitions that refer to each other would go on for ever. */
    private static final int MOST_REFERENCES = 20;

    /** Whether nothing need be given. */
    boolean isNullable() {
        Node nullable = find("nullable");
        return nullable != null && nullable.value().equals(new Json.Bool(true));
    }

    /** Such as {@code string}, in lower case; null where there is none. */
    @Nullable
    String name() {
        Node type = find("type");
        return type != null && type.value() instanceof Json.Text text
                ? text.value().toLowerCase(Locale.ROOT)
                : null;
    }

    /**
     * Why Azure would refuse a value.
     *
     * @return to stand behind a colon; null where it would not, or where that cannot be told
     */
    @Nullable
    String refusal(Json value) {
        String type = name();
        if (type == null || !value.isKnown() || value instanceof Json.Null) {
            return null;
        }
        if (!isOf(type, value)) {
            return "it is " + value.kind()
                    + (value instanceof Json.Text text ? ", " + Problems.quote(text.value()) : "")
                    + ", and the template declares the type " + type;
        }
        Node allowed = find("allowedValues");
        if (allowed != null && allowed.isArray() && !isAllowed(value, allowed)) {
            return "it is " + shown(value) + " and must be one of "
                    + allowed.items().stream()
                            .map(item -> shown(item.value()))
                            .limit(MOST_SHOWN)
                            .collect(Collectors.joining(", "))
                    + (allowed.items().size() > MOST_SHOWN ? ", …" : "");
        }
        if (value instanceof Json.Text text) {
            return outside("its length", text.value().length(), "minLength", "maxLength");
        }
        if (value instanceof Json.Arr list) {
            return outside("its number of items", list.items().size(), "minLength", "maxLength");
        }
        Optional<Long> number = whole(value);
        return number.isEmpty() ? null : outside("it", number.get(), "minValue", "maxValue");
    }

    private static boolean isOf(String type, Json value) {
        return switch (type) {
            case "string", "securestring" -> value instanceof Json.Text;
            case "int" ->
                value instanceof Json.Num number
                        && WHOLE.matcher(number.toString()).matches();
            case "bool" -> value instanceof Json.Bool;
            case "array" -> value instanceof Json.Arr;
            case "object", "secureobject" -> value instanceof Json.Obj;
            default -> true;
        };
    }

    /** A list is allowed where all of its items are, too. */
    private static boolean isAllowed(Json value, Node allowed) {
        boolean itself = allowed.items().stream().anyMatch(item -> isSame(item.value(), value));
        return itself
                || value instanceof Json.Arr list
                        && list.items().stream()
                                .allMatch(
                                        each -> allowed.items().stream().anyMatch(item -> isSame(item.value(), each)));
    }

    private static boolean isSame(Json a, Json b) {
        return a instanceof Json.Text one && b instanceof Json.Text other
                ? one.value().equalsIgnoreCase(other.value())
                : a.equals(b);
    }

    private @Nullable String outside(String what, long number, String least, String most) {
        Optional<Long> from = whole(least);
        Optional<Long> to = whole(most);
        boolean small = from.isPresent() && number < from.get();
        boolean large = to.isPresent() && number > to.get();
        return small
                ? what + " is " + number + " and must be at least " + from.get()
                : large ? what + " is " + number + " and must be at most " + to.get() : null;
    }

    private Optional<Long> whole(String key) {
        Node found = find(key);
        return found == null ? Optional.empty() : whole(found.value());
    }

    private static Optional<Long> whole(Json value) {
        return value instanceof Json.Num number
                        && WHOLE.matcher(number.toString()).matches()
                ? Optional.of(Long.valueOf(number.toString()))
                : Optional.empty();
    }

    private static String shown(Json value) {
        return value instanceof Json.Text text ? Problems.quote(text.value()) : Problems.quote(value.toString());
    }

    private @Nullable Node find(String key) {
        Node definitions = template.get("definitions");
        Node at = definition;
        for (int i = 0; at != null && i < MOST_REFERENCES; i++) {
            Node found = at.get(key);
            if (found != null) {
                return found;
            }
            String reference = at.text("$ref");
            at = definitions == null || reference == null || !reference.startsWith(DEFINITIONS)
                    ? null
                    : definitions.get(reference.substring(DEFINITIONS.length()));
        }
        return null;
    }
}
