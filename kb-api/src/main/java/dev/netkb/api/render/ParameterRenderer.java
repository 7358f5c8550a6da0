package dev.netkb.api.render;

import dev.netkb.api.Parameter;
import dev.netkb.api.Parameters;
import dev.netkb.api.render.TextPage.Ink;
import java.io.IOException;

/** Writes the parameters of the rules for people and for programs. Deterministic and thread-safe. */
public final class ParameterRenderer {

    /** The schema of the JSON document. */
    public static final String SCHEMA = "netkb/parameter-list/1";

    /** Where the schema of the JSON document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/parameter-list-1.schema.json";

    private final TextStyle style;

    public ParameterRenderer(TextStyle style) {
        this.style = style;
    }

    /** Each parameter with the value in force, what it is and who reads it. */
    public void list(Parameters inForce, Appendable out) throws IOException {
        TextPage page = new TextPage(style);
        for (Parameter parameter : Parameter.values()) {
            String value = inForce.text(parameter);
            String standard = parameter.standard();
            page.words(
                    Ink.HEADING,
                    "",
                    "    ",
                    parameter.key() + " = " + shown(value)
                            + (value.equals(standard) ? "" : "   (otherwise " + shown(standard) + ")"));
            page.words(Ink.PLAIN, "    ", parameter.description());
            page.words(
                    Ink.QUIET,
                    "    ",
                    parameter.type().word() + ", such as " + parameter.type().example() + "; read by "
                            + String.join(", ", parameter.usedBy()));
        }
        page.line(Words.count(Parameter.values().length, "parameter"));
        out.append(page.toString());
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    /** The same as JSON. */
    public void json(Parameters inForce, Appendable out) throws IOException {
        try (JsonText json = JsonText.to(out)) {
            json.object().field("schema", SCHEMA).array("parameters");
            for (Parameter parameter : Parameter.values()) {
                json.object()
                        .field("name", parameter.key())
                        .field("type", parameter.type().word())
                        .field("default", parameter.standard())
                        .field("value", inForce.text(parameter))
                        .field("description", parameter.description())
                        .field("usedBy", parameter.usedBy())
                        .endObject();
            }
            json.endArray().endObject();
            json.end();
        }
    }
}
