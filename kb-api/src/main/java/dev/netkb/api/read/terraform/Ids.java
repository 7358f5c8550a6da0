package dev.netkb.api.read.terraform;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.api.read.terraform.Shape.Role;
import dev.netkb.model.value.ResourceId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids of all resources of a plan. An id that Azure has yet to give is made of what there is: a stand-in for the
 * subscription, the resource group, type and name.
 */
final class Ids {

    static final String GROUPS = "microsoft.resources/resourcegroups";

    private final List<Instance> instances;
    private final References references;
    private final Problems problems;
    private final Map<Instance, Optional<ResourceId>> ids = new HashMap<>();
    private final Map<ResourceId, Instance> owners = new HashMap<>();
    private final Set<Instance> open = new HashSet<>();

    Ids(List<Instance> instances, References references, Problems problems) {
        this.instances = instances;
        this.references = references;
        this.problems = problems;
    }

    /** The id of a resource; empty where the one that it belongs to is not known and that matters. */
    Optional<ResourceId> of(Instance instance) {
        Optional<ResourceId> known = ids.get(instance);
        if (known != null) {
            return known;
        }
        if (!open.add(instance)) {
            return Optional.empty();
        }
        Optional<ResourceId> id = given(instance).or(() -> made(instance)).map(found -> alone(found, instance));
        open.remove(instance);
        ids.put(instance, id);
        return id;
    }

    /** The resource that an argument names by its id or its name; empty where that is not known. */
    Optional<ResourceId> named(Term argument, Instance of, @Nullable String type) {
        String text = argument.text();
        if (text == null) {
            return argument.isUnknown()
                    ? references.meaning(argument, of, type).only().flatMap(this::of)
                    : Optional.empty();
        }
        if (text.startsWith("/")) {
            return Optional.of(text)
                    .filter(id -> Resource.isId(id) || id.startsWith("/subscriptions/"))
                    .map(ResourceId::of);
        }
        if (type == null) {
            return Optional.empty();
        }
        String group = groupName(of);
        return instances.stream()
                .filter(one -> one.is(type)
                        && text.equalsIgnoreCase(nameOf(one))
                        && one.alias().equals(of.alias()))
                .filter(one -> isIn(group, one))
                .findFirst()
                .flatMap(this::of)
                .or(() -> Optional.of(ResourceId.of(Resource.idText(group(of), type, text))));
    }

    private static Optional<ResourceId> given(Instance instance) {
        if (instance.type().equals("azapi_update_resource")) {
            return Optional.empty();
        }
        String text = instance.arguments().get("id").text();
        return Optional.ofNullable(text)
                .filter(id -> Resource.isId(id) || instance.is(GROUPS) && id.startsWith("/subscriptions/"))
                .map(ResourceId::of);
    }

    private Optional<ResourceId> made(Instance instance) {
        if (instance.is(GROUPS) && !instance.isAzapi()) {
            String name = nameOf(instance);
            return Optional.of(ResourceId.of(
                    subscription(instance) + "/resourceGroups/" + (name == null ? instance.symbol() : name)));
        }
        String type = instance.armType();
        if (type == null) {
            return Optional.empty();
        }
        if (instance.isAzapi()) {
            return azapi(instance, type);
        }
        Shape shape = Shape.existing(instance.type());
        String name = name(instance);
        if (shape.role() == Role.EXTENSION) {
            return named(instance.arguments().get(shape.parents().get(0)), instance, null)
                    .map(scope -> ResourceId.of(scope.text() + "/providers/" + type + "/" + name));
        }
        if (shape.parents().isEmpty()) {
            return Optional.of(ResourceId.of(Resource.idText(group(instance), type, name)));
        }
        return inside(instance, shape, type, name);
    }

    /** The first argument names the outermost resource, the others the ones between. */
    private Optional<ResourceId> inside(Instance instance, Shape shape, String type, String name) {
        List<String> types = Arrays.asList(type.split("/", -1));
        List<String> parents = shape.parents();
        String outermost = types.get(0) + "/" + types.get(1);
        Term first = instance.arguments().get(parents.get(0));
        Optional<ResourceId> found = named(first, instance, outermost.toLowerCase(Locale.ROOT));
        if (found.isEmpty() && Translation.isList(outermost)) {
            return Optional.empty();
        }
        ResourceId id = found.orElseGet(() -> ResourceId.of(
                Resource.idText(group(instance), outermost, "{" + first.path().replace('/', '_') + "}")));
        for (int i = 1; i < parents.size(); i++) {
            String between = instance.arguments().get(parents.get(i)).text();
            id = id.child(
                    types.get(i + 1),
                    between == null ? instance.symbol() : between.substring(between.lastIndexOf('/') + 1));
        }
        return Optional.of(id.child(types.get(types.size() - 1), name));
    }

