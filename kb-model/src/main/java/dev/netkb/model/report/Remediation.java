package dev.netkb.model.report;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What would cure a violation.
 *
 * @param hint one sentence for a person
 * @param changes typed changes; each has an {@code op} and the fields of that op, in a stable order
 * @param commands tool ({@code az}, {@code powershell}) → commands to run in order; what has to be filled in stands in
 *     angle brackets
 * @param verified whether the changes were tried on the snapshot: the violation was gone and nothing new appeared
 * @param introduces rules that a tried change violates anew
 */
public record Remediation(
        String hint,
        List<Map<String, Object>> changes,
        Map<String, List<String>> commands,
        boolean verified,
        List<String> introduces) {

    private static final Pattern GAP = Pattern.compile("<[^<>]+>");

    public Remediation {
        changes = List.copyOf(changes);
        introduces = List.copyOf(introduces);
    }

    /**
     * What has to be filled in before the commands of a tool are run, such as {@code <a free block>}: what only people
     * can choose, or what a template does not know before it is deployed. Sorted, without repetition.
     */
    public List<String> gaps(String tool) {
        return commands.getOrDefault(tool, List.of()).stream()
                .flatMap(command -> GAP.matcher(command).results().map(MatchResult::group))
                .distinct()
                .sorted()
                .toList();
    }

    /** As {@link #gaps(String)}, for all tools together. */
    public List<String> gaps() {
        return commands.keySet().stream()
                .flatMap(tool -> gaps(tool).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
