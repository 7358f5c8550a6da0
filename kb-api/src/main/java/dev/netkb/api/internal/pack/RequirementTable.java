package dev.netkb.api.internal.pack;

import dev.netkb.api.internal.table.Cell;
import dev.netkb.api.internal.table.CsvTable;
import dev.netkb.api.internal.table.Grid;
import dev.netkb.api.internal.table.Grid.Line;
import dev.netkb.api.internal.table.UnreadableTableException;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Spot;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Applicability.Scope;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.HostRequirement;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.Nearest;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a requirement table: each row is a required flow, or two where its direction is {@code In+Out}. Everything that is
 * wrong with any cell is told at once; a row with an error gives no requirement.
 */
final class RequirementTable {

    /** Two known names in one row are no accident. */
    private static final int KNOWN_NAMES = 2;

    /** So many empty cells of those that are needed are no slip. */
    private static final int MOSTLY = 3;

    /** How far down a header is looked for, to say that something stands above it. */
    private static final int ABOVE = 20;

    /** More problems of one table help nobody. */
    private static final int PROBLEMS = 1_000;

    private final Grid grid;
    private final Map<String, String> tiers;
    private final Set<String> packaged;
    private final List<RuleProblem> problems;
    private final Map<Column, Integer> columns = new EnumMap<>(Column.class);
    private final List<PlacedRow> rows = new ArrayList<>();
    private final Map<String, Spot> off = new LinkedHashMap<>();
    private boolean toldOfSeparator;

    private RequirementTable(Grid grid, Set<String> packaged, List<Tier> tiers, List<RuleProblem> problems) {
        this.grid = grid;
        this.tiers = CellValues.tiers(tiers);
        this.packaged = packaged;
        this.problems = problems;
    }

    /**
     * What a table says.
     *
     * @param rows the rows that hold
     * @param off the ids that it switches off, with their places
     */
    record Content(List<PlacedRow> rows, Map<String, Spot> off) {
        static final Content NONE = new Content(List.of(), Map.of());
    }

    /**
     * Reads a table.
     *
     * @param packaged the ids of the packaged rules
     * @param tiers the tiers that there are
     * @param problems takes what is wrong with it
     */
    static Content read(Grid grid, Set<String> packaged, List<Tier> tiers, List<RuleProblem> problems) {
        List<RuleProblem> own = new ArrayList<>();
        Content content = new RequirementTable(grid, packaged, tiers, own).read();
        own.forEach(problem -> problems.add(grid.hidden() ? ofHiddenSheet(problem, grid) : problem));
        return content;
    }

    /** Whoever looks for the cell has to know why the sheet is not there. */
    private static RuleProblem ofHiddenSheet(RuleProblem problem, Grid grid) {
        return new RuleProblem(
                problem.code(),
                problem.level(),
                problem.at(),
                problem.rule(),
                problem.message(),
                problem.excerpt(),
                problem.hint() + " The sheet '" + grid.sheet()
                        + "' is hidden: show it to mend it, or delete it if nobody needs it.");
    }

    /**
     * Reads a table of the packaged rules.
     *
     * @throws PackException when anything is wrong with it
     */
    static List<FlowRow> packaged(String name, String text, List<Tier> tiers) {
        List<RuleProblem> problems = new ArrayList<>();
        try {
            Grid grid = CsvTable.read(name, text.getBytes(StandardCharsets.UTF_8));
            Set<String> ids =
                    grid.lines().stream().map(line -> line.cell(0).text()).collect(Collectors.toSet());
            List<FlowRow> rows = read(grid, ids, tiers, problems).rows().stream()
                    .map(PlacedRow::row)
                    .toList();
            if (problems.isEmpty()) {
                return rows;
            }
        } catch (UnreadableTableException e) {
            throw new PackException(name + ": " + e.getMessage(), e);
        }
        throw new PackException(problems.stream()
                .map(problem -> problem.at().text() + ": " + problem.message())
                .collect(Collectors.joining("; ")));
    }

