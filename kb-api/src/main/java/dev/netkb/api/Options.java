package dev.netkb.api;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a snapshot is evaluated.
 *
 * @param baseline which requirements are applied
 * @param all whether the report also holds what passed and what does not apply
 * @param asOf the point in time from which the age of what was measured is counted; null for the newest one that the
 *     snapshot itself names, so that a snapshot gives the same report at any time
 * @param parameters what people know besides
 * @param limits what the evaluation may take
 */
public record Options(
        Baseline baseline, boolean all, @Nullable Instant asOf, Parameters parameters, Limits limits)
        implements Serializable {

    /** The newest requirements; only what is violated or undetermined is reported. */
    public static final Options DEFAULT = new Options(Baseline.AUTO, false);

    /** With the age counted from the newest point in time that the snapshot names. */
    public Options(Baseline baseline, boolean all) {
        this(baseline, all, null, Parameters.NONE);
    }

    /** With the limits that hold where nobody asks for others. */
    public Options(Baseline baseline, boolean all, @Nullable Instant asOf, Parameters parameters) {
        this(baseline, all, asOf, parameters, Limits.DEFAULT);
    }

    public Options withBaseline(Baseline wanted) {
        return new Options(wanted, all, asOf, parameters, limits);
    }

    public Options withAll(boolean wanted) {
        return new Options(baseline, wanted, asOf, parameters, limits);
    }

    public Options withAsOf(@Nullable Instant wanted) {
        return new Options(baseline, all, wanted, parameters, limits);
    }

    public Options withParameters(Parameters wanted) {
        return new Options(baseline, all, asOf, wanted, limits);
    }

    public Options withLimits(Limits wanted) {
        return new Options(baseline, all, asOf, parameters, wanted);
    }
}
