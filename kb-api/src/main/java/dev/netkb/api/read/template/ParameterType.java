package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a template says of the type of a parameter, in place or among its definitions. */
record ParameterType(Node template, Node definition) {

    private static final String DEFINITIONS = "#/definitions/";

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
