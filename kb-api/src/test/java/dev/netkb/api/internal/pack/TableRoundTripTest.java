package dev.netkb.api.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.table.CsvTable;
import dev.netkb.api.internal.table.Grid;
import dev.netkb.api.internal.table.UnreadableTableException;
import dev.netkb.api.internal.table.Workbook;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Applicability.Scope;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.HostRequirement;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.Cloud;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written as a table and read again is the same, whatever the rows and the kind of file. */
class TableRoundTripTest {

    @Property(tries = 150)
    void textWithEachSeparator(@ForAll("rows") List<FlowRow> rows) throws UnreadableTableException {
        for (char separator : List.of(',', ';', '\t')) {
            String csv = TableWriter.csv(rows, separator);
            assertThat(read(List.of(CsvTable.read("t.csv", csv.getBytes(StandardCharsets.UTF_8)))))
                    .isEqualTo(rows);
            assertThat(csv.lines().flatMap(line -> List.of(line.split("[,;\t]", -1)).stream()))
                    .noneMatch(cell -> cell.matches("\"?[=+@-].*"));
        }
    }

    @Property(tries = 50)
    void workbooks(@ForAll("rows") List<FlowRow> rows) throws UnreadableTableException {
        assertThat(read(Workbook.read("t.xlsx", TableWriter.xlsx(rows)))).isEqualTo(rows);
    }

    private static List<FlowRow> read(List<Grid> grids) {
        List<RuleProblem> problems = new ArrayList<>();
        List<FlowRow> rows = new ArrayList<>();
        for (Grid grid : grids) {
            RequirementTable.read(grid, Set.of(), SmallPack.TIERS, problems)
                    .rows()
                    .forEach(row -> rows.add(row.row().at("")));
        }
        assertThat(problems).noneMatch(RuleProblem::isError);
        return rows;
    }

    @Provide
    Arbitrary<List<FlowRow>> rows() {
        return row().list().ofMaxSize(6);
    }

    private static Arbitrary<FlowRow> row() {
        Arbitrary<YearMonth> months = Arbitraries.integers().between(0, 120).map(YearMonth.of(2016, 12)::plusMonths);
        Arbitrary<Dates> dates = Combinators.combine(
                        months.injectNull(0.3),
                        Arbitraries.integers().between(1, 60).injectNull(0.5))
                .as((since, months2) -> new Dates(
                        since,
                        months2 == null ? null : (since == null ? YearMonth.of(2020, 1) : since).plusMonths(months2)));
        return Combinators.combine(
                        flow(), dates, sentence(), sentence(), ids().list().ofMaxSize(2))
                .as((flow, when, title, source, formerly) ->
                        new FlowRow(flow, when, title, source.equals("-") ? "" : source, "", formerly));
    }

    private static Arbitrary<FlowRequirement> flow() {
        Arbitrary<Requirement> requirements = Combinators.combine(
                        ids(), Arbitraries.of(Severity.class), applicability())
                .as((id, severity, where) -> new Requirement(id, severity, where, Set.of("Subnet")));
        return Combinators.combine(
                        requirements,
                        Arbitraries.of(Direction.class),
                        Arbitraries.of(ProtocolSet.TCP, ProtocolSet.UDP, ProtocolSet.WITH_PORTS, ProtocolSet.ALL),
                        ports(),
                        ports(),
                        Combinators.combine(remote(), remote().injectNull(0.7)).as((a, b) -> new String[] {a, b}),
                        hosts().injectNull(0.5),
                        sentence())
                .as((requirement, direction, protocols, sourcePorts, ports, remotes, hosts, purpose) ->
                        new FlowRequirement(
                                requirement,
                                hosts == null ? direction : Direction.OUTBOUND,
                                protocols,
                                sourcePorts,
                                hosts == null ? ports : PortSet.parse("80,443"),
                                hosts == null ? remotes[0] : "Internet",
                                purpose.length() % 2 == 0,
                                purpose.length() % 3 == 0 ? Feature.GIT : null,
                                purpose.length() % 5 == 0,
                                remotes[1],
                                purpose,
                                purpose.length() % 7 == 0 ? List.of("C-REGTAG", "C-LB-DEV") : List.of(),
                                hosts));
    }

    private static Arbitrary<Applicability> applicability() {
        return Combinators.combine(
                        Arbitraries.of(List.copyOf(CellValues.MODELS.values()))
                                .set()
                                .ofMaxSize(3),
                        Arbitraries.of(Platform.class).set().ofMaxSize(2),
                        Arbitraries.of(VirtualNetworkType.EXTERNAL, VirtualNetworkType.INTERNAL)
                                .set()
                                .ofMaxSize(2),
                        Arbitraries.of("developer", "premium", "premiumv2")
                                .set()
                                .ofMaxSize(2),
                        Arbitraries.of(Scope.class))
                .as(
                        (Set<NetworkModel> models,
                                Set<Platform> platforms,
                                Set<VirtualNetworkType> types,
                                Set<String> tiers,
                                Scope scope) -> new Applicability(models, platforms, types, tiers, scope));
    }

    private static Arbitrary<HostRequirement> hosts() {
        return Combinators.combine(
                        Arbitraries.of("login.contoso.com", "*.data.contoso.com", "<region>.contoso.com")
                                .list()
                                .ofMaxSize(3),
                        Arbitraries.of(Cloud.class).set().ofMaxSize(2),
                        Arbitraries.of("WindowsUpdate", "AzureBackup").set().ofMaxSize(2),
                        ids().injectNull(0.7))
                .as(HostRequirement::new);
    }

    private static Arbitrary<PortSet> ports() {
        return Arbitraries.of("*", "443", "80,443", "1000-2000", "0", "65535", "25,6381-6383")
                .map(PortSet::parse);
    }

    private static Arbitrary<String> remote() {
        return Arbitraries.of(
                "Internet",
                "VirtualNetwork",
                "Storage",
                "Storage.WestUS",
                "OwnSubnet",
                "DnsServers",
                "10.0.0.0/24,10.2.0.4",
                "192.0.2.0/24",
                "ContosoZentralrechner");
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.of("X-A", "X-PARTNER-443", "ABC-1-2");
    }

    /** Texts that spreadsheets like to change. */
    private static Arbitrary<String> sentence() {
        return Arbitraries.of(
                "-",
                "=1+1",
                "+49 89",
                "@all",
                "'quoted'",
                "a \"word\"",
                "one, two; three",
                "2026-04-01",
                "1,433",
                "007",
                "TRUE",
                "Kunden für ⌘ €",
                "-5",
                "''=x",
                "#REF!",
                "1E5");
    }
}
