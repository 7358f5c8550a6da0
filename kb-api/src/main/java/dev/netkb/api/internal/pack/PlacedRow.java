package dev.netkb.api.internal.pack;

import dev.netkb.api.rules.RuleProblem.Spot;
import java.util.Map;

/**
 * A row of a requirement table with where it stands.
 *
 * @param cells the places of its cells
 */
record PlacedRow(FlowRow row, Map<Column, Spot> cells) {

    PlacedRow {
        cells = Map.copyOf(cells);
    }

    String id() {
        return row.id();
    }

    /** The place of a cell; of one that has no column, of the id. */
    Spot at(Column column) {
        Spot spot = cells.get(column);
        return spot == null ? cells.getOrDefault(Column.ID, Spot.of(row.place())) : spot;
    }
}