    private Content read() {
        List<Line> lines = grid.lines();
        if (lines.isEmpty() && grid.sheet() != null || isNote()) {
            return Content.NONE;
        }
        int header = header(lines);
        if (header != 0) {
            refuseWithoutHeader(lines, header);
            return Content.NONE;
        }
        readHeader(lines.get(0));
        Set<Column> missing = missing();
        boolean switchesOnly =
                columns.keySet().stream().noneMatch(column -> column != Column.ID && Column.REQUIRED.contains(column));
        boolean told = false;
        boolean unclear = false;
        for (Line line : lines.subList(1, lines.size())) {
            if (problems.size() >= PROBLEMS) {
                problems.add(FolderCode.TOO_LARGE.at(
                        grid.spot(line.row()),
                        null,
                        "there are " + PROBLEMS + " problems above; the rows from here on were not looked at",
                        "Mend those first."));
                break;
            }
            RowReader reader = new RowReader(line);
            if (reader.isOff()) {
                reader.switchOff();
            } else if (missing.isEmpty()) {
                if (!reader.isNoRequirement()) {
                    reader.read();
                }
            } else if (switchesOnly && reader.isUnclearWhetherOff()) {
                unclear = true;
            } else {
                told = true;
            }
        }
        if (!missing.isEmpty() && (told || off.isEmpty() && !unclear)) {
            tellMissing(lines.get(0), missing);
        }
        return new Content(List.copyOf(rows), Map.copyOf(off));
    }

    private boolean isNote() {
        return grid.sheet() != null && grid.sheet().startsWith("_");
    }

    /** The index of the header row, or -1. */
    private static int header(List<Line> lines) {
        for (int i = 0; i < Math.min(lines.size(), ABOVE); i++) {
            long known = lines.get(i).cells().stream()
                    .map(cell -> Column.of(cell.text()))
                    .flatMap(Optional::stream)
                    .distinct()
                    .count();
            if (known >= KNOWN_NAMES) {
                return i;
            }
        }
        return -1;
    }

    private void refuseWithoutHeader(List<Line> lines, int header) {
        if (header > 0) {
            int row = lines.get(header).row();
            problems.add(FolderCode.NO_HEADER.at(
                    grid.spot(lines.get(0).row()),
                    null,
                    "something stands above the header, which is in row " + row,
                    "Delete what stands above row " + row + ", or move it to a sheet whose name begins with _."));
            return;
        }
        String what = grid.sheet() == null ? "the file has" : "the sheet '" + grid.sheet() + "' has";
        problems.add(FolderCode.NO_HEADER.at(
                lines.isEmpty() ? Spot.of(grid.file()) : grid.spot(lines.get(0).row()),
                null,
                what + " no header with names of columns",
                "Begin with a row such as: id, direction, protocol, ports, remote, severity."
                        + (grid.sheet() == null ? "" : " A sheet of notes has a name that begins with _.")));
    }

    private void readHeader(Line header) {
        int width = grid.lines().stream()
                .mapToInt(line -> line.cells().size())
                .max()
                .orElse(0);
        for (int i = 0; i < width; i++) {
            String name = header.cell(i).text();
            Spot spot = grid.spot(header.row(), i);
            if (name.isEmpty()) {
                if (grid.sheet() != null || i < header.cells().size()) {
                    refuseNameless(i);
                }
                continue;
            }
            Optional<Column> column = Column.of(name);
            if (column.isEmpty()) {
                problems.add(FolderCode.WRONG_COLUMN.at(
                        spot,
                        null,
                        "there is no column '" + name + "'",
                        "Columns are " + String.join(", ", Column.words()) + "."
                                + Nearest.question(name, Column.words())));
            } else if (columns.putIfAbsent(column.get(), i) != null) {
                problems.add(FolderCode.WRONG_COLUMN.at(
                        spot,
                        null,
                        "the column " + column.get().word() + " is there twice: also in column "
                                + Grid.column(columns.get(column.get())),
                        "Delete one of the two."));
            }
        }
    }

    private void refuseNameless(int column) {
        grid.lines().stream()
                .filter(line -> !line.cell(column).isEmpty())
                .findFirst()
                .ifPresent(line -> problems.add(FolderCode.WRONG_COLUMN.at(
                        grid.spot(line.row(), column),
                        null,
                        "'" + line.cell(column).text() + "' stands in column " + Grid.column(column)
                                + ", which has no name in the header",
                        "Name the column, or delete what stands in it.")));
    }

    private Set<Column> missing() {
        Set<Column> missing = new TreeSet<>(Column.REQUIRED);
        missing.removeAll(columns.keySet());
        if (!columns.containsKey(Column.REMOTE) && !columns.containsKey(Column.HOSTS)) {
            missing.add(Column.REMOTE);
        }
        return missing;
    }

