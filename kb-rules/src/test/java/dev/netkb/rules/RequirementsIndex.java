package dev.netkb.rules;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every id that there is or will be, one a line: {@code docs/requirements-index.csv}. */
final class RequirementsIndex {

    static final Path FILE = Path.of("../docs/requirements-index.csv");

    /** The state of an id that the catalogue does not hold yet. */
    static final String PENDING = "pending";

    private RequirementsIndex() {}

    /**
     * A line.
     *
     * @param family the family in the catalogue
     * @param topic what it is about; a heading of the pages
     * @param seed the number of the sentence in the seed article, S1 to S44; empty for others
     * @param state the kind in the catalogue, or {@link #PENDING}
     */
    record Line(String id, String family, String topic, String seed, String state) {

        boolean isPending() {
            return state.equals(PENDING);
        }

        /** The number of the sentence in the seed article, 0 for others. */
        int seedNumber() {
            return seed.isEmpty() ? 0 : Integer.parseInt(seed.substring(1));
        }
    }

    static List<Line> read() {
        try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                .readerFor(Map.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(PackageFiles.text(FILE))) {
            return lines.readAll().stream().map(RequirementsIndex::line).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(Map<String, String> cells) {
        List<String> values = Stream.of("id", "family", "topic", "seed", "state")
                .map(column -> cells.getOrDefault(column, ""))
                .toList();
        return new Line(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
    }
}
