package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.RuleInfo;
import dev.netkb.rules.RequirementsIndex.Line;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The index of ids says the truth about the catalogue. Whoever adds an id changes its line. */
class RequirementsIndexTest {

    private static final Map<String, RuleInfo> CATALOGUE = KnowledgeBase.packaged().catalogue().stream()
            .collect(Collectors.toMap(RuleInfo::id, info -> info, (a, b) -> a, TreeMap::new));
    private static final List<Line> INDEX = RequirementsIndex.read();
    private static final Path EXAMPLES = Path.of("src/test/resources/examples");

    @Test
    void everyLineSaysTheKindOfItsIdInTheCatalogue() {
        List<String> faults = new ArrayList<>();
        for (Line line : INDEX) {
            RuleInfo info = CATALOGUE.get(line.id());
            String kind = info == null ? RequirementsIndex.PENDING : info.kind();
            if (!line.state().equals(kind)) {
                faults.add(line.id() + " is " + line.state() + " in " + RequirementsIndex.FILE + ", but "
                        + (info == null ? "the catalogue does not hold it" : "the catalogue holds it as " + kind)
                        + ": write " + kind);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyIdOfTheCatalogueHasALine() {
        Set<String> ids = INDEX.stream().map(Line::id).collect(Collectors.toSet());

        assertThat(CATALOGUE.keySet())
                .as("ids without a line in %s", RequirementsIndex.FILE)
                .filteredOn(id -> !ids.contains(id))
                .isEmpty();
    }

    @Test
    void whatIsDecidedHasExamplesAndWhatIsNotHasAReason() {
        for (Line line : INDEX) {
            RuleInfo info = CATALOGUE.get(line.id());
            if (info != null && info.kind().equals("note")) {
                assertThat(info.reason()).as(line.id()).isNotBlank();
            } else if (info != null) {
                assertThat(EXAMPLES.resolve(line.id() + ".yaml")).exists();
            }
        }
    }

    @Test
    void linesAreSortedAndHaveTheFamilyOfTheirId() {
        assertThat(INDEX).extracting(Line::id).isSorted().doesNotHaveDuplicates();
        assertThat(INDEX).allSatisfy(line -> {
            String first = line.id().startsWith("C-") ? "C-[A-Z0-9]+" : "[A-Z0-9]+";
            assertThat(line.id()).matches(Pattern.quote(line.family()) + "(-.+)?");
            assertThat(line.family()).matches(first);
        });
        CATALOGUE
                .values()
                .forEach(info -> assertThat(INDEX)
                        .filteredOn(line -> line.id().equals(info.id()))
                        .extracting(Line::family)
                        .as(info.id())
                        .containsExactly(info.family()));
    }

    @Test
    void everySentenceOfTheSeedArticleHasOneId() {
        assertThat(INDEX.stream()
                        .map(Line::seed)
                        .filter(seed -> !seed.isEmpty())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 44).mapToObj(n -> "S" + n).toList());
        assertThat(INDEX)
                .allSatisfy(line -> assertThat(line.id().startsWith("SEED-"))
                        .isEqualTo(!line.seed().isEmpty()));
    }

    @Test
    void everyTextIsNamedAfterAnIdAndNamedInThePack() {
        List<String> named = new ArrayList<>();
        PackageFiles.yaml("pack.yaml").path("texts").forEach(text -> named.add(text.asText()));
        Set<String> ids = INDEX.stream().map(Line::id).collect(Collectors.toSet());

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(PackageFiles.texts().stream()
                        .map(PackageFiles::pathInPack)
                        .toList());
        for (Path text : PackageFiles.texts()) {
            String id = text.getFileName().toString().replace(".md", "");

            assertThat(id).isIn(ids);
            RuleInfo info = CATALOGUE.get(id);
            if (info != null) {
                assertThat(info.text()).isEqualTo(PackageFiles.text(text));
            }
        }
    }

    /** So that a list for a baseline, which looks at the first and the last month, says what is applied. */
    @Test
    void rowsOfOneFlowLeaveNoMonthOut() {
        Map<String, List<Map<String, String>>> rows =
                PackageFiles.table("flows.csv").stream().collect(Collectors.groupingBy(row -> row.get("id")));
        YearMonth first = YearMonth.of(2016, 12);
        rows.forEach((id, all) -> {
            for (YearMonth month = first; month.getYear() < 2028; month = month.plusMonths(1)) {
                YearMonth now = month;
                boolean row = !id.startsWith("SEED-") && all.stream().anyMatch(r -> covers(r, now));

                assertThat(info(id).inForce(Baseline.parse(now.toString())))
                        .as(id + " in " + now)
                        .isEqualTo(row);
            }
        });
    }

    @Test
    void aListForTheSeedArticleHasItsIdsAndNoOthers() {
        assertThat(CATALOGUE.values())
                .allSatisfy(info -> assertThat(info.inForce(Baseline.SEED))
                        .isEqualTo(info.id().startsWith("SEED-")));
        assertThat(info("SEED-PORT-OUT-SQL").inForce(Baseline.AUTO)).isFalse();
        assertThat(info("SEED-TIER").inForce(Baseline.AUTO)).isTrue();
        assertThat(info("C-FLOW-OUT-SMTP").inForce(Baseline.AUTO)).isFalse();
    }

    private static RuleInfo info(String id) {
        RuleInfo info = CATALOGUE.get(id);
        assertThat(info).as(id).isNotNull();
        return Objects.requireNonNull(info);
    }

    private static boolean covers(Map<String, String> row, YearMonth month) {
        String since = row.getOrDefault("since", "");
        String until = row.getOrDefault("until", "");
        return !month.isBefore(YearMonth.parse(since)) && (until.isEmpty() || month.isBefore(YearMonth.parse(until)));
    }

    @Test
    void whatEveryRuleNeedsCanBeExported() {
        Set<String> exported = PackageFiles.table("exports.csv").stream()
                .map(row -> row.get("fact"))
                .collect(Collectors.toSet());
        for (RuleInfo info : CATALOGUE.values()) {
            assertThat(info.requires())
                    .as(info.id() + " needs a fact without a command: add a row to exports.csv")
                    .allMatch(fact -> exported.contains(fact.replaceFirst("\\..*", "")));
        }
        assertThat(info("C-NET-04").exports())
                .containsExactly("az apim list > apim.json", "az network vnet list > vnets.json");
        assertThat(info("C-NET-06").exports()).isEmpty();
    }

    @Test
    void onlyClassicTiersHavePlatforms() {
        assertThat(info("C-NET-04").platforms()).containsExactly("stv1", "stv2");
        assertThat(info("C-PIP-NEED").platforms()).containsExactly("stv2");
        assertThat(info("C-FLOW-OUT-KV").platforms()).containsExactly("stv1", "stv2");
        assertThat(info("C-API-IMPORT").platforms()).containsExactly("stv1", "stv2");
        assertThat(info("V2I-DELEG").platforms()).isEmpty();
        assertThat(info("V2O-NSG-KV").platforms()).isEmpty();
        assertThat(info("V2I-RBAC").platforms()).isEmpty();
    }
}
