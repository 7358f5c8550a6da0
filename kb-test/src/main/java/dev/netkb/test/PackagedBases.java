package dev.netkb.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The networks without faults that this library brings along: the ones that the packaged examples start from. */
final class PackagedBases {

    private static final String ROOT = "/netkb/examples/bases";
    private static final String YAML = ".yaml";

    private PackagedBases() {}

    /** The network of a name such as {@code external}; empty where there is none. */
    static Optional<ExampleNetwork> named(String name) {
        if (!name.matches("[a-z0-9-]+")) {
            return Optional.empty();
        }
        try (InputStream in = PackagedBases.class.getResourceAsStream(ROOT + "/" + name + YAML)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(ExampleNetwork.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new ExampleException(
                    "the network '" + name + "' of this library cannot be read: " + e.getMessage(), e);
        }
    }

    /** The names of all, sorted. */
    static List<String> names() {
        URL root = PackagedBases.class.getResource(ROOT);
        if (root == null) {
            return List.of();
        }
        try {
            URI uri = root.toURI();
            if (!uri.getScheme().equals("jar")) {
                return names(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return names(jar.getPath(ROOT));
            }
        } catch (IOException | URISyntaxException e) {
            throw new ExampleException("the networks of this library cannot be listed: " + e.getMessage(), e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(YAML))
                    .map(file -> file.substring(0, file.length() - YAML.length()))
                    .sorted()
                    .toList();
        }
    }
}
