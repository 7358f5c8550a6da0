package dev.netkb.api.internal.drools.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a hostile rule did anything: it would set this property, or leave this file behind. */
public final class Canary {

    static final String PROPERTY = "netkb.canary";
    static final Path FILE = Path.of(System.getProperty("java.io.tmpdir"), "netkb-canary-" + ProcessHandle.current().pid());

    /** What a rule can call where it sees the classes of the test. */
    public static boolean trip() {
        System.setProperty(PROPERTY, "tripped");
        return true;
    }

    static void reset() throws IOException {
        System.clearProperty(PROPERTY);
        Files.deleteIfExists(FILE);
    }

    static boolean isTripped() {
        return System.getProperty(PROPERTY) != null || Files.exists(FILE);
    }

    private Canary() {}
}