    private void tellMissing(Line header, Set<Column> missing) {
        problems.add(FolderCode.MISSING_COLUMN.at(
                grid.spot(header.row()),
                null,
                "the header lacks " + missing.stream().map(Column::word).collect(Collectors.joining(", ")),
                "Add " + (missing.size() == 1 ? "this column." : "these columns.")
                        + (missing.contains(Column.REMOTE) ? " Instead of remote there may be hosts." : "")));
    }

    /** Reads one row; a value with an error is null, and told. */
    private final class RowReader {

        private final Line line;
        private final int before = problems.size();
        private @Nullable String id;

        RowReader(Line line) {
            this.line = line;
            String text = cell(Column.ID).text();
            this.id = text.isEmpty() ? null : text;
        }

        boolean isOff() {
            String enabled = text(Column.ENABLED);
            return enabled.equalsIgnoreCase("no") || enabled.equalsIgnoreCase("false");
        }

        void switchOff() {
            String known = id();
            if (known != null) {
                off.put(known, spot(Column.ID));
            }
        }

        /** Tells a value of {@code enabled} that is neither yes nor no. */
        boolean isUnclearWhetherOff() {
            value(Column.ENABLED, CellValues::yesOrNo, true);
            return problems.size() > before;
        }

        /** Tells once what stands there instead of a requirement, where that is sure. */
        boolean isNoRequirement() {
            return isSeparatedOtherwise() || isHeader() || isRemark();
        }

        private boolean isSeparatedOtherwise() {
            String first = line.cell(0).text();
            if (grid.sheet() != null || line.cells().size() > 1 || columns.size() < KNOWN_NAMES) {
                return false;
            }
            for (String separator : List.of(";", ",", "\t", "|")) {
                if (first.split(Pattern.quote(separator), -1).length > KNOWN_NAMES) {
                    if (!toldOfSeparator) {
                        problems.add(FolderCode.WRONG_COLUMN.at(
                                grid.spot(line.row()),
                                null,
                                "the cells of this row are parted by " + CellValues.separator(separator)
                                        + ", and those of the header otherwise",
                                "Use one separator in the whole file."));
                    }
                    toldOfSeparator = true;
                    return true;
                }
            }
            return false;
        }

        private boolean isHeader() {
            boolean again = columns.entrySet().stream()
                            .filter(entry -> Column.of(
                                            line.cell(entry.getValue()).text())
                                    .equals(Optional.of(entry.getKey())))
                            .count()
                    >= KNOWN_NAMES;
            if (again) {
                problems.add(FolderCode.NO_HEADER.at(
                        grid.spot(line.row()), null, "the header stands here once more", "Delete the row."));
            }
            return again;
        }

        /** A comment or a sum: no id, and hardly anything else. */
        private boolean isRemark() {
            List<String> empty = Stream.concat(
                            Column.REQUIRED.stream(),
                            Stream.of(columns.containsKey(Column.REMOTE) ? Column.REMOTE : Column.HOSTS))
                    .filter(column -> cell(column).isEmpty())
                    .sorted()
                    .map(Column::word)
                    .distinct()
                    .toList();
            if (id == null || empty.size() < MOSTLY || fits(Column.ID, cell(Column.ID))) {
                return false;
            }
            problems.add(FolderCode.WRONG_ID.at(
                    spot(Column.ID),
                    null,
                    "'" + shown(id) + "' is no id, and " + String.join(", ", empty)
                            + " are empty, so the row is no requirement",
                    "Delete the row; what is to be remarked stands in the column purpose."));
            return true;
        }

