package dev.netkb.spark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A Spark of two threads in this JVM. */
final class LocalSpark implements AutoCloseable {

    private static final int SLICES = 3;

    private final SparkSession session = SparkSession.builder()
            .master("local[2]")
            .appName("netkb tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config(
                    "spark.sql.warehouse.dir",
                    Path.of("target", "warehouse").toUri().toString())
            .getOrCreate();

    SparkSession session() {
        return session;
    }

    Dataset<String> text(Path file) {
        return session.read().option("lineSep", "\n").textFile(file.toString());
    }

    Dataset<String> dataset(List<String> lines) {
        return session.createDataset(lines, Encoders.STRING()).repartition(SLICES);
    }

    /** All rows in an order of their own: of equal lines the rows are equal. */
    List<Row> ordered(Dataset<ResultRow> rows) {
        Column[] columns = ResultRows.COLUMNS.stream().map(functions::col).toArray(Column[]::new);
        return rows.select(columns).orderBy("snapshot", "position").collectAsList();
    }

    /** Rows that were made without Spark, as Spark would give them. */
    List<Row> ordered(List<ResultRow> rows) {
        return ordered(session.createDataset(rows, ResultRows.ENCODER));
    }

    @Override
    public void close() {
        session.stop();
    }
}
