package dev.netkb.api.render;

import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.model.report.Overview;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes what many snapshots have in common, for people and for programs. Deterministic and thread-safe. */
public final class OverviewRenderer {

    /** The schema of the JSON document. */
    public static final String SCHEMA = "netkb/summary/1";

    /** Where the schema of the JSON document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/summary-1.schema.json";

    /** How many of each list a person is shown. */
    private static final int SHOWN = 20;

    private final TextStyle style;

    public OverviewRenderer(TextStyle style) {
        this.style = style;
    }

    /** The worst of each kind first, and how many more there are. */
    public void table(Overview overview, Appendable out) throws IOException {
        TextPage page = new TextPage(style);
        requirements(overview.requirements(), page);
        page.blank();
        subscriptions(overview.subscriptions(), page);
        if (overview.change() != null) {
            page.blank();
            change(overview.change(), page);
        }
        page.blank();
        footer(overview.summary(), page);
        out.append(page.toString());
    }

    private static void requirements(List<Overview.Requirement> all, TextPage page) {
        page.line(page.ink(Ink.HEADING, "Requirements, most violated first"));
        if (all.isEmpty()) {
            page.line("  " + page.ink(Ink.GOOD, "none is violated or undetermined"));
            return;
        }
        page.line(page.ink(Ink.QUIET, "  violated  (known)  undetermined  waived  subscriptions  requirement"));
        for (Overview.Requirement each : all.subList(0, Math.min(all.size(), SHOWN))) {
            String numbers = String.format(
                    Locale.ROOT,
                    "  %8d  %7s  %12d  %6d  %13d  ",
                    each.violated(),
                    "(" + each.known() + ")",
                    each.undetermined(),
                    each.waived(),
                    each.subscriptions());
            String rule = Printable.of(each.rule());
            String severity = each.severity().name();
            page.headedInColumn(
                    numbers + rule + " " + page.ink(ink(each.severity()), "[" + severity + "]"),
                    numbers.length() + rule.length() + severity.length() + 3,
                    " ".repeat(numbers.length()),
                    each.title());
        }
        more(all.size(), page);
    }

    private static void subscriptions(List<Overview.Subscription> all, TextPage page) {
        page.line(page.ink(Ink.HEADING, "Subscriptions, worst first"));
        page.line(page.ink(
                Ink.QUIET, "  errors  warnings  infos  (known)  undetermined  waived  locations  subscription"));
        for (Overview.Subscription each : all.subList(0, Math.min(all.size(), SHOWN))) {
            page.line(String.format(
                            Locale.ROOT,
                            "  %6d  %8d  %5d  %7s  %12d  %6d  %9d  ",
                            each.errors(),
                            each.warnings(),
                            each.infos(),
                            "(" + each.known() + ")",
                            each.undetermined(),
                            each.waived(),
                            each.locations())
                    + Printable.of(Words.subscription(each.id())));
        }
        more(all.size(), page);
    }

    private static void change(Overview.Change change, TextPage page) {
        page.line(page.ink(Ink.HEADING, "Since the earlier report"));
        page.line("  " + change.appeared().size() + " new, " + change.solved().size() + " solved, "
                + change.undecided().size() + " undetermined now, "
                + change.accepted().size() + " accepted now, " + change.unseen().size() + " not looked at now, "
                + change.unchanged() + " unchanged");
        violations("new", Ink.ERROR, change.appeared(), page);
        violations("solved", Ink.GOOD, change.solved(), page);
        violations("undetermined now", Ink.UNDETERMINED, change.undecided(), page);
        violations("accepted now", Ink.QUIET, change.accepted(), page);
        violations("not looked at now", Ink.UNDETERMINED, change.unseen(), page);
    }

    private static void violations(String heading, Ink ink, List<Overview.Violation> all, TextPage page) {
        if (all.isEmpty()) {
            return;
        }
        page.blank();
        page.line("  " + page.ink(ink, heading));
        for (Overview.Violation each : all.subList(0, Math.min(all.size(), SHOWN))) {
            ResourceId subject = each.question().subject();
            String location = each.question().location();
            page.words(
                    Ink.PLAIN,
                    "    ",
                    "        ",
                    each.question().rule() + " [" + each.severity().name() + "] " + Words.shortName(subject)
                            + (location.isEmpty() ? "" : " in " + location) + ": " + each.message());
        }
        more(all.size(), page);
    }

    private static void more(int count, TextPage page) {
        if (count > SHOWN) {
            page.words(Ink.QUIET, "  ", "and " + (count - SHOWN) + " more; the json format lists all");
        }
    }

    private static Ink ink(Severity severity) {
        return switch (severity) {
            case ERROR -> Ink.ERROR;
            case WARNING -> Ink.WARNING;
            case INFO -> Ink.INFO;
        };
    }

    private static void footer(Report.Summary all, TextPage page) {
        page.line(Words.count(all.snapshots(), "snapshot") + " (" + all.rejected() + " rejected), "
                + Words.count(all.locations(), "location"));
        if (all.locations() == 0) {
            page.line(page.ink(Ink.ERROR, "NOTHING WAS CHECKED, which is no pass"));
        }
    }

    /** A JSON document of schema {@value #SCHEMA}. */
    public void json(Overview overview, Appendable out) throws IOException {
        try (JsonText json = JsonText.to(out)) {
            json.object().field("schema", SCHEMA);
            JsonRenderer.summary(json, overview.summary());
            json.array("requirements");
            for (Overview.Requirement each : overview.requirements()) {
                json.object()
                        .field("rule", each.rule())
                        .field("title", each.title())
                        .field("severity", each.severity().word())
                        .field("violated", each.violated())
                        .field("undetermined", each.undetermined())
                        .field("waived", each.waived())
                        .field("known", each.known())
                        .field("subscriptions", each.subscriptions())
                        .endObject();
            }
            json.endArray().array("subscriptions");
            for (Overview.Subscription each : overview.subscriptions()) {
                json.object()
                        .field("id", each.id().isEmpty() ? null : each.id())
                        .field("locations", each.locations())
                        .field("error", each.errors())
                        .field("warning", each.warnings())
                        .field("info", each.infos())
                        .field("undetermined", each.undetermined())
                        .field("waived", each.waived())
                        .field("known", each.known())
                        .endObject();
            }
            json.endArray();
            Overview.Change change = overview.change();
            if (change == null) {
                json.nothing("change");
            } else {
                json.object("change").field("unchanged", change.unchanged());
                violations("new", change.appeared(), json);
                violations("solved", change.solved(), json);
                violations("undetermined", change.undecided(), json);
                violations("accepted", change.accepted(), json);
                violations("notLookedAt", change.unseen(), json);
                json.endObject();
            }
            json.endObject().end();
        }
    }

    private static void violations(String name, List<Overview.Violation> all, JsonText json) throws IOException {
        json.array(name);
        for (Overview.Violation each : all) {
            String location = each.question().location();
            String flow = each.question().flow();
            json.object()
                    .field("snapshot", each.snapshot())
                    .field("rule", each.question().rule())
                    .field("severity", each.severity().word())
                    .field("title", each.title())
                    .field("message", each.message())
                    .object("subject")
                    .field("type", each.question().type())
                    .field("id", each.question().subject().text())
                    .field("location", location.isEmpty() ? null : location)
                    .endObject()
                    .field("flow", flow.isEmpty() ? null : flow)
                    .endObject();
        }
        json.endArray();
    }
}
