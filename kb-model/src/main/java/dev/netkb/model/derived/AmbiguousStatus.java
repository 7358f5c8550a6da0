package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;

/**
 * A location without a network status of which it is known that it is its own, though some of the snapshot may be.
 *
 * @param answers how many may be its own
 */
public record AmbiguousStatus(Location location, int answers) {

    /** What is missing, and how to say whose an answer is. */
    public String missing() {
        return (answers == 1 ? "1 network status" : answers + " network statuses") + " of the export may be that of "
                + location.serviceId().name() + " in " + location.regionName()
                + ", but " + (answers == 1 ? "it does" : "they do") + " not say so; wrap the answer: {\"serviceId\": \""
                + location.serviceId() + "\", \"location\": \"" + location.regionName() + "\", \"value\": …}";
    }
}
