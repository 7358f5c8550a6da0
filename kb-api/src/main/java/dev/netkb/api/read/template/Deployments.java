package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.azure.StandIns;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The templates and parameters files of one snapshot, and the resources that they would deploy. */
public final class Deployments {

    /** More than Azure deploys at a time (800), for templates with many deployments inside. */
    private static final int MOST_RESOURCES = 20_000;

    /** Types of which it is told anyway where their rules or routes are not known. */
    private static final Set<String> TOLD =
            Set.of("microsoft.network/networksecuritygroups", "microsoft.network/routetables");

    private static final String UNDETERMINED =
            "What depends on it is undetermined. Give the missing value or file, or the deployed resources.";

    private final Target target;
    private final Problems problems;
    private final Effort effort = new Effort();
    private final List<Node> templates = new ArrayList<>();
    private final List<Node> parameters = new ArrayList<>();
    private final List<Node> given = new ArrayList<>();
    private final List<String> unknownTypes = new ArrayList<>();
    private final Map<String, Declared> byId = new HashMap<>();
    private final Map<String, List<Declared>> byName = new HashMap<>();
    private final Set<Node> linked = new HashSet<>();
    private final List<Plan.Homeless> homeless = new ArrayList<>();
    private final Map<Resource, String> doubtful = new LinkedHashMap<>();
    private @Nullable String missing;
    private int resources;

    public Deployments(Target target, Problems problems) {
        this.target = target;
        this.problems = problems;
    }

    public void addTemplate(Node template) {
        templates.add(template);
    }

    public void addParameters(Node file) {
        parameters.add(file);
    }

    /** Adds parameters for all templates, which count more than those of files beside the templates. */
    public void addGiven(Node file) {
        given.add(file);
    }

    /** The types of resources that are planned but whose content is unknown; one entry each. */
    public List<String> unknownTypes() {
        return List.copyOf(unknownTypes);
    }

    /** The resources that may or may not be there → why nobody knows. */
    public Map<Resource, String> doubtful() {
        return Collections.unmodifiableMap(doubtful);
    }

    /** Why there may be resources of any type that nobody knows of; empty where there are none. */
    public Optional<String> missing() {
        return Optional.ofNullable(missing);
    }

    /**
     * Says where exported resources have the names of planned ones, where only the template's own subscription and group,
     * which nobody gave, keep them apart.
     */
    public void reportLikely(List<Resource> plannedOnes, Collection<ResourceId> exported) {
        Map<String, List<ResourceId>> byName = exported.stream()
                .filter(id -> !StandIns.isIn(id.text()))
                .collect(Collectors.groupingBy(id -> id.type() + " " + key(id.name())));
        Set<String> options = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        for (ResourceId planned : ids(plannedOnes)) {
            for (ResourceId id : byName.getOrDefault(planned.type() + " " + key(planned.name()), List.of())) {
                if (StandIns.mayBeSame(planned.text(), id.text())) {
                    names.add(id.name());
                    if (planned.subscription().equals(Resource.SUBSCRIPTION)) {
                        options.add("--subscription " + key(id.subscription()));
                    }
                    if (planned.resourceGroup().equalsIgnoreCase(Resource.RESOURCE_GROUP)) {
                        options.add("--resource-group " + key(id.resourceGroup()));
                    }
                }
            }
        }
        boolean isClear =
                options.stream().map(option -> option.split(" ")[0]).distinct().count() == options.size();
        if (!options.isEmpty() && isClear) {
            problems.add(
                    ProblemCode.NOT_EVALUATED,
                    templates.get(0).place(),
                    "what the template is deployed to is not known, so what it calls " + String.join(", ", names)
                            + " is not taken for what is exported under that name",
                    "Where they are one: " + String.join(" ", new TreeSet<>(options).descendingSet()));
        }
    }

    /** The ids of resources and those that they refer to. */
    private static Set<ResourceId> ids(List<Resource> resources) {
        Set<ResourceId> found = new LinkedHashSet<>();
        for (Resource resource : resources) {
            found.add(resource.id());
            addIds(resource.node().value(), found);
        }
        return found;
    }

