package dev.netkb.api.edit;

import dev.netkb.api.internal.pack.TableCopy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small folder of rules to start with: it works as it is, and says in comments what can be changed. */
public final class RuleFolderTemplate {

    private static final String RESOURCES = "/netkb/folder/";
    private static final String TABLE = "requirements.csv";
    private static final String WORKBOOK = "requirements.xlsx";
    private static final String PACK = "pack.yaml";

    /** How the pack is named where its folder gives no name. */
    private static final String NAME = "our-rules";

    private static final List<String> FILES = List.of(
            "README.md",
            PACK,
            TABLE,
            "rules.drl",
            "parameters.yaml",
            "waivers.yaml",
            "examples/X-PARTNER-443.yaml",
            "examples/X-RDP-INTERNET.yaml",
            "examples/bases/external.yaml");

    private RuleFolderTemplate() {}

    /**
     * Writes the folder.
     *
     * @param folder made where it is missing
     * @return the files, relative to the folder
     * @throws NotDirectoryException when there is a file of that name
     * @throws DirectoryNotEmptyException when something is in the folder; nothing was written then
     * @throws IOException when it cannot be written
     */
    public static List<Path> write(Path folder) throws IOException {
        refuseContent(folder);
        for (String file : FILES) {
            write(folder.resolve(file), file.equals(PACK) ? named(content(file), folder) : content(file));
        }
        write(folder.resolve(WORKBOOK), TableCopy.asWorkbook(TABLE, content(TABLE)));
        return Stream.concat(FILES.stream(), Stream.of(WORKBOOK))
                .sorted()
                .map(Path::of)
                .toList();
    }

    /** The pack is named after its folder, so that two folders are told apart. */
    private static byte[] named(byte[] pack, Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String name = last == null
                ? ""
                : last.toString().replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[-_]+|[-_]+$", "");
        boolean usable = name.matches("[A-Za-z].*") && !name.equalsIgnoreCase("netkb");
        return usable
                ? new String(pack, StandardCharsets.UTF_8)
                        .replace("name: " + NAME, "name: \"" + name + "\"")
                        .getBytes(StandardCharsets.UTF_8)
                : pack;
    }

    private static void refuseContent(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        try (Stream<Path> children = Files.list(folder)) {
            if (children.findAny().isPresent()) {
                throw new DirectoryNotEmptyException(folder.toString());
            }
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(file, content);
    }

    private static byte[] content(String file) throws IOException {
        try (InputStream in = RuleFolderTemplate.class.getResourceAsStream(RESOURCES + file)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks its file " + RESOURCES + file);
            }
            return in.readAllBytes();
        }
    }
}
