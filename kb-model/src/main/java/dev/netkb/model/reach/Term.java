package dev.netkb.model.reach;

import dev.netkb.model.value.AddressSet;

/** Addresses of a known set that also lie where the signature says. */
record Term(AddressSet addresses, Signature signature) {

    static Term of(AddressSet addresses) {
        return new Term(addresses, Signature.NONE);
    }
}
