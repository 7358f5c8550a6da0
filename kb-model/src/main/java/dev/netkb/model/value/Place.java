package dev.netkb.model.value;

/**
 * Where a value was read.
 *
 * @param file the name of the file within the snapshot
 * @param pointer the JSON pointer (RFC 6901) of the value in that file
 * @param line,column from 1, columns of JSON in UTF-16 code units; 0 where they were not looked up (readers remember pointers, lines are found on demand)
 */
public record Place(String file, String pointer, int line, int column) {

    public static final Place NOWHERE = new Place("", "");

    public Place(String file, String pointer) {
        this(file, pointer, 0, 0);
    }

    /** The place of a field of this value: the field may stand directly in it or below its {@code properties}. */
    public Place field(String name) {
        return this == NOWHERE ? this : new Place(file, pointer + "/" + escape(name));
    }

    public Place index(int index) {
        return this == NOWHERE ? this : new Place(file, pointer + "/" + index);
    }

    /** One segment of a pointer, escaped as RFC 6901 demands. */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
