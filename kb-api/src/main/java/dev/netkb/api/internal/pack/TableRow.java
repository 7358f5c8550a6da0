package dev.netkb.api.internal.pack;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of a requirement table. What is wrong with a cell is said with table, line and column. */
record TableRow(String table, int line, Map<String, String> cells) {

    /**
     * The rows of a table.
     *
     * @param columns the columns that it may have, in any order
     * @throws PackException when it has another column or is no table
     */
    static List<TableRow> read(String name, String text, Set<String> columns) {
        List<TableRow> rows = new ArrayList<>();
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvParser.Feature.TRIM_SPACES)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .build();
        CsvSchema schema = CsvSchema.emptySchema().withHeader();
        try (MappingIterator<Map<String, String>> lines =
                mapper.readerFor(Map.class).with(schema).readValues(text)) {
            while (lines.hasNext()) {
                Map<String, String> cells = lines.next();
                for (String column : cells.keySet()) {
                    if (!columns.contains(column)) {
                        throw new PackException(name + ": unknown column '" + column + "'");
                    }
                }
                rows.add(new TableRow(name, lines.getCurrentLocation().getLineNr() - 1, cells));
            }
        } catch (IOException e) {
            throw new PackException(name + ": " + e.getMessage(), e);
        }
        return List.copyOf(rows);
    }

    /** Where it stands, such as {@code flows.csv line 12}. */
    String place() {
        return table + " line " + line;
    }

    String cell(String column) {
        String text = cells.get(column);
        return text == null ? "" : text.trim();
    }

    <T> T value(String column, Function<String, T> parse) {
        try {
            return parse.apply(cell(column));
        } catch (RuntimeException e) {
            throw bad(column, e.getMessage(), e);
        }
    }

    PackException bad(String column, @Nullable String why, @Nullable Throwable cause) {
        return new PackException(
                place() + ", column " + column + ": '" + cell(column) + "' is not allowed: " + why, cause);
    }
}
