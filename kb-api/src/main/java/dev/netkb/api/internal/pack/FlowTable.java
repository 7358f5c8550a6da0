package dev.netkb.api.internal.pack;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
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
        return TableRow.read(name, text, COLUMNS).stream()
                .flatMap(row -> new Row(row).read())
                .toList();
    }

    static boolean yesOrNo(String text) {
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException("use yes or no");
        };
    }

    private record Row(TableRow cells) {

        Stream<FlowRow> read() {
            return directions().map(this::row);
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
                    value("optional", FlowTable::yesOrNo),
                    feature(),
                    value("regional", FlowTable::yesOrNo),
                    cell("accepts").isEmpty() ? null : cell("accepts"),
                    cell("purpose"),
                    Selectors.list(cell("modifiers")),
                    null);
            Dates dates = value("since", since -> Dates.parse(since, cell("until")));
            return new FlowRow(flow, dates, cell("title"), cell("source"), cells.place());
        }

        private Stream<Direction> directions() {
            return switch (cell("direction")) {
                case "In" -> Stream.of(Direction.INBOUND);
                case "Out" -> Stream.of(Direction.OUTBOUND);
                case "In+Out" -> Stream.of(Direction.INBOUND, Direction.OUTBOUND);
                default -> throw cells.bad("direction", "In, Out or In+Out", null);
            };
        }

        private @Nullable Feature feature() {
            String text = cell("feature");
            return text.isEmpty() ? null : value("feature", name -> Feature.valueOf(name.toUpperCase(Locale.ROOT)));
        }

        private String cell(String column) {
            return cells.cell(column);
        }

        private <T> T value(String column, Function<String, T> parse) {
            return cells.value(column, parse);
        }
    }
}
