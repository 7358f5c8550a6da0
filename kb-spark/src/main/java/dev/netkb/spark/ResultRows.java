package dev.netkb.spark;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Source;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.Place;
import dev.netkb.spark.row.CommandsStruct;
import dev.netkb.spark.row.DecidingStruct;
import dev.netkb.spark.row.DeniedStruct;
import dev.netkb.spark.row.EvidenceStruct;
import dev.netkb.spark.row.FactStruct;
import dev.netkb.spark.row.FlowStruct;
import dev.netkb.spark.row.LocationStruct;
import dev.netkb.spark.row.PlaceStruct;
import dev.netkb.spark.row.ProblemStruct;
import dev.netkb.spark.row.RemediationStruct;
import dev.netkb.spark.row.SourceStruct;
import dev.netkb.spark.row.StageStruct;
import dev.netkb.spark.row.SubjectStruct;
import dev.netkb.spark.row.WaiverStruct;
import dev.netkb.spark.row.WitnessStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of reports. They need no Spark that runs: {@code rules.evaluateAll(…).flatMap(report -> ResultRows.of(report).stream())}
 * gives the rows that {@link SnapshotEvaluation} gives for the same snapshots.
 */
public final class ResultRows {

    /** What {@link ResultRow#getKind()} says of a row for a snapshot. */
    public static final String SNAPSHOT = "snapshot";

    /** What {@link ResultRow#getKind()} says of a row for a result. */
    public static final String RESULT = "result";

    /** The columns in the order in which {@link SnapshotEvaluation} gives them; new ones are added at the end. */
    public static final List<String> COLUMNS = List.of(
            "kind",
            "snapshot",
            "status",
            "complete",
            "position",
            "rule",
            "pack",
            "outcome",
            "severity",
            "title",
            "message",
            "subject",
            "subscription",
            "flow",
            "evidence",
            "notes",
            "remediation",
            "source",
            "waiver",
            "problem",
            "problems",
            "locations");

    /** What turns rows into columns. */
    public static final Encoder<ResultRow> ENCODER = Encoders.bean(ResultRow.class);

    private ResultRows() {}

    /** One row for the snapshot, whatever became of it, then one for each of its results. */
    public static List<ResultRow> of(SnapshotReport report) {
        List<ResultRow> rows = new ArrayList<>();
        rows.add(snapshot(report));
        for (Result result : report.results()) {
            rows.add(result(report, rows.size(), result));
        }
        return rows;
    }

    private static ResultRow row(String kind, SnapshotReport report, int position) {
        ResultRow row = new ResultRow();
        row.setKind(kind);
        row.setSnapshot(report.source());
        row.setStatus(report.evaluated() ? "evaluated" : "rejected");
        row.setComplete(report.complete() && report.evaluated());
        row.setPosition(position);
        return row;
    }

    private static ResultRow snapshot(SnapshotReport report) {
        ResultRow row = row(SNAPSHOT, report, 0);
        row.setProblem(report.problems().stream()
                .filter(problem -> problem.level() == Problem.Level.ERROR)
                .findFirst()
                .map(ResultRows::problem)
                .orElse(null));
        row.setProblems(each(report.problems(), ResultRows::problem));
        row.setLocations(each(report.locations(), ResultRows::location));
        return row;
    }

    private static ResultRow result(SnapshotReport report, int position, Result result) {
        ResultRow row = row(RESULT, report, position);
        row.setRule(result.rule());
        row.setPack(report.rules().packOf(result.rule()));
        row.setOutcome(result.outcome().word());
        row.setSeverity(result.severity().word());
        row.setTitle(result.title());
        row.setMessage(result.message());
        row.setSubject(subject(result.subject()));
        row.setSubscription(result.subject().id().subscription());
        row.setFlow(orNull(result.flow(), ResultRows::flow));
        row.setEvidence(each(result.evidence(), ResultRows::evidence));
        row.setNotes(result.notes());
        row.setRemediation(orNull(result.remediation(), ResultRows::remediation));
        row.setSource(each(result.source(), ResultRows::source));
        row.setWaiver(orNull(result.waiver(), ResultRows::waiver));
        return row;
    }

    private static SubjectStruct subject(Subject subject) {
        SubjectStruct struct = new SubjectStruct();
        struct.setType(subject.type());
        struct.setId(subject.id().text());
        struct.setLocation(subject.location());
        return struct;
    }

    private static FlowStruct flow(FlowResult flow) {
        FlowStruct struct = new FlowStruct();
        struct.setDirection(flow.direction());
        struct.setProtocol(flow.protocol());
        struct.setPorts(flow.ports());
        struct.setRemote(flow.remote());
        struct.setVerdict(flow.verdict().word());
        struct.setStages(each(flow.stages(), ResultRows::stage));
        struct.setDenied(each(flow.denied(), ResultRows::denied));
        struct.setWitness(orNull(flow.witness(), ResultRows::witness));
        struct.setMissing(flow.missing());
        return struct;
    }

