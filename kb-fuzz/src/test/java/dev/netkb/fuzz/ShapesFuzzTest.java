package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Files that are nearly right: pieces of the fixtures with values, names and whole subtrees exchanged. */
class ShapesFuzzTest {

    /** Every mapper. */
    @FuzzTest
    void resources(FuzzedDataProvider data) {
        Invariants.read(EditedTree.of(Samples.some(Samples.RESOURCES, data), data));
    }

    /** Service tags, effective rules and routes, network status, security admin rules, providers, tables, envelopes. */
    @FuzzTest
    void answers(FuzzedDataProvider data) {
        Invariants.read(EditedTree.of(Samples.some(Samples.ANSWERS, data), data));
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
}
