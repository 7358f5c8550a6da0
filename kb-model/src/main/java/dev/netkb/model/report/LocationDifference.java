package dev.netkb.model.report;

import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.Comparator;
import java.util.List;

/**
 * A location that differs between two snapshots.
 *
 * @param fields what differs of it; of a location that is added or removed everything that is known
 * @param dependents what holds one of its former addresses
 */
public record LocationDifference(
        ResourceId service, String location, ResourceChange.Kind kind, List<Field> fields, List<Dependent> dependents) {

    /** Service, then location. */
    public static final Comparator<LocationDifference> ORDER =
            Comparator.comparing(LocationDifference::service).thenComparing(LocationDifference::location);

    public LocationDifference {
        fields = List.copyOf(fields);
        dependents = List.copyOf(dependents);
    }

    /** A value of both snapshots; {@code none} where there is none. */
    public record Field(String name, String before, String after) {}

    /**
     * Something that holds an address that will change.
     *
     * @param field the field that holds it
     * @param inAfter whether the later snapshot still has it so; false where only the earlier one says it
     * @param at where it was read, in the later snapshot or else in the earlier one
     */
    public record Dependent(String address, String type, ResourceId id, String field, boolean inAfter, Place at) {}
}
