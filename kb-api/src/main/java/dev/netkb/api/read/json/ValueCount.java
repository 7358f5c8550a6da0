package dev.netkb.api.read.json;

/** How many values the files of a snapshot may still hold. Not thread-safe. */
public final class ValueCount {

    private int left;

    public ValueCount(int most) {
        this.left = most;
    }

    /** Takes one; false where none was left. */
    boolean take() {
        return --left >= 0;
    }
}
