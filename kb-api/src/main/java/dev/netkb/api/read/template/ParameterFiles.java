package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which parameters files belong to which templates, and what they say. */
final class ParameterFiles {

    private final Problems problems;

    ParameterFiles(Problems problems) {
        this.problems = problems;
    }

    /** The parameters file of each template: the only one of the only one, else by the stem of the name. */
    Map<Node, Node> assign(List<Node> templates, List<Node> files) {
        Map<Node, Node> given = new LinkedHashMap<>();
        if (templates.isEmpty()) {
            for (Node file : files) {
                problems.add(
                        ProblemCode.NOT_UNDERSTOOD,
                        file.place(),
                        "a parameters file says nothing without its template",
                        "Put the template beside it.");
            }
            return given;
        }
        if (templates.size() == 1 && files.size() == 1) {
            given.put(templates.get(0), files.get(0));
        } else {
            files.forEach(file -> assign(file, templates, files.size(), given));
        }
        given.forEach(this::reportUnused);
        return given;
    }

    private void assign(Node file, List<Node> templates, int files, Map<Node, Node> given) {
        Optional<Node> template = templates.stream()
                .filter(candidate -> stem(candidate.file()).equals(parametersStem(file.file())))
                .findFirst();
        if (template.isEmpty()) {
            problems.add(
                    ProblemCode.PARAMETERS,
                    file.place(),
                    "there are " + templates.size() + " templates and " + files
                            + " parameters files, and none of the templates is called "
                            + parametersStem(file.file()) + ".json",
                    "Name a parameters file like its template: x.json and x.parameters.json.");
        } else if (given.putIfAbsent(template.get(), file) != null) {
            problems.add(
                    ProblemCode.PARAMETERS,
                    file.place(),
                    "two parameters files belong to " + template.get().file(),
                    "Keep the one that is deployed.");
        }
    }

    private static String stem(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.endsWith(".json") ? lower.substring(0, lower.length() - ".json".length()) : lower;
    }

    private static String parametersStem(String file) {
        String stem = stem(file);
        for (String ending : List.of(".parameters", ".params", ".param", "-parameters", "parameters")) {
            if (stem.endsWith(ending)) {
                return stem.substring(0, stem.length() - ending.length());
            }
        }
        return stem;
    }

    private void reportUnused(Node template, Node file) {
        Node defined = template.get("parameters");
        Node given = file.get("parameters");
        for (Node member : given == null ? List.<Node>of() : given.members()) {
            if (defined == null || defined.get(member.key()) == null) {
                problems.count(
                        ProblemCode.UNKNOWN_FIELD,
                        member.place(),
                        "the template has no parameter " + Problems.quote(member.key()),
                        "Maybe the parameters file belongs to another template.");
            }
        }
    }

    /** The values of a parameters file by their names in lower case; none where there is no file. */
    static Map<String, Node> values(@Nullable Node file) {
        Map<String, Node> values = new HashMap<>();
        Node given = file == null ? null : file.get("parameters");
        for (Node parameter : given == null ? List.<Node>of() : given.members()) {
            Node value = parameter.getOrNullValue("value");
            values.put(
                    parameter.key().toLowerCase(Locale.ROOT),
                    value != null
                            ? value.withValue(value.pinned())
                            : parameter.withValue(new Json.Unknown("parameter '" + parameter.key() + "' is a secret")));
        }
        return values;
    }
}
