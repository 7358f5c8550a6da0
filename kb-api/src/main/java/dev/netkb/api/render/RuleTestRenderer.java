package dev.netkb.api.render;

import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleTestReport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes what became of the examples of a folder of rules, for people and for programs. Deterministic, thread-safe. */
public final class RuleTestRenderer {

    /** The schema of the JSON document. */
    public static final String SCHEMA = "netkb/rule-tests/1";

    /** Where the schema of the JSON document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/rule-tests-1.schema.json";

    private static final String MARGIN = "  ";
    private static final int WHOLE = 100;

    private final TextStyle style;

    public RuleTestRenderer(TextStyle style) {
        this.style = style;
    }

    /** Case by case, what is not covered, the mutants that nobody noticed, and the sums. */
    public void table(RuleTestReport report, Appendable out) throws IOException {
        TextPage page = new TextPage(style);
        String file = "";
        for (RuleTestReport.Case each : report.cases()) {
            if (!each.file().equals(file)) {
                file = each.file();
                page.line(page.ink(Ink.HEADING, file));
            }
            String word = each.passed() ? "passed" : "FAILED";
            page.headed(
                    MARGIN + page.ink(each.passed() ? Ink.GOOD : Ink.ERROR, word),
                    MARGIN.length() + word.length(),
                    MARGIN + MARGIN,
                    each.it());
            for (String failure : each.failures()) {
                for (String line : failure.split("\n", -1)) {
                    int blanks = line.length() - line.stripLeading().length();
                    page.words(Ink.PLAIN, MARGIN + MARGIN + MARGIN + " ".repeat(blanks), line.strip());
                }
            }
        }
        page.blank();
        uncovered(report, page);
        survivors(report, page);
        page.line(sums(report));
        out.append(page.toString());
    }

    private static void uncovered(RuleTestReport report, TextPage page) {
        List<RuleTestReport.Coverage> open =
                report.coverage().stream().filter(each -> !each.covered()).toList();
        if (open.isEmpty()) {
            return;
        }
        page.line(page.ink(Ink.WARNING, "Not covered by any example:"));
        for (RuleTestReport.Coverage each : open) {
            page.words(
                    Ink.PLAIN,
                    MARGIN,
                    MARGIN + MARGIN,
                    each.item().place() + " " + item(each.item()) + ": " + String.join(", ", each.missing()));
        }
        page.blank();
    }

    private static void survivors(RuleTestReport report, TextPage page) {
        RuleTestReport.Mutation mutation = report.mutation();
        if (mutation == null || mutation.survivors().isEmpty()) {
            return;
        }
        page.line(page.ink(Ink.WARNING, "Changes that no example notices:"));
        for (RuleTestReport.Survivor each : mutation.survivors()) {
            page.words(
                    Ink.PLAIN, MARGIN, MARGIN + MARGIN, each.place() + " " + item(each.item()) + ": " + each.change());
        }
        page.blank();
    }

    private static String item(RuleItem item) {
        return item.name().startsWith(item.id() + " ") ? item.name() : item.id();
    }

    private static String sums(RuleTestReport report) {
        String sums = report.passed() + " passed, " + report.failed() + " failed; " + report.covered() + " of "
                + report.coverage().size() + " rules and rows covered";
        RuleTestReport.Mutation mutation = report.mutation();
        return mutation == null
                ? sums
                : sums + "; " + mutation.noticed() + " of " + Words.count(mutation.tried(), "change") + " noticed"
                        + (mutation.tried() == 0 ? "" : " (" + WHOLE * mutation.noticed() / mutation.tried() + " %)");
    }

    /** A JSON document of schema {@value #SCHEMA}. */
    public void json(RuleTestReport report, Appendable out) throws IOException {
        RuleTestReport.Mutation mutation = report.mutation();
        try (JsonText json = JsonText.to(out)) {
            json.object()
                    .field("schema", SCHEMA)
                    .field("folder", report.folder())
                    .object("summary")
                    .field("passed", report.passed())
                    .field("failed", report.failed())
                    .field("items", report.coverage().size())
                    .field("covered", report.covered())
                    .endObject()
                    .array("cases");
            for (RuleTestReport.Case each : report.cases()) {
                json.object()
                        .field("file", each.file())
                        .field("rule", each.rule())
                        .field("it", each.it())
                        .field("passed", each.passed())
                        .field("failures", each.failures())
                        .endObject();
            }
            json.endArray().array("coverage");
            for (RuleTestReport.Coverage each : report.coverage()) {
                json.object();
                item(each.item(), each.item().place(), json);
                json.field("covered", each.covered())
                        .field("missing", each.missing())
                        .endObject();
            }
            json.endArray();
            if (mutation == null) {
                json.nothing("mutation");
            } else {
                json.object("mutation")
                        .field("tried", mutation.tried())
                        .field("noticed", mutation.noticed())
                        .array("survivors");
                for (RuleTestReport.Survivor each : mutation.survivors()) {
                    json.object();
                    item(each.item(), each.place(), json);
                    json.field("change", each.change()).endObject();
                }
                json.endArray().endObject();
            }
            json.endObject().end();
        }
    }

    private static void item(RuleItem item, String place, JsonText json) throws IOException {
        json.field("kind", item.kind().name().toLowerCase(Locale.ROOT))
                .field("id", item.id())
                .field("name", item.name())
                .field("place", place);
    }
}