    private static StageStruct stage(FlowStage stage) {
        StageStruct struct = new StageStruct();
        struct.setStage(stage.stage());
        struct.setVerdict(stage.verdict().word());
        struct.setDecidedBy(each(stage.decidedBy(), ResultRows::deciding));
        return struct;
    }

    private static DecidingStruct deciding(DecidingRule rule) {
        DecidingStruct struct = new DecidingStruct();
        struct.setType(rule.type());
        struct.setId(rule.id());
        struct.setName(rule.name());
        struct.setPriority(rule.priority());
        struct.setIsDefault(rule.isDefault());
        struct.setAccess(rule.access());
        struct.setPorts(rule.ports());
        struct.setRemote(rule.remote());
        return struct;
    }

    private static DeniedStruct denied(DeniedPart part) {
        DeniedStruct struct = new DeniedStruct();
        struct.setPorts(part.ports());
        struct.setRemote(part.remote());
        struct.setSourcePorts(part.sourcePorts());
        struct.setLocal(part.local());
        return struct;
    }

    private static WitnessStruct witness(Witness witness) {
        WitnessStruct struct = new WitnessStruct();
        struct.setProtocol(witness.protocol());
        struct.setSourceAddress(witness.sourceAddress());
        struct.setSourcePort(witness.sourcePort());
        struct.setDestinationAddress(witness.destinationAddress());
        struct.setDestinationPort(witness.destinationPort());
        return struct;
    }

    private static EvidenceStruct evidence(Evidence evidence) {
        EvidenceStruct struct = new EvidenceStruct();
        struct.setKey(evidence.key());
        struct.setValue(evidence.value());
        struct.setFact(orNull(evidence.fact(), ResultRows::fact));
        struct.setAt(evidence.at().file().isEmpty() ? null : place(evidence.at()));
        return struct;
    }

    private static FactStruct fact(FactRef fact) {
        FactStruct struct = new FactStruct();
        struct.setType(fact.type());
        struct.setId(fact.id().text());
        return struct;
    }

    private static PlaceStruct place(Place at) {
        PlaceStruct struct = new PlaceStruct();
        struct.setFile(at.file());
        struct.setPointer(at.pointer());
        struct.setLine(known(at.line()));
        struct.setColumn(known(at.column()));
        return struct;
    }

    private static RemediationStruct remediation(Remediation remediation) {
        CommandsStruct commands = new CommandsStruct();
        commands.setAz(remediation.commands().getOrDefault("az", List.of()));
        commands.setPowershell(remediation.commands().getOrDefault("powershell", List.of()));
        RemediationStruct struct = new RemediationStruct();
        struct.setHint(remediation.hint());
        struct.setCommands(commands);
        struct.setFillIn(remediation.gaps());
        struct.setVerified(remediation.verified());
        struct.setIntroduces(remediation.introduces());
        return struct;
    }

    private static SourceStruct source(Source source) {
        SourceStruct struct = new SourceStruct();
        struct.setDocument(source.document());
        struct.setDate(source.date());
        struct.setSection(source.section());
        struct.setUrl(source.url());
        return struct;
    }

    private static WaiverStruct waiver(Waiver waiver) {
        WaiverStruct struct = new WaiverStruct();
        struct.setReason(waiver.reason());
        struct.setOwner(waiver.owner());
        struct.setExpires(waiver.expires());
        return struct;
    }

    private static ProblemStruct problem(Problem problem) {
        Place at = problem.at();
        boolean known = !at.file().isEmpty();
        ProblemStruct struct = new ProblemStruct();
        struct.setCode(problem.code());
        struct.setSeverity(problem.level().name().toLowerCase(Locale.ROOT));
        struct.setMessage(problem.message());
        struct.setFile(known ? at.file() : null);
        struct.setPointer(known ? at.pointer() : null);
        struct.setLine(known(at.line()));
        struct.setColumn(known(at.column()));
        struct.setHint(problem.hint());
        return struct;
    }

    private static LocationStruct location(LocationSummary location) {
        LocationStruct struct = new LocationStruct();
        struct.setService(location.service().text());
        struct.setLocation(location.location());
        struct.setSubnet(location.subnet() == null ? null : location.subnet().text());
        struct.setVirtualNetworkType(location.virtualNetworkType());
        struct.setPlatformVersion(location.platformVersion());
        struct.setSku(location.sku());
        struct.setBaseline(location.baseline());
        return struct;
    }

    private static @Nullable Integer known(int fromOne) {
        return fromOne > 0 ? fromOne : null;
    }

    private static <T, S> List<S> each(List<T> values, Function<T, S> struct) {
        return values.stream().map(struct).toList();
    }

    private static <T, S> @Nullable S orNull(@Nullable T value, Function<T, S> struct) {
        return value == null ? null : struct.apply(value);
    }
}
