package dev.netkb.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.Baseline;
import dev.netkb.api.BatchOptions;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Limits;
import dev.netkb.api.Options;
import dev.netkb.api.Parameters;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.accept.KnownViolations;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.render.JsonLinesRenderer;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotEvaluationTest {

    private static final List<byte[]> LINES = Lines.mixed();

    private static LocalSpark spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        spark = new LocalSpark();
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static List<SnapshotReport> reports(KnowledgeBase rules, Options options) {
        try (Stream<SnapshotReport> reports =
                rules.evaluateAll(Lines.inputs(LINES).stream(), options, BatchOptions.DEFAULT.withThreads(2))) {
            return reports.toList();
        }
    }

    private static List<Row> local(KnowledgeBase rules, Options options) {
        return local(reports(rules, options));
    }

    private static List<Row> local(List<SnapshotReport> reports) {
        return spark.ordered(reports.stream()
                .flatMap(report -> ResultRows.of(report).stream())
                .toList());
    }

    private Dataset<ResultRow> evaluated(SparkOptions options) throws IOException {
        return SnapshotEvaluation.evaluate(spark.text(Lines.write(folder.resolve("lines.jsonl"), LINES)), options);
    }

    // ---- the same as elsewhere

    @Test
    void givesTheRowsOfTheLocalBatch() throws IOException {
        List<Row> rows = spark.ordered(evaluated(SparkOptions.create()));

        assertThat(rows).isEqualTo(local(KnowledgeBase.packaged(), Options.DEFAULT));
        assertThat(rows).hasSizeGreaterThan(60);
    }

    @Test
    void aLineIsReadAsALineOfAFile() throws IOException {
        Path file = Lines.write(folder.resolve("lines.jsonl"), LINES);
        List<List<String>> ofFile = new ArrayList<>();
        try (Stream<SnapshotFiles.Found> lines = SnapshotFiles.all(file);
                Stream<SnapshotReport> reports = KnowledgeBase.packaged().evaluateAll(lines, Options.DEFAULT)) {
            reports.forEach(report -> ofFile.add(essence(report)));
        }

        List<List<String>> ofLines = reports(KnowledgeBase.packaged(), Options.DEFAULT).stream()
                .map(SnapshotEvaluationTest::essence)
                .toList();
        assertThat(ofLines).isEqualTo(ofFile);
    }

    /** What is told of a snapshot, whatever its name and that of its file are. */
    private static List<String> essence(SnapshotReport report) {
        List<String> words = new ArrayList<>(List.of(String.valueOf(report.evaluated())));
        report.problems()
                .forEach(problem -> words.add(problem.code()
                        + problem.at().column()
                        + problem.message().replace(report.source(), "NAME").replace("lines.jsonl", Evaluator.FILE)));
        report.results().forEach(result -> words.add(result.rule() + result.outcome() + result.message()));
        return words;
    }

    /** Every value of a row is the one of the same name in the lines that netkb check writes. */
    @Test
    void namesAndValuesAreThoseOfTheJsonReport() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        Iterator<String> rows = evaluated(SparkOptions.create().withOptions(Options.DEFAULT.withAll(true)))
                .filter(col("kind").equalTo("result"))
                .orderBy("snapshot", "position")
                .toJSON()
                .collectAsList()
                .iterator();
        List<SnapshotReport> reports = reports(KnowledgeBase.packaged(), Options.DEFAULT.withAll(true)).stream()
                .sorted((a, b) -> a.source().compareTo(b.source()))
                .toList();
        int compared = 0;
        for (SnapshotReport report : reports.stream()
                .filter(report -> !report.results().isEmpty())
                .distinct()
                .toList()) {
            StringBuilder line = new StringBuilder();
            new JsonLinesRenderer().render(report, Report.Rules.NONE, line);
            long twice = reports.stream().filter(report::equals).count();
            for (JsonNode expected : mapper.readTree(line.toString()).get("results")) {
                for (long i = 0; i < twice; i++) {
                    compared += compare("", mapper.readTree(rows.next()), expected);
                }
            }
        }
        assertThat(rows.hasNext()).isFalse();
        assertThat(compared).isGreaterThan(1_000);
    }

    private static int compare(String path, JsonNode row, JsonNode report) {
        int compared = 0;
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            String at = path + "/" + field.getKey();
            JsonNode same = report.path(field.getKey());
            if (path.isEmpty()
                    && List.of(
                                    "kind",
                                    "snapshot",
                                    "status",
                                    "complete",
                                    "position",
                                    "subscription",
                                    "problems",
                                    "locations",
                                    "notes")
                            .contains(field.getKey())) {
                continue;
            }
            if (field.getValue().isObject()) {
                compared += compare(at, field.getValue(), same);
            } else if (field.getValue().isArray()) {
                assertThat(field.getValue().size()).as(at).isEqualTo(same.size());
                for (int i = 0; i < same.size(); i++) {
                    compared += same.get(i).isObject()
                            ? compare(at, field.getValue().get(i), same.get(i))
                            : equal(at, field.getValue().get(i), same.get(i));
                }
            } else {
                compared += equal(at, field.getValue(), same);
            }
        }
        return compared;
    }

    private static int equal(String at, JsonNode row, JsonNode report) {
        assertThat(row).as(at).isEqualTo(report);
        return 1;
    }

    // ---- what is wrong with a line

    @Test
    void whatCannotBeReadIsARowThatSaysWhy() throws IOException {
        Dataset<Row> rejected = evaluated(SparkOptions.create())
                .filter("kind = 'snapshot' AND status = 'rejected'")
                .select(
                        "snapshot",
                        "problem.code",
                        "problem.message",
                        "problem.line",
                        "problem.column",
                        "problem.hint");

        assertThat(rejected.collectAsList()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(row -> {
            assertThat(row.getString(1)).startsWith("KB-E1");
            assertThat(row.getString(2)).isNotBlank();
            assertThat(row.getString(5)).isNotBlank();
        });
        assertThat(rejected.filter("snapshot = sha2('not JSON', 256)").collectAsList())
                .singleElement()
                .satisfies(
                        row -> assertThat(List.of(row.getInt(3), row.getInt(4))).isEqualTo(List.of(1, 5)));
    }

    @Test
    void everySnapshotIsAccountedFor() throws IOException {
        long notBlank = Lines.inputs(LINES).size();

        assertThat(evaluated(SparkOptions.create())
                        .filter("kind = 'snapshot' AND position = 0")
                        .count())
                .isEqualTo(notBlank);
    }

    @Test
    void nullIsARejectedSnapshotAndTheOthersGoOn() {
        Dataset<ResultRow> rows = SnapshotEvaluation.evaluate(
                spark.dataset(Arrays.asList(null, Lines.sample("classic-mended"), "")), SparkOptions.create());

        assertThat(rows.filter("kind = 'snapshot'")
                        .select("status", "problem.code")
                        .orderBy("status")
                        .collectAsList())
                .containsExactly(RowFactory.create("evaluated", null), RowFactory.create("rejected", "KB-E114"));
    }

    @Test
    void anEvaluationThatIsStoppedIsIncompleteAndSaysSo() {
        SparkOptions options =
                SparkOptions.create().withOptions(Options.DEFAULT.withLimits(Limits.DEFAULT.withMaxFirings(3)));

        assertThat(SnapshotEvaluation.evaluate(spark.dataset(List.of(Lines.sample("classic-broken"))), options)
                        .filter("kind = 'snapshot'")
                        .selectExpr("status", "complete", "exists(problems, p -> p.code = 'KB-E202')")
                        .collectAsList())
                .containsExactly(RowFactory.create("evaluated", false, true));
    }

    // ---- names

    @Test
    void snapshotsThatHaveNamesKeepThem() {
        StructType schema = new StructType(new StructField[] {
            DataTypes.createStructField("json", DataTypes.BinaryType, true),
            DataTypes.createStructField("day", DataTypes.IntegerType, true),
            DataTypes.createStructField("name", DataTypes.StringType, true)
        });
        Dataset<Row> named = spark.session()
                .createDataFrame(
                        List.of(
                                RowFactory.create(Lines.bytes(Lines.sample("classic-mended")), 1, "shop"),
                                RowFactory.create(Lines.bytes("{"), 2, null)),
                        schema);

        assertThat(SnapshotEvaluation.evaluateNamed(named, SparkOptions.create())
                        .filter("kind = 'snapshot'")
                        .select("snapshot", "status")
                        .orderBy("snapshot")
                        .collectAsList())
                .containsExactly(RowFactory.create("(no name)", "rejected"), RowFactory.create("shop", "evaluated"));
    }

    // ---- options

    @Test
    void differentOptionsWorkSideBySide() throws IOException {
        Options seed = Options.DEFAULT.withBaseline(Baseline.SEED);
        Options all =
                Options.DEFAULT.withAll(true).withParameters(Parameters.parse(Map.of("trustedAppliances", "10.0.1.4")));
        Dataset<ResultRow> first = evaluated(SparkOptions.create().withOptions(seed));
        Dataset<ResultRow> second = evaluated(SparkOptions.create().withOptions(all));

        CompletableFuture<List<Row>> meanwhile = CompletableFuture.supplyAsync(() -> spark.ordered(first));
        assertThat(spark.ordered(second)).isEqualTo(local(KnowledgeBase.packaged(), all));
        assertThat(meanwhile.join()).isEqualTo(local(KnowledgeBase.packaged(), seed));
        assertThat(local(KnowledgeBase.packaged(), seed)).isNotEqualTo(local(KnowledgeBase.packaged(), all));
    }

    @Test
    void rulesTagsWaiversAndKnownViolationsReachTheTasksAsContents() throws IOException {
        Path rules = rules(folder.resolve("contoso"));
        Path waivers = waivers(folder.resolve("waivers.yaml"));
        Path known = folder.resolve("known.json");
        Path tags = Path.of("../kb-samples/snapshots/internal-multi-region/service-tags.json");
        KnowledgeBase loaded = KnowledgeBase.load(RuleSources.of(rules));
        try (var out = Files.newBufferedWriter(known)) {
            KnownViolations.NONE
                    .updated(reports(loaded, Options.DEFAULT).subList(0, 1))
                    .known()
                    .writeTo(out);
        }
        LocalDate today = LocalDate.of(2026, 11, 26);
        Acceptance acceptance = new Acceptance(
                loaded.waivers().and(Waivers.load(waivers, loaded.ids())),
                KnownViolations.load(known, loaded.ids()),
                today);
        SnapshotReader reader = source -> SnapshotReader.create()
                .read(source)
                .withServiceTags(Evaluator.tags(SnapshotFiles.snapshot(tags).read(SnapshotReader.create())));
        List<Row> expected;
        try (Stream<SnapshotReport> reports =
                loaded.evaluateAll(Lines.inputs(LINES).stream(), Options.DEFAULT, BatchOptions.of(reader, 2))) {
            expected = local(reports.map(acceptance::of).toList());
        }
        SparkOptions options = SparkOptions.create()
                .withToday(today)
                .withRules(RuleSources.of(rules))
                .withServiceTags(tags)
                .withAccepted(List.of(waivers), known);
        Dataset<ResultRow> rows = evaluated(options);
        for (Path gone : List.of(rules, waivers, known)) {
            delete(gone);
        }

        assertThat(spark.ordered(rows)).isEqualTo(expected);
        assertThat(rows.filter("pack = 'contoso'").count()).isPositive();
        assertThat(rows.filter("outcome = 'waived' AND waiver.owner = 'team'").count())
                .isPositive();
        assertThat(rows.filter("outcome = 'known'").count()).isPositive();
        assertThat(rows.selectExpr("explode(problems) AS p")
                        .filter("p.code = 'KB-N361'")
                        .select("p.file")
                        .distinct()
                        .collectAsList())
                .as("of a waiver that expired, by the name that its file has where it was read")
                .containsExactly(RowFactory.create(rules + "/waivers.yaml"));
    }

    private static Path rules(Path root) throws IOException {
        Files.createDirectories(root.resolve("examples"));
        Files.writeString(root.resolve("requirements.csv"), """
                id,title,direction,protocol,ports,remote,severity
                OPS-PARTNER,The partner is reachable on 8443,Out,Tcp,8443,203.0.113.0/24,error
                """);
        Files.writeString(root.resolve("rules.drl"), """
                package custom;

                rule "OPS-UNITS Instances have three units or more"
                    @id("OPS-UNITS")
                    @severity("warning")
                    @description("One unit has no second machine.")
                    @requires("Location")
                when
                    $a : Applicable( rule == "OPS-UNITS", $loc : location )
                    $s : Location( key == $loc.key, units != null, units < 3 )
                then
                    insert( Finding.violated( $a, "the instance has few units" ) );
                end
                """);
        Files.writeString(
                root.resolve("waivers.yaml"),
                "- {rule: OPS-UNITS, subject: '*', reason: soon, owner: team, expires: 2020-01-01}\n");
        return root;
    }

    private static Path waivers(Path file) throws IOException {
        return Files.writeString(
                file, "- {rule: OPS-PARTNER, subject: '*', reason: moved, owner: team, expires: 2027-01-01}\n");
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void whatCannotBeUsedIsToldOnTheDriver() throws IOException {
        Path rules = rules(folder.resolve("contoso"));
        Files.writeString(rules.resolve("requirements.csv"), "id,title\nOPS-PARTNER,x\n");
        Path waivers = Files.writeString(folder.resolve("w.yaml"), "- {rule: NO-SUCH-RULE, subject: '*'}\n");
        Path tags = Files.writeString(folder.resolve("tags.json"), "{}");

        assertThatThrownBy(() -> SparkOptions.create().withRules(RuleSources.of(rules)))
                .isInstanceOf(RulesRejectedException.class)
                .hasMessageContaining(rules + "/requirements.csv");
        assertThatThrownBy(() -> SparkOptions.create().withAccepted(List.of(waivers), folder.resolve("none.json")))
                .isInstanceOf(RulesRejectedException.class)
                .hasMessageContaining(waivers + ":1")
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> SparkOptions.create().withServiceTags(tags))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tags.json' could not be loaded: it holds no service tags");
        assertThatThrownBy(() -> SparkOptions.create().withServiceTags(folder.resolve("none.json")))
                .hasMessageContaining("cannot be read");
    }

    // ---- as a table

    @Test
    void comesBackFromParquetAsItWas() throws IOException {
        Dataset<ResultRow> rows = evaluated(SparkOptions.create());
        String table = folder.resolve("results").toString();
        rows.write().parquet(table);

        Dataset<ResultRow> again = spark.session().read().parquet(table).as(ResultRows.ENCODER);
        assertThat(spark.ordered(again)).isEqualTo(spark.ordered(rows));
        assertThat(spark.ordered(again.collectAsList())).isEqualTo(spark.ordered(rows));
    }

    @Test
    void columnsHaveTheOrderThatIsPromised() throws IOException {
        assertThat(evaluated(SparkOptions.create()).columns()).containsExactlyElementsOf(ResultRows.COLUMNS);
        assertThat(ResultRows.ENCODER.schema().fieldNames()).containsExactlyInAnyOrderElementsOf(ResultRows.COLUMNS);
    }

    @Test
    void theQueriesOfTheDocumentationWork() throws IOException {
        Path file = Lines.write(folder.resolve("exports.jsonl"), LINES);
        SnapshotEvaluation.evaluate(spark.text(file), SparkOptions.create()).createOrReplaceTempView("results");
        spark.session().read().option("lineSep", "\n").text(file.toString()).createOrReplaceTempView("exports");

        List<String> queries = Pattern.compile("```sql\n(.*?);?\n```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/spark.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(queries)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(query -> assertThat(spark.session().sql(query).collectAsList())
                        .as(query)
                        .isNotEmpty());
    }
}
