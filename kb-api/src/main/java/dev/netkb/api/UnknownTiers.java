package dev.netkb.api;

import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.model.azure.Location;
import dev.netkb.model.derived.Tiers;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tiers that no table knows: what depends on such a tier cannot be decided. */
public final class UnknownTiers {

    private UnknownTiers() {}

    /** One notice for each tier of each service. */
    public static List<Problem> in(Snapshot snapshot, Tiers tiers) {
        List<Problem> problems = new ArrayList<>();
        Set<List<Object>> told = new HashSet<>();
        for (Location location : snapshot.locations()) {
            if (tiers.isUnknownOf(location) && told.add(List.of(location.serviceId(), location.tierKey()))) {
                problems.add(new Problem(
                        ProblemCode.UNKNOWN_TIER.code(),
                        ProblemCode.UNKNOWN_TIER.level(),
                        "the tier of " + location.serviceId().name() + " is '" + location.sku() + "', which is none of "
                                + tiers.names(),
                        location.provenance().place().field("sku"),
                        "The tier is taken as not known: what depends on it is undetermined. Compare it with"
                                + " az apim show --query sku.name; " + Tiers.ADVICE + "."));
            }
        }
        return problems;
    }
}
