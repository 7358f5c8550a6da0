package dev.netkb.api.read.terraform;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.terraform.Shape.Kind;
import dev.netkb.api.read.terraform.Shape.Line;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts the arguments of one resource where ARM has them. */
final class Filling {

    private static final int DEEPEST = 60;

    /** What the ids in the body of an azapi resource are, by the field that they stand in or whose {@code id} they are. */
    private static final Map<String, String> REFERRED = Map.ofEntries(
            Map.entry("networksecuritygroup", "microsoft.network/networksecuritygroups"),
            Map.entry("routetable", "microsoft.network/routetables"),
            Map.entry("natgateway", "microsoft.network/natgateways"),
            Map.entry("subnet", "microsoft.network/virtualnetworks/subnets"),
            Map.entry("subnetresourceid", "microsoft.network/virtualnetworks/subnets"),
            Map.entry("publicipaddressid", "microsoft.network/publicipaddresses"),
            Map.entry("publicipaddress", "microsoft.network/publicipaddresses"),
            Map.entry("virtualnetwork", "microsoft.network/virtualnetworks"),
            Map.entry("remotevirtualnetwork", "microsoft.network/virtualnetworks"),
            Map.entry("firewallpolicy", "microsoft.network/firewallpolicies"),
            Map.entry("basepolicy", "microsoft.network/firewallpolicies"));

    private final Instance instance;
    private final boolean planned;
    private final References references;
    private final Ids ids;

    /** @param planned whether it is not there yet: then what nobody gives is as absent as in a template */
    Filling(Instance instance, boolean planned, References references, Ids ids) {
        this.instance = instance;
        this.planned = planned;
        this.references = references;
        this.ids = ids;
    }

    /** @param outer the argument in which the block stands whose lines go one level up; null elsewhere */
    void fill(List<Line> lines, Term block, ArmObject object, @Nullable String outer) {
        for (Line line : lines) {
            String segment = outer == null ? line.argument() : outer;
            if (line.kind() == Kind.IS) {
                object.put(line.target(), segment, new Json.Text(line.detail(0)));
            } else {
                line(line, block.get(line.argument()), object, segment);
            }
        }
    }

    private void line(Line line, Term term, ArmObject object, String segment) {
        if (line.kind() == Kind.UNITS) {
            units(line, term, object, segment);
            return;
        }
        boolean absent = term.isAbsent() || term.isUnknown() && isLeftOut(line, term);
        if (absent || line.kind() == Kind.CHILDREN) {
            return;
        }
        switch (line.kind()) {
            case BLOCK -> blocks(line, term, object, item -> isChosen(line, item));
            case ONE -> one(line, term, object, segment);
            case SKU -> sku(line, term, object, segment);
            default -> {
                if (line.kind() == Kind.COMPUTED && !line.nested().isEmpty()) {
                    blocks(line, term, object, item -> true);
                } else {
                    object.put(line.target(), segment, value(line, term));
                }
            }
        }
    }

    private boolean isLeftOut(Line line, Term term) {
        return planned && (line.kind() == Kind.COMPUTED || term.isLeftToAzure());
    }

    private Json value(Line line, Term term) {
        if (line.kind() == Kind.ID) {
            return id(term, type(line));
        }
        if (term.isUnknown()) {
            return new Json.Unknown(term.reason());
        }
        return switch (line.kind()) {
            case NOT ->
                term.node().value() instanceof Json.Bool bool
                        ? new Json.Bool(!bool.value())
                        : term.node().value();
            case TEXT ->
                term.node().value() instanceof Json.Bool bool
                        ? new Json.Text(line.detail(bool.value() ? 0 : 1))
                        : term.node().value();
            case EACH -> list(term, item -> boxed(line.detail(0), item, plain(item, "", 0)));
            case IDS -> list(term, item -> boxed("id", item, id(item, type(line))));
            case IDTEXTS -> list(term, item -> id(item, type(line)));
            case PAIRS -> pairs(line, term);
            default -> plain(term, "", 0);
        };
    }

    private static @Nullable String type(Line line) {
        return line.details().isEmpty() ? null : Shape.armType(line.detail(0)).toLowerCase(Locale.ROOT);
    }

    private static Json list(Term term, Function<Term, Json> item) {
        if (!(term.node().isArray() || term.node().isNull())) {
            return term.node().value();
        }
        return new Json.Arr(term.items().stream().map(item).toList())
                .from(term.node().origin());
    }

    private static Json boxed(String field, Term item, Json value) {
        return value instanceof Json.Unknown && !field.equals("id")
                ? value
                : new Json.Obj(List.of(field), List.of(value));
    }

    private static Json pairs(Line line, Term term) {
        List<Json> pairs = new ArrayList<>();
        if (!(term.node().value() instanceof Json.Obj map)) {
            return term.node().value();
        }
        for (String key : map.keys()) {
            Term value = term.get(key);
            Json known = value.isUnknown()
                    ? new Json.Unknown(value.reason())
                    : value.node().value();
            pairs.add(new Json.Obj(List.of(line.detail(0), line.detail(1)), List.of(new Json.Text(key), known)));
        }
        return new Json.Arr(pairs).from(term.node().origin());
    }

    /** The id of another resource: as it is, or the one made up for the resource that the configuration refers to. */
    private Json id(Term term, @Nullable String type) {
        if (!term.isUnknown()) {
            return term.node().value();
        }
        Optional<ResourceId> meant =
                references.meaning(term, instance, type).only().flatMap(ids::of);
        return meant.isPresent() ? new Json.Text(meant.get().text()) : new Json.Unknown(term.reason());
    }