    private Optional<ResourceId> azapi(Instance instance, String type) {
        Term target = instance.arguments().get("resource_id");
        if (instance.type().equals("azapi_update_resource") && !target.isAbsent()) {
            return named(target, instance, type.toLowerCase(Locale.ROOT));
        }
        String parentType = Shape.parentType(type);
        Optional<ResourceId> parent =
                named(instance.arguments().get("parent_id"), instance, parentType.isEmpty() ? GROUPS : parentType);
        String name = name(instance);
        if (parentType.isEmpty()) {
            String group = parent.map(ResourceId::text).orElseGet(() -> group(instance));
            return Optional.of(ResourceId.of(group + "/providers/" + type + "/" + name));
        }
        String last = type.substring(type.lastIndexOf('/') + 1);
        if (parent.isEmpty() && !Translation.isList(parentType)) {
            parent = Optional.of(ResourceId.of(Resource.idText(group(instance), parentType, instance.symbol())));
        }
        return parent.map(id -> id.child(last, name));
    }

    /** Two resources with one id cannot both be deployed, or they lie in two subscriptions: then they stay apart. */
    private ResourceId alone(ResourceId id, Instance instance) {
        boolean top = Shape.parentType(String.valueOf(instance.armType())).isEmpty();
        Instance owner = instance.data() || instance.type().equals("azapi_update_resource") || !top
                ? instance
                : owners.putIfAbsent(id, instance);
        if (owner == null || owner.equals(instance)) {
            return id;
        }
        problems.add(
                ProblemCode.NOT_EVALUATED,
                instance.arguments().node().place(),
                instance.address() + " and " + owner.address() + " have the same name, type and resource group",
                "They are read as two resources. Azure takes only one of them, where they are not in two subscriptions.");
        return ResourceId.of(id.text() + instance.symbol());
    }

    private String name(Instance instance) {
        String name = nameOf(instance);
        return name == null ? instance.symbol() : name;
    }

    private static @Nullable String nameOf(Instance instance) {
        Shape shape = Shape.of(instance.type());
        if (shape != null && shape.named() != null) {
            return shape.named();
        }
        String name = instance.arguments().get("name").text();
        return name == null ? null : name.replace('/', '_');
    }

    private static @Nullable String groupName(Instance instance) {
        return instance.arguments().get("resource_group_name").text();
    }

    private static boolean isIn(@Nullable String group, Instance instance) {
        String own = groupName(instance);
        return group == null || own == null || group.equalsIgnoreCase(own);
    }

    private String group(Instance instance) {
        Term group = instance.arguments().get("resource_group_name");
        String name = group.text();
        if (name == null && group.isUnknown()) {
            Optional<Instance> meant =
                    references.meaning(group, instance, GROUPS).only();
            if (meant.isPresent()) {
                return of(meant.get()).map(ResourceId::text).orElse(standIn(instance));
            }
        }
        if (name == null) {
            return standIn(instance);
        }
        return instances.stream()
                .filter(one -> one.is(GROUPS) && name.equalsIgnoreCase(nameOf(one)))
                .filter(one -> one.alias().equals(instance.alias()))
                .findFirst()
                .flatMap(this::of)
                .map(ResourceId::text)
                .orElse(subscription(instance) + "/resourceGroups/" + name.replace('/', '_'));
    }

    private static String standIn(Instance instance) {
        return subscription(instance) + "/resourceGroups/" + Resource.RESOURCE_GROUP;
    }

    private static String subscription(Instance instance) {
        return "/subscriptions/"
                + (instance.alias().isEmpty()
                        ? Resource.SUBSCRIPTION
                        : Resource.SUBSCRIPTION.replace(
                                "}", " " + instance.alias().replace('/', '_') + "}"));
    }
}
