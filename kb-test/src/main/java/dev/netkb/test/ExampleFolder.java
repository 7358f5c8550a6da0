package dev.netkb.test;

import dev.netkb.api.RuleInfo;
import dev.netkb.api.rules.RuleProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of examples: one file a rule id, and a folder {@code bases} with the networks that they start from.
 *
 * @param bases name of a network → the network
 * @param files the examples, sorted by id
 * @param unreadable what cannot be read; such files are left out
 */
record ExampleFolder(
        Path folder, Map<String, ExampleNetwork> bases, List<ExampleFile> files, List<Unreadable> unreadable) {

    /** Kinds of the catalogue that need examples; a note decides nothing. */
    private static final Set<String> KINDS = Set.of("rule", "flow", "change", "modifier");

    ExampleFolder {
        bases = Map.copyOf(bases);
        files = List.copyOf(files);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A file that cannot be read.
     *
     * @param file relative to the folder, with {@code /}
     * @param message why, with the name of the file
     * @param problem the same with its place; null where no place is known
     */
    record Unreadable(String file, String message, @Nullable RuleProblem problem) {}

    static ExampleFolder read(Path folder) {
        List<Unreadable> problems = new ArrayList<>();
        Map<String, ExampleNetwork> bases = new TreeMap<>();
        List<ExampleFile> files = new ArrayList<>();
        for (Path file : yamlFiles(folder.resolve("bases"))) {
            collect(problems, "bases/" + file.getFileName(), () -> bases.put(name(file), ExampleNetwork.read(file)));
        }
        for (Path file : yamlFiles(folder)) {
            collect(problems, String.valueOf(file.getFileName()), () -> files.add(ExampleFile.read(file)));
        }
        return new ExampleFolder(folder, bases, files, problems);
    }

    private static void collect(List<Unreadable> problems, String file, Runnable step) {
        try {
            step.run();
        } catch (ExampleException e) {
            problems.add(new Unreadable(file, String.valueOf(e.getMessage()), e.problem()));
        }
    }

    private List<String> problems() {
        return unreadable.stream().map(Unreadable::message).toList();
    }

    private static List<Path> yamlFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ExampleException("the folder " + folder + " cannot be read; check who may read it", e);
        }
    }

    static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.yaml$", "");
    }

    /** Everything that keeps the examples from being complete: empty, unknown ids, ids without examples, missing cases. */
    List<String> gaps(List<RuleInfo> catalogue) {
        List<String> gaps = new ArrayList<>(problems());
        if (files.isEmpty() && unreadable.isEmpty()) {
            gaps.add("there is no example in " + folder + ": is it the right folder?");
        }
        Map<String, RuleInfo> known = catalogue.stream().collect(Collectors.toMap(RuleInfo::id, info -> info));
        for (ExampleFile file : files) {
            RuleInfo info = known.get(file.rule());
            if (info == null) {
                gaps.add(file.rule() + ".yaml: the catalogue holds no such id");
            } else if (info.kind().equals("modifier") && file.seenIn().equals(file.rule())) {
                gaps.add(file.rule() + ".yaml: the id changes how others are decided; say 'seenIn: <id>'");
            }
            if (info != null
                    && !info.kind().equals("change")
                    && file.cases().stream().anyMatch(ExampleFile.Case::hasSides)) {
                gaps.add(file.rule() + ".yaml: only a rule about changes has 'before' and 'after'");
            }
            file.gaps().forEach(gap -> gaps.add(file.rule() + ".yaml " + gap));
            file.cases().stream()
                    .filter(c -> !bases.containsKey(c.base()))
                    .forEach(c -> gaps.add(file.rule() + ".yaml: '" + c.it() + "' starts from base '" + c.base()
                            + "', which is none of "
                            + bases.keySet().stream().sorted().toList()));
        }
        Set<String> covered = files.stream().map(ExampleFile::rule).collect(Collectors.toSet());
        catalogue.stream()
                .filter(info -> KINDS.contains(info.kind()))
                .map(RuleInfo::id)
                .filter(id -> !covered.contains(id))
                .filter(id -> problems().stream().noneMatch(problem -> problem.startsWith(id + ".yaml")))
                .sorted()
                .forEach(id -> gaps.add(id + " has no examples: write " + folder.getFileName() + "/" + id + ".yaml"));
        return gaps;
    }
}
