package dev.netkb.model.reach.oracle;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;

/** Addresses in any of some spans. */
record Spans(List<Span> spans) implements Zone {

    static Spans of(Span... spans) {
        return new Spans(List.of(spans));
    }

    static Spans ofTexts(Collection<String> cidrs) {
        return new Spans(cidrs.stream().map(Line::cidr).toList());
    }

    static Spans ofPrefixes(Collection<AddressPrefix> prefixes) {
        return ofTexts(prefixes.stream().map(AddressPrefix::text).toList());
    }

    static Spans ofSet(AddressSet set) {
        return ofTexts(set.toPrefixes());
    }

    @Override
    public boolean holds(BigInteger address) {
        for (Span span : spans) {
            if (span.holds(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void addCuts(Collection<BigInteger> cuts) {
        for (Span span : spans) {
            cuts.add(span.first());
            cuts.add(span.last().add(BigInteger.ONE));
        }
    }
}