    /** Adds blocks to the list that they stand in; those of several arguments may stand in one list. */
    void blocks(Line line, Term term, ArmObject object, Predicate<Term> chosen) {
        if (term.isUnknown()) {
            object.append(line.target(), line.argument(), List.of(new Json.Unknown(term.reason())));
            return;
        }
        if (!(term.node().isArray() || term.node().isObject() || term.node().isNull())) {
            object.put(line.target(), line.argument(), term.node().value());
            return;
        }
        List<Json> items = new ArrayList<>();
        for (Term item : term.items()) {
            if (item.isUnknown()) {
                items.add(new Json.Unknown(item.reason()));
            } else if (!item.node().isObject()) {
                items.add(item.node().value());
            } else if (chosen.test(item)) {
                ArmObject one = new ArmObject(item.node().origin());
                fill(line.nested(), item, one, null);
                items.add(one.build());
            }
        }
        object.append(line.target(), line.argument(), items);
    }

    private static boolean isChosen(Line line, Term item) {
        return switch (line.detail(0)) {
            case "only" -> item.get(line.detail(1)).isTrue();
            case "without" -> !item.get(line.detail(1)).isTrue();
            default -> true;
        };
    }

    private void one(Line line, Term term, ArmObject object, String segment) {
        boolean up = line.target().isEmpty();
        List<Term> items = term.isUnknown() ? List.of(term) : term.items();
        if (items.isEmpty()) {
            return;
        }
        Term item = items.get(0);
        if (!item.isUnknown()) {
            ArmObject into = up
                    ? object
                    : object.object(line.target(), segment, item.node().origin());
            fill(line.nested(), item, into, up ? segment : null);
        } else if (up) {
            for (Line nested : line.nested()) {
                if (!nested.target().isEmpty()) {
                    object.put(nested.target(), segment, new Json.Unknown(item.reason()));
                }
            }
        } else {
            object.put(line.target(), segment, new Json.Unknown(item.reason()));
        }
    }

    /** The tier and the number of units in one text, such as {@code Premium_2}. */
    private static void sku(Line line, Term term, ArmObject object, String segment) {
        Json name =
                term.isUnknown() ? new Json.Unknown(term.reason()) : term.node().value();
        Json capacity = units(term);
        if (name instanceof Json.Text text && capacity instanceof Json.Num) {
            name = new Json.Text(text.value().substring(0, text.value().lastIndexOf('_')));
        }
        object.put(path(line, "name"), segment, name);
        if (!(capacity instanceof Json.Null)) {
            object.put(path(line, "capacity"), segment, capacity);
        }
    }

    private static List<String> path(Line line, String last) {
        List<String> path = new ArrayList<>(line.target());
        path.add(last);
        return path;
    }

    private static Json units(Term sku) {
        if (sku.isUnknown()) {
            return new Json.Unknown(sku.reason());
        }
        String text = sku.text();
        String digits = text == null ? "" : text.substring(text.lastIndexOf('_') + 1);
        return text != null && text.indexOf('_') > 0 && digits.matches("\\d{1,9}") ? new Json.Num(digits) : Json.NULL;
    }

    private void units(Line line, Term term, ArmObject object, String segment) {
        boolean inherited = term.isAbsent() || term.isUnknown() && isLeftOut(line, term);
        Json units = inherited ? units(instance.arguments().get(line.detail(0))) : plain(term, "", 0);
        if (!(units instanceof Json.Null)) {
            object.put(line.target(), segment, units);
        }
    }

    /** The body of an azapi resource, which is in ARM's shape already: an object, or JSON text in older versions. */
    void azapi(ArmObject object) {
        Term arguments = instance.arguments();
        Term location = arguments.get("location");
        if (!location.isAbsent() && !location.isLeftToAzure()) {
            object.put("location", plain(location, "", 0));
        }
        Term body = arguments.get("body");
        Json value = plain(body, "", 0);
        if (value instanceof Json.Text text) {
            value = JsonFile.parseText(text.value()).orElse(new Json.Unknown(body.path() + " is not JSON"));
        }
        if (value instanceof Json.Obj parts) {
            for (int i = 0; i < parts.size(); i++) {
                object.put(List.of(parts.keys().get(i)), "body", parts.value(i));
            }
        } else if (!(value instanceof Json.Null)) {
            object.put(List.of("properties"), "body", value instanceof Json.Unknown ? value : Json.NULL);
        }
    }

    /** A value as it is, with its unknown parts. */
    private Json plain(Term term, String field, int depth) {
        if (term.isUnknown()) {
            String type = REFERRED.get(field.toLowerCase(Locale.ROOT));
            return type == null ? new Json.Unknown(term.reason()) : id(term, type);
        }
        if (depth > DEEPEST) {
            return term.node().value();
        }
        if (term.node().value() instanceof Json.Obj || term.unknown() instanceof Json.Obj) {
            Set<String> keys = new LinkedHashSet<>();
            if (term.node().value() instanceof Json.Obj known) {
                keys.addAll(known.keys());
            }
            if (term.unknown() instanceof Json.Obj unknown) {
                keys.addAll(unknown.keys());
            }
            List<Json> values = new ArrayList<>();
            for (String key : keys) {
                values.add(plain(term.get(key), key.equalsIgnoreCase("id") ? field : key, depth + 1));
            }
            return new Json.Obj(List.copyOf(keys), values).from(term.node().origin());
        }
        if (term.node().isArray()
                || term.unknown() instanceof Json.Arr && term.node().isNull()) {
            return new Json.Arr(term.items().stream()
                            .map(item -> plain(item, field, depth + 1))
                            .toList())
                    .from(term.node().origin());
        }
        return term.node().value();
    }
}
