package dev.netkb.api.internal.pack;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the flow table: one row is a required flow, or two where its direction is {@code In+Out}. */
final class FlowTable {

    /** The columns, in any order. */
    static final Set<String> COLUMNS = Set.of(
            "id",
            "title",
            "since",
            "until",
            "models",
            "platforms",
            "network_types",
            "tiers",
            "scope",
            "direction",
            "protocol",
            "source_ports",
            "ports",
            "remote",
            "optional",
            "feature",
            "regional",
            "accepts",
            "severity",
            "modifiers",
            "source",
            "purpose");

    private FlowTable() {}

    /** @throws PackException when a cell is not what its column holds; the message names table, line and column */
    static List<FlowRow> read(String name, String text) {
        List<FlowRow> rows = new ArrayList<>();
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvParser.Feature.TRIM_SPACES)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .build();
        CsvSchema schema = CsvSchema.emptySchema().withHeader();
        try (MappingIterator<Map<String, String>> lines =
                mapper.readerFor(Map.class).with(schema).readValues(text)) {
            while (lines.hasNext()) {
                Map<String, String> cells = lines.next();
                Row row = new Row(name, lines.getCurrentLocation().getLineNr() - 1, cells);
                rows.addAll(row.read());
            }
        } catch (IOException e) {
            throw new PackException(name + ": " + e.getMessage(), e);
        }
        return List.copyOf(rows);
    }

    private record Row(String table, int line, Map<String, String> cells) {

        List<FlowRow> read() {
            for (String column : cells.keySet()) {
                if (!COLUMNS.contains(column)) {
                    throw new PackException(table + ": unknown column '" + column + "'");
                }
            }
            return directions().map(this::row).toList();
        }

        private FlowRow row(Direction direction) {
            Requirement requirement = new Requirement(
                    cell("id"),
                    value("severity", Severity::of),
                    Selectors.parse(
                            cell("models"), cell("platforms"), cell("network_types"), cell("tiers"), cell("scope")),
                    Set.of("Subnet"));
            FlowRequirement flow = new FlowRequirement(
                    requirement,
                    direction,
                    value("protocol", text -> ProtocolSet.tryParse(text).orElseThrow()),
                    value("source_ports", PortSet::parse),
                    value("ports", PortSet::parse),
                    cell("remote"),
                    value("optional", Row::yesOrNo),
                    feature(),
                    value("regional", Row::yesOrNo),
                    cell("accepts").isEmpty() ? null : cell("accepts"),
                    cell("purpose"),
                    Selectors.list(cell("modifiers")));
            Dates dates = value("since", since -> Dates.parse(since, cell("until")));
            return new FlowRow(flow, dates, cell("title"), cell("source"), table + " line " + line);
        }

        private Stream<Direction> directions() {
            return switch (cell("direction")) {
                case "In" -> Stream.of(Direction.INBOUND);
                case "Out" -> Stream.of(Direction.OUTBOUND);
                case "In+Out" -> Stream.of(Direction.INBOUND, Direction.OUTBOUND);
                default -> throw bad("direction", "In, Out or In+Out", null);
            };
        }

        private @Nullable Feature feature() {
            String text = cell("feature");
            return text.isEmpty() ? null : value("feature", name -> Feature.valueOf(name.toUpperCase(Locale.ROOT)));
        }

        private static boolean yesOrNo(String text) {
            return switch (text) {
                case "yes" -> true;
                case "no" -> false;
                default -> throw new IllegalArgumentException("use yes or no");
            };
        }

        private String cell(String column) {
            String text = cells.get(column);
            return text == null ? "" : text.trim();
        }

        private <T> T value(String column, java.util.function.Function<String, T> parse) {
            try {
                return parse.apply(cell(column));
            } catch (RuntimeException e) {
                throw bad(column, e.getMessage(), e);
            }
        }

        private PackException bad(String column, @Nullable String why, @Nullable Throwable cause) {
            return new PackException(
                    table + " line " + line + ", column " + column + ": '" + cell(column) + "' is not allowed: " + why,
                    cause);
        }
    }
}
