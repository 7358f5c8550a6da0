package dev.netkb.api.render;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.LocationNetwork;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Source;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as one JSON document of schema {@value Report#SCHEMA}, which {@code report-1.schema.json} describes.
 *
 * <p>Every name is always there, with {@code null} where nothing is known, except ten: {@code complete} (only
 * {@code false}), {@code network} (only where a location has one), {@code moreNextHops}, {@code moreDestinations} and
 * {@code morePeerings} (only where a list is not whole), {@code notes} (only where there are any),
 * {@code denied[].sourcePorts} (only where less than all source ports of the flow are denied), {@code denied[].local} (only
 * where less than the whole subnet is denied), {@code fillIn} (only where commands have gaps) and the {@code column} of a
 * place (only where it is known).
 */
public final class JsonRenderer implements ReportRenderer {

    /** Where the schema of the document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/report-1.schema.json";

    @Override
    public void render(Report report, Appendable out) throws IOException {
        try (JsonText json = JsonText.to(out)) {
            json.object().field("schema", Report.SCHEMA);
            json.object("tool")
                    .field("name", "netkb")
                    .field("version", report.toolVersion())
                    .endObject();
            rules(json, report.rules());
            tags(json, report.serviceTags());
            summary(json, report.summary());
            json.array("snapshots");
            for (SnapshotReport snapshot : report.snapshots()) {
                snapshot(json, snapshot, report.rules());
            }
            json.endArray().endObject().end();
        }
    }

    static void rules(JsonText json, Report.Rules rules) throws IOException {
        json.object("rules").field("count", rules.count()).array("packs");
        for (Report.Pack pack : rules.packs()) {
            json.object()
                    .field("name", pack.name())
                    .field("version", pack.version())
                    .field("origin", pack.origin())
                    .field("sha256", pack.sha256())
                    .endObject();
        }
        json.endArray().endObject();
    }

    static void tags(JsonText json, Report.@Nullable Tags tags) throws IOException {
        if (tags == null) {
            json.nothing("serviceTags");
            return;
        }
        json.object("serviceTags")
                .field("cloud", tags.cloud())
                .field("changeNumber", tags.changeNumber())
                .field("file", tags.file())
                .endObject();
    }

    static void summary(JsonText json, Report.Summary summary) throws IOException {
        json.object("summary")
                .field("snapshots", summary.snapshots())
                .field("evaluated", summary.evaluated())
                .field("rejected", summary.rejected())
                .field("locations", summary.locations());
        json.object("violations")
                .field("error", summary.errors())
                .field("warning", summary.warnings())
                .field("info", summary.infos())
                .endObject();
        json.field("undetermined", summary.undetermined())
                .field("waived", summary.waived())
                .field("known", summary.known())
                .endObject();
    }

    /** @param ofAll the rules where the snapshot names none of its own */
    static void snapshot(JsonText json, SnapshotReport snapshot, Report.Rules ofAll) throws IOException {
        json.object()
                .field("source", snapshot.source())
                .field("status", snapshot.evaluated() ? "evaluated" : "rejected");
        if (snapshot.evaluated() && !snapshot.complete()) {
            json.field("complete", false);
        }
        json.array("problems");
        for (Problem problem : snapshot.problems()) {
            problem(json, problem);
        }
        json.endArray().array("locations");
        for (LocationSummary location : snapshot.locations()) {
            location(json, location);
        }
        json.endArray().array("results");
        Report.Rules rules = snapshot.rules().equals(Report.Rules.NONE) ? ofAll : snapshot.rules();
        for (Result result : snapshot.results()) {
            result(json, result, rules);
        }
        json.endArray().endObject();
    }

    static void problem(JsonText json, Problem problem) throws IOException {
        Place at = problem.at();
        boolean known = !at.file().isEmpty();
        json.object()
                .field("code", problem.code())
                .field("severity", problem.level().name().toLowerCase(Locale.ROOT))
                .field("message", problem.message())
                .field("file", known ? at.file() : null)
                .field("pointer", known ? at.pointer() : null)
                .field("line", number(at.line()))
                .field("column", number(at.column()))
                .field("hint", problem.hint())
                .endObject();
    }

    private static @Nullable Integer number(int oneBased) {
        return oneBased > 0 ? oneBased : null;
    }

    static void location(JsonText json, LocationSummary location) throws IOException {
        json.object()
                .field("service", location.service().text())
                .field("location", location.location())
                .field("subnet", text(location.subnet()))
                .field("virtualNetworkType", location.virtualNetworkType())
                .field("platformVersion", location.platformVersion())
                .field("sku", location.sku())
                .field("baseline", location.baseline());
        network(json, location.network());
        json.endObject();
    }

    private static void network(JsonText json, @Nullable LocationNetwork network) throws IOException {
        if (network == null) {
            return;
        }
        json.object("network")
                .field("prefixes", network.prefixes())
                .field("nsg", text(network.nsg()))
                .field("routeTable", text(network.routeTable()))
                .array("nextHops");
        for (LocationNetwork.NextHop hop : network.nextHops()) {
            json.object()
                    .field("type", hop.type())
                    .field("addresses", hop.addresses())
                    .field("destinations", hop.destinations());
            more(json, "moreDestinations", hop.moreDestinations());
            json.field("resource", text(hop.resource())).endObject();
        }
        json.endArray();
        more(json, "moreNextHops", network.moreNextHops());
        json.field("dnsServers", network.dnsServers()).array("peerings");
        for (LocationNetwork.Peering peering : network.peerings()) {
            json.object()
                    .field("id", peering.id().text())
                    .field("remote", text(peering.remote()))
                    .field("state", peering.state())
                    .endObject();
        }
        json.endArray();
        more(json, "morePeerings", network.morePeerings());
        json.field("serviceEndpoints", network.serviceEndpoints())
                .field(
                        "unknown",
                        network.unknown().stream()
                                .map(LocationNetwork.Part::word)
                                .toList())
                .endObject();
    }

    private static void more(JsonText json, String name, int left) throws IOException {
        if (left > 0) {
            json.field(name, left);
        }
    }

    private static @Nullable String text(@Nullable ResourceId id) {
        return id == null ? null : id.text();
    }

    /** @param rules those by which it was decided */
    static void result(JsonText json, Result result, Report.Rules rules) throws IOException {
        json.object()
                .field("rule", result.rule())
                .field("pack", rules.packOf(result.rule()))
                .field("outcome", result.outcome().word())
                .field("severity", result.severity().word())
                .field("title", result.title())
                .field("message", result.message());
        subject(json, result.subject());
        flow(json, result.flow());
        json.array("evidence");
        for (Evidence evidence : result.evidence()) {
            evidence(json, evidence);
        }
        json.endArray();
        if (!result.notes().isEmpty()) {
            json.field("notes", result.notes());
        }
        remediation(json, result.remediation());
        sources(json, result.source());
        waiver(json, result.waiver());
        json.endObject();
    }

    private static void subject(JsonText json, Subject subject) throws IOException {
        json.object("subject")
                .field("type", subject.type())
                .field("id", subject.id().text())
                .field("location", subject.location())
                .endObject();
    }

    static void flow(JsonText json, @Nullable FlowResult flow) throws IOException {
        if (flow == null) {
            json.nothing("flow");
            return;
        }
        json.object("flow")
                .field("direction", flow.direction())
                .field("protocol", flow.protocol())
                .field("ports", flow.ports())
                .field("remote", flow.remote())
                .field("verdict", flow.verdict().word())
                .array("stages");
        for (FlowStage stage : flow.stages()) {
            json.object()
                    .field("stage", stage.stage())
                    .field("verdict", stage.verdict().word());
            json.array("decidedBy");
            for (DecidingRule rule : stage.decidedBy()) {
                decidingRule(json, rule);
            }
            json.endArray().endObject();
        }
        json.endArray().array("denied");
        for (DeniedPart part : flow.denied()) {
            json.object().field("ports", part.ports()).field("remote", part.remote());
            if (!part.sourcePorts().isEmpty()) {
                json.field("sourcePorts", part.sourcePorts());
            }
            if (!part.local().isEmpty()) {
                json.field("local", part.local());
            }
            json.endObject();
        }
        json.endArray();
        witness(json, flow.witness());
        json.field("missing", flow.missing()).endObject();
    }

    private static void decidingRule(JsonText json, DecidingRule rule) throws IOException {
        json.object()
                .field("type", rule.type())
                .field("id", rule.id())
                .field("name", rule.name())
                .field("priority", rule.priority())
                .field("isDefault", rule.isDefault())
                .field("access", rule.access())
                .field("ports", rule.ports())
                .field("remote", rule.remote())
                .endObject();
    }

    private static void witness(JsonText json, @Nullable Witness witness) throws IOException {
        if (witness == null) {
            json.nothing("witness");
            return;
        }
        json.object("witness")
                .field("protocol", witness.protocol())
                .field("sourceAddress", witness.sourceAddress())
                .field("sourcePort", witness.sourcePort())
                .field("destinationAddress", witness.destinationAddress())
                .field("destinationPort", witness.destinationPort())
                .endObject();
    }

    private static void evidence(JsonText json, Evidence evidence) throws IOException {
        json.object().field("key", evidence.key()).field("value", evidence.value());
        FactRef fact = evidence.fact();
        if (fact == null) {
            json.nothing("fact");
        } else {
            json.object("fact")
                    .field("type", fact.type())
                    .field("id", fact.id().text())
                    .endObject();
        }
        at(json, evidence.at());
        json.endObject();
    }

    static void at(JsonText json, Place at) throws IOException {
        if (at.file().isEmpty()) {
            json.nothing("at");
        } else {
            json.object("at")
                    .field("file", at.file())
                    .field("pointer", at.pointer())
                    .field("line", number(at.line()));
            if (at.column() > 0) {
                json.field("column", at.column());
            }
            json.endObject();
        }
    }

    private static void remediation(JsonText json, @Nullable Remediation remediation) throws IOException {
        if (remediation == null) {
            json.nothing("remediation");
            return;
        }
        json.object("remediation").field("hint", remediation.hint()).array("changes");
        for (Map<String, Object> change : remediation.changes()) {
            json.value(change, "op");
        }
        json.endArray().object("commands");
        Map<String, List<String>> commands = new TreeMap<>(remediation.commands());
        commands.putIfAbsent("az", List.of());
        commands.putIfAbsent("powershell", List.of());
        for (Map.Entry<String, List<String>> tool : commands.entrySet()) {
            json.field(tool.getKey(), tool.getValue());
        }
        json.endObject();
        List<String> gaps = remediation.gaps();
        if (!gaps.isEmpty()) {
            json.field("fillIn", gaps);
        }
        json.field("verified", remediation.verified())
                .field("introduces", remediation.introduces())
                .endObject();
    }

    static void sources(JsonText json, List<Source> sources) throws IOException {
        json.array("source");
        for (Source source : sources) {
            json.object()
                    .field("document", source.document())
                    .field("date", source.date())
                    .field("section", source.section())
                    .field("url", source.url())
                    .endObject();
        }
        json.endArray();
    }

    private static void waiver(JsonText json, @Nullable Waiver waiver) throws IOException {
        if (waiver == null) {
            json.nothing("waiver");
            return;
        }
        json.object("waiver")
                .field("reason", waiver.reason())
                .field("owner", waiver.owner())
                .field("expires", waiver.expires())
                .endObject();
    }
}
