package dev.netkb.model.change;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Place;

/**
 * Something that holds an address which a location had before: a DNS record, a rule, a route, a backend.
 *
 * @param holder the fact that holds it
 * @param field the field that holds it, as exports name it
 * @param inAfter whether the later snapshot has it; false where only the earlier one was exported with such facts
 */
public record AddressDependent(AddressPrefix address, AzureFact holder, String field, boolean inAfter) {

    /** That it holds the address, with its place. */
    public Evidence evidence() {
        return new Evidence(
                (inAfter ? "" : Finding.BEFORE) + field,
                holder.id().parent().map(parent -> parent.name() + "/").orElse("")
                        + holder.id().name() + " holds " + address.text(),
                new FactRef(holder.factType(), holder.id()),
                place());
    }

    /** Where the address stands. */
    public Place place() {
        return holder.provenance().place().field(field);
    }
}