        void read() {
            if (isTooWide()) {
                return;
            }
            tellFailedFormulas();
            String known = id();
            value(Column.ENABLED, CellValues::yesOrNo, true);
            Severity severity = required(Column.SEVERITY, cell -> CellValues.oneOf(CellValues.SEVERITIES, cell.text()));
            List<Direction> directions = required(Column.DIRECTION, cell -> CellValues.directions(cell.text()));
            ProtocolSet protocols = required(Column.PROTOCOL, cell -> CellValues.protocols(cell.text()));
            HostRequirement hosts = hosts();
            PortSet ports = required(
                    Column.PORTS,
                    cell -> hosts == null ? CellValues.ports(cell) : CellValues.singlePorts(CellValues.ports(cell)));
            PortSet sourcePorts = cells(Column.SOURCE_PORTS, CellValues::ports, PortSet.ALL);
            String remote = remote(hosts != null);
            Applicability where = where();
            Dates dates = dates();
            boolean optional = Boolean.TRUE.equals(value(Column.OPTIONAL, CellValues::yesOrNo, false));
            boolean regional = Boolean.TRUE.equals(value(Column.REGIONAL, CellValues::yesOrNo, false));
            Feature feature = optional(Column.FEATURE, text -> CellValues.oneOf(CellValues.FEATURES, text));
            String accepts = optional(Column.ACCEPTS, CellValues::remote);
            List<String> modifiers = ids(Column.MODIFIERS);
            List<String> formerly = ids(Column.FORMERLY);
            if (problems.stream().skip(before).anyMatch(RuleProblem::isError)
                    || known == null
                    || severity == null
                    || directions == null
                    || protocols == null
                    || ports == null
                    || sourcePorts == null
                    || remote == null
                    || dates == null) {
                return;
            }
            if (hosts != null && directions.contains(Direction.INBOUND)) {
                misfit(Column.DIRECTION, "a flow to hosts goes out", "Write Out, or leave the hosts out.");
                return;
            }
            if (protocols.intersect(ProtocolSet.WITH_PORTS).isEmpty() && !(ports.isAll() && sourcePorts.isAll())) {
                misfit(Column.PORTS, protocols + " has no ports", "Write * for the ports.");
                return;
            }
            warnOfUnknownTag(Column.REMOTE, remote);
            warnOfUnknownTag(Column.ACCEPTS, accepts);
            Requirement requirement = new Requirement(known, severity, where, Set.of("Subnet"));
            for (Direction direction : directions) {
                FlowRequirement flow = new FlowRequirement(
                        requirement,
                        direction,
                        protocols,
                        sourcePorts,
                        ports,
                        remote,
                        optional,
                        feature,
                        regional,
                        accepts,
                        "",
                        modifiers,
                        hosts);
                add(flow, dates, formerly);
            }
        }

        /** In a CSV file a separator too many moves all that follows. */
        private boolean isTooWide() {
            int width = grid.lines().get(0).cells().size();
            int used = line.cells().size();
            while (used > 0 && line.cell(used - 1).isEmpty()) {
                used--;
            }
            if (grid.sheet() != null || used <= width) {
                return false;
            }
            tellTooWide(width, used - width);
            return true;
        }

        /** Where one cell and those after it, taken together, let all cells of the row fit, quotes were forgotten. */
        private void tellTooWide(int first, int surplus) {
            List<Integer> parted = columns.values().stream()
                    .filter(index -> fitsWhenJoined(index, surplus))
                    .sorted()
                    .toList();
            String count = surplus == 1 ? "one cell more" : surplus + " cells more";
            if (parted.isEmpty()) {
                problems.add(FolderCode.WRONG_COLUMN.at(
                        grid.spot(line.row(), first),
                        id,
                        "the row has " + count + " than the header has columns; the first one too many is '"
                                + shown(line.cell(first).text()) + "'",
                        "A cell that holds the separator needs quotes, such as \"80,443\"."));
                return;
            }
            int index = parted.get(0);
            String joined = joined(index, surplus);
            problems.add(FolderCode.WRONG_COLUMN.at(
                    grid.spot(line.row(), index),
                    id,
                    "the row has " + count + " than the header has columns; probably "
                            + grid.lines().get(0).cell(index).text() + " is meant to be '" + shown(joined) + "'",
                    "A cell that holds the separator needs quotes: \"" + shown(joined) + "\"."));
        }

        private String joined(int index, int surplus) {
            return IntStream.rangeClosed(index, index + surplus)
                    .mapToObj(each -> line.cell(each).text())
                    .collect(Collectors.joining(","));
        }

        private boolean fitsWhenJoined(int index, int surplus) {
            return columns.entrySet().stream().allMatch(entry -> {
                int at = entry.getValue();
                String text = at < index
                        ? line.cell(at).text()
                        : at == index
                                ? joined(index, surplus)
                                : line.cell(at + surplus).text();
                return fits(entry.getKey(), Cell.of(text));
            });
        }

