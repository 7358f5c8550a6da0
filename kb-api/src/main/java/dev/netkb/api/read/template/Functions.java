package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The template functions that need nothing but their arguments. A function gets arguments that are known (items of a
 * list or object may still be unknown) and says nothing where it has no value for them.
 */
final class Functions {

    /** A function of the template language. */
    interface Function {
        Optional<Json> apply(List<Json> arguments);

        default Json call(List<Json> arguments) {
            List<Json> texts = new ArrayList<>();
            Json.Unknown named = null;
            for (Json argument : arguments) {
                if (argument instanceof Json.Unknown unknown) {
                    if (unknown.symbol() == null) {
                        return new Json.Unknown(unknown.reason());
                    }
                    named = named == null ? unknown : named;
                    texts.add(new Text(unknown.symbol()));
                } else {
                    texts.add(argument);
                }
            }
            Json result = apply(texts).orElseGet(() -> new Json.Unknown("?"));
            return named == null
                    ? result
                    : new Json.Unknown(named.reason(), result instanceof Text text ? text.value() : null);
        }
    }

    interface Lambda {
        int parameters();

        Json apply(List<Json> arguments);
    }

    interface LambdaFunction {
        Optional<Json> apply(List<Json> values, List<Lambda> lambdas);
    }

    static Optional<LambdaFunction> findLambda(String name) {
        return Optional.empty();
    }

