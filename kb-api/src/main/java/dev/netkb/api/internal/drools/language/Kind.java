package dev.netkb.api.internal.drools.language;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What kind of value an expression has.
 *
 * @param type never a primitive one
 * @param element what a list holds, null for what is none
 * @param optional whether the value may be missing
 */
record Kind(Class<?> type, @Nullable Class<?> element, boolean optional) {

    static final Kind TEXT = of(String.class);
    static final Kind NUMBER = of(Number.class);
    static final Kind YES_NO = of(Boolean.class);
    /** The kind of what could not be understood; it fits everything, so that one mistake is told once. */
    static final Kind UNKNOWN = of(Object.class);

    static Kind of(Class<?> type) {
        return new Kind(boxed(type), null, false);
    }

    static Kind of(AnnotatedType annotated) {
        Type type = annotated.getType();
        Class<?> element = null;
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            element = raw(arguments[arguments.length - 1]);
        }
        return new Kind(boxed(raw(type)), element, annotated.isAnnotationPresent(Nullable.class));
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        return Object.class;
    }

    private static Class<?> boxed(Class<?> type) {
        return switch (type.getName()) {
            case "int" -> Integer.class;
            case "long" -> Long.class;
            case "boolean" -> Boolean.class;
            case "double" -> Double.class;
            case "char" -> Character.class;
            case "byte" -> Byte.class;
            case "short" -> Short.class;
            case "float" -> Float.class;
            default -> type;
        };
    }

    Kind always() {
        return new Kind(type, element, false);
    }

    Kind maybe() {
        return new Kind(type, element, true);
    }

    boolean isUnknown() {
        return type == Object.class;
    }

    boolean isNumber() {
        return Number.class.isAssignableFrom(type);
    }

    boolean isText() {
        return type == String.class;
    }

    boolean isYesNo() {
        return type == Boolean.class;
    }

    boolean isFixed() {
        return type.isEnum();
    }

    boolean isList() {
        return Collection.class.isAssignableFrom(type);
    }

    Kind ofElement() {
        return element == null ? UNKNOWN : of(element);
    }

    /** Whether values of the two can be equal. */
    boolean canEqual(Kind other) {
        return isUnknown()
                || other.isUnknown()
                || isNumber() && other.isNumber()
                || type.isAssignableFrom(other.type)
                || other.type.isAssignableFrom(type);
    }

    /** Whether values of the two can be put in an order. */
    boolean canOrder(Kind other) {
        return isUnknown()
                || other.isUnknown()
                || isNumber() && other.isNumber()
                || Temporal.class.isAssignableFrom(type) && type == other.type;
    }

    /** In plain words, with an article. */
    String words() {
        if (isUnknown()) {
            return "a value";
        }
        if (isText()) {
            return "a text";
        }
        if (isNumber()) {
            return "a number";
        }
        if (isYesNo()) {
            return "true or false";
        }
        if (isList()) {
            return "a list" + (element == null ? "" : " of " + several(element));
        }
        if (Map.class.isAssignableFrom(type)) {
            return "a table of names and values";
        }
        if (type == Optional.class) {
            return "something that may be missing";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "a time";
        }
        if (isFixed()) {
            return "one of the values of " + FactCatalogue.shownName(type);
        }
        return article(name(type));
    }

    /** Fact types have their names; what is a part of facts is named in plain words. */
    private static String name(Class<?> type) {
        String name = FactCatalogue.shownName(type);
        if (FactCatalogue.type(name) != null || name.equals("Finding")) {
            return name;
        }
        return switch (name) {
            case "ResourceId" -> "id of a resource";
            case "AzureFact" -> "exported fact";
            default ->
                type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        };
    }

    private static String several(Class<?> type) {
        if (type == String.class) {
            return "texts";
        }
        if (type == Integer.class) {
            return "numbers";
        }
        String name = name(type);
        return name.equals("id of a resource")
                ? "ids of resources"
                : name + (name.endsWith("s") || name.endsWith("x") ? "es" : "s");
    }

    private static String article(String name) {
        return ("AEIOUaeio".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    static List<String> constants(Class<?> fixed) {
        return Arrays.stream(fixed.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }
}
