package dev.netkb.api.internal.table;

import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of a workbook (.xlsx, ECMA-376): values only. Formulas, links, macros and whatever else a workbook can
 * hold are passed over; nothing outside of it is ever opened. A merged cell counts for all of its rows.
 */
public final class Workbook {

    private static final String SAVE_AGAIN =
            "Open it in the spreadsheet program and save it again as an Excel workbook (.xlsx).";

    /** Formats of dates that every workbook knows without naming them. */
    private static final Set<Integer> DATE_FORMATS = Set.of(14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47);

    /** Formats with separators of thousands that every workbook knows without naming them. */
    private static final Set<Integer> GROUPED_FORMATS = Set.of(3, 4, 37, 38, 39, 40);

    private final String file;
    private final Map<String, byte[]> parts;
    private final List<String> texts = new ArrayList<>();
    private final List<Cell.Kind> styles = new ArrayList<>();
    private final Set<String> hidden = new HashSet<>();
    private boolean from1904;

    private Workbook(String file, Map<String, byte[]> parts) {
        this.file = file;
        this.parts = parts;
    }

    /**
     * Reads all sheets with cells, in the order in which the workbook shows them; hidden ones too.
     *
     * @param file its name in messages
     * @throws UnreadableTableException when it is no such file, or too large
     */
    public static List<Grid> read(String file, byte[] bytes) throws UnreadableTableException {
        if (bytes.length > TableLimits.FILE) {
            throw UnreadableTableException.tooLarge(
                    Spot.of(file), "the file has more than " + (TableLimits.FILE >> 20) + " MB");
        }
        if (bytes.length > 4 && (bytes[0] & 0xFF) == 0xD0 && (bytes[1] & 0xFF) == 0xCF) {
            throw UnreadableTableException.damaged(
                    Spot.of(file),
                    "the file is an old or a protected workbook",
                    "Take the password away and save it as an Excel workbook (.xlsx).");
        }
        try {
            return new Workbook(file, unpack(file, bytes)).read();
        } catch (IOException | XMLStreamException | RuntimeException e) {
            throw UnreadableTableException.damaged(
                    Spot.of(file), "the file is damaged, or is no Excel workbook", SAVE_AGAIN);
        }
    }

