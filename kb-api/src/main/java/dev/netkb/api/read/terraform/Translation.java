package dev.netkb.api.read.terraform;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.api.read.terraform.Shape.Line;
import dev.netkb.api.read.terraform.Shape.Role;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the resources of one plan or state into those of ARM. */
final class Translation {

    private static final String RESOURCE_GROUP = "azurerm_resource_group";

    /** The lists of a resource that other resources add to; what adds to an unknown one makes them all unknown. */
    private static final Map<String, String> LISTS = Map.of(
            "microsoft.network/networksecuritygroups", "securityRules",
            "microsoft.network/routetables", "routes",
            "microsoft.network/firewallpolicies", "ruleCollectionGroups");

    /** What an association gives a subnet. */
    private static final List<List<String>> ASSOCIATED =
            List.of(List.of("networkSecurityGroup", "id"), List.of("routeTable", "id"));

    private static final String SUBNET = "microsoft.network/virtualnetworks/subnets";

    private final Document document;
    private final boolean whole;
    private final Problems problems;
    private final References references;
    private final Ids ids;
    private final Map<ResourceId, Translated> translated = new LinkedHashMap<>();

    /** A resource while its parts come together. */
    private record Translated(ResourceId id, String type, ArmObject object, Node from, boolean planned) {

        boolean is(String lowerCaseArmType) {
            return type.toLowerCase(Locale.ROOT).equals(lowerCaseArmType);
        }
    }

    Translation(Document document, boolean whole, Problems problems) {
        this.document = document;
        this.whole = whole;
        this.problems = problems;
        this.references = new References(document.instances(), document.configuration());
        this.ids = new Ids(document.instances(), references, problems);
    }

    /** Whether resources of a type are lists that others add to, so that an unknown one makes all of them unknown. */
    static boolean isList(String armType) {
        return LISTS.containsKey(armType.toLowerCase(Locale.ROOT));
    }

    /** All resources. Those that others change come first, then the changes: they need all of the former. */
    List<Resource> resources() {
        List<Instance> own = new ArrayList<>();
        List<Instance> changes = new ArrayList<>();
        for (Instance instance : document.instances()) {
            Shape shape = Shape.of(instance.type());
            if (instance.type().equals("azapi_update_resource")
                    || shape != null && (shape.role() == Role.PATCH || shape.role() == Role.ITEM)) {
                changes.add(instance);
            } else if (shape != null || instance.type().equals("azapi_resource")) {
                own.add(instance);
            } else {
                count(instance);
            }
        }
        own.stream().filter(one -> !one.data()).forEach(this::own);
        own.stream().filter(Instance::data).forEach(this::own);
        List<Instance> unresolved = new ArrayList<>();
        for (Instance change : changes) {
            Term target = targetOf(change);
            Optional<ResourceId> id = change.isAzapi() ? ids.of(change) : ids.named(target, change, targetType(change));
            if (id.isPresent()) {
                change(change, id.get());
            } else {
                unresolved.add(change);
            }
        }
        unresolved.forEach(this::changeUnknown);
        if (!whole) {
            leaveOpen();
        }
        return translated.values().stream().map(this::resource).toList();
    }

    private Resource resource(Translated one) {
        String type = one.type().toLowerCase(Locale.ROOT);
        Node node = Node.root(one.from().file(), one.object().build());
        return new Resource(one.id(), type, one.id().name(), node, one.planned());
    }

    private void count(Instance instance) {
        problems.count(
                ProblemCode.UNKNOWN_TYPE,
                instance.arguments().node().place(),
                "Terraform resources of type " + Problems.quote(instance.type()) + " are not read",
                "They are only counted. If they change the network, give the export of what they made too.");
    }

    private boolean isPlanned(Instance instance) {
        return document.isPlan()
                && !instance.data()
                && instance.arguments().get("id").text() == null;
    }

