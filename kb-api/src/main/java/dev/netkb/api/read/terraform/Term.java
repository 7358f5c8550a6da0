package dev.netkb.api.read.terraform;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument, or a part of one: what the plan says of it in several places.
 *
 * @param path its name from the resource on, such as {@code module.net.azurerm_subnet.a.delegation[0]}
 * @param node its planned value; {@code null} where it has none
 * @param unknown {@code true} where it is not known before the plan is applied, or the same for its parts
 * @param sensitive {@code true} where it is a secret, or the same for its parts
 * @param expression how the configuration gives it; null where the configuration does not show that
 * @param declared whether the configuration gives it; null where that cannot be told
 */
record Term(
        String path,
        Node node,
        Json unknown,
        Json sensitive,
        @Nullable Node expression,
        @Nullable Boolean declared) {

    private static final Json FALSE = new Json.Bool(false);
    private static final Json TRUE = new Json.Bool(true);

    static Term of(
            String address, Node values, @Nullable Json unknown, @Nullable Json sensitive, @Nullable Node shown) {
        return new Term(
                address, values, unknown == null ? FALSE : unknown, sensitive == null ? FALSE : sensitive, shown, null);
    }

    /** The argument with a name in this block. */
    Term get(String key) {
        Node value = node.getOrNullValue(key);
        Node given = expression == null ? null : isExpression(expression) ? expression : expression.get(key);
        return new Term(
                path + "." + key,
                value == null ? node.withValue(Json.NULL) : value,
                part(unknown, key),
                part(sensitive, key),
                given,
                expression == null ? null : Boolean.valueOf(given != null));
    }

    /** The items of a list or the blocks of a kind; a single block counts as a list of one. */
    List<Term> items() {
        if (node.isObject()) {
            return List.of(this);
        }
        List<Node> values = node.items();
        int size = Math.max(
                values.size(), unknown instanceof Json.Arr array ? array.items().size() : 0);
        List<Node> shown = expression == null ? List.of() : expression.items();
        List<Term> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Node given = expression != null && isExpression(expression)
                    ? expression
                    : shown.size() == size ? shown.get(i) : null;
            items.add(new Term(
                    path + "[" + i + "]",
                    i < values.size() ? values.get(i) : node.withValue(Json.NULL),
                    part(unknown, i),
                    part(sensitive, i),
                    given,
                    given == null ? null : Boolean.TRUE));
        }
        return items;
    }

    /** Whether nothing of it is known. A secret whose value was taken out of the plan is not known either. */
    boolean isUnknown() {
        boolean redacted = node.isNull()
                || node.value() instanceof Json.Text text && text.value().startsWith("(sensitive");
        return unknown.equals(TRUE) || sensitive.equals(TRUE) && redacted;
    }

    /** Whether it has no value, and will have none. */
    boolean isAbsent() {
        return node.isNull() && !isUnknown() && !(unknown instanceof Json.Obj) && !hasItems(unknown);
    }

    /** Whether it is left to the provider or to Azure, because the configuration does not give it. */
    boolean isLeftToAzure() {
        return isUnknown() && Boolean.FALSE.equals(declared);
    }

    /** The text, null where it is none or not known. */
    @Nullable
    String text() {
        return !isUnknown()
                        && node.value() instanceof Json.Text text
                        && !text.value().isBlank()
                ? text.value().trim()
                : null;
    }

    boolean isTrue() {
        return !isUnknown() && node.value().equals(TRUE);
    }

    /** Why it is not known, for people: its name, and what the configuration gives for it. */
    String reason() {
        List<String> references = References.heads(expression);
        return path + " is known only after apply"
                + (references.isEmpty() ? "" : " (it is made of " + String.join(", ", references) + ")");
    }

    private static boolean isExpression(Node expression) {
        return expression.get("references") != null || expression.getOrNullValue("constant_value") != null;
    }

    private static boolean hasItems(Json value) {
        return value instanceof Json.Arr array && !array.items().isEmpty();
    }

    private static Json part(Json whole, String key) {
        if (whole.equals(TRUE)) {
            return TRUE;
        }
        Json part = whole instanceof Json.Obj object ? object.get(key) : null;
        return part == null ? FALSE : part;
    }

    private static Json part(Json whole, int index) {
        if (whole.equals(TRUE)) {
            return TRUE;
        }
        return whole instanceof Json.Arr array && index < array.items().size()
                ? array.items().get(index)
                : FALSE;
    }
}
