package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Overview;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
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

    /** Most violations are known from the second night on; the tables say so and still name the worst. */
    @Test
    void tellsHowManyOfTheViolationsAreKnown() throws IOException {
        String table = table(Overview.of(List.of(known(ReportExamples.broken())), List.of(ReportExamples.broken())));

        assertThat(table)
                .contains("  violated  (known)  undetermined  waived  subscriptions  requirement\n")
                .contains("         1      (1)             0       0              1  C-FLOW-IN-LB [ERROR]")
                .contains("  errors  warnings  infos  (known)  undetermined  waived  locations  subscription\n")
                .contains("       5         2      2      (9)             3       1          2  0000\n")
                .contains("  0 new, 0 solved, 0 undetermined now, 0 accepted now, 0 not looked at now, 9 unchanged\n");
    }

    private static Report known(Report report) {
        SnapshotReport all = report.snapshots().get(0);
        return new Report(
                report.toolVersion(),
                report.rules(),
                report.serviceTags(),
                List.of(new SnapshotReport(
                        all.source(),
                        true,
                        true,
                        all.problems(),
                        all.locations(),
                        all.results().stream()
                                .map(result -> result.outcome() == Outcome.VIOLATED ? result.asKnown() : result)
                                .toList())));
    }

    /** The counts of the reports are others than those of the tables: services may be in two, and known ones count apart. */
    @Test
    void endsWithWhereItLookedAndNoOtherCounts() throws IOException {
        assertThat(table(CHANGED)).endsWith("\n\n2 snapshots (1 rejected), 1 location\n");
    }

    @Test
    void saysWhatIsInNoSubscription() throws IOException {
        Overview overview = new Overview(
                Report.Summary.NONE,
                List.of(),
                List.of(
                        new Overview.Subscription("{subscription}", 1, 2, 0, 0, 0, 0, 0),
                        new Overview.Subscription("", 1, 1, 0, 0, 0, 0, 0)),
                null);

        assertThat(table(overview)).contains("  (planned, subscription not given)\n", "  (none)\n");
        assertThat(json(overview)).contains("\"id\": \"{subscription}\"", "\"id\": null");
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