    private void own(Instance instance) {
        if (instance.type().equals(RESOURCE_GROUP)) {
            return;
        }
        String type = instance.armType();
        Term arguments = instance.arguments();
        if (type == null) {
            leftOut(instance, "its type is not known");
            return;
        }
        Optional<ResourceId> found = ids.of(instance);
        if (found.isEmpty()) {
            String parent = Shape.parentType(type);
            String list = LISTS.get(parent);
            leftOut(instance, "the resource that it belongs to is not known");
            if (list != null) {
                Term named = parentArgument(instance);
                for (Translated candidate : candidates(named, instance, parent)) {
                    candidate
                            .object()
                            .append(
                                    List.of(list),
                                    list,
                                    List.of(new Json.Unknown(
                                            instance.address() + " may belong to it: " + named.reason())));
                }
            }
            return;
        }
        ResourceId id = found.get();
        if (translated.containsKey(id) && instance.data()) {
            // A data source of what the plan itself manages: it was read before.
            return;
        }
        boolean planned = isPlanned(instance);
        ArmObject object = new ArmObject(arguments.node().origin());
        object.put("name", new Json.Text(id.name()));
        Filling filling = new Filling(instance, planned, references, ids);
        if (instance.isAzapi()) {
            filling.azapi(object);
        } else {
            Shape shape = Shape.existing(instance.type());
            filling.fill(shape.lines(), arguments, object, null);
            Line children = shape.childrenLine();
            if (children != null) {
                children(children, instance, id, object, filling);
            }
        }
        translated.putIfAbsent(id, new Translated(id, type, object, arguments.node(), planned));
    }

    private static Term parentArgument(Instance instance) {
        Shape shape = Shape.of(instance.type());
        return instance.arguments()
                .get(shape == null ? "parent_id" : shape.parents().get(0));
    }

    /**
     * Rules, routes and subnets that stand in their parent. The provider lists there those of resources of their own too,
     * as they were before: these are taken from their own resources. Where the list is not known and there are such
     * resources, there are no others: the provider does not allow both.
     */
    private void children(Line line, Instance instance, ResourceId id, ArmObject object, Filling filling) {
        String separateType = line.detail(0);
        Set<String> managed = new HashSet<>();
        boolean any = false;
        for (Instance one : document.instances()) {
            if (one.type().equals(separateType) && !one.data()) {
                Optional<ResourceId> child = ids.of(one);
                if (child.isPresent() && child.get().parent().filter(id::equals).isPresent()) {
                    managed.add(child.get().name().toLowerCase(Locale.ROOT));
                    any = true;
                }
            }
        }
        Shape separate = Shape.existing(separateType);
        for (Node before : document.before(separateType)) {
            String parent = before.text(separate.parents().get(0));
            String name = before.text("name");
            String group = before.text("resource_group_name");
            if (id.name().equalsIgnoreCase(parent)
                    && name != null
                    && (group == null || group.equalsIgnoreCase(id.resourceGroup()))) {
                managed.add(name.toLowerCase(Locale.ROOT));
            }
        }
        Term blocks = instance.arguments().get(line.argument());
        boolean subnets = separate.armType().toLowerCase(Locale.ROOT).equals(SUBNET);
        if (!blocks.isUnknown() && !blocks.isAbsent()) {
            filling.blocks(line, blocks, object, item -> {
                String name = item.get("name").text();
                if (name != null && subnets && !managed.contains(name.toLowerCase(Locale.ROOT))) {
                    subnet(line, item, id.child("subnets", name.replace('/', '_')), filling, isPlanned(instance));
                    return false;
                }
                return name == null || !managed.contains(name.toLowerCase(Locale.ROOT));
            });
        } else if (blocks.isAbsent()) {
            return;
        } else if (!any) {
            object.put(
                    line.target(),
                    line.argument(),
                    new Json.Unknown(
                            blocks.path() + " is known only after apply (where there are none, the configuration"
                                    + " can say " + line.argument() + " = [])"));
        }
    }

    /** A subnet that stands in its network becomes a resource of its own, which associations may change. */
    private void subnet(Line line, Term block, ResourceId id, Filling filling, boolean planned) {
        ArmObject subnet = new ArmObject(block.node().origin());
        filling.fill(line.nested(), block, subnet, null);
        translated.putIfAbsent(id, new Translated(id, SUBNET, subnet, block.node(), planned));
    }

    private static Term targetOf(Instance change) {
        Shape shape = Shape.of(change.type());
        Term arguments = change.arguments();
        if (shape != null) {
            return arguments.get(shape.parents().get(0));
        }
        return arguments.get("resource_id");
    }

