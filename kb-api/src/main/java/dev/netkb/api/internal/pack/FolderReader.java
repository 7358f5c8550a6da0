package dev.netkb.api.internal.pack;

import dev.netkb.api.Parameters;
import dev.netkb.api.internal.table.CsvTable;
import dev.netkb.api.internal.table.Grid;
import dev.netkb.api.internal.table.TableLimits;
import dev.netkb.api.internal.table.TextFile;
import dev.netkb.api.internal.table.UnreadableTableException;
import dev.netkb.api.internal.table.Workbook;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Spot;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Source;
import dev.netkb.model.value.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a folder of rules. What people wrote never makes it fail: it tells. */
final class FolderReader {

    private static final String PARAMETERS = RuleFolder.PARAMETERS;
    private static final String WAIVERS = RuleFolder.WAIVERS;

    /** The table of tiers, as text or as a workbook. */
    private static final String TIERS = "tiers";

    private static final String EXAMPLES = "examples";
    private static final int FILES = 1_000;
    private static final int FOLDER_BYTES = 64 << 20;
    private static final Pattern RULE_ID = Pattern.compile("@id\\(\\s*\"([^\"]*)\"\\s*\\)");
    private static final String FILES_OF_A_FOLDER =
            "A folder of rules holds pack.yaml, tables (.csv, .xlsx), rules (.drl), parameters.yaml, waivers.yaml, "
                    + "pages (<ID>.md) and the folder examples.";

    private final Path root;
    private final RulePack packaged;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Map<String, byte[]> files = new TreeMap<>();

    private FolderReader(Path root, RulePack packaged) {
        this.root = root;
        this.packaged = packaged;
    }

    static RuleFolder read(Path root, RulePack packaged) {
        return new FolderReader(root, packaged).read();
    }

    private RuleFolder read() {
        readFiles();
        Set<String> packagedIds = ids(packaged);
        List<RuleFile> rules = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        Map<String, String> pages = new TreeMap<>();
        Map<String, String> settings = new TreeMap<>();
        List<TierRow> tierRows = tierRows();
        List<Tier> tiers = TierTable.over(packaged.tiers(), tierRows);
        files.forEach((name, bytes) -> {
            switch (ending(name)) {
                case ".csv", ".xlsx" -> {
                    if (!isOfTiers(name)) {
                        tables.add(table(name, bytes, packagedIds, tiers));
                    }
                }
                case ".drl" -> text(name, bytes, text -> rules.add(new RuleFile(name, text)));
                case ".md" -> text(name, bytes, text -> pages.put(name, text));
                default -> text(name, bytes, text -> settings.put(name, text));
            }
        });
        List<PlacedRow> rows = rows(tables);
        RowConflicts.find(rows, problems);
        warnOfWeakerRows(rows);
        Set<String> own = rows.stream().map(PlacedRow::id).collect(Collectors.toCollection(TreeSet::new));
        rules.forEach(file -> RULE_ID.matcher(file.text()).results().forEach(match -> own.add(match.group(1))));
        Set<String> known = new TreeSet<>(packagedIds);
        known.addAll(own);
        PackFile pack = PackFile.read(
                settings.getOrDefault(PackFile.FILE, ""), known, CellValues.tiers(tiers), packaged.name(), problems);
        warnOfUnknownDocuments(rows, pack);
        List<RuleOverride> overrides = new ArrayList<>(pack.overrides());
        overrides.addAll(off(tables, own, packagedIds));
        refuseNothing(!rows.isEmpty()
                || !tables.isEmpty()
                || !rules.isEmpty()
                || !overrides.isEmpty()
                || settings.containsKey(PARAMETERS)
                || settings.containsKey(WAIVERS)
                || files.keySet().stream().anyMatch(FolderReader::isOfTiers));
        Parameters parameters = ParametersFile.read(PARAMETERS, settings.getOrDefault(PARAMETERS, ""), problems);
        String folderName = root.toAbsolutePath().normalize().getFileName() == null
                ? root.toString()
                : root.toAbsolutePath().normalize().getFileName().toString();
        return new RuleFolder(
                root,
                pack.name() == null ? folderName : pack.name(),
                pack.version(),
                root.toString(),
                hash(),
                rows.stream().map(PlacedRow::row).toList(),
                overrides,
                rules,
                pack.sources(),
                pages(pages, known),
                tierRows,
                parameters,
                settings.get(WAIVERS),
                problems.stream().sorted(RuleProblem.ORDER).toList());
    }