        private boolean fits(Column column, Cell cell) {
            if (cell.isEmpty()) {
                return !Column.REQUIRED.contains(column);
            }
            String text = cell.text();
            try {
                switch (column) {
                    case ID, GRAVER_WITH -> CellValues.id(text, packaged);
                    case DIRECTION -> CellValues.directions(text);
                    case PROTOCOL -> CellValues.protocols(text);
                    case PORTS, SOURCE_PORTS -> CellValues.ports(cell);
                    case REMOTE, ACCEPTS -> CellValues.remote(text);
                    case HOSTS -> CellValues.hosts(text);
                    case SEVERITY -> CellValues.oneOf(CellValues.SEVERITIES, text);
                    case SINCE, UNTIL -> CellValues.month(cell);
                    case MODELS -> CellValues.anyOf(CellValues.MODELS, text);
                    case PLATFORMS -> CellValues.anyOf(CellValues.PLATFORMS, text);
                    case NETWORK_TYPES -> CellValues.anyOf(CellValues.NETWORK_TYPES, text);
                    case TIERS -> CellValues.anyOf(tiers, text);
                    case CLOUDS -> CellValues.anyOf(CellValues.CLOUDS, text);
                    case SCOPE -> CellValues.oneOf(CellValues.SCOPES, text);
                    case FEATURE -> CellValues.oneOf(CellValues.FEATURES, text);
                    case OPTIONAL, REGIONAL, ENABLED -> CellValues.yesOrNo(text);
                    case TITLE, PURPOSE, SOURCE, FQDN_TAGS, MODIFIERS, FORMERLY -> {
                        return true;
                    }
                }
                return true;
            } catch (CellException e) {
                return false;
            }
        }

        private void tellFailedFormulas() {
            for (int i = 0; i < line.cells().size(); i++) {
                Cell cell = line.cell(i);
                if (cell.kind() == Cell.Kind.ERROR) {
                    boolean computed = !cell.text().startsWith("=");
                    problems.add(
                            FolderCode.SPREADSHEET_CHANGED_IT.at(
                                    grid.spot(line.row(), i),
                                    id,
                                    computed
                                            ? "'" + cell.text() + "' is the result of a formula that failed"
                                            : "the formula '" + shown(cell.text()) + "' has no value in the file",
                                    computed
                                            ? "Mend the formula, or write the value itself."
                                            : "Open the workbook in the spreadsheet program and save it again, or write the value itself."));
                }
            }
        }

        private void add(FlowRequirement bare, Dates dates, List<String> formerly) {
            String title = CellValues.sentence(text(Column.TITLE));
            String named = title.isEmpty() ? bare.text() + " passes" : title;
            String purpose = CellValues.sentence(text(Column.PURPOSE));
            FlowRequirement flow = new FlowRequirement(
                    bare.requirement(),
                    bare.direction(),
                    bare.protocols(),
                    bare.sourcePorts(),
                    bare.destinationPorts(),
                    bare.remote(),
                    bare.optional(),
                    bare.feature(),
                    bare.regional(),
                    bare.accepts(),
                    purpose.isEmpty() ? named : purpose,
                    bare.modifiers(),
                    bare.hosts());
            Map<Column, Spot> spots = new EnumMap<>(Column.class);
            columns.forEach((column, index) -> spots.put(column, grid.spot(line.row(), index)));
            rows.add(new PlacedRow(
                    new FlowRow(flow, dates, named, CellValues.sentence(text(Column.SOURCE)), place(), formerly),
                    spots));
        }

        private String place() {
            return grid.file() + (grid.sheet() == null ? "" : " sheet " + grid.sheet()) + " row " + line.row();
        }

        private @Nullable String id() {
            return required(Column.ID, cell -> CellValues.id(cell.text(), packaged));
        }

        private Applicability where() {
            Set<NetworkModel> models = orElse(value(
                    Column.MODELS, text -> CellValues.anyOf(CellValues.MODELS, text), Set.of(NetworkModel.CLASSIC)));
            return new Applicability(
                    models,
                    orElse(value(Column.PLATFORMS, text -> CellValues.anyOf(CellValues.PLATFORMS, text), Set.of())),
                    orElse(value(
                            Column.NETWORK_TYPES, text -> CellValues.anyOf(CellValues.NETWORK_TYPES, text), Set.of())),
                    orElse(value(Column.TIERS, text -> CellValues.anyOf(tiers, text), Set.of())),
                    scope());
        }

        private Scope scope() {
            Scope scope = optional(Column.SCOPE, text -> CellValues.oneOf(CellValues.SCOPES, text));
            return scope == null ? Scope.ANY : scope;
        }

        private static <T> Set<T> orElse(@Nullable Set<T> values) {
            return values == null ? Set.of() : values;
        }

