package dev.netkb.test;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.read.ReadResult;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A knowledge base with one rule, T-1: no subnet is delegated; undetermined where no subnet was exported. */
final class DelegationRules implements KnowledgeBase {

    /** How it misbehaves. */
    enum Fault {
        NONE,
        INCOMPLETE,
        ANOTHER_REPORT_EACH_TIME,
        DEPENDS_ON_FILES,
        NO_EVIDENCE,
        NO_PLACE,
        NO_REMEDIATION,
        OPEN_PLACE
    }

    private static final ResourceId NOTHING =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/none");

    private final Fault fault;
    private final List<String> ids;
    private final AtomicInteger count = new AtomicInteger();

    DelegationRules() {
        this(Fault.NONE, "T-1");
    }

    DelegationRules(Fault fault, String... ids) {
        this.fault = fault;
        this.ids = List.of(ids);
    }

    @Override
    public SnapshotReport evaluate(String source, Snapshot snapshot, Options options) {
        List<Result> results = new ArrayList<>();
        for (Subnet subnet : snapshot.subnets()) {
            results.add(result(
                    subnet.delegations().isEmpty() ? Outcome.PASSED : Outcome.VIOLATED,
                    "subnet " + subnet.name() + " is delegated to '" + subnet.delegationNames() + "'",
                    subnet));
        }
        if (results.isEmpty()) {
            results.add(new Result(
                    "T-1",
                    Outcome.UNDETERMINED,
                    Severity.ERROR,
                    "title",
                    "no subnet was exported",
                    new Subject("vnet", NOTHING, null),
                    null,
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    null));
        }
        return new SnapshotReport(source, true, fault != Fault.INCOMPLETE, List.of(), List.of(), results);
    }

    private Result result(Outcome outcome, String message, Subnet subnet) {
        String more = switch (fault) {
            case ANOTHER_REPORT_EACH_TIME -> " " + count.incrementAndGet();
            case DEPENDS_ON_FILES -> " " + subnet.provenance().place().file();
            default -> "";
        };
        return new Result(
                "T-1",
                outcome,
                Severity.ERROR,
                "title",
                message + more,
                new Subject("subnet", subnet.id(), "westeurope"),
                null,
                fault == Fault.NO_EVIDENCE ? List.of() : List.of(evidence(subnet)),
                List.of(),
                fault == Fault.NO_REMEDIATION ? null : remediation(),
                List.of(),
                null);
    }

    /** As the knowledge base does, it says the line; here always the first. */
    private Evidence evidence(Subnet subnet) {
        Place place = subnet.provenance().place().field("delegations");
        return new Evidence(
                "delegations",
                subnet.delegationNames(),
                new FactRef("Subnet", subnet.id()),
                fault == Fault.NO_PLACE ? place : new Place(place.file(), place.pointer(), 1, 1));
    }

    private Remediation remediation() {
        String subnet = fault == Fault.OPEN_PLACE ? "{subnet}" : "apim";
        return new Remediation(
                "Remove the delegation.",
                List.of(),
                Map.of("az", List.of("az network vnet subnet update -n " + subnet + " --remove delegations")),
                false,
                List.of());
    }

    @Override
    public SnapshotReport evaluate(ReadResult read, Options options) {
        Snapshot snapshot = read.snapshot();
        if (snapshot == null) {
            return new SnapshotReport(read.source(), false, false, read.problems(), List.of(), List.of());
        }
        return evaluate(read.source(), snapshot, options);
    }

    @Override
    public DiffReport diff(ReadResult before, ReadResult after, Options options) {
        throw new UnsupportedOperationException("these rules are about one snapshot");
    }

    @Override
    public Report report(List<SnapshotReport> snapshots, ServiceTags serviceTags) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RuleInfo> catalogue() {
        return ids.stream().map(DelegationRules::info).toList();
    }

    private static RuleInfo info(String id) {
        String kind = id.startsWith("M-") ? "modifier" : id.startsWith("N-") ? "note" : "rule";
        return new RuleInfo(
                id, "title", kind, "T", List.of(), null, null, List.of(), List.of(), List.of(), List.of(), List.of(),
                null, "", null, null, List.of(), List.of(), "test");
    }
}
