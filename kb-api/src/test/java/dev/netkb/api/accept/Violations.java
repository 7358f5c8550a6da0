package dev.netkb.api.accept;

import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Map;

/** Results to accept. */
final class Violations {

    static final Map<String, String> IDS = Map.of(
            "C-NET-05", "C-NET-05", "C-NET-06", "C-NET-06", "C-FLOW-OUT-SQL", "C-FLOW-OUT-SQL", "C-NET-5", "C-NET-05");

    private static final String GROUP =
            "/subscriptions/0000/resourceGroups/Shop/providers/Microsoft.Network/virtualNetworks/";

    private Violations() {}

    static Result of(String rule, String vnet) {
        return result(rule, Outcome.VIOLATED, vnet, "as found", "");
    }

    static Result undetermined(String rule, String vnet) {
        return result(rule, Outcome.UNDETERMINED, vnet, "not known", "");
    }

    static Result result(String rule, Outcome outcome, String vnet, String message, String port) {
        return new Result(
                rule,
                outcome,
                Severity.ERROR,
                "title",
                message,
                new Subject("vnet", ResourceId.of(GROUP + vnet), "westeurope"),
                port.isEmpty()
                        ? null
                        : new FlowResult(
                                "Outbound",
                                "Tcp",
                                List.of(port),
                                "Sql",
                                Verdict.DENIED,
                                List.of(),
                                List.of(),
                                null,
                                List.of()),
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    static SnapshotReport report(String source, Result... results) {
        ResourceId service = ResourceId.of(GROUP.replace("Microsoft.Network/virtualNetworks/", "M.A/service/shop"));
        return new SnapshotReport(
                source,
                true,
                true,
                List.of(),
                List.of(new LocationSummary(service, "westeurope", null, "None", null, null, "none", "2026-04")),
                List.of(results));
    }

    /** Evaluated, but of something else. */
    static SnapshotReport ofAnother(String source) {
        return new SnapshotReport(
                source,
                true,
                true,
                List.of(),
                List.of(new LocationSummary(
                        ResourceId.of("/subscriptions/1111/resourceGroups/o/providers/M.A/service/other"),
                        "westeurope",
                        null,
                        "None",
                        null,
                        null,
                        "none",
                        "2026-04")),
                List.of());
    }

    static SnapshotReport rejected(String source) {
        return new SnapshotReport(source, false, false, List.of(), List.of(), List.of());
    }
}
