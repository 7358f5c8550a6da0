package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.azure.StandIns;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Origin;
import dev.netkb.api.read.json.OwnFormat;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all deployments leave behind. Of a resource that is deployed twice the later one counts, where {@code dependsOn}
 * says which that is. A rule, route or peering that may or may not be there makes the list that it would be in unknown.
 */
final class Plan {

    private static final String RULE = "microsoft.network/networksecuritygroups/securityrules";

    /** What others refer to by its id: where it may not be there it is known all the same that what it says is not. */
    private static final Set<String> REFERRED = Set.of(
            "microsoft.network/networksecuritygroups",
            "microsoft.network/routetables",
            "microsoft.network/publicipaddresses",
            "microsoft.network/virtualnetworks",
            "microsoft.network/virtualnetworks/subnets",
            "microsoft.network/privateendpoints",
            "microsoft.network/privatednszones/virtualnetworklinks");

    private final Deployments all;
    private final Map<String, List<Declared>> byId;
    private final Map<String, List<Planned>> planned = new LinkedHashMap<>();
    private final List<Resource> found = new ArrayList<>();

    /** A resource that counts, with what it says. */
    record Planned(Declared declared, Json value) {

        String doubt() {
            return String.valueOf(declared.doubt());
        }

        boolean isSure() {
            return declared.doubt() == null;
        }

        Planned with(Json other) {
            return new Planned(declared, other);
        }
    }

    /** An item of a list of another resource, where it is not known of which one. */
    record Homeless(Declared item, String reason) {}

    Plan(Deployments all, List<Declared> declared) {
        this.all = all;
        this.byId = declared.stream()
                .collect(
                        Collectors.groupingBy(resource -> key(resource.id()), LinkedHashMap::new, Collectors.toList()));
    }

    /** @param homeless items whose names do not say where they belong */
    List<Resource> resources(List<Homeless> homeless) {
        byId.forEach((id, same) -> planned.put(id, counting(same)));
        new InlineItems(planned).replace();
        planned.values().forEach(some -> some.forEach(one -> found.add(resource(one))));
        homeless.forEach(this::addHomeless);
        byId.values().forEach(same -> addWithoutParent(same.get(0)));
        return List.copyOf(found);
    }

    /** Those of the deployments of one resource that count. */
    private List<Planned> counting(List<Declared> same) {
        List<Declared> sure = same.stream().filter(r -> r.doubt() == null).toList();
        List<Declared> doubtful = same.stream()
                .filter(r -> r.doubt() != null && sure.stream().noneMatch(other -> DependsOn.isAfter(other, r)))
                .toList();
        if (doubtful.isEmpty()) {
            return sure.stream()
                    .filter(r -> sure.stream().noneMatch(other -> DependsOn.isAfter(other, r)))
                    .map(r -> new Planned(r, r.deployment().value(r)))
                    .toList();
        }
        Declared first = doubtful.get(0);
        String doubt = String.valueOf(first.doubt());
        if (!sure.isEmpty() || Deployment.isListed(first)) {
            boolean alone = sure.isEmpty() && doubtful.size() == 1;
            return List.of(new Planned(first, alone ? doubtful(first, doubt) : unknown(doubt)));
        }
        doubtful.forEach(r ->
                all.mayBeThere(resource(new Planned(r, r.deployment().value(r))), String.valueOf(r.doubt())));
        if (REFERRED.contains(key(first.type()))) {
            doubtful.forEach(
                    r -> all.withUnknownContent(r.node(), r.type(), Problems.quote(String.valueOf(r.doubt()))));
            return List.of(new Planned(first, unknown(doubt)));
        }
        doubtful.forEach(r -> all.leftOut(r.node(), r.type(), Problems.quote(String.valueOf(r.doubt()))));
        return List.of();
    }

    /** Of a security rule that may not be there it is known what it would do; of others nothing is believed. */
    private static Json doubtful(Declared item, String doubt) {
        return key(item.type()).equals(RULE) && item.deployment().value(item) instanceof Obj rule
                ? rule.with(OwnFormat.PERHAPS, new Text(doubt))
                : unknown(doubt);
    }

    private void addHomeless(Homeless homeless) {
        all.leftOut(homeless.item().node(), homeless.item().type(), homeless.reason());
        for (Declared parent : parents(homeless.item())) {
            addUnknownItem(parent, homeless.item(), homeless.reason());
        }
    }

    /** Where one of two names, or of the names of their groups or subscriptions, is a stand-in they may be the same. */
    private void addWithoutParent(Declared item) {
        if (!Deployment.isListed(item)) {
            return;
        }
        String parentName = item.name().substring(0, item.name().lastIndexOf('/'));
        String parentType = item.type().substring(0, item.type().lastIndexOf('/'));
        String parentId = Scope.idText(item.prefix(), parentType, parentName);
        if (byId.containsKey(key(parentId))) {
            return;
        }
        for (Declared parent : parents(item)) {
            if (StandIns.mayBeSame(parent.id(), parentId)) {
                addUnknownItem(parent, item, Problems.quote(item.name()) + " may be one of them" + why(parent, item));
            }
        }
    }

    /** What of the scopes is not known, where that is all that keeps two names apart. */
    private static String why(Declared parent, Declared item) {
        return parent.prefix().equalsIgnoreCase(item.prefix())
                ? ""
                : ": whether its scope " + item.prefix() + " is that of " + parent.name()
                        + " is not known (--parameters NAME=VALUE says what a parameter in it is, --resource-group NAME"
                        + " and --subscription ID what the template is deployed to)";
    }

    /** The resources that could have an item of this type. */
    private List<Declared> parents(Declared item) {
        return byId.values().stream()
                .map(same -> same.get(0))
                .filter(other -> item.type()
                        .regionMatches(
                                true, 0, other.type() + "/", 0, other.type().length() + 1))
                .toList();
    }

    private void addUnknownItem(Declared parent, Declared item, String reason) {
        String name = parent.name() + "/{" + item.name().replace('/', '_') + "}";
        found.add(Resource.of(parent.prefix(), item.type(), name, item.node().withValue(unknown(reason)), true));
    }

    static Json unknown(String reason) {
        return new Obj(List.of("properties"), List.of(new Unknown(reason)));
    }

    private static Resource resource(Planned planned) {
        Declared resource = planned.declared();
        return Resource.of(
                resource.prefix(),
                resource.type(),
                resource.name(),
                resource.node().withValue(withNames(planned.value())),
                true);
    }

    /** Names of resources and of those inside matter for nothing but which they are: stand-ins do where they are not known. */
    private static Json withNames(Json value) {
        if (value.isKnown()) {
            return value;
        }
        Json named = value;
        if (value instanceof Arr list) {
            named = new Arr(list.items().stream().map(Plan::withNames).toList());
        } else if (value instanceof Obj object) {
            List<Json> values = new ArrayList<>();
            boolean isResource = object.get("properties") != null;
            for (int i = 0; i < object.size(); i++) {
                boolean isName = isResource && object.keys().get(i).equalsIgnoreCase("name");
                values.add(
                        isName && object.value(i) instanceof Unknown name && name.symbol() != null
                                ? new Text(name.symbol())
                                : withNames(object.value(i)));
            }
            named = new Obj(object.keys(), values).withRest(object.rest());
        }
        Origin origin = value.origin();
        return origin == null ? named : named.from(origin);
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
