package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Files that are nearly right: pieces of the fixtures with values, names and whole subtrees exchanged. A target for one
 * shape gives fields the names of that shape alone, so that it stays with the reader that it is for: what comes of all names
 * at once is what {@code resources} and {@code answers} are for.
 */
class ShapesFuzzTest {

    /** Every mapper. */
    @FuzzTest
    void resources(FuzzedDataProvider data) {
        edited(Samples.RESOURCES, data);
    }

    @FuzzTest
    void serviceTags(FuzzedDataProvider data) {
        ofOneShape(Samples.SERVICE_TAGS, data);
    }

    /** Effective rules and effective routes. */
    @FuzzTest
    void effective(FuzzedDataProvider data) {
        ofOneShape(Samples.EFFECTIVE, data);
    }

    @FuzzTest
    void networkStatus(FuzzedDataProvider data) {
        ofOneShape(Samples.NETWORK_STATUS, data);
    }

    @FuzzTest
    void adminRules(FuzzedDataProvider data) {
        ofOneShape(Samples.ADMIN_RULES, data);
    }

    /** All kinds of answers beside one another; also providers, tables and envelopes. */
    @FuzzTest
    void answers(FuzzedDataProvider data) {
        edited(Samples.ANSWERS, data);
    }

    /** Two files, whose facts have to fit together. */
    @FuzzTest
    void files(FuzzedDataProvider data) {
        Invariants.read(
                EditedTree.of(Samples.some(Samples.RESOURCES, data), data),
                EditedTree.of(Samples.some(data.consumeBoolean() ? Samples.RESOURCES : Samples.ANSWERS, data), data));
    }

    /** The project's own format. */
    @FuzzTest
    void ownFormat(FuzzedDataProvider data) {
        Invariants.read(EditedTree.of(Samples.own(data), data));
    }

    private static void ofOneShape(Samples.Shape shape, FuzzedDataProvider data) {
        Invariants.read(EditedTree.of(Samples.some(shape.pieces(), data), shape.keys(), data));
    }

    private static void edited(List<JsonNode> pieces, FuzzedDataProvider data) {
        Invariants.read(EditedTree.of(Samples.some(pieces, data), data));
    }
}