    private static Map<String, byte[]> unpack(String file, byte[] bytes) throws IOException, UnreadableTableException {
        Map<String, byte[]> parts = new HashMap<>();
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                .setIgnoreLocalFileHeader(true)
                .get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            if (entries.size() > TableLimits.PARTS) {
                throw UnreadableTableException.tooLarge(
                        Spot.of(file), "the workbook has more than " + TableLimits.PARTS + " parts");
            }
            int left = TableLimits.UNPACKED;
            for (ZipArchiveEntry entry : entries) {
                String name = name(entry.getName());
                if (!entry.isDirectory() && (name.endsWith(".xml") || name.endsWith(".rels"))) {
                    byte[] part = content(zip, entry, left);
                    if (part.length > left) {
                        throw UnreadableTableException.tooLarge(
                                Spot.of(file),
                                "the workbook unpacks to more than " + (TableLimits.UNPACKED >> 20) + " MB");
                    }
                    left -= part.length;
                    parts.put(name, part);
                }
            }
        }
        return parts;
    }

    /** At most one byte more than the limit. */
    private static byte[] content(ZipFile zip, ZipArchiveEntry entry, int limit) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
            throw new IOException("no spreadsheet program packs by method " + entry.getMethod());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0 && out.size() <= limit; read = in.read(buffer)) {
                out.write(buffer, 0, Math.min(read, limit + 1 - out.size()));
            }
        }
        return out.toByteArray();
    }

    private static String name(String path) {
        String name = path.replace('\\', '/').toLowerCase(Locale.ROOT);
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private List<Grid> read() throws XMLStreamException, UnreadableTableException {
        String workbook = target("_rels/.rels", "officeDocument", "", "xl/workbook.xml");
        String folder = workbook.substring(0, workbook.lastIndexOf('/') + 1);
        String relations = folder + "_rels/" + workbook.substring(folder.length()) + ".rels";
        readTexts(target(relations, "sharedStrings", folder, folder + "sharedstrings.xml"));
        readStyles(target(relations, "styles", folder, folder + "styles.xml"));
        Map<String, String> targets = new HashMap<>();
        for (Relation relation : relations(relations, folder)) {
            targets.put(relation.id(), relation.target());
        }
        Map<String, String> sheets = sheets(workbook);
        List<Grid> grids = new ArrayList<>();
        for (Map.Entry<String, String> sheet : sheets.entrySet()) {
            String part = targets.getOrDefault(sheet.getValue(), "");
            if (part.contains("worksheets/") || parts.containsKey(part) && !part.contains("chartsheets/")) {
                Grid grid = new SheetReader(sheet.getKey(), open(part)).read();
                grids.add(grid);
            }
        }
        return List.copyOf(grids);
    }

    private record Relation(String id, String type, String target) {}

    private List<Relation> relations(String part, String folder) throws XMLStreamException {
        List<Relation> relations = new ArrayList<>();
        if (parts.containsKey(part)) {
            XMLStreamReader xml = open(part);
            while (next(xml, "Relationship")) {
                String target = attribute(xml, "Target");
                relations.add(new Relation(
                        attribute(xml, "Id"),
                        attribute(xml, "Type"),
                        name(target.startsWith("/") ? target : folder + target)));
            }
        }
        return relations;
    }

    private String target(String part, String type, String folder, String otherwise) throws XMLStreamException {
        return relations(part, folder).stream()
                .filter(relation -> relation.type().endsWith("/" + type))
                .map(Relation::target)
                .findFirst()
                .orElse(otherwise);
    }

    /** Sheet → the id of its relation. */
    private Map<String, String> sheets(String part) throws XMLStreamException {
        Map<String, String> sheets = new LinkedHashMap<>();
        XMLStreamReader xml = open(part);
        while (nextElement(xml)) {
            if (xml.getLocalName().equals("workbookPr")) {
                from1904 = isTrue(attribute(xml, "date1904"));
            } else if (xml.getLocalName().equals("sheet")) {
                sheets.put(attribute(xml, "name"), attribute(xml, "id"));
                if (attribute(xml, "state").toLowerCase(Locale.ROOT).endsWith("hidden")) {
                    hidden.add(attribute(xml, "name"));
                }
            }
        }
        return sheets;
    }

    private void readTexts(String part) throws XMLStreamException {
        if (parts.containsKey(part)) {
            XMLStreamReader xml = open(part);
            while (next(xml, "si")) {
                texts.add(text(xml, "si"));
            }
        }
    }

    private void readStyles(String part) throws XMLStreamException {
        if (!parts.containsKey(part)) {
            return;
        }
        Map<Integer, String> formats = new HashMap<>();
        boolean cells = false;
        XMLStreamReader xml = open(part);
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.END_ELEMENT) {
                cells &= !xml.getLocalName().equals("cellXfs");
            } else if (event == XMLStreamReader.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "numFmt" -> formats.put(number(xml, "numFmtId"), attribute(xml, "formatCode"));
                    case "cellXfs" -> cells = true;
                    case "xf" -> {
                        if (cells) {
                            styles.add(kind(number(xml, "numFmtId"), formats));
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    private static Cell.Kind kind(int id, Map<Integer, String> formats) {
        String format = formats.getOrDefault(id, "")
                .replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]", "")
                .toLowerCase(Locale.ROOT);
        if (DATE_FORMATS.contains(id) || format.matches("[^0#?]*[ymdhs].*")) {
            return Cell.Kind.DATE;
        }
        return GROUPED_FORMATS.contains(id) || format.contains("#,#") || format.contains("0,0")
                ? Cell.Kind.GROUPED_NUMBER
                : Cell.Kind.NUMBER;
    }

    /** The text of an element; of several runs all, without the readings that East Asian scripts add. */
    private String text(XMLStreamReader xml, String end) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        boolean inText = false;
        int reading = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.CHARACTERS
                    || event == XMLStreamReader.CDATA
                    || event == XMLStreamReader.SPACE) {
                if (inText && reading == 0) {
                    text.append(xml.getText());
                }
            } else if (event == XMLStreamReader.START_ELEMENT) {
                inText = xml.getLocalName().equals("t");
                reading += xml.getLocalName().equals("rPh") ? 1 : 0;
            } else if (event == XMLStreamReader.END_ELEMENT) {
                inText = false;
                reading -= xml.getLocalName().equals("rPh") ? 1 : 0;
                if (xml.getLocalName().equals(end)) {
                    break;
                }
            }
        }
        return text.toString();
    }

    private XMLStreamReader open(String part) throws XMLStreamException {
        byte[] bytes = parts.get(part);
        if (bytes == null) {
            throw new XMLStreamException("the part " + part + " is missing");
        }
        // The parser of the Java platform, whatever else is on the class path; it neither reads definitions nor other
        // files.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
    }

    private static boolean nextElement(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.DTD) {
                throw new XMLStreamException("a workbook has no document type");
            }
            if (event == XMLStreamReader.START_ELEMENT) {
                return true;
            }
        }
        return false;
    }

    private static boolean next(XMLStreamReader xml, String name) throws XMLStreamException {
        while (nextElement(xml)) {
            if (xml.getLocalName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** An attribute by its local name; empty where it is missing. */
    private static String attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    private static int number(XMLStreamReader xml, String name) {
        String text = attribute(xml, name);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static boolean isTrue(String text) {
        return text.equals("1") || text.equals("true");
    }

    /** Reads the cells of one sheet. */
    private final class SheetReader {

        private final String sheet;
        private final XMLStreamReader xml;
        private final TreeMap<Integer, List<Cell>> rows = new TreeMap<>();
        private int row;
        private int column;

        SheetReader(String sheet, XMLStreamReader xml) {
            this.sheet = sheet;
            this.xml = xml;
        }

        Grid read() throws XMLStreamException, UnreadableTableException {
            int merged = 0;
            while (nextElement(xml)) {
                switch (xml.getLocalName()) {
                    case "row" -> {
                        row = attribute(xml, "r").isEmpty() ? row + 1 : number(xml, "r");
                        column = 0;
                    }
                    case "c" -> cell();
                    case "mergeCell" -> {
                        if (++merged > TableLimits.MERGED) {
                            throw tooLarge("more than " + TableLimits.MERGED + " merged cells");
                        }
                        merge(attribute(xml, "ref"));
                    }
                    default -> {}
                }
            }
            List<Grid.Line> lines = new ArrayList<>();
            rows.forEach((number, cells) -> lines.add(new Grid.Line(number, cells)));
            return new Grid(file, sheet, lines, hidden.contains(sheet));
        }

        private void cell() throws XMLStreamException, UnreadableTableException {
            String reference = attribute(xml, "r");
            if (!reference.isEmpty()) {
                column = columnOf(reference);
                row = rowOf(reference);
            }
            String type = attribute(xml, "t");
            int style = number(xml, "s");
            String value = "";
            String formula = null;
            boolean computed = false;
            boolean inside = true;
            while (inside && xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "v" -> {
                            value = xml.getElementText();
                            formula = null;
                            computed = true;
                        }
                        case "f" -> formula = computed ? null : xml.getElementText();
                        case "is" -> value = text(xml, "is");
                        default -> {}
                    }
                } else if (event == XMLStreamReader.END_ELEMENT) {
                    inside = !xml.getLocalName().equals("c");
                }
            }
            put(row, column, formula == null ? cell(type, style, value) : notComputed(formula));
            column++;
        }

        /** Programs that only write formulas leave their values to the spreadsheet program. */
        private static Cell notComputed(String formula) {
            return new Cell("=" + Cell.bare(formula), Cell.Kind.ERROR);
        }

        private Cell cell(String type, int style, String value) {
            return switch (type) {
                case "s" ->
                    value.isEmpty() ? Cell.EMPTY : Cell.of(unescaped(texts.get(Integer.parseInt(value.trim()))));
                case "inlineStr", "str" -> Cell.of(unescaped(value));
                case "b" -> value.isEmpty() ? Cell.EMPTY : Cell.of(isTrue(value.trim()) ? "yes" : "no");
                case "e" -> new Cell(Cell.bare(value), Cell.Kind.ERROR);
                case "d" -> new Cell(Cell.bare(value).replaceFirst("T.*", ""), Cell.Kind.DATE);
                default -> Numbers.cell(value, style < styles.size() ? styles.get(style) : Cell.Kind.NUMBER, from1904);
            };
        }

        private void put(int atRow, int atColumn, Cell cell) throws UnreadableTableException {
            if (cell.isEmpty()) {
                return;
            }
            if (cell.text().length() > TableLimits.TEXT) {
                throw tooLarge("a cell of more than " + TableLimits.TEXT + " characters");
            }
            if (atColumn >= TableLimits.COLUMNS) {
                throw tooLarge("more than " + TableLimits.COLUMNS + " columns");
            }
            List<Cell> cells = rows.computeIfAbsent(atRow, absent -> new ArrayList<>());
            if (rows.size() > TableLimits.ROWS) {
                throw tooLarge("more than " + TableLimits.ROWS + " rows");
            }
            while (cells.size() <= atColumn) {
                cells.add(Cell.EMPTY);
            }
            cells.set(atColumn, cell);
        }

        /** The value of the first cell of a region counts for the rows of the region in which something else stands. */
        private void merge(String region) throws UnreadableTableException {
            String[] corners = region.split(":", 2);
            int first = rowOf(corners[0]);
            int last = rowOf(corners[corners.length - 1]);
            int at = columnOf(corners[0]);
            List<Cell> cells = rows.getOrDefault(first, List.of());
            Cell value = at < cells.size() ? cells.get(at) : Cell.EMPTY;
            if (last > first) {
                for (Integer other :
                        List.copyOf(rows.subMap(first, false, last, true).keySet())) {
                    put(other, at, value);
                }
            }
        }

        private UnreadableTableException tooLarge(String what) {
            return UnreadableTableException.tooLarge(
                    new Grid(file, sheet, List.of()).spot(Math.max(row, 1), Math.max(column, 0)),
                    "the sheet has " + what);
        }

        private static int columnOf(String reference) {
            int letters = 0;
            int index = 0;
            while (letters < reference.length() && Character.isLetter(reference.charAt(letters)) && letters < 4) {
                index = index * 26 + (Character.toUpperCase(reference.charAt(letters)) - 'A' + 1);
                letters++;
            }
            return index - 1;
        }

        private static int rowOf(String reference) {
            return Integer.parseInt(reference.replaceFirst("^[A-Za-z]+", ""));
        }

        /** Characters that XML cannot hold are written as {@code _x000D_}. */
        private static String unescaped(String text) {
            return text.contains("_x000D_") ? text.replace("_x000D_", "\r") : text;
        }
    }

    /** What number cells say. */
    private static final class Numbers {

        private static final int DAYS_TO_1904 = 1_462;

        /** No date of a requirement is later: 9999-12-31. */
        private static final double LAST_DAY = 2_958_465;

        private Numbers() {}

        static Cell cell(@Nullable String value, Cell.Kind kind, boolean from1904) {
            String text = value == null ? "" : Cell.bare(value);
            if (text.isEmpty()) {
                return Cell.EMPTY;
            }
            double number = Double.parseDouble(text);
            if (kind == Cell.Kind.DATE && number >= 1 && number <= LAST_DAY) {
                // Day 60 is the 29th of February 1900, which never was; what comes before it does not matter here.
                long days = (long) number + (from1904 ? DAYS_TO_1904 : 0);
                return new Cell(LocalDate.of(1899, 12, 30).plusDays(days).toString(), kind);
            }
            BigDecimal exact = new BigDecimal(text).round(new MathContext(15));
            String plain = Math.abs(number) < 1e15 && exact.scale() < 20
                    ? exact.stripTrailingZeros().toPlainString()
                    : text;
            return new Cell(plain, kind == Cell.Kind.DATE ? Cell.Kind.NUMBER : kind);
        }
    }
}
