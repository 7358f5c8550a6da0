package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** Terraform's plans and states, edited. */
class TerraformFuzzTest {

    private static final List<JsonNode> PLANS = Stream.concat(
                    Stream.of("modules", "old", "same-plan", "unresolved", "update")
                            .map(name -> Samples.fixture("terraform/" + name + ".json")),
                    Stream.of(Samples.resource("/snapshots/terraform-plan/plan.json")))
            .flatMap(TerraformPieces::of)
            .toList();

    private static final List<JsonNode> STATES = Stream.of("same-state", "state", "terraform.tfstate")
            .map(name -> Samples.fixture("terraform/" + name + ".json"))
            .flatMap(TerraformPieces::of)
            .toList();

    private static final List<JsonNode> AZAPI =
            TerraformPieces.of(Samples.fixture("terraform/azapi.json")).toList();

    @FuzzTest
    void plan(FuzzedDataProvider data) {
        edited(PLANS, data);
    }

    /** As {@code terraform show -json} writes it, and the raw one. */
    @FuzzTest
    void state(FuzzedDataProvider data) {
        edited(STATES, data);
    }

    /** A provider whose resources are ARM's own JSON. */
    @FuzzTest
    void azapi(FuzzedDataProvider data) {
        edited(AZAPI, data);
    }

    /** What a state and a plan say of the same resources has to fit together. */
    @FuzzTest
    void planAndState(FuzzedDataProvider data) {
        Invariants.read(EditedTree.of(pick(PLANS, data), data), EditedTree.of(pick(STATES, data), data));
    }

    private static void edited(List<JsonNode> pieces, FuzzedDataProvider data) {
        Invariants.read(EditedTree.of(pick(pieces, data), data));
    }

    private static JsonNode pick(List<JsonNode> pieces, FuzzedDataProvider data) {
        return pieces.get(data.consumeInt(0, pieces.size() - 1));
    }
}
