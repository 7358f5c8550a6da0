package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;

/** A fact that was exported and that evidence can point to. */
public interface AzureFact {

    /** Whose fact it is: its own resource id, or that of the resource it is a part of. */
    ResourceId id();

    Provenance provenance();

    /** The names of the fields whose value is not known, sorted. */
    default List<String> unknownFields() {
        return provenance().unknown().keySet().stream().sorted().toList();
    }

    /** The name of its type, such as {@code Subnet}. */
    default String factType() {
        return getClass().getSimpleName();
    }
}
