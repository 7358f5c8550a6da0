package dev.netkb.api.render;

import dev.netkb.api.RuleInfo;
import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.model.report.Severity;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the catalogue of requirements for people and for programs. Deterministic and thread-safe. */
public final class CatalogueRenderer {

    /** The schema of the JSON document. */
    public static final String SCHEMA = "netkb/rules/1";

    /** Where the schema of the JSON document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/rules-1.schema.json";

    private static final String OPEN = "-";

    private final TextStyle style;

    public CatalogueRenderer(TextStyle style) {
        this.style = style;
    }

    /** One line for each requirement. */
    public void list(List<RuleInfo> rules, Appendable out) throws IOException {
        int id = width("ID", rules, RuleInfo::id);
        int severity = width("SEVERITY", rules, CatalogueRenderer::severities);
        int kind = width("KIND", rules, RuleInfo::kind);
        TextPage page = new TextPage(style);
        page.line(page.ink(
                Ink.HEADING, columns(id, "ID", severity, "SEVERITY", kind, "KIND", "SINCE", "UNTIL") + "TITLE"));
        for (RuleInfo rule : rules) {
            String columns = columns(
                    id,
                    rule.id(),
                    severity,
                    severities(rule),
                    kind,
                    rule.kind(),
                    month(rule.since()),
                    month(rule.until()));
            String models = rule.models().isEmpty() ? "" : " [" + String.join(", ", rule.models()) + "]";
            page.words(Ink.PLAIN, Printable.of(columns), " ".repeat(columns.length()), rule.title() + models);
        }
        page.line(Words.count(rules.size(), "requirement"));
        out.append(page.toString());
    }

    private static int width(String head, List<RuleInfo> rules, Function<RuleInfo, String> column) {
        return rules.stream()
                .mapToInt(rule -> Printable.of(column.apply(rule)).length())
                .reduce(head.length(), Math::max);
    }

    private static String columns(
            int idWidth,
            String id,
            int severityWidth,
            String severity,
            int kindWidth,
            String kind,
            String since,
            String until) {
        return padded(id, idWidth)
                + padded(severity, severityWidth)
                + padded(kind, kindWidth)
                + padded(since, 7)
                + padded(until, 7);
    }

    private static String padded(String text, int width) {
        String safe = Printable.of(text);
        return safe + " ".repeat(Math.max(0, width - safe.length()) + 2);
    }

    private static String severities(RuleInfo rule) {
        return rule.severities().isEmpty()
                ? OPEN
                : String.join(
                        ",", rule.severities().stream().map(Severity::word).toList());
    }

    private static String month(@Nullable String month) {
        return month == null ? OPEN : month;
    }

    /** Everything that is known of one requirement. */
    public void page(RuleInfo rule, Appendable out) throws IOException {
        TextPage page = new TextPage(style);
        String id = Printable.of(rule.id());
        page.headed(page.ink(Ink.HEADING, id), id.length(), "    ", rule.title());
        page.blank();
        page.words(Ink.PLAIN, "  ", rule.description());
        page.blank();
        if (rule.text() != null) {
            blocks(rule.text(), page);
        }
        page.labelled("severity", severities(rule).replace(",", ", "));
        page.labelled("kind", rule.kind());
        page.labelled("family", rule.family());
        page.labelled("in force", inForce(rule));
        page.labelled("models", listed(rule.models()));
        page.labelled("platforms", listed(rule.platforms()));
        page.labelled("needs", listed(rule.requires()));
        page.labelled("exported by", rule.exports());
        page.labelled("replaced by", listed(rule.replacedBy()));
        page.labelled("not decided", rule.reason() == null ? List.of() : List.of(rule.reason()));
        page.labelled("remediation", rule.remediation() == null ? List.of() : List.of(rule.remediation()));
        page.labelled("formerly", listed(rule.formerly()));
        page.labelled("pack", rule.pack());
        page.labelled("source", rule.source().stream().map(Words::source).toList());
        out.append(page.toString());
    }

    /** Paragraphs and lists with an empty line between them; within one, a new line is only a blank. */
    private static void blocks(String text, TextPage page) {
        for (String block : text.strip().split("\\R\\s*\\R", -1)) {
            for (String part : block.split("\\R(?=- )", -1)) {
                String next = part.startsWith("- ") ? "    " : "  ";
                page.words(Ink.PLAIN, "  ", next, part.replaceAll("\\s+", " "));
            }
            page.blank();
        }
    }

    private static String inForce(RuleInfo rule) {
        String since = rule.since() == null ? "always" : "since " + rule.since();
        return rule.until() == null ? since : since + ", until " + rule.until();
    }

    /** One line, or none for an empty list. */
    private static List<String> listed(List<String> values) {
        return values.isEmpty() ? List.of() : List.of(String.join(", ", values));
    }

    /** A JSON document of schema {@value #SCHEMA}. */
    public void json(List<RuleInfo> rules, Appendable out) throws IOException {
        try (JsonText json = JsonText.to(out)) {
            json.object().field("schema", SCHEMA).array("rules");
            for (RuleInfo rule : rules) {
                json.object()
                        .field("id", rule.id())
                        .field("title", rule.title())
                        .field("kind", rule.kind())
                        .field("family", rule.family())
                        .field(
                                "severities",
                                rule.severities().stream().map(Severity::word).toList())
                        .field("since", rule.since())
                        .field("until", rule.until())
                        .field("models", rule.models())
                        .field("platforms", rule.platforms())
                        .field("requires", rule.requires())
                        .field("exports", rule.exports())
                        .field("replacedBy", rule.replacedBy())
                        .field("reason", rule.reason())
                        .field("description", rule.description())
                        .field("text", rule.text())
                        .field("remediation", rule.remediation());
                JsonRenderer.sources(json, rule.source());
                json.field("formerly", rule.formerly())
                        .field("pack", rule.pack())
                        .endObject();
            }
            json.endArray().endObject().end();
        }
    }
}
