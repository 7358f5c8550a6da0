package dev.netkb.api.internal.pack;

import dev.netkb.api.internal.table.CsvTable;
import dev.netkb.api.internal.table.UnreadableTableException;
import dev.netkb.api.rules.RuleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns a requirement table of one kind of file into one of the other. */
public final class TableCopy {

    private TableCopy() {}

    /**
     * A workbook with the rows of a CSV file.
     *
     * @throws IllegalArgumentException when the file has errors
     */
    public static byte[] asWorkbook(String file, byte[] csv) {
        List<RuleProblem> problems = new ArrayList<>();
        try {
            List<FlowRow> rows =
                    RequirementTable.read(CsvTable.read(file, csv), Set.of(), List.of(), problems).rows().stream()
                            .map(PlacedRow::row)
                            .toList();
            if (problems.stream().anyMatch(RuleProblem::isError)) {
                throw new IllegalArgumentException(file + " has errors: " + problems);
            }
            return TableWriter.xlsx(rows);
        } catch (UnreadableTableException e) {
            throw new IllegalArgumentException(file + " is no table", e);
        }
    }
}
