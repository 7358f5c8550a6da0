package dev.netkb.model.derived;

import dev.netkb.model.azure.PrivateDnsRecordSet;

/** An address that a record set leads to, as text, so that locations are found by it. */
public record RecordTarget(PrivateDnsRecordSet recordSet, String address) {

    /** Whether it stands for every name that has no record of its own. */
    public boolean isWildcard() {
        return recordSet.name().startsWith("*");
    }
}
