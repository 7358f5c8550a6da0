package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which parameters files belong to which templates, and what they say. */
final class ParameterFiles {

    private static final Set<String> TEXTS = Set.of("string", "securestring");

    private final Problems problems;

    ParameterFiles(Problems problems) {
        this.problems = problems;
    }

    /**
     * The values of parameters of each template by their names in lower case.
     *
     * @param templates those that are deployed by themselves
     * @param all templates, also those that another one links to
     * @param files parameters files beside the templates
     * @param given parameters for all templates; they count more, and later ones most
     */
    Map<Node, Map<String, Node>> values(List<Node> templates, List<Node> all, List<Node> files, List<Node> given) {
        // Whoever names the parameters file has decided between those that are there.
        boolean isDecided = given.stream().anyMatch(file -> file.get("parameters") != null);
        Map<Node, Node> assigned = assign(templates, all, files, isDecided);
        given.forEach(file -> reportUnused(templates, file));
        Map<Node, Map<String, Node>> values = new LinkedHashMap<>();
        for (Node template : all) {
            Map<String, Node> own = new HashMap<>(values(assigned.get(template)));
            for (Node file : given) {
                values(file).forEach((name, value) -> own.put(name, asDeclared(value, template, name)));
            }
            own.forEach((name, value) -> reportRefused(template, name, value));
            values.put(template, own);
        }
        return values;
    }

    /** Says where Azure would refuse a value. Templates that another one links to get theirs from there. */
    private void reportRefused(Node template, String name, Node value) {
        ParameterType type = type(template, name);
        String why = type == null ? null : type.refusal(value.value());
        if (why != null) {
            problems.add(
                    ProblemCode.REFUSED_VALUE,
                    value.place(),
                    "Azure would refuse the value of parameter " + Problems.quote(name) + ": " + why,
                    "The value is used all the same. Give one that the template accepts.");
        }
    }

    private static @Nullable ParameterType type(Node template, String name) {
        Node parameters = template.get("parameters");
        Node definition = parameters == null ? null : parameters.get(name);
        return definition == null ? null : new ParameterType(template, definition);
    }

    /** A value from a command line is a text; the template says what it means. */
    private static Node asDeclared(Node value, Node template, String name) {
        ParameterType declared = type(template, name);
        String type = declared == null ? null : declared.name();
        if (!(value.value() instanceof Json.Text text) || type == null || TEXTS.contains(type)) {
            return value;
        }
        return JsonFile.parseText(text.value()).map(value::withValue).orElse(value);
    }

    /** The parameters file of each template: the only one of the only one, else by the stem of the name. */
    private Map<Node, Node> assign(List<Node> templates, List<Node> all, List<Node> files, boolean isDecided) {
        Map<Node, Node> given = new LinkedHashMap<>();
        if (all.isEmpty()) {
            for (Node file : files) {
                problems.add(
                        ProblemCode.NOT_UNDERSTOOD,
                        file.place(),
                        "a parameters file says nothing without its template",
                        "Put the template beside it.");
            }
            return given;
        }
        boolean isOnly = templates.size() == 1 && files.size() == 1;
        if (isOnly && all.stream().noneMatch(template -> belongs(files.get(0), template))) {
            given.put(templates.get(0), files.get(0));
        } else {
            files.forEach(file -> assign(file, all, files.size(), isDecided, given));
        }
        given.forEach((template, file) -> reportUnused(List.of(template), file));
        return given;
    }

    private void assign(Node file, List<Node> all, int files, boolean isDecided, Map<Node, Node> given) {
        Optional<Node> template =
                all.stream().filter(candidate -> belongs(file, candidate)).findFirst();
        if (template.isEmpty() && !isDecided) {
            problems.add(
                    ProblemCode.PARAMETERS,
                    file.place(),
                    count(all.size(), "template") + " and " + count(files, "parameters file")
                            + " are here, and none of the templates is called " + parametersStem(file.file())
                            + ".json",
                    "Say which one counts: --parameters " + file.file()
                            + " (with its directory). Or keep those alone that belong together, x.json and"
                            + " x.parameters.json.");
        } else if (template.isPresent() && given.putIfAbsent(template.get(), file) != null && !isDecided) {
            problems.add(
                    ProblemCode.PARAMETERS,
                    file.place(),
                    "two parameters files belong to " + template.get().file(),
                    "Keep the one that is deployed, or say which one counts: --parameters " + file.file()
                            + " (with its directory).");
        }
    }

    private static String count(int number, String what) {
        return number == 1 ? "1 " + what : number + " " + what + "s";
    }

    private static boolean belongs(Node file, Node template) {
        return stem(template.file()).equals(parametersStem(file.file()));
    }

    private static String stem(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        for (String ending : List.of(".json", ".jsonc")) {
            if (lower.endsWith(ending)) {
                return lower.substring(0, lower.length() - ending.length());
            }
        }
        return lower;
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

    private void reportUnused(List<Node> templates, Node file) {
        for (Node member : members(file)) {
            if (templates.stream().noneMatch(template -> defines(template, member.key()))) {
                problems.count(
                        ProblemCode.UNKNOWN_FIELD,
                        member.place(),
                        "the template has no parameter " + Problems.quote(member.key()),
                        "Maybe the parameters belong to another template.");
            }
        }
    }

    private static boolean defines(Node template, String parameter) {
        Node parameters = template.get("parameters");
        return parameters != null && parameters.get(parameter) != null;
    }

    /** A parameters file says {@code {"parameters": {"name": {"value": …}}}}; the inner object alone is one too. */
    private static List<Node> members(@Nullable Node file) {
        if (file == null) {
            return List.of();
        }
        Node section = file.get("parameters");
        return (section == null ? file : section)
                .members().stream().filter(Node::isObject).toList();
    }

    /** The values of a parameters file by their names in lower case; none where there is no file. */
    static Map<String, Node> values(@Nullable Node file) {
        Map<String, Node> values = new HashMap<>();
        for (Node parameter : members(file)) {
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
