package dev.netkb.model.reach.oracle;

import java.math.BigInteger;
import java.util.Collection;

/** A set of addresses: which it holds, and where on the line that may change. */
interface Zone {

    Zone NOWHERE = Spans.of();

    boolean holds(BigInteger address);

    /** Adds every number at which membership may differ from that of the number before. */
    void addCuts(Collection<BigInteger> cuts);

    default Zone or(Zone other) {
        Zone mine = this;
        return new Zone() {
            @Override
            public boolean holds(BigInteger address) {
                return mine.holds(address) || other.holds(address);
            }

            @Override
            public void addCuts(Collection<BigInteger> cuts) {
                mine.addCuts(cuts);
                other.addCuts(cuts);
            }
        };
    }

    default Zone and(Zone other) {
        return not().or(other.not()).not();
    }

    default Zone not() {
        Zone mine = this;
        return new Zone() {
            @Override
            public boolean holds(BigInteger address) {
                return !mine.holds(address);
            }

            @Override
            public void addCuts(Collection<BigInteger> cuts) {
                mine.addCuts(cuts);
            }
        };
    }
}
