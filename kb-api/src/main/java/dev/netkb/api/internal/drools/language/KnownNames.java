package dev.netkb.api.internal.drools.language;

import java.util.Set;

/**
 * What rules of a folder can name besides the facts.
 *
 * @param packaged the ids of the packaged rules and rows
 * @param own the ids of the rows of the folder's tables
 * @param remediations the keys of the remediations
 */
public record KnownNames(Set<String> packaged, Set<String> own, Set<String> remediations) {

    public KnownNames {
        packaged = Set.copyOf(packaged);
        own = Set.copyOf(own);
        remediations = Set.copyOf(remediations);
    }
}
