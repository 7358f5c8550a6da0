package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the expressions of one deployment find of resources, its own and those of others. */
final class References implements ScopeFunctions.Resources {

    private final Deployments all;
    private final Deployment deployment;

    References(Deployments all, Deployment deployment) {
        this.all = all;
        this.deployment = deployment;
    }

    @Override
    public Json reference(String target, boolean full, String whole) {
        return find(target)
                .map(found -> referenced(found, full, whole))
                .or(() -> inParent(target, full, whole))
                .orElseGet(() -> new Unknown(whole));
    }

    /** What a resource says that stands in a list of another one, as subnets stand in their network. */
    private Optional<Json> inParent(String id, boolean full, String whole) {
        String[] parts = id.split("/", -1);
        int end = id.length() - parts[parts.length - 1].length() - 1;
        if (!id.startsWith("/") || parts.length < 3) {
            return Optional.empty();
        }
        String collection = parts[parts.length - 2];
        return all.byId(id.substring(0, end - collection.length() - 1))
                .filter(parent -> !parent.isDeployment())
                .map(parent -> referenced(parent, false, whole))
                .flatMap(parent -> parent instanceof Obj properties && properties.get(collection) instanceof Arr list
                        ? named(list, parts[parts.length - 1])
                        : Optional.empty())
                .map(item -> full ? item : item.get("properties"))
                .map(found -> found instanceof Obj object ? object.withRest(new Unknown(whole)) : found);
    }

    private static Optional<Obj> named(Arr list, String name) {
        return list.items().stream()
                .filter(item -> item instanceof Obj object
                        && object.get("name") instanceof Text text
                        && text.value().equalsIgnoreCase(name))
                .map(Obj.class::cast)
                .findFirst();
    }

    @Override
    public Json references(String symbol, boolean full, String whole) {
        List<Json> items = new ArrayList<>();
        for (Declared resource : deployment.declared()) {
            if (resource.symbol() != null && resource.symbol().startsWith(symbol + "[")) {
                items.add(referenced(resource, full, whole));
            } else if (symbol.equals(resource.symbol())) {
                return new Unknown(resource.doubt() == null ? whole : resource.doubt());
            }
        }
        return new Arr(items);
    }

    @Override
    public Optional<Json> info(String symbol) {
        return find(symbol)
                .map(resource -> ScopeFunctions.object(
                        "id", new Text(resource.id()),
                        "name", new Text(resource.name()),
                        "type", new Text(resource.type()),
                        "apiVersion", resource.field("apiVersion")));
    }

    @Override
    public Json locationOfGroup(Scope group) {
        Optional<Declared> made = all.byId(group.groupId());
        return made.isPresent() ? made.get().field("location") : all.locationOfGroup(group);
    }

    /** The resource with a symbolic name, an id or a name. */
    private Optional<Declared> find(String target) {
        Optional<Declared> named = deployment.declared().stream()
                .filter(resource -> target.equals(resource.symbol()))
                .findFirst();
        if (named.isPresent() && !named.get().existing()) {
            return named;
        }
        if (named.isPresent()) {
            return all.byId(named.get().id());
        }
        if (target.startsWith("/")) {
            return all.byId(target);
        }
        List<Declared> here = deployment.declared().stream()
                .filter(resource -> resource.name().equalsIgnoreCase(target) && !resource.existing())
                .toList();
        return here.isEmpty() ? all.byName(target) : here.size() == 1 ? Optional.of(here.get(0)) : Optional.empty();
    }

    private Json referenced(Declared resource, boolean full, String whole) {
        if (resource.doubt() != null) {
            return new Unknown(resource.doubt());
        }
        if (resource.isDeployment()) {
            Json given = resource.deployment()
                    .nested(resource)
                    .map(inner -> {
                        inner.declare();
                        return inner.outputs();
                    })
                    .orElseGet(() -> new Unknown(whole));
            Json properties = ScopeFunctions.object("outputs", given, "provisioningState", new Text("Succeeded"));
            return full ? full(resource, properties) : properties;
        }
        if (!(resource.deployment().value(resource) instanceof Obj value)) {
            return new Unknown(whole);
        }
        Json properties = value.get("properties");
        Unknown onlyDeployed = new Unknown(whole);
        Json withIds = properties instanceof Obj object
                ? withIds(object, resource.id()).withRest(onlyDeployed)
                : ScopeFunctions.object().withRest(onlyDeployed);
        if (properties instanceof Unknown) {
            withIds = properties;
        }
        return full ? full(resource, value.with("properties", withIds)) : withIds;
    }

    private static Json full(Declared resource, Json value) {
        Obj object = value instanceof Obj known && known.get("properties") != null
                ? known
                : ScopeFunctions.object("properties", value);
        return object.with("resourceId", new Text(resource.id()));
    }

    /** Azure gives the items of lists such as subnets an id; templates do not. */
    private static Obj withIds(Obj properties, String id) {
        Obj result = properties;
        for (int i = 0; i < properties.size(); i++) {
            if (properties.value(i) instanceof Arr list) {
                String collection = id + "/" + properties.keys().get(i) + "/";
                List<Json> items = list.items().stream()
                        .map(item -> withId(item, collection))
                        .toList();
                result = result.with(properties.keys().get(i), new Arr(items));
            }
        }
        return result;
    }

    private static Json withId(Json item, String collection) {
        if (!(item instanceof Obj object) || object.get("id") != null) {
            return item;
        }
        Json name = object.get("name");
        if (name instanceof Text text) {
            return object.with("id", new Text(collection + text.value()));
        }
        return name instanceof Unknown unknown && unknown.symbol() != null
                ? object.with("id", new Unknown(unknown.reason(), collection + unknown.symbol()))
                : item;
    }
}
