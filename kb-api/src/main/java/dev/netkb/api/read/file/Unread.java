package dev.netkb.api.read.file;

import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files of a directory or archive that are not read. They are told, one notice for each kind, but for notes. */
final class Unread {

    private static final int NAMED = 5;
    private static final int KEPT = 1_000;

    private final Map<FileKind, List<String>> kinds = new TreeMap<>();
    private final Map<FileKind, Integer> counts = new TreeMap<>();
    private final List<String> links = new ArrayList<>();
    private final List<String> deep = new ArrayList<>();
    private final List<String> special = new ArrayList<>();

    void add(String name) {
        FileKind kind = FileKind.of(name);
        if (kind.isForPeople()) {
            return;
        }
        counts.merge(kind, 1, Integer::sum);
        List<String> names = kinds.computeIfAbsent(kind, key -> new ArrayList<>());
        if (names.size() < KEPT) {
            names.add(name);
        }
    }

    /** A linked directory: what is in it may lie in another snapshot too, or in a circle. */
    void addLink(String name) {
        links.add(name);
    }

    void addDeep(String name) {
        deep.add(name);
    }

    /** What is neither a file nor a directory, such as a pipe or a link that leads nowhere. */
    void addSpecial(String name) {
        special.add(name);
    }

    /** What a refusal says about the files that would have been read in another form. */
    String hints() {
        return kinds.entrySet().stream()
                .filter(kind -> kind.getKey() != FileKind.OTHER)
                .map(kind -> " " + Problems.quote(kind.getValue().get(0)) + " "
                        + kind.getKey().what() + ". " + kind.getKey().hint())
                .collect(Collectors.joining());
    }

    List<Problem> notices() {
        List<Problem> notices = new ArrayList<>();
        kinds.forEach((kind, names) ->
                notices.add(notice(names, counts.getOrDefault(kind, names.size()), kind.what(), kind.hint())));
        if (!links.isEmpty()) {
            notices.add(notice(
                    links,
                    links.size(),
                    "is a link to a directory",
                    "Put the directory itself where it shall be read."));
        }
        if (!deep.isEmpty()) {
            notices.add(
                    notice(deep, deep.size(), "lies too deep", "Give a directory further down, or move the file up."));
        }
        if (!special.isEmpty()) {
            notices.add(notice(
                    special,
                    special.size(),
                    "is no file: a pipe, a socket, a device, or a link that leads nowhere",
                    "Put a file there, or give the pipe by itself."));
        }
        return notices;
    }

    private static Problem notice(List<String> names, int count, String what, String hint) {
        List<String> sorted = names.stream().sorted().toList();
        String first = sorted.get(0);
        String message = count == 1
                ? Problems.quote(first) + " is not read: it " + what
                : count + " files are not read, each of which " + what + ": "
                        + sorted.stream().limit(NAMED).map(Problems::quote).collect(Collectors.joining(", "))
                        + (count > NAMED ? ", …" : "");
        ProblemCode code = ProblemCode.NOT_READ;
        return new Problem(code.code(), code.level(), message, new Place(first, ""), hint);
    }
}
