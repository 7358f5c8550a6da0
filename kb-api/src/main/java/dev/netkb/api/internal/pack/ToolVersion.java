package dev.netkb.api.internal.pack;

/** The version of this library, from the manifest of its jar. */
public final class ToolVersion {

    private ToolVersion() {}

    public static String text() {
        String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