    /** The ids of rules and rows of the packaged rules. */
    static Set<String> ids(RulePack pack) {
        Set<String> ids = pack.flows().stream().map(FlowRow::id).collect(Collectors.toCollection(TreeSet::new));
        pack.ruleTexts()
                .values()
                .forEach(text -> RULE_ID.matcher(text).results().forEach(match -> ids.add(match.group(1))));
        return ids;
    }

    private void readFiles() {
        List<Path> entries = new ArrayList<>();
        try {
            if (!Files.exists(root)) {
                problem(
                        FolderCode.NO_FOLDER,
                        root.toString(),
                        "there is no folder '" + root + "'",
                        "Check the path; netkb rules init DIR makes a folder to start with.");
                return;
            }
            if (!Files.isDirectory(root)) {
                problem(
                        FolderCode.NO_FOLDER,
                        root.toString(),
                        "'" + root + "' is a file, not a folder",
                        "Name the folder that it is in.");
                return;
            }
            try (Stream<Path> children = Files.list(root)) {
                children.limit(FILES + 1L).forEach(entries::add);
            }
            if (entries.size() > FILES) {
                problem(
                        FolderCode.TOO_LARGE,
                        root.toString(),
                        "the folder has more than " + FILES + " files",
                        "Name the folder of the rules, and nothing above it.");
                return;
            }
            Path real = root.toRealPath();
            entries.sort(null);
            for (Path entry : entries) {
                readEntry(entry, real);
            }
        } catch (IOException | RuntimeException e) {
            problem(
                    FolderCode.UNREADABLE_FILE,
                    root.toString(),
                    "the folder '" + root + "' cannot be read",
                    "Check who may read it.");
        }
    }

    private void readEntry(Path entry, Path real) {
        String name = entry.getFileName().toString();
        if (name.startsWith(".") || name.startsWith("~$") || name.equals("README.md")) {
            return;
        }
        try {
            Path target = entry.toRealPath();
            if (!target.startsWith(real)) {
                problem(
                        FolderCode.UNREADABLE_FILE,
                        name,
                        name + " is a link that leads out of the folder",
                        "Put the file itself into the folder.");
            } else if (Files.isDirectory(target)) {
                if (!name.equals(EXAMPLES)) {
                    problem(
                            FolderCode.UNKNOWN_FILE,
                            name,
                            "the folder " + name + " is none of a folder of rules",
                            FILES_OF_A_FOLDER + Nearest.question(name, Set.of(EXAMPLES)));
                }
            } else if (!Files.isRegularFile(target)) {
                problem(FolderCode.UNREADABLE_FILE, name, name + " is no file", "Delete it.");
            } else if (isKnown(name)) {
                readFile(name, target);
            }
        } catch (IOException | RuntimeException e) {
            problem(
                    FolderCode.UNREADABLE_FILE,
                    name,
                    name + " cannot be read",
                    "Check that the file is there, who may read it, and that no other program holds it.");
        }
    }

    private boolean isKnown(String name) {
        String ending = ending(name);
        if (Set.of(".csv", ".xlsx", ".drl", ".md").contains(ending)
                || Set.of(PackFile.FILE, PARAMETERS, WAIVERS).contains(name)) {
            return true;
        }
        String hint = switch (ending) {
            case ".xls", ".xlsm", ".xlsb", ".ods" -> "Save it as an Excel workbook (.xlsx).";
            case ".yaml", ".yml", ".json" ->
                FILES_OF_A_FOLDER + Nearest.question(name, List.of(PackFile.FILE, PARAMETERS, WAIVERS));
            default -> FILES_OF_A_FOLDER + " What is to stay there nevertheless has a name that begins with a dot.";
        };
        problem(FolderCode.UNKNOWN_FILE, name, name + " is no file of a folder of rules", hint);
        return false;
    }

