package dev.netkb.api.render;

import dev.netkb.api.FlowQuestion;
import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import java.io.IOException;
import java.util.List;

/** Writes the answer to a question about one flow, for people and for programs. Deterministic and thread-safe. */
public final class FlowRenderer {

    /** The schema of the JSON document. */
    public static final String SCHEMA = "netkb/flow/1";

    /** Where the schema of the JSON document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/flow-1.schema.json";

    private final TextStyle style;

    public FlowRenderer(TextStyle style) {
        this.style = style;
    }

    /** The verdict first, then who decides which part at which stage. */
    public void table(FlowQuestion question, FlowResult flow, Appendable out) throws IOException {
        TextPage page = new TextPage(style);
        String verdict = flow.verdict().word();
        Ink ink = switch (flow.verdict()) {
            case ALLOWED -> Ink.GOOD;
            case DENIED -> Ink.ERROR;
            case PARTIAL -> Ink.WARNING;
            case UNDETERMINED -> Ink.UNDETERMINED;
        };
        page.headed(page.ink(ink, verdict), verdict.length(), "    ", asked(question));
        for (FlowStage stage : flow.stages()) {
            List<String> rules =
                    stage.decidedBy().stream().map(rule -> decides(flow, rule)).toList();
            page.labelled(stage.stage(), rules);
        }
        page.labelled(
                "denied",
                flow.denied().stream().map(part -> Words.denied(flow, part)).toList());
        if (flow.witness() != null) {
            page.labelled("packet", Words.witness(flow.witness()) + " is dropped");
        }
        page.labelled("missing", flow.missing());
        out.append(page.toString());
    }

    private static String asked(FlowQuestion question) {
        String sourcePorts = question.sourcePorts().isAll() ? "" : " (source port " + question.sourcePorts() + ")";
        String ports = question.destinationPorts().isAll()
                ? "any port"
                : question.destinationPorts().toString();
        String protocol = question.protocols().toString().replace("*", "any protocol");
        return protocol + " " + ports + " from " + question.from() + sourcePorts + " to " + question.to();
    }

    private static String decides(FlowResult flow, DecidingRule rule) {
        return Words.decidingRule(rule)
                + (rule.allows() ? " lets " : " drops ")
                + Words.part(flow, rule.ports(), rule.remote())
                + (rule.allows() ? " pass" : "")
                + Words.bracketed(rule.at());
    }

    /**
     * A JSON document of schema {@value #SCHEMA}.
     *
     * @param source the name of the snapshot
     */
    public void json(String source, FlowQuestion question, FlowResult flow, Appendable out) throws IOException {
        try (JsonText json = JsonText.to(out)) {
            json.object().field("schema", SCHEMA).field("source", source);
            json.object("question")
                    .field("from", question.from())
                    .field("to", question.to())
                    .field("protocol", question.protocols().toString())
                    .field("sourcePorts", question.sourcePorts().toTexts())
                    .field("ports", question.destinationPorts().toTexts())
                    .endObject();
            JsonRenderer.flow(json, flow);
            json.endObject().end();
        }
    }
}
