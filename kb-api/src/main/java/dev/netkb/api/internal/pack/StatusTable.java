package dev.netkb.api.internal.pack;

import dev.netkb.model.derived.StatusMapping;
import dev.netkb.model.value.PortSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads which flows the dependencies of a network status prove. */
final class StatusTable {

    private static final Set<String> COLUMNS = Set.of("resource_type", "flows", "ports", "purpose", "source");

    private StatusTable() {}

    /** @throws PackException when a cell is not what its column holds; the message names table, line and column */
    static List<StatusMapping> read(String name, String text) {
        List<StatusMapping> mappings = new ArrayList<>();
        Set<String> types = new HashSet<>();
        for (TableRow row : TableRow.read(name, text, COLUMNS)) {
            String type = row.cell("resource_type").toLowerCase(Locale.ROOT);
            if (type.isEmpty() || !types.add(type)) {
                throw row.bad("resource_type", type.isEmpty() ? "say one" : "it has a row already", null);
            }
            mappings.add(new StatusMapping(
                    type,
                    Selectors.list(row.cell("flows")),
                    row.cell("ports").isEmpty() ? PortSet.ALL : row.value("ports", PortSet::parse),
                    row.cell("purpose")));
        }
        return List.copyOf(mappings);
    }
}
