package dev.netkb.api;

/** The version of this library, from the manifest of its jar. */
final class ToolVersion {

    private ToolVersion() {}

    static String text() {
        String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
