package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Service tag files, and the lists of service tags of REST and CLI. */
public final class ServiceTagsReader {

    private ServiceTagsReader() {}

    public static boolean recognises(Node node) {
        Node values = node.get("values");
        return values != null && values.isArray() && (node.get("changeNumber") != null || node.get("cloud") != null);
    }

    public static void read(Node node, Facts facts) {
        facts.sawKind("microsoft.network/servicetags");
        Fields list = new Fields(node, facts.problems());
        String cloud = list.text("cloud", "cloud");
        Node number = list.at("changeNumber", "changeNumber");
        String changeNumber = number == null ? null : list.scalar(number);
        Map<ServiceTag, List<String>> prefixes = new LinkedHashMap<>();
        for (Node item : list.objects("values", "values")) {
            Fields tag = new Fields(item, facts.problems());
            String name = tag.text("name", "name");
            if (name == null) {
                facts.problems()
                        .add(
                                ProblemCode.MISSING_FIELD,
                                item.place(),
                                "a service tag has no name",
                                "Download the file again.");
                continue;
            }
            List<String> addresses = new ArrayList<>();
            for (Node entry : tag.entries("addressPrefixes", "addressPrefixes")) {
                // Parsed here only to find errors; a tag is expanded when a rule first needs it.
                if (entry.value() instanceof Json.Text text && isPrefix(text.value())) {
                    addresses.add(text.value());
                } else {
                    Addresses.prefix(entry, facts.problems());
                }
            }
            prefixes.merge(ServiceTag.of(name), addresses, (a, b) -> {
                List<String> both = new ArrayList<>(a);
                both.addAll(b);
                return both;
            });
        }
        if (facts.problems().hasErrors()) {
            return;
        }
        String file = node.text("file");
        facts.serviceTags(
                ServiceTags.of(
                        cloud == null ? "" : cloud,
                        changeNumber == null ? "" : changeNumber,
                        file == null ? node.file() : file,
                        prefixes),
                node);
    }

    private static boolean isPrefix(String text) {
        return PrefixSyntax.isSurelyPrefix(text) || AddressPrefix.tryParse(text).isPresent();
    }
}
