package dev.netkb.api.render;

import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What would decide undetermined results, and how a person gets it. */
final class MissingData {

    private static final String TAG = "the addresses of service tag";

    private MissingData() {}

    /** A sentence, and the command that exports the data. */
    record Export(String hint, String command) {}

    /** The kinds of data that a result lacks: tags are one kind, whatever their names. */
    static Set<String> kinds(Result result) {
        Set<String> kinds = new TreeSet<>();
        for (String missing : missing(result)) {
            kinds.add(isTag(missing) ? TAG : missing);
        }
        return kinds;
    }

    /** What all of the results lack, with the tags in one line. */
    static List<String> inWords(List<Result> results) {
        Map<String, Set<String>> namesByKind = new LinkedHashMap<>();
        for (Result result : results) {
            for (String missing : missing(result)) {
                String kind = isTag(missing) ? TAG : missing;
                Set<String> names = namesByKind.computeIfAbsent(kind, k -> new TreeSet<>());
                if (isTag(missing)) {
                    names.add(missing.substring(TAG.length()).strip());
                }
            }
        }
        List<String> lines = new ArrayList<>();
        namesByKind.forEach((kind, names) ->
                lines.add(names.isEmpty() ? kind : kind + (names.size() == 1 ? " " : "s ") + String.join(", ", names)));
        return lines;
    }

    /** How to get the tag data, where a result lacks any; what else is missing says it itself. */
    static Optional<Export> export(List<Result> results) {
        return results.stream()
                .filter(result -> kinds(result).contains(TAG))
                .findFirst()
                .map(result -> {
                    String region = result.subject().location();
                    boolean plain = region != null && region.matches("[a-z0-9]+");
                    return new Export(
                            "check again with --service-tags tags.json, made by",
                            "az network list-service-tags --location " + (plain ? region : "REGION") + " > tags.json");
                });
    }

    private static List<String> missing(Result result) {
        FlowResult flow = result.flow();
        return flow == null || flow.missing().isEmpty() ? List.of(result.message()) : flow.missing();
    }

    private static boolean isTag(String missing) {
        return missing.startsWith(TAG + " ");
    }
}
