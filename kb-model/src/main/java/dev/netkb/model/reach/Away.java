package dev.netkb.model.reach;

/** Whether packets of a flow are led to a gateway, an appliance or nowhere instead of the internet. */
public enum Away {
    NONE,
    /** Data that would decide it are missing. */
    PERHAPS,
    /** At least one surely is. */
    SOME
}
