package dev.netkb.api.internal.pack;

import dev.netkb.api.internal.table.Cell;
import dev.netkb.api.internal.table.CsvTable;
import dev.netkb.api.internal.table.Grid;
import dev.netkb.api.internal.table.Grid.Line;
import dev.netkb.api.internal.table.UnreadableTableException;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.derived.Tier.Generation;
import dev.netkb.model.derived.Tier.Use;
import dev.netkb.model.value.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table of tiers: {@code tier, generation, uses, most_units, unit_addresses}. Its first line names the columns, in
 * any order; cells are separated by commas, semicolons or tabs, lists in a cell by the other of comma and semicolon.
 */
public final class TierTable {

    private static final String PROBLEM = "KB-E364";

    private static final List<String> COLUMNS = List.of("tier", "generation", "uses", "most_units", "unit_addresses");

    private static final int MOST = 10_000;

    private final Grid grid;
    private final List<RuleProblem> problems;
    private final List<String> header = new ArrayList<>();

    private TierTable(Grid grid, List<RuleProblem> problems) {
        this.grid = grid;
        this.problems = problems;
    }

    /** Whether a table with such a first line is one of tiers: no other one has these two columns. */
    public static boolean isHeader(Collection<String> columns) {
        Set<String> named = Set.copyOf(columns.stream().map(TierTable::folded).toList());
        return named.contains("tier") && named.contains("generation");
    }

    /**
     * Reads the text of a table.
     *
     * @param name how problems name it
     * @param problems what is wrong is added to it, each cell by itself
     * @return the rows that are right
     */
    static List<TierRow> read(String name, String text, List<RuleProblem> problems) {
        try {
            return read(List.of(CsvTable.read(name, text.getBytes(StandardCharsets.UTF_8))), problems);
        } catch (UnreadableTableException e) {
            problems.add(new RuleProblem(
                    PROBLEM, Level.ERROR, e.at(), null, String.valueOf(e.getMessage()), null, e.hint()));
            return List.of();
        }
    }

    /** Reads the tables of a file likewise; sheets whose names begin with {@code _} are notes. */
    static List<TierRow> read(List<Grid> grids, List<RuleProblem> problems) {
        List<TierRow> rows = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (Grid grid : grids) {
            if (grid.sheet() == null
                    || !grid.sheet().startsWith("_") && !grid.lines().isEmpty()) {
                rows.addAll(new TierTable(grid, problems).rows(seen));
            }
        }
        return List.copyOf(rows);
    }

    /** The tiers of a table, with those of a later one in their place where names are equal. */
    public static List<Tier> over(List<Tier> earlier, List<TierRow> later) {
        List<Tier> all = new ArrayList<>(earlier);
        for (TierRow row : later) {
            int at = index(all, row.tier());
            if (at < 0) {
                all.add(row.tier());
            } else {
                all.set(at, row.tier());
            }
        }
        return List.copyOf(all);
    }

    private static int index(List<Tier> tiers, Tier tier) {
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).key().equals(tier.key())) {
                return i;
            }
        }
        return -1;
    }

    /** @param seen the key of each tier that stands above → where */
    private List<TierRow> rows(Map<String, String> seen) {
        List<TierRow> rows = new ArrayList<>();
        for (Line line : grid.lines()) {
            if (header.isEmpty()) {
                header(line);
                continue;
            }
            TierRow row = row(line);
            String before = row == null ? null : seen.putIfAbsent(row.tier().key(), place(line));
            if (before != null) {
                problem(
                        line,
                        "tier",
                        "tier '" + cell(line, "tier") + "' stands in " + before + " too",
                        "Keep one of the two rows.");
            } else if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private String place(Line line) {
        return (grid.sheet() == null ? "" : "sheet " + grid.sheet() + " ") + "row " + line.row();
    }

    private static String folded(String column) {
        return column.trim().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private void header(Line line) {
        for (Cell cell : line.cells()) {
            header.add(folded(cell.text()));
        }
        for (String column : List.copyOf(header)) {
            if (!column.isEmpty() && !COLUMNS.contains(column)) {
                problem(
                        line,
                        column,
                        "a table of tiers has no column '" + column + "'",
                        "It has " + String.join(", ", COLUMNS) + "." + Nearest.question(column, COLUMNS));
            }
        }
        for (String column : List.of("tier", "generation")) {
            if (!header.contains(column)) {
                problem(line, column, "column '" + column + "' is missing", "Add it to the first line.");
            }
        }
    }

    private String cell(Line line, String column) {
        int at = header.indexOf(column);
        return at < 0 ? "" : line.cell(at).text();
    }

    private @Nullable TierRow row(Line line) {
        int before = problems.size();
        for (int i = header.size(); i < line.cells().size(); i++) {
            if (!line.cell(i).isEmpty()) {
                problem(
                        line,
                        i,
                        "'" + line.cell(i).text() + "' stands in a column without a name",
                        "A cell that holds the separator needs quotes, such as \"injection,zones\".");
                break;
            }
        }
        String tier = cell(line, "tier");
        if (tier.isEmpty()) {
            problem(line, "tier", "the row names no tier", "Write the tier as exports spell it in sku.name.");
        }
        Generation generation =
                word(line, "generation", cell(line, "generation"), Generation.values(), TierTable::word);
        Set<Use> uses = EnumSet.noneOf(Use.class);
        for (String use : Selectors.list(cell(line, "uses"))) {
            Use read = word(line, "uses", use, Use.values(), TierTable::word);
            if (read != null) {
                uses.add(read);
            }
        }
        int mostUnits = number(line, "most_units", cell(line, "most_units"), 0);
        int unitAddresses = number(line, "unit_addresses", cell(line, "unit_addresses"), 2);
        return problems.size() > before || generation == null
                ? null
                : new TierRow(
                        new Tier(tier, generation, uses, mostUnits, unitAddresses), grid.file() + " " + place(line));
    }

    private <T> @Nullable T word(Line line, String column, String text, T[] values, Function<T, String> word) {
        List<String> words = Stream.of(values).map(word).toList();
        for (T value : values) {
            if (word.apply(value).equalsIgnoreCase(text)) {
                return value;
            }
        }
        problem(
                line,
                column,
                "'" + text + "' is none of " + String.join(", ", words),
                "Write one of them." + Nearest.question(text, words));
        return null;
    }

    private static String word(Generation generation) {
        return generation.name().toLowerCase(Locale.ROOT);
    }

    private static String word(Use use) {
        return switch (use) {
            case INJECTION -> "injection";
            case INTEGRATION -> "integration";
            case PRIVATE_ENDPOINT -> "privateEndpoint";
            case ZONES -> "zones";
        };
    }

    private int number(Line line, String column, String text, int otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.replaceFirst("\\.0+$", ""));
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        problem(
                line,
                column,
                "'" + text + "' is no whole number from 1 to " + MOST,
                "Leave the cell empty where no document says a number.");
        return otherwise;
    }

    private void problem(Line line, String column, String message, String hint) {
        problem(line, Math.max(0, header.indexOf(column)), message, hint);
    }

    private void problem(Line line, int column, String message, String hint) {
        problems.add(new RuleProblem(PROBLEM, Level.ERROR, grid.spot(line.row(), column), null, message, null, hint));
    }
}