    private static final Map<String, Function> ALL = new HashMap<>();

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{|\\}\\}|\\{(\\d{1,4})\\}");

    /** Longer texts are not values of a network. */
    static final int LONGEST_TEXT = 100_000;

    static {
        ALL.put("concat", Functions::concat);
        ALL.put("createarray", arguments -> Optional.of(new Arr(arguments)));
        ALL.put("createobject", Functions::createObject);
        ALL.put("empty", Functions::empty);
        ALL.put("equals", arguments -> two(arguments).flatMap(pair -> equal(pair.get(0), pair.get(1))));
        ALL.put("format", Functions::format);
        ALL.put("int", arguments -> one(arguments).flatMap(Functions::toInt));
        ALL.put("length", Functions::length);
        ALL.put("not", arguments -> one(arguments).flatMap(Functions::bool).map(b -> new Bool(!b)));
        ALL.put("null", arguments -> arguments.isEmpty() ? Optional.of(Json.NULL) : Optional.empty());
        ALL.put("false", arguments -> arguments.isEmpty() ? Optional.of(new Bool(false)) : Optional.empty());
        ALL.put("true", arguments -> arguments.isEmpty() ? Optional.of(new Bool(true)) : Optional.empty());
        ALL.put("resourceid", Functions::resourceId);
        ALL.put("string", arguments -> one(arguments).flatMap(Functions::string).map(Text::new));
        ALL.put("tolower", arguments -> text(arguments).map(text -> new Text(text.toLowerCase(Locale.ROOT))));
        ALL.put("toupper", arguments -> text(arguments).map(text -> new Text(text.toUpperCase(Locale.ROOT))));
        ALL.put("uniquestring", Functions::uniqueString);
    }

    private Functions() {}

    static Optional<Function> find(String name) {
        return Optional.ofNullable(ALL.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Functions whose result depends on nothing but the text of their arguments, so that it can name things. */
    static boolean isSymbolic(String name) {
        return switch (name) {
            case "concat", "format", "resourceid", "string", "tolower", "toupper", "uniquestring" -> true;
            default -> false;
        };
    }

    private static Optional<Json> one(List<Json> arguments) {
        return arguments.size() == 1 ? Optional.of(arguments.get(0)) : Optional.empty();
    }

    private static Optional<List<Json>> two(List<Json> arguments) {
        return arguments.size() == 2 ? Optional.of(arguments) : Optional.empty();
    }

    private static Optional<String> text(List<Json> arguments) {
        return one(arguments)
                .flatMap(value -> value instanceof Text text ? Optional.of(text.value()) : Optional.empty());
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

    private static Optional<Json> concat(List<Json> arguments) {
        if (!arguments.isEmpty() && arguments.stream().allMatch(Arr.class::isInstance)) {
            List<Json> items = new ArrayList<>();
            arguments.forEach(argument -> items.addAll(((Arr) argument).items()));
            return Optional.of(new Arr(items));
        }
        StringBuilder text = new StringBuilder();
        for (Json argument : arguments) {
            Optional<String> part = scalar(argument);
            if (part.isEmpty() || text.length() + part.get().length() > LONGEST_TEXT) {
                return Optional.empty();
            }
            text.append(part.get());
        }
        return Optional.of(new Text(text.toString()));
    }

    private static Optional<Json> createObject(List<Json> arguments) {
        List<String> keys = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            if (!(arguments.get(i) instanceof Text key)) {
                return Optional.empty();
            }
            keys.add(key.value());
            values.add(arguments.get(i + 1));
        }
        return arguments.size() % 2 == 0 ? Optional.of(new Obj(keys, values)) : Optional.empty();
    }

    private static Optional<Json> empty(List<Json> arguments) {
        return one(arguments)
                .flatMap(Functions::size)
                .map(size -> (Json) new Bool(size == 0))
                .or(() -> one(arguments).filter(Json.Null.class::isInstance).map(nothing -> new Bool(true)));
    }

    private static Optional<Json> length(List<Json> arguments) {
        return one(arguments).flatMap(Functions::size).map(size -> new Num(Integer.toString(size)));
    }

    private static Optional<Integer> size(Json value) {
        if (value instanceof Text text) {
            return Optional.of(text.value().length());
        }
        if (value instanceof Arr array) {
            return Optional.of(array.items().size());
        }
        return value instanceof Obj object ? Optional.of(object.size()) : Optional.empty();
    }

    /** Texts are compared with letter case, as the template language does; nothing where a part is unknown. */
    private static Optional<Json> equal(Json a, Json b) {
        if (hasUnknown(a) || hasUnknown(b)) {
            return Optional.empty();
        }
        return Optional.of(new Bool(a.equals(b)));
    }

    static boolean hasUnknown(Json value) {
        if (value instanceof Arr array) {
            return array.items().stream().anyMatch(Functions::hasUnknown);
        }
        if (value instanceof Obj object) {
            for (int i = 0; i < object.size(); i++) {
                if (hasUnknown(object.value(i))) {
                    return true;
                }
            }
        }
        return value instanceof Json.Unknown;
    }

    private static Optional<Json> format(List<Json> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof Text pattern)) {
            return Optional.empty();
        }
        StringBuilder result = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(pattern.value());
        int from = 0;
        while (matcher.find()) {
            String between = pattern.value().substring(from, matcher.start());
            if (between.indexOf('{') >= 0 || between.indexOf('}') >= 0) {
                // A format specifier such as {0:000}.
                return Optional.empty();
            }
            result.append(between);
            from = matcher.end();
            if (matcher.group(1) == null) {
                result.append(matcher.group().charAt(0));
                continue;
            }
            int index = Integer.parseInt(matcher.group(1)) + 1;
            Optional<String> value = index < arguments.size() ? scalar(arguments.get(index)) : Optional.empty();
            if (value.isEmpty() || result.length() + value.get().length() > LONGEST_TEXT) {
                return Optional.empty();
            }
            result.append(value.get());
        }
        String rest = pattern.value().substring(from);
        return rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0
                ? Optional.empty()
                : Optional.of(new Text(result.append(rest).toString()));
    }

    private static Optional<String> scalar(Json value) {
        if (value instanceof Text text) {
            return Optional.of(text.value());
        }
        if (value instanceof Num number) {
            return Optional.of(number.value());
        }
        if (value instanceof Bool bool) {
            return Optional.of(bool.value() ? "True" : "False");
        }
        return Optional.empty();
    }

    private static Optional<Json> toInt(Json value) {
        String digits = value instanceof Text text ? text.value().trim() : value instanceof Num n ? n.value() : "";
        try {
            return Optional.of(new Num(new BigInteger(digits).toString()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> string(Json value) {
        if (value instanceof Arr || value instanceof Obj) {
            return hasUnknown(value) || value.weight() > LONGEST_TEXT / 10
                    ? Optional.empty()
                    : Optional.of(value.toString());
        }
        return scalar(value);
    }

    /** {@code resourceId([subscription,] [group,] type, name…)}. */
    private static Optional<Json> resourceId(List<Json> arguments) {
        List<String> texts = new ArrayList<>();
        for (Json argument : arguments) {
            if (!(argument instanceof Text text)) {
                return Optional.empty();
            }
            texts.add(text.value());
        }
        for (int i = 0; i < Math.min(3, texts.size()); i++) {
            String type = texts.get(i).endsWith("/")
                    ? texts.get(i).substring(0, texts.get(i).length() - 1)
                    : texts.get(i);
            int slash = type.indexOf('/');
            List<String> names = texts.subList(i + 1, texts.size());
            if (slash > 0 && type.lastIndexOf('.', slash) > 0) {
                if (type.split("/", -1).length - 1 != String.join("/", names).split("/", -1).length) {
                    return Optional.empty();
                }
                String subscription = i == 2 ? texts.get(0) : Resource.SUBSCRIPTION;
                String group = i == 0 ? Resource.RESOURCE_GROUP : texts.get(i - 1);
                return Optional.of(new Text(Resource.idText(
                        "/subscriptions/" + subscription + "/resourceGroups/" + group, type, String.join("/", names))));
            }
        }
        return Optional.empty();
    }

    /** Thirteen characters that are the same for the same arguments; Azure's own are others. */
    private static Optional<Json> uniqueString(List<Json> arguments) {
        StringBuilder seed = new StringBuilder();
        for (Json argument : arguments) {
            Optional<String> part = scalar(argument);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            seed.append(part.get()).append('\n');
        }
        byte[] hash;
        try {
            hash = MessageDigest.getInstance("SHA-256").digest(seed.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        String alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 13; i++) {
            text.append(alphabet.charAt(hash[i] & 31));
        }
        return Optional.of(new Text(text.toString()));
    }
}
