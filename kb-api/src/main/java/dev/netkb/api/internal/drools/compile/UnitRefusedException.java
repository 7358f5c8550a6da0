package dev.netkb.api.internal.drools.compile;

import java.util.List;

/** Compiled rules that name or do something that they may not. Nothing of them ran. */
public final class UnitRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;

    UnitRefusedException(List<Refusal> refusals) {
        super(refusals.toString());
        this.refusals = List.copyOf(refusals);
    }

    public List<Refusal> refusals() {
        return refusals;
    }
}