        private @Nullable Dates dates() {
            int told = problems.size();
            YearMonth since = cells(Column.SINCE, CellValues::month, null);
            YearMonth until = cells(Column.UNTIL, CellValues::month, null);
            if (problems.size() > told) {
                return null;
            }
            if (since != null && until != null && !since.isBefore(until)) {
                problems.add(FolderCode.DATES_REVERSED.at(
                        spot(Column.UNTIL),
                        id,
                        "until " + until + " is not after since " + since + ", so the row would never be in force",
                        "since is the first month in which it holds, until the first in which it no longer does."));
                return null;
            }
            return new Dates(since, until);
        }

        private @Nullable HostRequirement hosts() {
            List<String> names = optional(Column.HOSTS, CellValues::hosts);
            if (text(Column.HOSTS).isEmpty()) {
                for (Column column : List.of(Column.CLOUDS, Column.FQDN_TAGS, Column.GRAVER_WITH)) {
                    if (!text(column).isEmpty()) {
                        misfit(
                                column,
                                column.word() + " is for flows to hosts, and the row has no hosts",
                                "Empty the cell, or name the hosts.");
                    }
                }
                return null;
            }
            return new HostRequirement(
                    names == null ? List.of() : names,
                    orElse(value(Column.CLOUDS, text -> CellValues.anyOf(CellValues.CLOUDS, text), Set.of())),
                    Set.copyOf(CellValues.words(text(Column.FQDN_TAGS))),
                    optional(Column.GRAVER_WITH, text -> CellValues.id(text, packaged)));
        }

        private @Nullable String remote(boolean toHosts) {
            if (text(Column.REMOTE).isEmpty() && toHosts) {
                return "Internet";
            }
            String remote = required(Column.REMOTE, cell -> CellValues.remote(cell.text()));
            if (toHosts && remote != null && !remote.equals("Internet")) {
                misfit(Column.REMOTE, "hosts are on the Internet", "Empty the cell, or write Internet.");
            }
            return remote;
        }

        private List<String> ids(Column column) {
            List<String> ids = value(
                    column,
                    text -> CellValues.list(text).stream()
                            .map(each -> CellValues.id(each, packaged))
                            .toList(),
                    List.of());
            return ids == null ? List.of() : ids;
        }

        private void warnOfUnknownTag(Column column, @Nullable String remote) {
            if (remote != null && CellValues.isUnpublishedTag(remote)) {
                problems.add(FolderCode.TAG_NOT_KNOWN.at(
                        spot(column),
                        id,
                        column.word() + " '" + remote + "' is no service tag that Azure published so far",
                        "Check the spelling. Without a service tag file, what it covers is undetermined."));
            }
        }

        private void misfit(Column column, String message, String hint) {
            problems.add(FolderCode.MISFIT.at(spot(column), id, message, hint));
        }

        private <T> @Nullable T required(Column column, Function<Cell, T> parse) {
            if (cell(column).isEmpty()) {
                problems.add(FolderCode.MISSING_VALUE.at(
                        spot(column),
                        id,
                        column == Column.REMOTE ? "the row says neither remote nor hosts" : column.word() + " is empty",
                        "Every row needs id, direction, protocol, ports, severity, and remote or hosts."));
                return null;
            }
            return cells(column, parse, null);
        }

        private <T> @Nullable T optional(Column column, Function<String, T> parse) {
            return this.<@Nullable T>cells(column, cell -> parse.apply(cell.text()), null);
        }

        private <T> @Nullable T value(Column column, Function<String, T> parse, T otherwise) {
            return cells(column, cell -> parse.apply(cell.text()), otherwise);
        }

        private <T> @Nullable T cells(
                Column column, Function<Cell, ? extends @Nullable T> parse, @Nullable T otherwise) {
            Cell cell = cell(column);
            if (cell.kind() == Cell.Kind.ERROR) {
                return null;
            }
            if (cell.isEmpty()) {
                return otherwise;
            }
            try {
                return parse.apply(cell);
            } catch (CellException e) {
                problems.add(e.code()
                        .at(
                                spot(column),
                                id,
                                column.word() + " '" + shown(cell.text()) + "' " + e.getMessage(),
                                e.hint()));
                return null;
            }
        }

        private String text(Column column) {
            Cell cell = cell(column);
            return cell.kind() == Cell.Kind.ERROR ? "" : cell.text();
        }

        private Cell cell(Column column) {
            Integer index = columns.get(column);
            return index == null ? Cell.EMPTY : line.cell(index);
        }

        private Spot spot(Column column) {
            Integer index = columns.get(column);
            return index == null ? grid.spot(line.row()) : grid.spot(line.row(), index);
        }
    }

    private static String shown(String text) {
        String line = CellValues.sentence(text);
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
}
