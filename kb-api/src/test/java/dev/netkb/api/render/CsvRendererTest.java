package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.netkb.model.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvRendererTest {

    @Test
    void writesABrokenDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("broken.csv", render(ReportExamples.broken()));
    }

    @Test
    void writesAMendedDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("mended.csv", render(ReportExamples.mended()));
    }

    @Test
    void beginsWithTheMarkThatSpreadsheetsLookForAndTheHeader() throws IOException {
        assertThat(render(ReportExamples.clean()))
                .isEqualTo(
                        "\uFEFFsnapshot,outcome,severity,rule,title,message,subjectType,subject,location,subscription,"
                                + "direction,protocol,ports,remote,verdict,decidedBy,denied,missing,file,line,remediation,command,"
                                + "waiverReason,waiverOwner,waiverExpires,source,pack\r\n");
    }

    static Stream<Report> everyExample() {
        return SarifRendererTest.everyExample();
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void hasARowForEachResultAndForEachSnapshotThatIsNoPass(Report report) throws IOException {
        long results =
                report.snapshots().stream().mapToLong(s -> s.results().size()).sum();
        long troubled = report.snapshots().stream()
                .filter(s -> SnapshotState.of(s) != SnapshotState.EVALUATED)
                .count();

        List<List<String>> rows = rows(render(report));

        assertThat(rows).hasSize((int) (1 + results + troubled));
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(CsvRenderer.COLUMNS.size()));
        assertThat(rows.stream().flatMap(List::stream).mapToInt(String::length)).allMatch(length -> length < 32_767);
    }

    /** Whatever separator a spreadsheet takes, no cell begins like a formula. */
    @ParameterizedTest
    @MethodSource("everyExample")
    void holdsNoCellThatASpreadsheetTakesForAFormula(Report report) throws IOException {
        String text = render(report);

        assertThat(text).matches("(?s)\uFEFF([^\r\n]*\r\n)*").doesNotContain("\t");
        for (char separator : new char[] {',', ';'}) {
            for (List<String> row : rows(text, separator)) {
                assertThat(row)
                        .allSatisfy(cell -> assertThat(cell.replaceFirst("^[\\p{Z}\"]+", ""))
                                .doesNotMatch("(?s)[-=+@\uFF1D\uFF0B\uFF0D\uFF20].*"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain | plain",
                "a-b=c+d@e | a-b=c+d@e",
                "=1 | '=1",
                "-1 | '-1",
                "+1 | '+1",
                "@a | '@a",
                "~ =1~ | ' =1",
                "~\"=1~ | ~\"'\"\"=1\"~",
                "~a; =1~ | ~\"a;' =1\"~",
                "~a,b~ | ~\"a,b\"~",
                "~say \"b\"~ | ~\"say \"\"b\"\"\"~",
            })
    void writesOnlyTexts(String text, String expected) {
        assertThat(CsvRenderer.cell(text)).isEqualTo(expected);
    }

    @Test
    void showsWhatACellCannotHold() {
        assertThat(CsvRenderer.cell("\t=1\r\n")).isEqualTo("\\u0009=1\\u000d\\u000a");
        assertThat(CsvRenderer.cell("x".repeat(40_000)))
                .hasSizeLessThan(32_767)
                .endsWith("x ... and 8000 more characters");
    }

    @Test
    void saysWhatAPersonFiltersBy() throws IOException {
        Map<String, String> sql = records(render(ReportExamples.broken())).stream()
                .filter(row -> row.get("rule").equals("C-FLOW-OUT-SQL"))
                .findFirst()
                .orElseThrow();

        assertThat(sql)
                .containsEntry("snapshot", "broken")
                .containsEntry("outcome", "violated")
                .containsEntry("severity", "error")
                .containsEntry("location", "westeurope")
                .containsEntry("subscription", "0000")
                .containsEntry("ports", "1433")
                .containsEntry("verdict", "denied")
                .containsEntry("decidedBy", "nsg-apim/deny-internet (priority 200, Deny)")
                .containsEntry("file", "export.json")
                .containsEntry("line", "97")
                .containsEntry("pack", "netkb-rules");
    }

    @Test
    void namesARejectedSnapshotAndOneInWhichNothingWasChecked() throws IOException {
        assertThat(records(render(ReportExamples.mended())))
                .last()
                .satisfies(row -> assertThat(row)
                        .containsEntry("snapshot", "torn.json")
                        .containsEntry("outcome", "rejected")
                        .containsEntry("rule", "KB-E101")
                        .containsEntry("line", "17"));
        assertThat(records(render(ReportExamples.empty())))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("outcome", "nothingChecked"));
    }

    private static List<Map<String, String>> records(String csv) throws IOException {
        CsvSchema header = CsvSchema.emptySchema().withHeader();
        try (MappingIterator<Map<String, String>> rows =
                new CsvMapper().readerFor(Map.class).with(header).readValues(csv.substring(1))) {
            return rows.readAll();
        }
    }

    private static List<List<String>> rows(String csv) throws IOException {
        return rows(csv, ',');
    }

    /** A spreadsheet that takes another separator reads the same text otherwise, and is less strict about quotes. */
    private static List<List<String>> rows(String csv, char separator) throws IOException {
        if (separator != ',') {
            return csv.substring(1)
                    .lines()
                    .map(line -> List.of(line.split(";")))
                    .toList();
        }
        try (MappingIterator<List<String>> rows = CsvMapper.builder()
                .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                .build()
                .readerForListOf(String.class)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator))
                .readValues(csv.substring(1))) {
            return rows.readAll();
        }
    }

    private static String render(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        new CsvRenderer().render(report, out);
        return out.toString();
    }
}
