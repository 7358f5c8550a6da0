package dev.netkb.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sha2;

import dev.netkb.api.rules.RulesRejectedException;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Evaluates snapshots on Spark: {@link dev.netkb.api.KnowledgeBase#evaluateAll} on many machines, with the same results.
 *
 * <p>A snapshot that cannot be read or evaluated costs its own row, which says why, and nothing else. Rules are loaded once in
 * each JVM. Nothing is evaluated before the rows are used, and again each time that they are: write or cache them.
 */
public final class SnapshotEvaluation {

    /** The column that names a snapshot, for {@link #evaluateNamed}. */
    public static final String NAME = "name";

    /** The column that holds a snapshot, for {@link #evaluateNamed}. */
    public static final String JSON = "json";

    private static final int SHA_256 = 256;

    private SnapshotEvaluation() {}

    /**
     * The results of snapshots, one a line, each as a line of a {@code .jsonl} file is read. A snapshot is named after the
     * SHA-256 of its line, which is what {@code sha2(value, 256)} says of it in SQL. Blank lines are no snapshots; null is one
     * that is rejected.
     *
     * @throws RulesRejectedException when what the options name cannot be used
     * @throws IllegalArgumentException when parameters contradict what folders of rules say
     */
    public static Dataset<ResultRow> evaluate(Dataset<String> jsonSnapshots, SparkOptions options) {
        return evaluateNamed(
                jsonSnapshots.toDF(JSON).select(sha2(col(JSON), SHA_256).as(NAME), col(JSON)), options);
    }

    /**
     * As {@link #evaluate}, of snapshots that have names.
     *
     * @param snapshots with the columns {@value #NAME}, a text, and {@value #JSON}, a text or its bytes in UTF-8; others are
     *     left alone
     */
    public static Dataset<ResultRow> evaluateNamed(Dataset<Row> snapshots, SparkOptions options) {
        Shipped shipped = Shipped.of(options);
        // What cannot be loaded is to be told here, and not by a task.
        Evaluator.of(shipped.key(), () -> options);
        Broadcast<byte[]> content = JavaSparkContext.fromSparkContext(
                        snapshots.sparkSession().sparkContext())
                .broadcast(shipped.bytes());
        Column[] columns = ResultRows.COLUMNS.stream().map(name -> col(name)).toArray(Column[]::new);
        // As bytes: a text that is no UTF-8 would be mended on its way, and then be taken for one.
        return snapshots
                .select(col(NAME).cast("string"), col(JSON).cast("binary"))
                .mapPartitions(task(shipped.key(), content), ResultRows.ENCODER)
                .select(columns)
                .as(ResultRows.ENCODER);
    }

    private static MapPartitionsFunction<Row, ResultRow> task(String key, Broadcast<byte[]> content) {
        return rows -> {
            Evaluator evaluator = Evaluator.of(key, () -> Shipped.unpacked(content.value()));
            return evaluated(rows, evaluator);
        };
    }

    /** One snapshot after the other, so that no more than the rows of one are in memory. */
    private static Iterator<ResultRow> evaluated(Iterator<Row> rows, Evaluator evaluator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .flatMap(row -> evaluator
                        .rows(row.isNullAt(0) ? null : row.getString(0), row.isNullAt(1) ? null : row.<byte[]>getAs(1))
                        .stream())
                .iterator();
    }
}
