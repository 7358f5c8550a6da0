package dev.netkb.api.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SARIF 2.1.0 log of one run. It is small, so that whoever has results to tell only fills in its parts; the places where
 * the standard forbids or demands something are here.
 *
 * @param rules what results may speak of, each once
 * @param notifications what the tool met besides; null where nothing is to be said of the run itself
 */
record SarifLog(
        String toolVersion, List<Rule> rules, @Nullable Notifications notifications, List<Entry> results) {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String VERSION = "2.1.0";

    SarifLog {
        rules = List.copyOf(rules);
        results = List.copyOf(results);
    }

    /** The levels of results and notifications. */
    enum Level {
        ERROR,
        WARNING,
        NOTE,
        NONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a result says of its rule; all but a failure has level {@code none}, as the standard demands. */
    enum Kind {
        FAIL("fail"),
        PASS("pass"),
        OPEN("open"),
        NOT_APPLICABLE("notApplicable");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /**
     * A rule.
     *
     * @param title null where it has none
     * @param helpUri an absolute address, null where it has none
     */
    record Rule(
            String id,
            @Nullable String name,
            @Nullable String title,
            @Nullable String description,
            String help,
            @Nullable String helpMarkdown,
            @Nullable String helpUri,
            Level level,
            List<String> tags) {}

    /**
     * A place.
     *
     * @param uri null where it is in no file
     * @param line from 1; 0 for the whole file
     * @param column from 1; 0 where it is not known
     * @param length in characters; 0 where it is not known
     * @param message what is there, null where that is plain
     */
    record Location(
            @Nullable String uri,
            int line,
            int column,
            int length,
            @Nullable String excerpt,
            @Nullable Logical logical,
            @Nullable String message) {}

    /** A place that is none in a file. */
    record Logical(String name, @Nullable String fullName, String kind) {}

    /** Why a failure does not count. */
    record Suppression(String justification) {}

    /**
     * A result.
     *
     * @param fingerprint the same as long as it is the same finding; null where nobody can tell
     */
    record Entry(
            String rule,
            Kind kind,
            Level level,
            String message,
            @Nullable String markdown,
            Location location,
            List<Location> related,
            @Nullable String fingerprint,
            List<Suppression> suppressions,
            List<Fix> fixes,
            Map<String, Object> properties) {}

    /**
     * Edits of files that mend a result.
     *
     * @param replacements address of a file → what is replaced in it
     */
    record Fix(String description, Map<String, List<Replacement>> replacements) {}

    /** A region, empty where its end is its begin, and what takes its place. All count from 1. */
    record Replacement(int startLine, int startColumn, int endLine, int endColumn, String text) {}

    /** Something that the tool met. */
    record Notification(
            String id,
            Level level,
            String message,
            @Nullable Location location) {}

    /** What became of the run. */
    record Notifications(boolean successful, List<Notification> all) {}

    void write(Appendable out) throws IOException {
        List<String> ids = rules.stream().map(Rule::id).toList();
        Map<String, Integer> index = new HashMap<>();
        ids.forEach(id -> index.put(id, index.size()));
        try (JsonText json = JsonText.to(out)) {
            json.object()
                    .field("$schema", SCHEMA)
                    .field("version", VERSION)
                    .array("runs")
                    .object()
                    .object("tool")
                    .object("driver")
                    .field("name", "netkb")
                    .field("version", toolVersion)
                    .array("rules");
            for (Rule rule : rules) {
                rule(rule, json);
            }
            json.endArray().endObject().endObject();
            if (notifications != null) {
                invocation(notifications, json);
            }
            json.field("columnKind", "utf16CodeUnits").array("results");
            for (Entry result : results) {
                result(result, index.getOrDefault(result.rule(), -1), json);
            }
            json.endArray().endObject().endArray().endObject().end();
        }
    }

    private static void rule(Rule rule, JsonText json) throws IOException {
        json.object().field("id", rule.id());
        if (rule.name() != null) {
            json.field("name", rule.name());
        }
        text("shortDescription", rule.title(), json);
        text("fullDescription", rule.description(), json);
        json.object("help").field("text", rule.help());
        if (rule.helpMarkdown() != null) {
            json.field("markdown", rule.helpMarkdown());
        }
        json.endObject();
        if (rule.helpUri() != null) {
            json.field("helpUri", rule.helpUri());
        }
        json.object("defaultConfiguration").field("level", rule.level().word()).endObject();
        if (!rule.tags().isEmpty()) {
            json.object("properties").field("tags", rule.tags()).endObject();
        }
        json.endObject();
    }

    private static void text(String name, @Nullable String text, JsonText json) throws IOException {
        if (text != null) {
            json.object(name).field("text", text).endObject();
        }
    }

    private static void invocation(Notifications notifications, JsonText json) throws IOException {
        json.array("invocations")
                .object()
                .field("executionSuccessful", notifications.successful())
                .array("toolExecutionNotifications");
        for (Notification each : notifications.all()) {
            json.object()
                    .object("descriptor")
                    .field("id", each.id())
                    .endObject()
                    .field("level", each.level().word());
            text("message", plain(each.message()), json);
            if (each.location() != null) {
                json.array("locations").object();
                location(each.location(), json);
                json.endObject().endArray();
            }
            json.endObject();
        }
        json.endArray().endObject().endArray();
    }

    private static void result(Entry result, int ruleIndex, JsonText json) throws IOException {
        json.object()
                .field("ruleId", result.rule())
                .field("ruleIndex", ruleIndex)
                .field("kind", result.kind().word)
                .field("level", (result.kind() == Kind.FAIL ? result.level() : Level.NONE).word())
                .object("message")
                .field("text", plain(result.message()));
        if (result.markdown() != null) {
            json.field("markdown", result.markdown());
        }
        json.endObject().array("locations").object();
        location(result.location(), json);
        json.endObject().endArray();
        if (!result.related().isEmpty()) {
            json.array("relatedLocations");
            int id = 1;
            for (Location related : result.related()) {
                json.object().field("id", id++);
                location(related, json);
                json.endObject();
            }
            json.endArray();
        }
        if (result.fingerprint() != null) {
            // The first is the only one that the code scanning of GitHub looks at.
            json.object("partialFingerprints")
                    .field("primaryLocationLineHash", result.fingerprint())
                    .field("netkbQuestion/v1", result.fingerprint())
                    .endObject();
        }
        if (!result.suppressions().isEmpty()) {
            json.array("suppressions");
            for (Suppression suppression : result.suppressions()) {
                json.object()
                        .field("kind", "external")
                        .field("status", "accepted")
                        .field("justification", suppression.justification())
                        .endObject();
            }
            json.endArray();
        }
        fixes(result.fixes(), json);
        json.named("properties", result.properties()).endObject();
    }

    private static void fixes(List<Fix> fixes, JsonText json) throws IOException {
        if (fixes.isEmpty()) {
            return;
        }
        json.array("fixes");
        for (Fix fix : fixes) {
            json.object();
            text("description", plain(fix.description()), json);
            json.array("artifactChanges");
            for (Map.Entry<String, List<Replacement>> change :
                    fix.replacements().entrySet()) {
                json.object()
                        .object("artifactLocation")
                        .field("uri", change.getKey())
                        .endObject()
                        .array("replacements");
                for (Replacement each : change.getValue()) {
                    json.object()
                            .object("deletedRegion")
                            .field("startLine", each.startLine())
                            .field("startColumn", each.startColumn())
                            .field("endLine", each.endLine())
                            .field("endColumn", each.endColumn())
                            .endObject();
                    text("insertedContent", each.text(), json);
                    json.endObject();
                }
                json.endArray().endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private static void location(Location location, JsonText json) throws IOException {
        if (location.uri() != null) {
            json.object("physicalLocation")
                    .object("artifactLocation")
                    .field("uri", location.uri())
                    .endObject();
            region(location, json);
            json.endObject();
        }
        Logical logical = location.logical();
        if (logical != null) {
            json.array("logicalLocations").object().field("name", logical.name());
            if (logical.fullName() != null) {
                json.field("fullyQualifiedName", logical.fullName());
            }
            json.field("kind", logical.kind()).endObject().endArray();
        }
        text("message", location.message() == null ? null : plain(location.message()), json);
    }

    private static void region(Location at, JsonText json) throws IOException {
        if (at.line() == 0) {
            return;
        }
        json.object("region").field("startLine", at.line());
        if (at.column() > 0) {
            json.field("startColumn", at.column());
            if (at.length() > 0) {
                json.field("endColumn", at.column() + at.length());
            }
        }
        text("snippet", at.excerpt(), json);
        json.endObject();
    }

    /** In plain texts of the standard {@code [words](target)} is a link; what comes from data must not make one. */
    private static String plain(String text) {
        return text.replace("](", "] (");
    }

    /** A relative reference; of what does not lie below the root, a file of this machine. */
    static String uri(String file, Path root) {
        Path absolute;
        try {
            absolute = root.resolve(file).normalize();
        } catch (InvalidPathException e) {
            return encoded(file);
        }
        if (!absolute.startsWith(root)) {
            // Whether a folder is there now, which would add a slash, is no matter of the log.
            return absolute.toUri().toString().replaceFirst("(?<=[^/])/$", "");
        }
        List<String> names = new ArrayList<>();
        root.relativize(absolute).forEach(name -> names.add(name.toString()));
        return encoded(String.join("/", names));
    }

    private static String encoded(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x7F && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
            uri.append(plain ? Character.toString(c) : String.format("%%%02X", (int) c));
        }
        return uri.toString();
    }
}
