package dev.netkb.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Plans and states cut into pieces of a few resources each: an edit of a large one rarely meets what matters. */
final class TerraformPieces {

    private static final int RESOURCES = 4;

    /** Where lists of resources stand. */
    private static final List<String> LISTS = List.of(
            "/planned_values/root_module/resources",
            "/values/root_module/resources",
            "/prior_state/values/root_module/resources",
            "/configuration/root_module/resources",
            "/resource_changes",
            "/resources");

    /** Where modules stand; the first piece keeps them. */
    private static final List<String> MODULES =
            List.of("/planned_values/root_module", "/values/root_module", "/prior_state/values/root_module");

    private TerraformPieces() {}

    static Stream<JsonNode> of(byte[] file) {
        JsonNode whole = EditedTree.parse(file);
        Set<String> all = new LinkedHashSet<>();
        LISTS.forEach(list -> whole.at(list).forEach(resource -> all.add(address(resource))));
        List<String> addresses = new ArrayList<>(all);
        List<JsonNode> pieces = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i += RESOURCES) {
            Set<String> kept = new HashSet<>(addresses.subList(i, Math.min(i + RESOURCES, addresses.size())));
            pieces.add(piece(whole, kept, i == 0));
        }
        return pieces.isEmpty() ? Stream.of(whole) : pieces.stream();
    }

    private static JsonNode piece(JsonNode whole, Set<String> kept, boolean withModules) {
        JsonNode piece = whole.deepCopy();
        for (String list : LISTS) {
            if (piece.at(list) instanceof ArrayNode resources) {
                for (Iterator<JsonNode> each = resources.elements(); each.hasNext(); ) {
                    String address = address(each.next());
                    if (!kept.contains(address) && !(withModules && address.startsWith("module."))) {
                        each.remove();
                    }
                }
            }
        }
        if (!withModules) {
            MODULES.stream()
                    .map(piece::at)
                    .filter(JsonNode::isObject)
                    .forEach(module -> ((ObjectNode) module).remove("child_modules"));
        }
        return piece;
    }

    /** The address without the key of an instance; a raw state has only its parts. */
    private static String address(JsonNode resource) {
        String address = resource.path("address")
                .asText(resource.path("type").asText() + "."
                        + resource.path("name").asText());
        int key = address.endsWith("]") ? address.lastIndexOf('[') : -1;
        return key < 0 ? address : address.substring(0, key);
    }
}
