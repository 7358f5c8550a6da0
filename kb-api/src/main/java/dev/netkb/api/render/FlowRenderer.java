package dev.netkb.api.render;

import dev.netkb.api.FlowQuestion;
import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.ProtocolSet;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the answer to a question about one flow, for people and for programs. Deterministic and thread-safe. */
public final class FlowRenderer {

    /** The schema of the JSON document. */
    public static final String SCHEMA = "netkb/flow/1";

    /** Where the schema of the JSON document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/flow-1.schema.json";

    /** Missing data that say in brackets how to get them. */
    private static final Pattern COMMAND = Pattern.compile("(.+) \\((az [^()]+)\\)");

    private static final String MISSING_GROUP = "C-NET-05";

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
            page.labelled(
                    stage.stage(),
                    stage.decidedBy().stream()
                            .map(rule -> Words.withShortIds(decides(flow, rule)))
                            .distinct()
                            .toList());
        }
        page.labelled(
                flow.verdict() == Verdict.UNDETERMINED ? "surely denied" : "denied",
                flow.denied().stream().map(part -> Words.denied(flow, part)).toList());
        if (flow.witness() != null) {
            page.labelled("packet", Words.witness(flow.witness()) + " is dropped");
        }
        cause(flow)
                .ifPresent(rule -> page.labelled(
                        "cause",
                        rule + ": API Management on platform stv2 refuses what comes into its subnet until a network"
                                + " security group lets it pass (netkb rules show " + rule + ")"));
        missing(page, question, flow);
        out.append(page.toString());
    }

    /** The requirement whose violation is why packets are dropped, where no rule drops them. */
    private static Optional<String> cause(FlowResult flow) {
        return Consequences.denying(flow).stream().anyMatch(rule -> rule.type().equals("noNsg"))
                ? Optional.of(MISSING_GROUP)
                : Optional.empty();
    }

    /** What is missing, and below it the command that exports it. */
    private static void missing(TextPage page, FlowQuestion question, FlowResult flow) {
        String label = "missing";
        for (String missing : MissingData.joined(flow.missing())) {
            Matcher command = COMMAND.matcher(missing);
            boolean exports = command.matches();
            page.labelled(label, Words.withShortIds(exports ? command.group(1) + "; export it with" : missing));
            if (exports) {
                page.command(command.group(2));
            }
            label = "";
        }
        String region = question.location() == null ? null : question.location().key();
        MissingData.export(flow, region).ifPresent(export -> {
            page.labelled("export", export.hint());
            page.command(export.command());
        });
    }

    private static String asked(FlowQuestion question) {
        String sourcePorts = question.sourcePorts().isAll() ? "" : " (source port " + question.sourcePorts() + ")";
        String ports = question.destinationPorts().isAll()
                ? " any port"
                : " " + question.destinationPorts().toString();
        String protocol = question.protocols().toString().replace("*", "any protocol");
        boolean hasPorts =
                !question.protocols().intersect(ProtocolSet.WITH_PORTS).isEmpty();
        return protocol + (hasPorts ? ports : "") + " from " + question.from() + sourcePorts + " to " + question.to()
                + (question.location() == null ? "" : ", in " + question.location());
    }

    private static String decides(FlowResult flow, DecidingRule rule) {
        if (rule.type().equals("notExported")) {
            return rule.name() + " was not exported, so nobody knows what it lets pass";
        }
        if (rule.type().equals("nextHop")) {
            return "nobody knows what passes on the " + rule.name() + Words.bracketed(rule.at());
        }
        return Words.decidingRule(rule)
                + (rule.allows() ? " lets " : " drops ")
                + (Words.hasPorts(flow) ? "" : flow.protocol() + " ")
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
                    .field("ports", question.destinationPorts().toTexts());
            if (question.location() != null) {
                json.field("location", question.location().key());
            }
            json.endObject();
            JsonRenderer.flow(json, flow);
            Optional<String> cause = cause(flow);
            if (cause.isPresent()) {
                json.field("cause", cause.get());
            }
            json.endObject().end();
        }
    }
}
