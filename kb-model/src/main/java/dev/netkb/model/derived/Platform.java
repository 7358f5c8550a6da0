package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;

/** The compute platform whose requirements a location has to meet. */
public enum Platform {
    STV1,
    STV2;

    /**
     * The platform of a location: stv1 where the export says so; else stv2, which is the only one that new instances
     * get since stv1 was retired on 2024-08-31.
     */
    public static Platform of(Location location) {
        return location.isStv1() ? STV1 : STV2;
    }
}
