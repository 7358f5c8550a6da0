package dev.netkb.api.internal.drools.language;

import java.util.List;
import java.util.Set;

/**
 * What rules of a folder can name besides the facts.
 *
 * @param packaged the ids of the packaged rules and rows
 * @param own the ids of the rows of the folder's tables
 * @param required what packaged rules need of exports, such as {@code Subnet.ipConfigurations}
 * @param remediations the keys of the remediations
 * @param tiers the names of the tiers, as Azure writes them
 */
public record KnownNames(
        Set<String> packaged, Set<String> own, Set<String> required, Set<String> remediations, List<String> tiers) {

    public KnownNames {
        packaged = Set.copyOf(packaged);
        own = Set.copyOf(own);
        required = Set.copyOf(required);
        remediations = Set.copyOf(remediations);
        tiers = List.copyOf(tiers);
    }
}
