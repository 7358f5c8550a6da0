package dev.netkb.api.read.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the project's own snapshot format says what other formats cannot. */
public final class OwnFormat {

    /** The value of {@code schema}. */
    public static final String SCHEMA = "netkb/snapshot/1";

    /** The one key of an object that stands for an unknown value; its text says why. */
    public static final String UNKNOWN = "netkb:unknown";

    /** Marks a resource that is planned and not deployed. */
    public static final String PLANNED = "netkb:planned";

    /** In a rule: why it is not known whether it is deployed. */
    public static final String PERHAPS = "netkb:perhaps";

    private static final String OF_THIS_PROJECT = "netkb/";
    private static final String KNOWN = OF_THIS_PROJECT + "known/";

    /** The name of a snapshot is not longer. */
    private static final int LONGEST_BEGIN = 1 << 13;

    private static final Pattern BEGIN = Pattern.compile(
            "\\s*\\{\\s*(?:"
                    + "\"schema\"\\s*:\\s*\"netkb/(?!snapshot/|known/)"
                    + "|\"\\$schema\"\\s*:\\s*\"[^\"]*sarif"
                    + "|\"source\"\\s*:\\s*\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"\\s*,\\s*\"status\"\\s*:\\s*\"(?:evaluated|rejected)\")");

    private OwnFormat() {}

    /** Whether a text in UTF-8 begins as netkb begins what it writes as JSON, or as a SARIF log, and does not read again. */
    public static boolean beginsResult(byte[] text) {
        return BEGIN.matcher(new String(text, 0, Math.min(text.length, LONGEST_BEGIN), StandardCharsets.UTF_8))
                .lookingAt();
    }

    /** What netkb wrote about snapshots and is none itself, in words; empty where it is something else. */
    public static Optional<String> result(Node node) {
        String schema = node.text("schema");
        if (schema != null && schema.startsWith(OF_THIS_PROJECT)) {
            return schema.startsWith(OF_THIS_PROJECT + "snapshot/")
                    ? Optional.empty()
                    : Optional.of((schema.startsWith(KNOWN) ? "a list of known violations" : "a netkb report") + " ("
                            + schema + ")");
        }
        String status = node.text("status");
        Node results = node.get("results");
        boolean isLine = node.text("source") != null
                && ("evaluated".equals(status) || "rejected".equals(status))
                && results != null
                && results.isArray();
        return isLine ? Optional.of("a netkb report (JSON lines)") : Optional.empty();
    }

    static Json.Obj unknown(String reason) {
        return new Json.Obj(List.of(UNKNOWN), List.of(new Json.Text(reason)));
    }

    /** The value with all marks of unknown values turned into unknown values. */
    public static Json withUnknown(Json value) {
        if (value instanceof Json.Arr array) {
            return new Json.Arr(
                    array.items().stream().map(OwnFormat::withUnknown).toList());
        }
        if (!(value instanceof Json.Obj object)) {
            return value;
        }
        if (object.size() == 1 && object.get(UNKNOWN) instanceof Json.Text reason) {
            return new Json.Unknown(reason.value());
        }
        List<Json> values = new ArrayList<>();
        for (int i = 0; i < object.size(); i++) {
            values.add(withUnknown(object.value(i)));
        }
        return new Json.Obj(object.keys(), values);
    }
}
