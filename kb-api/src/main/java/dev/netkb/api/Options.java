package dev.netkb.api;

/**
 * How a snapshot is evaluated.
 *
 * @param baseline which requirements are applied
 * @param all whether the report also holds what passed and what does not apply
 */
public record Options(Baseline baseline, boolean all) {

    /** The newest requirements; only what is violated or undetermined is reported. */
    public static final Options DEFAULT = new Options(Baseline.AUTO, false);

    public Options withBaseline(Baseline wanted) {
        return new Options(wanted, all);
    }

    public Options withAll(boolean wanted) {
        return new Options(baseline, wanted);
    }
}