    private static @Nullable String targetType(Instance change) {
        Shape shape = Shape.of(change.type());
        String type = shape == null ? change.armType() : shape.armType();
        return type == null ? null : type.toLowerCase(Locale.ROOT);
    }

    private void change(Instance change, ResourceId id) {
        Translated target = translated.computeIfAbsent(id, missing -> {
            ArmObject object = new ArmObject(change.arguments().node().origin());
            object.put("name", new Json.Text(missing.name()));
            String type = targetType(change);
            return new Translated(
                    missing,
                    type == null ? missing.type() : type,
                    object,
                    change.arguments().node(),
                    false);
        });
        Filling filling = new Filling(change, isPlanned(change), references, ids);
        Shape shape = Shape.of(change.type());
        if (shape == null) {
            ArmObject body = new ArmObject(change.arguments().node().origin());
            filling.azapi(body);
            target.object().take(body.build());
        } else if (shape.role() == Role.ITEM) {
            ArmObject item = new ArmObject(change.arguments().node().origin());
            filling.fill(shape.lines(), change.arguments(), item, null);
            target.object().append(List.of(shape.list()), shape.list(), List.of(item.build()));
        } else {
            ArmObject fields = new ArmObject(change.arguments().node().origin());
            filling.fill(shape.lines(), change.arguments(), fields, null);
            target.object().take(fields.build());
        }
    }

    /** A change of it is not known what: whatever it may be has fields that are not known. */
    private void changeUnknown(Instance change) {
        Term target = targetOf(change);
        String type = targetType(change);
        if (type == null || target.isAbsent() && Shape.of(change.type()) != null) {
            leftOut(change, target.path() + " has no value");
            return;
        }
        Json.Unknown reason = new Json.Unknown(change.address() + " may change it: " + target.reason());
        problems.add(
                ProblemCode.NOT_EVALUATED,
                change.arguments().node().place(),
                change.address() + " is not read whole: " + target.reason(),
                "What it may belong to is undetermined. Refer to the resource directly, or give the plan after an apply.");
        Shape shape = Shape.of(change.type());
        for (Translated candidate : candidates(target, change, type)) {
            if (shape == null) {
                candidate.object().put("properties", reason);
            } else if (shape.role() == Role.ITEM) {
                candidate.object().append(List.of(shape.list()), shape.list(), List.of(reason));
            } else {
                for (Line line : shape.lines()) {
                    if (!candidate.object().has(line.target())) {
                        candidate.object().put(line.target(), line.argument(), reason);
                    }
                }
            }
        }
    }

    /** The resources that an argument may mean: those it refers to, or all of the type where it may be any. */
    private Collection<Translated> candidates(Term argument, Instance of, String type) {
        References.Meaning meaning = references.meaning(argument, of, type);
        List<Translated> all =
                translated.values().stream().filter(one -> one.is(type)).toList();
        if (meaning.open() || meaning.candidates().isEmpty()) {
            return all;
        }
        Set<ResourceId> meant = new HashSet<>();
        meaning.candidates().forEach(one -> ids.of(one).ifPresent(meant::add));
        return all.stream().filter(one -> meant.contains(one.id())).toList();
    }

    /** A plan that is not whole may lack associations, rules and routes. */
    private void leaveOpen() {
        Json.Unknown reason = new Json.Unknown("the plan is not whole");
        for (Translated one : translated.values()) {
            String list = LISTS.get(one.type().toLowerCase(Locale.ROOT));
            if (list != null) {
                one.object().append(List.of(list), list, List.of(reason));
            }
            if (one.is(SUBNET)) {
                for (List<String> field : ASSOCIATED) {
                    if (!one.object().has(field)) {
                        one.object().put(field, field.get(0), reason);
                    }
                }
            }
        }
    }

    private void leftOut(Instance instance, String why) {
        problems.add(
                ProblemCode.NOT_EVALUATED,
                instance.arguments().node().place(),
                instance.address() + " is left out: " + why,
                "What depends on it is undetermined. Refer to the resource directly, or give the plan after an apply.");
    }
}
