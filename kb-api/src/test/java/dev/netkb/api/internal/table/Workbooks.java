package dev.netkb.api.internal.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes workbooks for tests as spreadsheet programs write them, part by part, so that a part can be whatever a test wants. */
public final class Workbooks {

    /** Styles of cells: 0 general, 1 a date, 2 a number with separators of thousands, 3 a month. */
    private static final String STYLES =
            "<styleSheet><numFmts count='1'><numFmt numFmtId='164' formatCode='mmm\\ yyyy'/></numFmts>"
                    + "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
                    + "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='3'/><xf numFmtId='164'/></cellXfs></styleSheet>";

    private Workbooks() {}

    /** @param sheets name → the part of the sheet, in order */
    public static byte[] of(Map<String, String> sheets) {
        return zip(parts(sheets));
    }

    /** The parts of a workbook, to be changed by a test before it packs them. */
    public static Map<String, String> parts(Map<String, String> sheets) {
        Map<String, String> parts = new LinkedHashMap<>();
        StringBuilder workbook = new StringBuilder("<workbook xmlns:r='r'><sheets>");
        StringBuilder relations = new StringBuilder("<Relationships>");
        int number = 1;
        for (Map.Entry<String, String> sheet : sheets.entrySet()) {
            String part = "worksheets/sheet" + number + ".xml";
            workbook.append("<sheet name='" + sheet.getKey() + "' sheetId='" + number + "' r:id='rId" + number + "'/>");
            relations.append("<Relationship Id='rId" + number + "' Type='x/worksheet' Target='" + part + "'/>");
            parts.put("xl/" + part, sheet.getValue());
            number++;
        }
        relations
                .append("<Relationship Id='s' Type='x/styles' Target='styles.xml'/>")
                .append("<Relationship Id='t' Type='x/sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>");
        parts.put("xl/workbook.xml", workbook.append("</sheets></workbook>").toString());
        parts.put("xl/_rels/workbook.xml.rels", relations.toString());
        parts.put("xl/styles.xml", STYLES);
        parts.put(
                "_rels/.rels",
                "<Relationships><Relationship Id='w' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>");
        return parts;
    }

    public static byte[] zip(Map<String, String> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
