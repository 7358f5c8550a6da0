package dev.netkb.model.report;

import java.util.List;
import java.util.Map;

/**
 * What would cure a violation.
 *
 * @param hint one sentence for a person
 * @param changes typed changes; each has an {@code op} and the fields of that op, in a stable order
 * @param commands tool ({@code az}, {@code powershell}) → commands to run in order
 * @param verified whether the changes were tried on the snapshot: the violation was gone and nothing new appeared
 * @param introduces rules that a tried change violates anew
 */
public record Remediation(
        String hint,
        List<Map<String, Object>> changes,
        Map<String, List<String>> commands,
        boolean verified,
        List<String> introduces) {

    public Remediation {
        changes = List.copyOf(changes);
        introduces = List.copyOf(introduces);
    }
}
