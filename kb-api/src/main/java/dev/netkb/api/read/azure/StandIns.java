package dev.netkb.api.read.azure;

import java.util.Locale;

/** Ids in which names that nobody knows before the deployment have stand-ins, such as {@code {parameter}}. */
public final class StandIns {

    private StandIns() {}

    /** Whether two ids may be one: all their parts are equal, or one of two is not known. */
    public static boolean mayBeSame(String one, String other) {
        String[] a = one.toLowerCase(Locale.ROOT).split("/", -1);
        String[] b = other.toLowerCase(Locale.ROOT).split("/", -1);
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (!a[i].equals(b[i]) && !isIn(a[i]) && !isIn(b[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a stand-in in a name or an id. */
    public static boolean isIn(String text) {
        return text.indexOf('{') >= 0;
    }
}
