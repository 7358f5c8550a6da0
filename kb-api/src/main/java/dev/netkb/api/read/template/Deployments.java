package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The templates and parameters files of one snapshot, and the resources that they would deploy. */
public final class Deployments {

    private static final String DEPLOYMENT = "microsoft.resources/deployments";
    private static final String GROUP =
            "/subscriptions/" + Resource.SUBSCRIPTION + "/resourceGroups/" + Resource.RESOURCE_GROUP;

    private final Problems problems;
    private final List<Node> templates = new ArrayList<>();
    private final List<Node> parameters = new ArrayList<>();
    private final List<String> unknownTypes = new ArrayList<>();

    public Deployments(Problems problems) {
        this.problems = problems;
    }

    public void addTemplate(Node template) {
        templates.add(template);
    }

    public void addParameters(Node file) {
        parameters.add(file);
    }

    /** The types of resources that are planned but whose content is unknown; one entry each. */
    public List<String> unknownTypes() {
        return List.copyOf(unknownTypes);
    }

    public boolean hasTemplates() {
        return !templates.isEmpty();
    }

    /** The planned resources of all templates. */
    public List<Resource> resources() {
        Map<Node, Node> given = assign();
        List<Resource> resources = new ArrayList<>();
        for (Node template : templates) {
            Node file = given.get(template);
            Evaluator evaluator = new Evaluator(template, file, problems);
            if (file != null) {
                reportUnused(template, file);
            }
            new Reader(evaluator, resources).resources(template.get("resources"), "", "");
        }
        return resources;
    }

    /** Which parameters file belongs to which template: the only one to the only one, else by the stem of the name. */
    private Map<Node, Node> assign() {
        Map<Node, Node> given = new LinkedHashMap<>();
        if (templates.isEmpty()) {
            for (Node file : parameters) {
                problems.add(
                        ProblemCode.NOT_UNDERSTOOD,
                        file.place(),
                        "a parameters file says nothing without its template",
                        "Put the template beside it.");
            }
            return given;
        }
        if (templates.size() == 1 && parameters.size() == 1) {
            given.put(templates.get(0), parameters.get(0));
            return given;
        }
        for (Node file : parameters) {
            Optional<Node> template = templates.stream()
                    .filter(candidate -> stem(candidate.file()).equals(parametersStem(file.file())))
                    .findFirst();
            if (template.isEmpty()) {
                problems.add(
                        ProblemCode.PARAMETERS,
                        file.place(),
                        "there are " + templates.size() + " templates and " + parameters.size()
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
        return given;
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

    /** Reads the resources of one template. */
    private final class Reader {
        private final Evaluator evaluator;
        private final List<Resource> found;

        Reader(Evaluator evaluator, List<Resource> found) {
            this.evaluator = evaluator;
            this.found = found;
        }

        /** @param parentType,parentName of the resource that these stand in, empty at the top */
        void resources(@Nullable Node list, String parentType, String parentName) {
            if (list == null) {
                return;
            }
            for (Node item : list.isObject() ? list.members() : list.items()) {
                if (item.isObject()) {
                    resource(item, parentType, parentName);
                }
            }
        }

        private void resource(Node node, String parentType, String parentName) {
            Json typeValue = value(node, "type");
            Json nameValue = value(node, "name");
            String type = typeValue instanceof Json.Text text ? text.value() : null;
            if (type == null) {
                if (typeValue instanceof Json.Unknown reason) {
                    leftOut(node, "", "its type is not known: " + Problems.quote(reason.reason()));
                } else {
                    problems.add(
                            ProblemCode.MISSING_FIELD,
                            node.place(),
                            "a resource of the template has no type",
                            "Every resource has type, apiVersion and name.");
                }
                return;
            }
            boolean relative = !parentType.isEmpty() && !type.contains(".");
            String fullType = relative ? parentType + "/" + type : type;
            if (node.get("existing") != null && node.get("existing").value().equals(new Json.Bool(true))) {
                return;
            }
            if (node.get("copy") != null) {
                leftOut(node, fullType, "it is in a copy loop, which is not evaluated");
                return;
            }
            Node condition = node.get("condition");
            if (condition != null) {
                Json value = evaluator.evaluate(condition.value());
                Optional<Boolean> holds = Functions.bool(value);
                if (holds.isEmpty()) {
                    leftOut(node, fullType, "its condition is not known: " + Problems.quote(value.toString()));
                    return;
                }
                if (!holds.get()) {
                    return;
                }
            }
            if (fullType.toLowerCase(Locale.ROOT).equals(DEPLOYMENT)) {
                leftOut(node, fullType, "a nested deployment is not read");
                return;
            }
            String name = name(node, nameValue);
            if (name == null) {
                String reason = nameValue instanceof Json.Unknown unknown ? unknown.reason() : "it has none";
                leftOut(node, fullType, "its name is not known: " + Problems.quote(reason));
                return;
            }
            String fullName = relative ? parentName + "/" + name : name;
            if (fullName.split("/", -1).length != fullType.split("/", -1).length - 1) {
                leftOut(
                        node,
                        fullType,
                        "its name " + Problems.quote(fullName) + " does not have one part for each part of its type");
                return;
            }
            found.add(Resource.of(GROUP, fullType, fullName, evaluator.evaluate(withoutChildren(node)), true));
            resources(node.get("resources"), fullType, fullName);
        }

        /** The name, or a stand-in where it has parts without a value; null where it is not known at all. */
        private static @Nullable String name(Node node, Json value) {
            String name = value instanceof Json.Text text
                    ? text.value()
                    : value instanceof Json.Unknown unknown ? unknown.symbol() : null;
            String written = node.text("name");
            if (name != null && name.isBlank() && written != null && ExpressionParser.isExpression(written)) {
                // A parameters file with its texts still to be filled in.
                return "{" + written.substring(1, written.length() - 1).replace('/', '_') + "}";
            }
            return name == null || name.isBlank() ? null : name;
        }

        private Json value(Node node, String key) {
            Node found = node.get(key);
            return found == null ? Json.NULL : evaluator.evaluate(found.value());
        }

        /** What is read elsewhere or never, so that it is not evaluated here. */
        private Node withoutChildren(Node node) {
            Json.Obj object = (Json.Obj) node.value();
            List<String> keys = new ArrayList<>();
            List<Json> values = new ArrayList<>();
            for (int i = 0; i < object.size(); i++) {
                String key = object.keys().get(i).toLowerCase(Locale.ROOT);
                if (!key.equals("resources") && !key.equals("dependson") && !key.equals("tags")) {
                    keys.add(object.keys().get(i));
                    values.add(object.value(i));
                }
            }
            return node.withValue(new Json.Obj(keys, values));
        }

        private void leftOut(Node node, String type, String why) {
            if (!type.isEmpty()) {
                unknownTypes.add(type.toLowerCase(Locale.ROOT));
            }
            problems.add(
                    ProblemCode.NOT_EVALUATED,
                    node.place(),
                    "a resource of type " + Problems.quote(type) + " is left out: " + why,
                    "What depends on it is undetermined. Give the deployed resources instead.");
        }
    }
}
