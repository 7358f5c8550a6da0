package dev.netkb.model.reach;

import dev.netkb.model.value.AddressSet;
import java.util.Objects;

/** Addresses of a known set that also lie where the signature says. */
record Term(AddressSet addresses, Signature signature) {

    static Term of(AddressSet addresses) {
        return new Term(addresses, Signature.NONE);
    }

    /** The addresses of a space that a symbol holds. */
    static Term inside(AddressSet space, Symbol symbol) {
        return of(space).alsoInside(symbol);
    }

    /** Those of the addresses that a symbol holds of which nothing was said yet. */
    Term alsoInside(Symbol symbol) {
        return new Term(addresses, Objects.requireNonNull(signature.insideOf(symbol), "nothing contradicts it"));
    }
}
