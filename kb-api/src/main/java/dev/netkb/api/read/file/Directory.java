package dev.netkb.api.read.file;

import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads a directory with all that is below it as one snapshot. */
final class Directory {

    private Directory() {}

    /** @throws Refusal when it has no JSON file, or too many */
    static SnapshotSource read(Path path, String name) throws IOException {
        Unread unread = new Unread();
        List<Path> json = jsonFiles(path, unread);
        if (json.size() > Limits.FILES) {
            throw Refusal.tooMuch(
                    "",
                    "the directory has more than " + Limits.FILES + " JSON files",
                    "A directory is one snapshot; use --each where each of its children is one.");
        }
        List<SourceFile> files = new ArrayList<>();
        long size = 0;
        for (Path child : json) {
            String file = Names.of(path.relativize(child));
            byte[] content = content(child, file);
            size += content.length;
            if (size > Limits.SNAPSHOT) {
                throw Refusal.tooMuch(
                        file,
                        "the JSON files of the directory have more than " + Limits.megabytes(Limits.SNAPSHOT)
                                + " together",
                        "A directory is one snapshot; use --each where each of its children is one.");
            }
            files.add(new SourceFile(file, content));
        }
        if (files.isEmpty()) {
            throw Refusal.notAccepted(
                    "the directory " + Problems.quote(name) + " has no *.json file",
                    "Put the exports of one snapshot into it; use --each where each of its children is a snapshot."
                            + unread.hints());
        }
        return new SnapshotSource(name, files, unread.notices());
    }

    private static byte[] content(Path path, String file) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Opened.whole(FileKind.of(file) == FileKind.PACKED ? Unpacked.of(file, in) : in, file);
        }
    }

    /** All JSON files below a directory, sorted; hidden files and linked directories are left out. */
    private static List<Path> jsonFiles(Path directory, Unread unread) throws IOException {
        List<Path> json = new ArrayList<>();
        walk(directory, directory, json, unread);
        json.sort(Comparator.comparing(file -> Names.of(directory.relativize(file))));
        return json;
    }

    private static void walk(Path root, Path directory, List<Path> json, Unread unread) throws IOException {
        for (Path child : children(directory)) {
            String relative = Names.of(root.relativize(child));
            if (Names.isHidden(relative)) {
                continue;
            }
            if (Files.isDirectory(child)) {
                if (Files.isSymbolicLink(child)) {
                    unread.addLink(relative);
                } else if (root.relativize(child).getNameCount() >= Limits.DIRECTORIES) {
                    unread.addDeep(relative);
                } else {
                    walk(root, child, json, unread);
                }
            } else if (!Files.isRegularFile(child)) {
                unread.addSpecial(relative);
            } else if (FileKind.of(relative).isFile()) {
                json.add(child);
            } else {
                unread.add(relative);
            }
        }
    }

    /** Sorted by name. */
    static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted(
                            Comparator.comparing(child -> child.getFileName().toString()))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
