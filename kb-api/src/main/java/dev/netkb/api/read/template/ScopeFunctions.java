package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.azure.StandIns;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The template functions about the deployment, its scope and its resources. Names that only a deployment knows have
 * stand-ins, so that what refers to the same thing has the same id.
 *
 * @param deployment the name of the deployment
 * @param location where it is deployed to
 */
record ScopeFunctions(Scope scope, Json deployment, Json location, Resources resources) {

    /** The resources that expressions refer to. */
    interface Resources {

        /** What {@code reference(target)} gives: the properties, or all of the resource. Unknown where it is not planned. */
        Json reference(String target, boolean full, String whole);

        /** What {@code references(symbol)} gives: a list with what each turn of a loop made. */
        Json references(String symbol, boolean full, String whole);

        /** Type, id and name of the resource with a symbolic name. */
        Optional<Json> info(String symbol);

        /** Where a resource group is. */
        Json locationOfGroup(Scope scope);
    }

    private static final String TENANT = "{tenant}";

    /** The value of a function; null where it is none of these. */
    @Nullable
    Json call(String name, List<Json> arguments, String whole) {
        return switch (name) {
            case "resourceid" -> id(arguments, scope::resourceId, whole);
            case "subscriptionresourceid" -> id(arguments, scope::subscriptionResourceId, whole);
            case "tenantresourceid" -> id(arguments, Scope::tenantResourceId, whole);
            case "extensionresourceid" -> id(arguments, Scope::extensionResourceId, whole);
            case "managementgroupresourceid" -> id(arguments, Scope::managementGroupResourceId, whole);
            case "reference" ->
                onResource(arguments, whole, target -> resources.reference(target, isFull(arguments), whole));
            case "references" ->
                onResource(arguments, whole, target -> resources.references(target, isFull(arguments), whole));
            case "resourceinfo" ->
                onResource(arguments, whole, target -> resources.info(target).orElseGet(() -> new Unknown(whole)));
            case "resourcegroup" -> resourceGroup(whole);
            case "subscription" -> subscription();
            case "tenant" -> object("tenantId", symbol("tenant().tenantId", TENANT));
            case "managementgroup" -> object("id", new Unknown(whole), "name", new Unknown(whole));
            case "deployment" -> aboutDeployment();
            case "deployer" -> object("objectId", new Unknown(whole), "tenantId", symbol("tenant().tenantId", TENANT));
            case "environment" -> CloudEnvironment.PUBLIC;
            case "newguid" -> symbol("newGuid()", "{newGuid()}");
            case "utcnow" -> symbol("utcNow()", "{utcNow()}");
            default ->
                name.startsWith("list") || name.equals("pickzones") || name.equals("providers")
                        ? new Unknown(whole)
                        : null;
        };
    }

    static Unknown symbol(String function, String symbol) {
        return new Unknown("[" + function + "]", symbol);
    }

    /**
     * A name, which people compare with others; not known where it is a stand-in. Ids stay texts: they only tell
     * things apart and have names taken from them.
     */
    static Json named(String function, String text) {
        String option = text.equals(Resource.SUBSCRIPTION)
                ? " (--subscription ID)"
                : text.equals(Resource.RESOURCE_GROUP) ? " (--resource-group NAME)" : "";
        return StandIns.isIn(text) ? new Unknown("[" + function + "]" + option, text) : new Text(text);
    }

    private static boolean isFull(List<Json> arguments) {
        return arguments.stream()
                .skip(1)
                .anyMatch(a -> a instanceof Text text && text.value().equalsIgnoreCase("full"));
    }

    private static Json onResource(List<Json> arguments, String whole, Function<String, Json> found) {
        Json target = arguments.isEmpty() ? new Unknown(whole) : arguments.get(0);
        if (target instanceof Text text) {
            return found.apply(text.value());
        }
        return target instanceof Unknown unknown && unknown.symbol() != null
                ? found.apply(unknown.symbol())
                : new Unknown(whole);
    }

    /** An id; a symbol where it has parts that only a deployment knows. */
    private static Json id(List<Json> arguments, Function<List<String>, Optional<String>> make, String whole) {
        List<String> texts = new ArrayList<>();
        Unknown first = null;
        for (Json argument : arguments) {
            if (argument instanceof Text text) {
                texts.add(text.value());
            } else if (argument instanceof Unknown unknown) {
                first = first == null ? unknown : first;
                if (unknown.symbol() == null) {
                    return new Unknown(unknown.reason());
                }
                texts.add(unknown.symbol());
            } else {
                return new Unknown(whole);
            }
        }
        Optional<String> id = make.apply(texts);
        if (id.isEmpty()) {
            return new Unknown(first == null ? whole : first.reason());
        }
        return first == null ? new Text(id.get()) : new Unknown(first.reason(), id.get());
    }

    private Json resourceGroup(String whole) {
        if (scope.level() != Scope.Level.RESOURCE_GROUP) {
            return new Unknown(whole);
        }
        return object(
                "id", new Text(scope.groupId()),
                "name", named("resourceGroup().name", scope.group()),
                "type", new Text("Microsoft.Resources/resourceGroups"),
                "location", resources.locationOfGroup(scope),
                "managedBy", new Unknown("[resourceGroup().managedBy]"),
                "tags", new Unknown("[resourceGroup().tags]"),
                "properties", object("provisioningState", new Text("Succeeded")));
    }

    private Json subscription() {
        return object(
                "id",
                new Text(scope.subscriptionId()),
                "subscriptionId",
                named("subscription().subscriptionId", scope.subscription()),
                "tenantId",
                symbol("tenant().tenantId", TENANT),
                "displayName",
                symbol("subscription().displayName", "{subscription().displayName}"));
    }

    private Json aboutDeployment() {
        return object(
                "name",
                deployment,
                "location",
                location,
                "properties",
                object(
                        "mode", new Unknown("[deployment().properties.mode]"),
                        "parameters", new Unknown("[deployment().properties.parameters]"),
                        "template", new Unknown("[deployment().properties.template]"),
                        "templateLink",
                                object(
                                        "uri",
                                        symbol("deployment().properties.templateLink.uri", "https://{templates}/"))));
    }

    /** An object from names and values in turns. */
    static Obj object(Object... members) {
        List<String> keys = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        for (int i = 0; i < members.length; i += 2) {
            keys.add((String) members[i]);
            values.add((Json) members[i + 1]);
        }
        return new Obj(keys, values);
    }
}
