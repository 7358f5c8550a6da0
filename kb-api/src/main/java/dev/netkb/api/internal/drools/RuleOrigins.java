package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.drools.Composition.Part;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RuleOverride;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleItem.Kind;
import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.model.derived.Applicability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What folders of rules say, thing by thing. */
final class RuleOrigins {

    private static final String PACK = "pack.yaml";

    private RuleOrigins() {}

    /** The rules and rows of a folder, in the order in which they stand. A row of both directions is one. */
    static List<RuleItem> items(RuleFolder folder, List<RuleText> rules) {
        List<RuleItem> items = new ArrayList<>();
        for (FlowRow row : folder.flows()) {
            RuleItem item = new RuleItem(Kind.ROW, row.id(), row.title(), row.place());
            if (!items.contains(item)) {
                items.add(item);
            }
        }
        for (RuleText text : rules) {
            for (String name : text.names()) {
                items.add(new RuleItem(Kind.RULE, id(text, name), name, text.file() + ":" + line(text, name)));
            }
        }
        return List.copyOf(items);
    }

    /** Of several ids in one text, the one with which the name of the rule begins. */
    private static String id(RuleText text, String name) {
        return text.ids().stream()
                .filter(id -> text.ids().size() == 1 || name.startsWith(id + " "))
                .findFirst()
                .orElse("");
    }

    private static int line(RuleText text, String name) {
        int at = text.text().indexOf('"' + name + '"');
        return text.line()
                + (int) text.text()
                        .substring(0, Math.max(at, 0))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    static Map<String, List<RuleOrigin>> of(Part part) {
        Map<String, List<RuleOrigin>> origins = new TreeMap<>();
        RuleFolder folder = part.folder();
        for (RuleItem item : part.items()) {
            String what = item.kind() == Kind.ROW ? "a row" : "the rule '" + item.name() + "'";
            add(origins, item.id(), new RuleOrigin(folder.name(), what, item.place()));
        }
        for (RuleOverride override : folder.overrides()) {
            add(origins, override.id(), new RuleOrigin(folder.name(), what(override), PACK));
        }
        return origins;
    }

    private static void add(Map<String, List<RuleOrigin>> origins, String id, RuleOrigin origin) {
        origins.merge(id, List.of(origin), RuleOrigins::joined);
    }

    static List<RuleOrigin> joined(List<RuleOrigin> earlier, List<RuleOrigin> later) {
        List<RuleOrigin> all = new ArrayList<>(earlier);
        all.addAll(later);
        return List.copyOf(all);
    }

    private static String what(RuleOverride override) {
        List<String> parts = new ArrayList<>();
        if (!override.enabled()) {
            parts.add(
                    override.where().equals(Applicability.ANY)
                            ? "enabled: false"
                            : "enabled: false for some locations");
        }
        if (override.severity() != null) {
            parts.add("severity: " + override.severity().word());
        }
        return "an override (" + String.join(", ", parts) + ")";
    }
}
