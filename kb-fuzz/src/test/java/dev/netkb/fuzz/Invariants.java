package dev.netkb.fuzz;

import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.SnapshotWriter;
import dev.netkb.api.read.TemplateInputs;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds whatever stands in a file. Plain Java, because it runs some thousand times a second. */
public final class Invariants {

    private Invariants() {}

    /** Reads the texts as the files a.json, b.json, … of one snapshot, and checks the result. */
    public static ReadResult read(byte[]... files) {
        List<SourceFile> sources = new ArrayList<>();
        for (byte[] file : files) {
            sources.add(new SourceFile((char) ('a' + sources.size()) + ".json", file));
        }
        return read(sources, TemplateInputs.NONE);
    }

    /** Reads the files of one snapshot with what is known of its templates besides, and checks the result. */
    static ReadResult read(List<SourceFile> files, TemplateInputs inputs) {
        ReadResult result = SnapshotReader.create(inputs).read(new SnapshotSource("fuzz", files));
        check(
                result,
                Stream.concat(files.stream(), inputs.parameters().stream())
                        .map(SourceFile::name)
                        .toList());
        return result;
    }

    /** Each problem says what, where and what to do; a snapshot comes out unless there is an error, and comes back. */
    private static void check(ReadResult result, List<String> files) {
        boolean hasErrors = false;
        for (Problem problem : result.problems()) {
            hasErrors |= problem.level() == Problem.Level.ERROR;
            require(files.contains(problem.at().file()), "a problem names no file: " + problem);
            require(problem.at().line() > 0, "a problem names no line: " + problem);
            require(!problem.message().isBlank(), "a problem does not say what it is: " + problem);
            require(!problem.hint().isBlank(), "a problem does not say what to do: " + problem);
        }
        require(hasErrors == (result.snapshot() == null), "an error and no snapshot, or the other way round");
        if (result.snapshot() != null) {
            comesBack(result.snapshot());
        }
    }

    /** As far as it holds for files whose names the input itself chooses. */
    static void problemsSayWhatToDo(ReadResult result) {
        for (Problem problem : result.problems()) {
            require(!problem.message().isBlank(), "a problem does not say what it is: " + problem);
            require(!problem.hint().isBlank(), "a problem does not say what to do: " + problem);
        }
        boolean hasErrors = result.problems().stream().anyMatch(problem -> problem.level() == Problem.Level.ERROR);
        require(hasErrors == (result.snapshot() == null), "an error and no snapshot, or the other way round");
    }

    private static void comesBack(Snapshot before) {
        String text = SnapshotWriter.write(before);
        ReadResult again = SnapshotReader.create()
                .read(new SnapshotSource(
                        "written", List.of(new SourceFile("written.json", text.getBytes(StandardCharsets.UTF_8)))));
        Snapshot after = again.snapshot();
        require(after != null, "what was written is not read: " + errors(again) + "\n" + text);
        require(before.equals(after), "what was written is read as something else:" + difference(before, after));
        require(text.equals(SnapshotWriter.write(after)), "written twice, it differs:\n" + text);
    }

    /** The first facts that differ. */
    private static String difference(Snapshot before, Snapshot after) {
        for (Class<? extends Record> type : Snapshot.TYPES) {
            List<?> old = before.facts(type);
            List<?> now = after.facts(type);
            for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
                String left = i < old.size() ? old.get(i).toString() : "nothing";
                String right = i < now.size() ? now.get(i).toString() : "nothing";
                if (i >= old.size() || i >= now.size() || !old.get(i).equals(now.get(i))) {
                    return "\n" + left + "\n" + right;
                }
            }
        }
        return "\n" + before.coverage() + "\n" + after.coverage();
    }

    private static String errors(ReadResult result) {
        return result.problems().stream()
                .filter(problem -> problem.level() == Problem.Level.ERROR)
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
