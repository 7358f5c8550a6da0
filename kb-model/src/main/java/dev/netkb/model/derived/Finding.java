package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says about a requirement at a location. Two findings of one requirement, location, subject and message
 * are one.
 *
 * @param message one sentence: what was found, or what is missing
 * @param severity null where the requirement's own severity holds
 * @param subject the fact it is about, null where it is the location
 * @param verdict the flow it is about, null where it is none
 * @param remediation the key of the remediation, null where the requirement's own holds
 * @param values what the remediation's commands are filled in with, besides the names of the location's resources
 */
public record Finding(
        Kind kind,
        Applicable applicable,
        String message,
        @Nullable Severity severity,
        @Nullable AzureFact subject,
        @Nullable FlowVerdict verdict,
        List<Evidence> evidence,
        List<String> notes,
        @Nullable String remediation,
        Map<String, String> values) {

    /** What the key of evidence begins with that was seen in the earlier of two snapshots. */
    public static final String BEFORE = "before.";

    /** What a finding does to the outcome. */
    public enum Kind {
        VIOLATED,
        UNDETERMINED,
        /** The requirement does not concern the location, whatever is missing: insert it only where that is known. */
        NOT_APPLICABLE,
        /** Changes nothing; its message is a note on a passed requirement. */
        NOTE
    }

    public Finding {
        evidence = List.copyOf(evidence);
        notes = List.copyOf(notes);
        values = Map.copyOf(values);
    }

    /** The requirement is violated. */
    public static Finding violated(Applicable applicable, String message) {
        return of(Kind.VIOLATED, applicable, message);
    }

    /** Whether the requirement holds cannot be known; the message says what is missing and how to get it. */
    public static Finding undetermined(Applicable applicable, String message) {
        return of(Kind.UNDETERMINED, applicable, message);
    }

    /** The requirement does not concern this location; the message says why. */
    public static Finding notApplicable(Applicable applicable, String message) {
        return of(Kind.NOT_APPLICABLE, applicable, message);
    }

    /** Something a reader should know of a requirement that holds. */
    public static Finding note(Applicable applicable, String message) {
        return of(Kind.NOTE, applicable, message);
    }

    private static Finding of(Kind kind, Applicable applicable, String message) {
        return new Finding(kind, applicable, message, null, null, null, List.of(), List.of(), null, Map.of());
    }

    public String rule() {
        return applicable.rule();
    }

    public Location location() {
        return applicable.location();
    }

    /** With a severity other than the requirement's own. */
    public Finding as(Severity wanted) {
        return new Finding(kind, applicable, message, wanted, subject, verdict, evidence, notes, remediation, values);
    }

    /** With the fact it is about. */
    public Finding about(AzureFact fact) {
        return new Finding(kind, applicable, message, severity, fact, verdict, evidence, notes, remediation, values);
    }

    /** With the flow it is about. */
    public Finding flow(FlowVerdict flow) {
        return new Finding(kind, applicable, message, severity, subject, flow, evidence, notes, remediation, values);
    }

    /**
     * With something that was seen on a fact.
     *
     * @param field the field as exports name it, so that the evidence points to it
     * @param value what was seen; null or an empty text where there was nothing
     */
    public Finding evidence(AzureFact fact, String field, @Nullable Object value) {
        return evidence(List.of(seen("", fact, field, value)));
    }

    /** As {@link #evidence(AzureFact, String, Object)}, for a fact of the earlier of two snapshots. */
    public Finding before(AzureFact fact, String field, @Nullable Object value) {
        return evidence(List.of(seen(BEFORE, fact, field, value)));
    }

    private static Evidence seen(String prefix, AzureFact fact, String field, @Nullable Object value) {
        String text = Objects.toString(value, "");
        Place place = fact.provenance().place();
        return new Evidence(
                prefix + field,
                text.isEmpty() ? "none" : text,
                new FactRef(fact.factType(), fact.id()),
                field.isEmpty() ? place : place.field(field));
    }

    /** With more evidence. */
    public Finding evidence(List<Evidence> seen) {
        List<Evidence> more = new ArrayList<>(evidence);
        more.addAll(seen);
        return new Finding(kind, applicable, message, severity, subject, verdict, more, notes, remediation, values);
    }

    /** With something a reader should know besides. */
    public Finding note(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Finding(kind, applicable, message, severity, subject, verdict, evidence, more, remediation, values);
    }

    /** With another remediation than the requirement's own. */
    public Finding remediation(String key) {
        return new Finding(kind, applicable, message, severity, subject, verdict, evidence, notes, key, values);
    }

    /** With a value for the remediation's commands. */
    public Finding with(String name, @Nullable Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, Objects.toString(value, ""));
        return new Finding(kind, applicable, message, severity, subject, verdict, evidence, notes, remediation, more);
    }
}
