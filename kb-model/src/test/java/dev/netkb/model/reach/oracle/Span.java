package dev.netkb.model.reach.oracle;

import java.math.BigInteger;

/** The numbers from {@code first} to {@code last}, both included. */
record Span(BigInteger first, BigInteger last) {

    boolean holds(BigInteger number) {
        return first.compareTo(number) <= 0 && number.compareTo(last) <= 0;
    }
}