    private void readFile(String name, Path file) throws IOException {
        long left = FOLDER_BYTES
                - files.values().stream().mapToLong(bytes -> bytes.length).sum();
        long most = Math.min(TableLimits.FILE, left);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) most + 1);
            if (bytes.length > most) {
                problem(
                        FolderCode.TOO_LARGE,
                        name,
                        most < TableLimits.FILE
                                ? "the files of the folder have more than " + (FOLDER_BYTES >> 20) + " MB"
                                : name + " has more than " + (TableLimits.FILE >> 20) + " MB",
                        "Keep to what rules need, or divide it into several files.");
                return;
            }
            files.put(name, bytes);
        }
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    private void text(String name, byte[] bytes, Consumer<String> use) {
        try {
            use.accept(TextFile.text(name, bytes));
        } catch (UnreadableTableException e) {
            problems.add(FolderCode.UNREADABLE_FILE.at(e.at(), null, String.valueOf(e.getMessage()), e.hint()));
        }
    }

    /** What a file of tables says. */
    private record Table(String name, List<PlacedRow> rows, Map<String, Spot> off) {

        String baseName() {
            return name.substring(0, name.lastIndexOf('.'));
        }

        boolean isWorkbook() {
            return ending(name).equals(".xlsx");
        }

        /** The rows without their places, to be compared. */
        List<FlowRow> plain() {
            return rows.stream().map(row -> row.row().at("")).toList();
        }
    }

    private static boolean isOfTiers(String name) {
        return name.equals(TIERS + ".csv") || name.equals(TIERS + ".xlsx");
    }

    /** The rows of the table of tiers; a workbook that says the same as the CSV file beside it counts once. */
    private List<TierRow> tierRows() {
        Map<String, List<TierRow>> found = new LinkedHashMap<>();
        files.forEach((name, bytes) -> {
            if (isOfTiers(name)) {
                found.put(name, TierTable.read(grids(name, bytes), problems));
            }
        });
        List<List<TierRow>> tables = List.copyOf(found.values());
        if (tables.size() == 2 && problems.isEmpty() && !tiers(tables.get(0)).equals(tiers(tables.get(1)))) {
            problem(
                    FolderCode.TWO_VERSIONS,
                    TIERS + ".csv",
                    String.join(" and ", found.keySet()) + " do not say the same",
                    "Delete the one that is out of date.");
        }
        return tables.isEmpty() ? List.of() : tables.get(0);
    }

    private static List<Tier> tiers(List<TierRow> rows) {
        return rows.stream().map(TierRow::tier).toList();
    }

    /** The tables of a file; none where it cannot be read, which is told. */
    private List<Grid> grids(String name, byte[] bytes) {
        try {
            return ending(name).equals(".csv") ? List.of(CsvTable.read(name, bytes)) : Workbook.read(name, bytes);
        } catch (UnreadableTableException e) {
            FolderCode code = e.isTooLarge() ? FolderCode.TOO_LARGE : FolderCode.NO_TABLE;
            problems.add(code.at(e.at(), null, String.valueOf(e.getMessage()), e.hint()));
            return List.of();
        }
    }

    private Table table(String name, byte[] bytes, Set<String> packagedIds, List<Tier> tiers) {
        List<PlacedRow> rows = new ArrayList<>();
        Map<String, Spot> off = new LinkedHashMap<>();
        for (Grid grid : grids(name, bytes)) {
            RequirementTable.Content content = RequirementTable.read(grid, packagedIds, tiers, problems);
            rows.addAll(content.rows());
            content.off().forEach(off::putIfAbsent);
        }
        return new Table(name, List.copyOf(rows), Map.copyOf(off));
    }

    /** The rows of all tables; a workbook that says the same as the CSV file beside it counts once. */
    private List<PlacedRow> rows(List<Table> tables) {
        Set<String> twice = new HashSet<>();
        List<PlacedRow> rows = new ArrayList<>();
        for (Table table : tables) {
            if (table.isWorkbook()) {
                tables.stream()
                        .filter(other -> !other.isWorkbook() && other.baseName().equals(table.baseName()))
                        .forEach(other -> {
                            twice.add(table.name());
                            refuseDifference(other, table);
                        });
            }
            if (!twice.contains(table.name())) {
                rows.addAll(table.rows());
            }
        }
        return rows;
    }

    private void refuseDifference(Table text, Table workbook) {
        boolean read = Stream.of(text.name(), workbook.name())
                .noneMatch(name -> problems.stream()
                        .anyMatch(each -> each.isError() && each.at().file().equals(name)));
        if (read
                && !(text.plain().equals(workbook.plain())
                        && text.off().keySet().equals(workbook.off().keySet()))) {
            List<FlowRow> others = workbook.plain();
            Spot at = text.rows().stream()
                    .filter(row -> !others.contains(row.row().at("")))
                    .findFirst()
                    .map(row -> row.at(Column.ID))
                    .orElse(Spot.of(text.name()));
            problems.add(FolderCode.TWO_VERSIONS.at(
                    at,
                    null,
                    text.name() + " and " + workbook.name() + " do not say the same",
                    "Delete the one that is out of date, or rename it if both are meant to hold."));
        }
    }

    private List<RuleOverride> off(List<Table> tables, Set<String> own, Set<String> packagedIds) {
        List<RuleOverride> overrides = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Table table : tables) {
            table.off().forEach((id, at) -> {
                if (own.contains(id)) {
                    problems.add(FolderCode.CONTRADICTION.at(
                            at,
                            id,
                            "the row switches " + id + " off, which the folder defines itself",
                            "Delete this row, or the other rows or rules of " + id + "."));
                } else if (!packagedIds.contains(id)) {
                    problems.add(FolderCode.UNKNOWN_ID.at(
                            at,
                            id,
                            "the row switches off " + id + ", which is no id of the packaged rules",
                            "netkb rules list shows all ids." + Nearest.question(id, packagedIds)));
                } else if (seen.add(id)) {
                    overrides.add(new RuleOverride(id, false, null, Applicability.ANY));
                }
            });
        }
        overrides.sort(Comparator.comparing(RuleOverride::id));
        return overrides;
    }

    private void warnOfWeakerRows(List<PlacedRow> rows) {
        Map<String, Severity> gravest = new TreeMap<>();
        packaged.flows()
                .forEach(row -> gravest.merge(
                        row.id(), row.requirement().requirement().severity(), (a, b) -> a.compareTo(b) <= 0 ? a : b));
        Map<String, Severity> here = new TreeMap<>();
        rows.forEach(row -> here.merge(
                row.id(), row.row().requirement().requirement().severity(), (a, b) -> a.compareTo(b) <= 0 ? a : b));
        Set<String> told = new HashSet<>();
        for (PlacedRow row : rows) {
            Severity was = gravest.get(row.id());
            Severity is = here.get(row.id());
            if (was != null && is != null && is.compareTo(was) > 0 && told.add(row.id())) {
                problems.add(FolderCode.WEAKER.at(
                        row.at(Column.SEVERITY),
                        row.id(),
                        "severity " + is.word() + " is weaker than " + was.word() + " of the packaged requirement",
                        "Nothing to do if that is meant."));
            }
        }
    }

    private void warnOfUnknownDocuments(List<PlacedRow> rows, PackFile pack) {
        Set<String> keys = new TreeSet<>(pack.sources().keySet());
        keys.addAll(packaged.sources().keySet());
        Set<Spot> told = new HashSet<>();
        for (PlacedRow row : rows) {
            Spot at = row.at(Column.SOURCE);
            packaged.sources(row.row().source()).stream()
                    .map(Source::document)
                    .filter(key -> !keys.contains(key) && told.add(at))
                    .forEach(key -> problems.add(FolderCode.DOCUMENT_NOT_KNOWN.at(
                            at,
                            row.id(),
                            "source '" + key + "' is no key of a document",
                            "Name it below sources in pack.yaml, or write a key that there is"
                                    + (keys.isEmpty() ? "." : ": " + String.join(", ", keys) + ".")
                                    + Nearest.question(key, keys))));
        }
    }

    private Map<String, String> pages(Map<String, String> files, Set<String> known) {
        Map<String, String> pages = new TreeMap<>();
        files.forEach((name, text) -> {
            String id = name.substring(0, name.length() - ".md".length());
            if (known.contains(id)) {
                pages.put(id, text);
            } else {
                problem(
                        FolderCode.UNKNOWN_ID,
                        name,
                        name + " is the page of no id",
                        "Name a page after the id that it is about, or README.md." + Nearest.question(id, known));
            }
        });
        return pages;
    }

    private void refuseNothing(boolean something) {
        if (!something && problems.isEmpty()) {
            boolean onlyPack = files.containsKey(PackFile.FILE);
            problem(
                    FolderCode.NO_FOLDER,
                    root.toString(),
                    "the folder '" + root + "' "
                            + (onlyPack ? "holds no rules: its pack.yaml changes nothing" : "holds no rules"),
                    onlyPack
                            ? "Add requirements.csv, a rule (.drl), tiers.csv, parameters.yaml or waivers.yaml, or write"
                                    + " overrides in pack.yaml. netkb rules init DIR makes a folder to copy from."
                            : FILES_OF_A_FOLDER + " netkb rules init DIR makes one to start with.");
        }
    }

    private void problem(FolderCode code, String file, String message, String hint) {
        problems.add(code.at(Spot.of(file), null, message, hint));
    }

    /** Over names and contents, each with its length, so that no two folders look alike. */
    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update((name + '\0' + bytes.length + '\0').getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
