package dev.netkb.test;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.SnapshotWriter;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs one case: reads its network, evaluates it and compares. Holds every case to what must hold of any network. */
final class ExampleRun {

    /** Default rules and missing groups stand nowhere in an export. */
    private static final String DEFAULT_RULE = "(default rule, ";

    private static final String NO_NSG = "no network security group";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-zA-Z]+}");

    private final KnowledgeBase rules;

    /** The ids that compare two snapshots. */
    private final Set<String> overChanges;

    ExampleRun(KnowledgeBase rules) {
        this.rules = rules;
        this.overChanges = rules.catalogue().stream()
                .filter(info -> info.kind().equals("change"))
                .map(RuleInfo::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is wrong; empty when the case of a rule holds. */
    List<String> failures(String rule, ExampleFile.Case example, ExampleNetwork base) {
        return overChanges.contains(rule) ? failuresOfChange(example, base) : failures(example, base);
    }

    /**
     * What does not come out as the case expects; empty when it does. Unlike {@link #failures} it does not hold the rules
     * to what is asked of packaged ones: other shapes of the same network, places of evidence, remediations.
     */
    List<String> unmet(String rule, ExampleFile.Case example, ExampleNetwork base) {
        List<String> failures = new ArrayList<>();
        SnapshotReport report = overChanges.contains(rule)
                ? reportOfChange(example, base, failures)
                : reportOf(example, base, failures);
        if (report != null) {
            if (!report.complete()) {
                report.problems().stream()
                        .filter(problem -> problem.level() == Problem.Level.WARNING)
                        .forEach(problem -> failures.add(problem.message()));
            }
            failures.addAll(Comparison.differences(example.then(), report));
        }
        return failures;
    }

    private @Nullable SnapshotReport reportOf(ExampleFile.Case example, ExampleNetwork base, List<String> failures) {
        ReadResult read = example.network(base).read("example");
        failures.addAll(misread(read));
        return read.snapshot() == null
                ? null
                : rules.evaluate(read, new Options(example.baseline(), true).withAsOf(example.asOf()));
    }

    private @Nullable SnapshotReport reportOfChange(
            ExampleFile.Case example, ExampleNetwork base, List<String> failures) {
        ReadResult was = example.before(base).read("before");
        ReadResult is = example.after(base).read("after");
        failures.addAll(misread(was));
        failures.addAll(misread(is));
        return was.snapshot() == null || is.snapshot() == null
                ? null
                : ofChange(rules.diff(was, is, new Options(example.baseline(), true)));
    }

    private List<String> failuresOfChange(ExampleFile.Case example, ExampleNetwork base) {
        ExampleNetwork before = example.before(base);
        ExampleNetwork after = example.after(base);
        ReadResult was = before.read("before");
        ReadResult is = after.read("after");
        List<String> failures = new ArrayList<>(misread(was));
        failures.addAll(misread(is));
        if (was.snapshot() == null || is.snapshot() == null) {
            return failures;
        }
        Options options = new Options(example.baseline(), true).withParameters(example.parameters());
        DiffReport diff = rules.diff(was, is, options);
        SnapshotReport report = ofChange(diff);
        if (!report.complete()) {
            failures.add("a rule failed: " + report.problems());
        }
        failures.addAll(Comparison.differences(example.then(), report));
        violated(report).forEach(result -> failures.addAll(gaps(result)));
        if (!rules.diff(was, is, options).equals(diff)) {
            failures.add("comparing the networks a second time gave another report");
        }
        if (!ofChange(rules.diff(is, is, options)).results().stream()
                .allMatch(result -> result.outcome() != Outcome.VIOLATED)) {
            failures.add("a network that stays as it is violates a rule about changes");
        }
        failures.addAll(same(
                "exported flat, one file a resource,",
                report,
                ofChange(rules.diff(before.readFlat("before"), after.readFlat("after"), options))));
        failures.addAll(same(
                "written by convert and read again",
                report,
                ofChange(rules.diff(converted(was.snapshot()), converted(is.snapshot()), options))));
        return failures;
    }

    /** What rules say about the change itself, as if it were a snapshot. */
    private static SnapshotReport ofChange(DiffReport diff) {
        SnapshotReport after = diff.after().report();
        return new SnapshotReport(
                "change", diff.compared(), diff.complete(), after.problems(), after.locations(), diff.changeResults());
    }

    private static List<String> misread(ReadResult read) {
        return read.problems().stream()
                .filter(problem -> problem.level() != Problem.Level.NOTICE)
                .map(problem -> "the network is not read as it is meant: " + problem)
                .toList();
    }

    private static Stream<Result> violated(SnapshotReport report) {
        return report.results().stream().filter(result -> result.outcome() == Outcome.VIOLATED);
    }

    private List<String> failures(ExampleFile.Case example, ExampleNetwork base) {
        ExampleNetwork network = example.network(base);
        ReadResult read = network.read("example");
        List<String> failures = new ArrayList<>(misread(read));
        if (read.snapshot() == null) {
            return failures;
        }
        Options options =
                new Options(example.baseline(), true).withAsOf(example.asOf()).withParameters(example.parameters());
        SnapshotReport report = rules.evaluate(read, options);
        if (!report.complete()) {
            failures.add("a rule failed: " + report.problems());
        }
        failures.addAll(Comparison.differences(example.then(), report));
        violated(report).forEach(result -> failures.addAll(gaps(result)));
        if (!rules.evaluate(read, options).equals(report)) {
            failures.add("evaluating the network a second time gave another report");
        }
        failures.addAll(same("exported flat, one file a resource,", report, network.readFlat("example"), options));
        failures.addAll(same("written by convert and read again", report, converted(read.snapshot()), options));
        return failures;
    }

    /** What every violation has: something that was seen, where it stands, and a way out without open places. */
    private static List<String> gaps(Result result) {
        List<String> gaps = new ArrayList<>();
        if (result.evidence().isEmpty()) {
            gaps.add("there is no evidence for " + Expectation.describe(result));
        }
        result.evidence().stream()
                .filter(e -> e.at().line() == 0
                        && !e.value().contains(DEFAULT_RULE)
                        && !e.value().equals(NO_NSG))
                .forEach(e -> gaps.add("nobody knows where " + e.key() + " = " + e.value() + " stands (" + e.at()
                        + "), evidence for " + Expectation.describe(result)));
        Remediation remediation = result.remediation();
        if (remediation == null) {
            gaps.add("there is no remediation for " + Expectation.describe(result));
        } else {
            Stream.concat(
                            Stream.of(remediation.hint()),
                            remediation.commands().values().stream().flatMap(List::stream))
                    .filter(text -> PLACEHOLDER.matcher(text).find())
                    .forEach(text -> gaps.add("the remediation of " + result.rule() + " has an open place: " + text));
        }
        return gaps;
    }

    private static ReadResult converted(Snapshot snapshot) {
        byte[] written = SnapshotWriter.write(snapshot).getBytes(StandardCharsets.UTF_8);
        return SnapshotReader.create()
                .read(new SnapshotSource("example", List.of(new SourceFile("converted.json", written))));
    }

    /** The shape and the order of the files must not matter. */
    private List<String> same(String how, SnapshotReport report, ReadResult read, Options options) {
        return read.snapshot() == null
                ? List.of("the network is rejected when it is " + how + ": " + read.problems())
                : same(how, report, rules.evaluate(read, options));
    }

    private static List<String> same(String how, SnapshotReport report, SnapshotReport otherwise) {
        List<Said> expected = said(report);
        List<Said> actual = said(otherwise);
        if (expected.equals(actual)) {
            return List.of();
        }
        List<Said> onlyHere = new ArrayList<>(expected);
        actual.forEach(onlyHere::remove);
        List<Said> onlyThere = new ArrayList<>(actual);
        expected.forEach(onlyThere::remove);
        return List.of(
                how + " the network gives other results:\n  as one file " + onlyHere + "\n  otherwise   " + onlyThere);
    }

    /** What a result says, whatever the file it was read from. */
    private record Said(
            String rule,
            String outcome,
            String severity,
            String message,
            String subject,
            String flow,
            List<String> notes) {}

    private static List<Said> said(SnapshotReport report) {
        return report.results().stream().map(ExampleRun::said).toList();
    }

    private static Said said(Result result) {
        FlowResult flow = result.flow();
        return new Said(
                result.rule(),
                result.outcome().word(),
                result.severity().word(),
                result.message(),
                result.subject().type() + " " + result.subject().id().key() + " "
                        + result.subject().location(),
                flow == null
                        ? ""
                        : flow.direction() + " " + flow.protocol() + " "
                                + flow.verdict().word(),
                result.notes());
    }

    /** Ids that a network without faults must not violate: everything but hints. */
    static Set<String> faults(SnapshotReport report) {
        Set<String> faults = new java.util.TreeSet<>();
        for (Result result : report.results()) {
            boolean violated =
                    result.outcome() == Outcome.VIOLATED && result.severity() != dev.netkb.model.report.Severity.INFO;
            if (violated || result.outcome() == Outcome.UNDETERMINED) {
                faults.add(result.rule() + " " + result.outcome().word());
            }
        }
        return faults;
    }
}
