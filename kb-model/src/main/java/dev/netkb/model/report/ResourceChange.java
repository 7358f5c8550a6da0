package dev.netkb.model.report;

import dev.netkb.model.value.ResourceId;
import java.util.Comparator;

/**
 * A resource that differs between two snapshots.
 *
 * @param type the type of the fact, such as {@code NsgRule}
 */
public record ResourceChange(String type, ResourceId id, Kind kind) {

    /** What became of it. */
    public enum Kind {
        ADDED("added"),
        REMOVED("removed"),
        CHANGED("changed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in reports. */
        public String word() {
            return word;
        }
    }

    /** Type, then id. */
    public static final Comparator<ResourceChange> ORDER =
            Comparator.comparing(ResourceChange::type).thenComparing(ResourceChange::id);
}
