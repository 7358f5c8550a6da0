package dev.netkb.api.render;

import dev.netkb.api.internal.result.MissingExports;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Reasons;
import dev.netkb.model.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What would decide undetermined results, and how a person gets it. */
public final class MissingData {

    private static final String FROM_THIS_EXPORT = "missing from this export: ";
    private static final String TAG = "the addresses of service tag";

    private MissingData() {}

    /** A sentence, and the command that exports the data. */
    public record Export(String hint, String command) {}

    /** Whether a problem says what the whole export lacks; then its hint is the command that fetches it. */
    public static boolean isMissing(Problem problem) {
        return problem.code().equals(MissingExports.CODE);
    }

    /** What such a problem says, below a heading that says the same of all. */
    public static String inWords(Problem problem) {
        String message = problem.message();
        return message.startsWith(FROM_THIS_EXPORT) ? message.substring(FROM_THIS_EXPORT.length()) : message;
    }

    /** The kinds of data that a result lacks: tags are one kind, whatever their names. */
    public static Set<String> kinds(Result result) {
        Set<String> kinds = new TreeSet<>();
        for (String missing : missing(result)) {
            kinds.add(isTag(missing) ? TAG : missing);
        }
        return kinds;
    }

    /** What all of the results lack, with the tags in one line. */
    public static List<String> inWords(List<Result> results) {
        return joined(
                results.stream().flatMap(result -> missing(result).stream()).toList());
    }

    /** What is missing, with the tags in one line. */
    public static List<String> joined(List<String> missing) {
        Map<String, Set<String>> namesByKind = new LinkedHashMap<>();
        for (String each : missing) {
            String kind = isTag(each) ? TAG : each;
            Set<String> names = namesByKind.computeIfAbsent(kind, k -> new TreeSet<>());
            if (isTag(each)) {
                names.add(each.substring(TAG.length()).strip());
            }
        }
        List<String> lines = new ArrayList<>();
        namesByKind.forEach((kind, names) ->
                lines.add(names.isEmpty() ? kind : kind + (names.size() == 1 ? " " : "s ") + String.join(", ", names)));
        return Reasons.merged(lines);
    }

    /** How to get the tag data, where a result lacks any; what else is missing says it itself. */
    public static Optional<Export> export(List<Result> results) {
        return results.stream()
                .filter(result -> kinds(result).contains(TAG))
                .findFirst()
                .map(result -> tagData("check", result.subject().location()));
    }

    /** How to get the tag data, where a flow lacks any. */
    public static Optional<Export> export(FlowResult flow, @Nullable String region) {
        return flow.missing().stream().filter(MissingData::isTag).findFirst().map(tag -> tagData("ask", region));
    }

    /** The command that completes the whole export, so that nobody is told two ways. */
    private static Export tagData(String verb, @Nullable String region) {
        return new Export(
                "run this in the folder of the export and " + verb
                        + " again (a single file needs --service-tags service-tags.json)",
                MissingExports.tagData(region));
    }

    private static List<String> missing(Result result) {
        FlowResult flow = result.flow();
        return flow == null || flow.missing().isEmpty() ? List.of(result.message()) : flow.missing();
    }

    private static boolean isTag(String missing) {
        return missing.startsWith(TAG + " ");
    }
}
