package dev.netkb.api.internal.pack;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Applicability.Scope;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.HostRequirement;
import dev.netkb.model.derived.NetworkModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows as a requirement table, such that reading it gives the same rows. */
public final class TableWriter {

    /** The name of the sheet of a workbook. */
    static final String SHEET = "Requirements";

    /** A spreadsheet takes a text that begins so for a formula, or takes the apostrophe away. */
    private static final String RISKY = "=+-@'\t\r";

    private static final double WIDEST = 60;

    private TableWriter() {}

    /** @param separator a comma, a semicolon or a tab */
    public static String csv(List<FlowRow> rows, char separator) {
        Stream<List<String>> header = Stream.of(Column.words());
        return Stream.concat(header, lines(rows).stream().map(cells -> List.copyOf(cells.values())))
                .map(cells -> cells.stream()
                        .map(cell -> quoted(cell, separator))
                        .collect(Collectors.joining(String.valueOf(separator))))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A workbook of one sheet. All cells are texts, so that nothing becomes a number, a date or a formula. */
    public static byte[] xlsx(List<FlowRow> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "netkb", null)) {
            Worksheet sheet = workbook.newWorksheet(SHEET);
            List<Map<Column, String>> lines = lines(rows);
            for (Column column : Column.values()) {
                int at = column.ordinal();
                sheet.value(0, at, column.word());
                sheet.style(0, at).bold().set();
                sheet.style(at).format("@").set();
                int longest = column.word().length();
                for (int i = 0; i < lines.size(); i++) {
                    String cell = lines.get(i).getOrDefault(column, "");
                    if (!cell.isEmpty()) {
                        sheet.value(i + 1, at, cell);
                        sheet.style(i + 1, at).format("@").set();
                    }
                    longest = Math.max(longest, cell.length());
                }
                sheet.width(at, Math.min(WIDEST, longest + 2.0));
            }
            sheet.freezePane(1, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String quoted(String cell, char separator) {
        String safe = !cell.isEmpty() && RISKY.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        boolean quote = safe.indexOf(separator) >= 0 || safe.chars().anyMatch(c -> c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /** The cells of each row; two rows that differ in nothing but their direction are one. */
    private static List<Map<Column, String>> lines(List<FlowRow> rows) {
        List<Map<Column, String>> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Map<Column, String> cells = cells(rows.get(i));
            if (i + 1 < rows.size() && isReturnOf(rows.get(i), rows.get(i + 1))) {
                cells.put(Column.DIRECTION, "In+Out");
                i++;
            }
            lines.add(cells);
        }
        return lines;
    }

    private static boolean isReturnOf(FlowRow inbound, FlowRow outbound) {
        if (inbound.requirement().direction() != Direction.INBOUND
                || outbound.requirement().direction() != Direction.OUTBOUND) {
            return false;
        }
        Map<Column, String> one = cells(inbound);
        Map<Column, String> other = cells(outbound);
        one.remove(Column.DIRECTION);
        other.remove(Column.DIRECTION);
        return one.equals(other);
    }

    private static Map<Column, String> cells(FlowRow row) {
        FlowRequirement flow = row.requirement();
        Applicability where = flow.requirement().applicability();
        Map<Column, String> cells = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            cells.put(column, "");
        }
        cells.put(Column.ID, row.id());
        cells.put(Column.TITLE, row.title());
        cells.put(
                Column.SINCE,
                row.dates().since() == null ? "" : row.dates().since().toString());
        cells.put(
                Column.UNTIL,
                row.dates().until() == null ? "" : row.dates().until().toString());
        cells.put(Column.MODELS, where.models().isEmpty() ? "*" : sorted(where.models(), NetworkModel::word));
        cells.put(
                Column.PLATFORMS, sorted(where.platforms(), each -> each.name().toLowerCase(Locale.ROOT)));
        cells.put(Column.NETWORK_TYPES, sorted(where.networkTypes(), VirtualNetworkType::azureName));
        cells.put(Column.TIERS, tiers(where.tiers()));
        cells.put(Column.SCOPE, where.scope() == Scope.ANY ? "" : scope(where.scope()));
        cells.put(Column.DIRECTION, flow.direction() == Direction.INBOUND ? "In" : "Out");
        cells.put(Column.PROTOCOL, flow.protocols().toString());
        cells.put(
                Column.SOURCE_PORTS,
                flow.sourcePorts().isAll() ? "" : flow.sourcePorts().toString());
        cells.put(Column.PORTS, flow.destinationPorts().toString());
        cells.put(Column.REMOTE, flow.remote());
        cells.put(Column.ACCEPTS, flow.accepts() == null ? "" : flow.accepts());
        cells.put(Column.OPTIONAL, flow.optional() ? "yes" : "no");
        cells.put(
                Column.FEATURE,
                flow.feature() == null ? "" : flow.feature().name().toLowerCase(Locale.ROOT));
        cells.put(Column.REGIONAL, flow.regional() ? "yes" : "no");
        cells.put(Column.SEVERITY, flow.requirement().severity().word());
        cells.put(Column.MODIFIERS, String.join(", ", flow.modifiers()));
        cells.put(Column.SOURCE, row.source());
        cells.put(Column.PURPOSE, flow.purpose());
        cells.put(Column.FORMERLY, String.join(", ", row.formerly()));
        HostRequirement hosts = flow.hosts();
        if (hosts != null) {
            cells.put(
                    Column.HOSTS, hosts.names().isEmpty() ? CellValues.UNNAMED_HOSTS : String.join(" ", hosts.names()));
            cells.put(Column.CLOUDS, sorted(hosts.clouds(), each -> each.name().toLowerCase(Locale.ROOT)));
            cells.put(Column.FQDN_TAGS, sorted(hosts.fqdnTags(), Function.identity()));
            cells.put(Column.GRAVER_WITH, hosts.graverWith() == null ? "" : hosts.graverWith());
        }
        return cells;
    }

    private static String scope(Scope scope) {
        return CellValues.SCOPES.entrySet().stream()
                .filter(entry -> entry.getValue() == scope)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static String tiers(Set<String> tiers) {
        return tiers.stream().sorted().collect(Collectors.joining(", "));
    }

    private static <T> String sorted(Collection<T> values, Function<T, String> word) {
        return values.stream().map(word).sorted().collect(Collectors.joining(", "));
    }
}
