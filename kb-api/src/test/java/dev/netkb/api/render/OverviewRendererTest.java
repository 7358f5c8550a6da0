package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Overview;
import dev.netkb.model.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OverviewRendererTest {

    private static final Overview CHANGED =
            Overview.of(List.of(ReportExamples.mended()), List.of(ReportExamples.broken()));

    @Test
    void writesATableAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("summary.txt", table(Overview.of(List.of(ReportExamples.broken()), List.of())));
    }

    @Test
    void writesAChangeAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("summary-changed.txt", table(CHANGED));
        Golden.assertSame("summary-changed.json", json(CHANGED));
    }

    static Stream<Overview> everyExample() {
        return SarifRendererTest.everyExample()
                .flatMap(report -> Stream.of(
                        Overview.of(List.of(report), List.of()),
                        Overview.of(List.of(ReportExamples.mended()), List.of(report)),
                        Overview.of(List.of(report), List.of(ReportExamples.mended()))));
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void obeysTheSchemaThatIsShippedAndCommandsNoTerminal(Overview overview) throws IOException {
        String json = json(overview);

        assertThat(Schemas.own(OverviewRenderer.SCHEMA_RESOURCE, json)).isEmpty();
        assertThat((json + table(overview)).codePoints().filter(c -> c != '\n' && Printable.isUnsafe(c)))
                .isEmpty();
    }

    @Test
    void theSchemaRefusesWhatItDoesNotName() throws IOException {
        assertThat(Schemas.own(OverviewRenderer.SCHEMA_RESOURCE, json(CHANGED).replace("\"unchanged\"", "\"same\"")))
                .isNotEmpty();
    }

    @Test
    void saysThatNothingWasChecked() throws IOException {
        Report empty = ReportExamples.empty();

        assertThat(table(Overview.of(List.of(empty), List.of()))).contains("NOTHING WAS CHECKED, which is no pass");
    }

    private static String table(Overview overview) throws IOException {
        StringBuilder out = new StringBuilder();
        new OverviewRenderer(TextStyle.PLAIN).table(overview, out);
        return out.toString();
    }

    private static String json(Overview overview) throws IOException {
        StringBuilder out = new StringBuilder();
        new OverviewRenderer(TextStyle.PLAIN).json(overview, out);
        return out.toString();
    }
}
