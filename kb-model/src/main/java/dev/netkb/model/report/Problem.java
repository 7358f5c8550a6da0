package dev.netkb.model.report;

import dev.netkb.model.value.Place;

/**
 * Something in an input that could not be read as it stands.
 *
 * @param code its page in the documentation, such as {@code KB-E104}
 * @param level an {@code ERROR} rejects the snapshot
 * @param message what is wrong, with the value
 * @param at where it stands, with line and column where they are known
 * @param hint what to do
 */
public record Problem(String code, Level level, String message, Place at, String hint) {

    /** The same problem at another place, such as one that was completed with line and column. */
    public Problem movedTo(Place place) {
        return new Problem(code, level, message, place, hint);
    }

    /** How bad a problem is for the snapshot. */
    public enum Level {
        ERROR,
        WARNING,
        NOTICE
    }
}
