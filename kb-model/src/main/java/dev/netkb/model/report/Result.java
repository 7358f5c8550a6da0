package dev.netkb.model.report;

import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What became of one requirement for one subject.
 *
 * @param rule its id in the catalogue
 * @param title the state that should hold
 * @param message what was found, in one sentence
 * @param notes what a reader should know besides, such as "allowed by a default rule"
 * @param flow null where the requirement is not about a flow
 */
public record Result(
        String rule,
        Outcome outcome,
        Severity severity,
        String title,
        String message,
        Subject subject,
        @Nullable FlowResult flow,
        List<Evidence> evidence,
        List<String> notes,
        @Nullable Remediation remediation,
        List<Source> source,
        @Nullable Waiver waiver) {

    /** Rule, then subject, then what tells two results of one rule and subject apart. */
    public static final Comparator<Result> ORDER = Comparator.comparing(Result::rule)
            .thenComparing(r -> r.subject().id())
            .thenComparing(
                    r -> r.subject().location() == null ? "" : r.subject().location())
            .thenComparing(r -> r.flow() == null ? "" : r.flow().direction())
            .thenComparing(r -> r.flow() == null ? "" : r.flow().protocol())
            .thenComparing(Result::message);

    public Result {
        evidence = List.copyOf(evidence);
        notes = List.copyOf(notes);
        source = List.copyOf(source);
    }

    /** What it answers: rule, subject and flow. Equal in two snapshots where they answer the same, however they do. */
    public Question question() {
        return Question.of(this);
    }

    /** As an accepted violation. */
    public Result accepted(Waiver by) {
        return new Result(
                rule,
                Outcome.WAIVED,
                severity,
                title,
                message,
                subject,
                flow,
                evidence,
                notes,
                remediation,
                source,
                by);
    }

    /** As a violation that was there before. */
    public Result asKnown() {
        return new Result(
                rule,
                Outcome.KNOWN,
                severity,
                title,
                message,
                subject,
                flow,
                evidence,
                notes,
                remediation,
                source,
                waiver);
    }

    /** The same with other places. */
    Result withPlaces(UnaryOperator<Place> places) {
        return new Result(
                rule,
                outcome,
                severity,
                title,
                message,
                subject,
                flow == null ? null : flow.withPlaces(places),
                evidence.stream().map(each -> each.withPlaces(places)).toList(),
                notes,
                remediation,
                source,
                waiver);
    }

    /** With something more that a reader should know. */
    public Result withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Result(
                rule, outcome, severity, title, message, subject, flow, evidence, more, remediation, source, waiver);
    }
}