    private static void addIds(Json value, Set<ResourceId> found) {
        if (value instanceof Json.Arr list) {
            list.items().forEach(item -> addIds(item, found));
        } else if (value instanceof Json.Obj object) {
            for (int i = 0; i < object.size(); i++) {
                addIds(object.value(i), found);
            }
        } else {
            Resource.tryId(
                            value instanceof Text text
                                    ? text.value()
                                    : value instanceof Unknown unknown ? unknown.symbol() : null)
                    .ifPresent(found::add);
        }
    }

    public boolean hasTemplates() {
        return !templates.isEmpty();
    }

    Problems problems() {
        return problems;
    }

    Effort effort() {
        return effort;
    }

    /** The planned resources of all templates; those that another template links to are part of that one. */
    public List<Resource> resources() {
        List<Node> roots = templates.stream().filter(file -> !isLinked(file)).toList();
        Map<Node, Map<String, Node>> values = new ParameterFiles(problems).values(roots, templates, parameters, given);
        List<Deployment> deployments = new ArrayList<>();
        roots.forEach(root -> deployments.add(deployment(root, values)));
        deployments.forEach(Deployment::declare);
        for (Node template : templates) {
            // It looked like one that another links to, and no link led to it.
            if (!roots.contains(template) && !linked.contains(template)) {
                Deployment deployment = deployment(template, values);
                deployments.add(deployment);
                deployment.declare();
            }
        }
        List<Declared> declared = new ArrayList<>();
        deployments.forEach(deployment -> deployment.addTo(declared));
        List<Resource> found = new Plan(this, declared).resources(homeless);
        if (effort.isExhausted()) {
            problems.add(
                    ProblemCode.NOT_EVALUATED,
                    templates.get(0).place(),
                    "the templates need more than " + Effort.MOST_STEPS
                            + " steps to be evaluated, so a part is unknown",
                    "What depends on it is undetermined. Check the templates one by one.");
        }
        boolean inGroups = templates.stream()
                .allMatch(template ->
                        Scope.level(String.valueOf(template.text("$schema"))) == Scope.Level.RESOURCE_GROUP);
        return inGroups ? found : GroupNames.complete(found, problems);
    }

    private Deployment deployment(Node template, Map<Node, Map<String, Node>> values) {
        return new Deployment(
                this,
                template,
                values.getOrDefault(template, Map.of()),
                ScopeFunctions.named("deployment().name", "{deployment}"),
                location("deployment().location"),
                Scope.ofSchema(String.valueOf(template.text("$schema")), target),
                null);
    }

    void register(Declared resource) {
        if (!resource.existing()) {
            byId.putIfAbsent(key(resource.id()), resource);
            byName.computeIfAbsent(key(resource.name()), name -> new ArrayList<>())
                    .add(resource);
        }
    }

    Optional<Declared> byId(String id) {
        return Optional.ofNullable(byId.get(key(id)));
    }

    /** Where a resource group is that no template makes. */
    Json locationOfGroup(Scope scope) {
        if (!scope.group().equals(target.group())) {
            return ScopeFunctions.symbol(
                    "resourceGroup().location", "{resourceGroup('" + scope.group() + "').location}");
        }
        return location("resourceGroup().location");
    }

    private Json location(String function) {
        return target.location() == null
                ? new Unknown("[" + function + "] (--resource-group-location REGION)", "{" + function + "}")
                : new Text(target.location());
    }

