package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;

/** A fact that was exported and that evidence can point to. */
public interface AzureFact {

    /** Whose fact it is: its own resource id, or that of the resource it is a part of. */
    ResourceId id();

    Provenance provenance();

    /** Whether the value of a field is known: it is not an expression without a value or the like. */
    default boolean knows(String field) {
        return provenance().knows(field);
    }

    /** The names of the fields whose value is not known, sorted. */
    default List<String> unknownFields() {
        return provenance().unknown().keySet().stream().sorted().toList();
    }

    /** The name of its type, such as {@code Subnet}. */
    default String factType() {
        return getClass().getSimpleName();
    }
}
