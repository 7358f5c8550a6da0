package dev.netkb.cli;

import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.saved.ReportReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Keeps what a command writes from taking the place of what it reads. */
final class Overwriting {

    /** Options whose paths are written anyway. */
    private static final Set<String> WRITTEN = Set.of("--resume", "--rule-cache");

    /** What tells a report of a run before is in so many bytes. */
    private static final int BEGIN = 1 << 13;

    private Overwriting() {}

    /**
     * Refuses a file that the command line names to be read, whatever it is called there, or that is read in a folder that it
     * names, be it through a link. A report of a run before may be written over.
     *
     * @param file where the command is going to write
     * @throws ParameterException when that would destroy what is read
     */
    static void check(Path file, CommandLine command) {
        for (ArgSpec by : command.getCommandSpec().args()) {
            paths(by).forEach(path -> check(file, path, by, command));
        }
    }

    private static void check(Path file, Path read, ArgSpec by, CommandLine command) {
        if (isSame(file, read)) {
            throw new ParameterException(
                    command,
                    "'" + file + "' is read as " + name(by) + ", and would be written over: write into another file");
        }
        if (isReadIn(read, by, file)) {
            throw new ParameterException(
                    command,
                    "'" + file + "' is read as a part of " + name(by) + " '" + read
                            + "', is no report of a run before, and would be written over: write into another file");
        }
    }

    /** Whether two names are of one file, or will be. */
    static boolean isSame(Path a, Path b) {
        try {
            return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize())
                    || Files.isRegularFile(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    /** The paths that an option or a parameter names to be read, and what has to stay beside them. */
    private static Stream<Path> paths(ArgSpec by) {
        if (WRITTEN.contains(name(by))) {
            return Stream.empty();
        }
        Object value = by.getValue();
        return (value instanceof Collection<?> many ? many.stream() : Stream.ofNullable(value))
                .flatMap(each -> path(each, by).stream())
                .filter(path -> !Inputs.isStandardInput(path))
                .flatMap(path -> PartialFile.isOne(path) ? Stream.of(path, PartialFile.markOf(path)) : Stream.of(path));
    }

    private static List<Path> path(Object value, ArgSpec by) {
        if (value instanceof Path path) {
            return List.of(path);
        }
        return name(by).equals(TemplateOptions.PARAMETERS)
                ? TemplateOptions.file(value.toString()).stream().toList()
                : List.of();
    }

    private static String name(ArgSpec by) {
        return by instanceof OptionSpec option ? option.longestName() : by.paramLabel();
    }

    private static boolean isReadIn(Path folder, ArgSpec by, Path file) {
        if (!Files.isRegularFile(file) || !Files.isDirectory(folder)) {
            return false;
        }
        try {
            byte[] begin = begin(file);
            boolean any = isOfRules(by) || name(by).equals("--each") && isJson(begin);
            return holds(folder, any ? entry -> true : SnapshotFiles::isRead, file)
                    && begin.length > 0
                    && !ReportReader.recognises(begin);
        } catch (IOException e) {
            return true; // nobody knows what would be lost
        }
    }

    /** Whether one of the entries below a folder that are read is the file, or a link to it. */
    private static boolean holds(Path folder, Predicate<Path> isRead, Path file) throws IOException {
        long size = Files.size(file);
        boolean[] found = {false};
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) throws IOException {
                        found[0] = attributes.size() == size && isRead.test(entry) && Files.isSameFile(entry, file);
                        return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                    }

                    /** A circle of links, or what cannot be read anyway. */
                    @Override
                    public FileVisitResult visitFileFailed(Path entry, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path entry, @Nullable IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found[0];
    }

    /** Whether a folder is one of rules, in which every file means something. */
    private static boolean isOfRules(ArgSpec by) {
        return name(by).equals("--rules") || by.isPositional() && name(by).equals("DIR");
    }

    /** Whether it is told by its content as JSON, where the name says nothing. */
    private static boolean isJson(byte[] begin) {
        String visible = new String(begin, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "");
        return visible.startsWith("{") || visible.startsWith("[");
    }

    private static byte[] begin(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(BEGIN);
        }
    }
}