    /** The only resource with a name. */
    Optional<Declared> byName(String name) {
        List<Declared> found = byName.getOrDefault(key(name), List.of());
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Counts one more resource; false, with a problem, where there are too many. */
    boolean hasRoom(Node node) {
        resources++;
        if (resources > MOST_RESOURCES) {
            problems.add(
                    ProblemCode.TOO_MUCH,
                    new Place(node.file(), ""),
                    "the templates declare more than " + MOST_RESOURCES + " resources",
                    "Check them one by one.");
        }
        return resources <= MOST_RESOURCES;
    }

    /** Says that a resource is left out; those that no requirement needs are counted for each reason. */
    void leftOut(Node node, String type, String why) {
        if (!type.isEmpty() && !Resource.isRead(type)) {
            unknownTypes.add(type.toLowerCase(Locale.ROOT));
            problems.count(
                    ProblemCode.NOT_EVALUATED,
                    node.place(),
                    "a resource of a type that is not read is left out: " + why,
                    "No requirement needs it.");
            return;
        }
        if (type.isEmpty()) {
            missing = why;
        } else {
            unknownTypes.add(type.toLowerCase(Locale.ROOT));
        }
        problems.add(
                ProblemCode.NOT_EVALUATED,
                node.place(),
                "a resource of type " + Problems.quote(type) + " is left out: " + why,
                UNDETERMINED);
    }

    /** Says that nobody knows what a resource says, because it may not be there. */
    void withUnknownContent(Node node, String type, String why) {
        if (TOLD.contains(key(type))) {
            return;
        }
        problems.add(
                ProblemCode.NOT_EVALUATED,
                node.place(),
                "what a resource of type " + Problems.quote(type) + " says is not known: " + why,
                UNDETERMINED);
    }

    /** Says that a resource may or may not be there: that there are no more of its type than those that are is not known. */
    void mayBeThere(Resource resource, String why) {
        doubtful.put(resource, why);
    }

    /** An item of a list of another resource that does not say of which one. */
    void withoutParent(Declared item, String why) {
        homeless.add(new Plan.Homeless(item, why));
    }

    /** A deployment whose template is not there may make anything. */
    void withoutTemplate(Node node, String why) {
        unknownTypes.add("microsoft.resources/deployments");
        missing = why;
        problems.count(
                ProblemCode.NOT_EVALUATED,
                node.place(),
                "a deployment is left out: " + why,
                "What it would make is not known. Put the template beside the one that links to it, or give the"
                        + " deployed resources.");
    }

    /** Whether another template says that it deploys this one. */
    private boolean isLinked(Node template) {
        return templates.stream()
                .filter(other -> other != template && mentions(other.value(), "templateLink"))
                .anyMatch(other -> mentions(other.value(), baseName(template.file())));
    }

    private static boolean mentions(Json value, String name) {
        if (value instanceof Text text) {
            return namesFile(key(text.value()), name);
        }
        if (value instanceof Json.Arr array) {
            return array.items().stream().anyMatch(item -> mentions(item, name));
        }
        if (value instanceof Json.Obj object) {
            for (int i = 0; i < object.size(); i++) {
                if (object.keys().get(i).equalsIgnoreCase(name) || mentions(object.value(i), name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The template that a link leads to, by its path relative to the linking file or by the end of its address. */
    Optional<Node> linked(Node link, Json relativePath, Json uri) {
        Optional<Node> found = find(link, relativePath, uri);
        found.ifPresent(linked::add);
        return found;
    }

    private Optional<Node> find(Node link, Json relativePath, Json uri) {
        if (relativePath instanceof Text path) {
            String target = resolve(link.file(), path.value());
            return templates.stream()
                    .filter(file -> file.file().equalsIgnoreCase(target))
                    .findFirst();
        }
        String address = uri instanceof Text text
                ? text.value()
                : uri instanceof Unknown unknown && unknown.symbol() != null
                        ? unknown.symbol()
                        : String.valueOf(link.text("uri"));
        List<Node> named = templates.stream()
                .filter(file -> !file.file().equals(link.file()))
                .filter(file -> namesFile(key(address), baseName(file.file())))
                .toList();
        return named.size() == 1
                ? Optional.of(named.get(0))
                : named.stream()
                        .filter(file -> namesFile(key(address), key(file.file())))
                        .max(Comparator.comparingInt(file -> file.file().length()));
    }

    /** The parameters file that a link leads to; null where there is none. */
    @Nullable
    Node linkedParameters(@Nullable Node link) {
        String uri = link == null ? null : link.text("uri");
        return uri == null
                ? null
                : parameters.stream()
                        .filter(file -> namesFile(key(uri), baseName(file.file())))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether an address or an expression has the name of a file in it, and not only a part of a longer name. */
    private static boolean namesFile(String address, String file) {
        for (int at = address.indexOf(file); at >= 0; at = address.indexOf(file, at + 1)) {
            int end = at + file.length();
            if ((at == 0 || !isPartOfName(address.charAt(at - 1)))
                    && (end == address.length() || !isPartOfName(address.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private static String baseName(String file) {
        return key(file.substring(file.lastIndexOf('/') + 1));
    }

    private static String resolve(String file, String relative) {
        List<String> parts = new ArrayList<>(List.of(file.split("/", -1)));
        parts.remove(parts.size() - 1);
        for (String part : relative.replace('\\', '/').split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.remove(parts.size() - 1);
            } else if (!part.equals(".") && !part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
