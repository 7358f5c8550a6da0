package dev.netkb.spark;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.accept.KnownViolations;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.TemplateInputs;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.api.rules.Trust;
import dev.netkb.model.report.Problem;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By what snapshots are judged on a cluster: values and contents, so that no file of the driver has to be there for the
 * executors. Files are read and checked on the driver, when a {@code with…} method is called, and what is wrong with them
 * is told there and then; an edit afterwards has no effect. Immutable.
 *
 * @param options how each snapshot is evaluated. Limits that follow the memory are those of the driver, so that all
 *     executors have the same
 * @param folders folders of rules; a later one wins over an earlier one
 * @param trust how far the rules of these folders are trusted
 * @param serviceTags tag data for all snapshots; empty where each has its own or none
 * @param waivers files of waivers, besides those that folders of rules bring
 * @param known files of known violations, one or none
 * @param templates what is known of the deployment of templates
 * @param today the day on which it is asked whether a waiver holds
 */
public record SparkOptions(
        Options options,
        List<Folder> folders,
        Trust trust,
        List<SourceFile> serviceTags,
        List<SourceFile> waivers,
        List<SourceFile> known,
        TemplateInputs templates,
        LocalDate today)
        implements Serializable {

    public SparkOptions {
        folders = List.copyOf(folders);
        serviceTags = List.copyOf(serviceTags);
        waivers = List.copyOf(waivers);
        known = List.copyOf(known);
    }

    /**
     * A folder of rules.
     *
     * @param name the folder as it was named
     * @param files the files in it, by their names alone
     */
    public record Folder(String name, List<SourceFile> files) implements Serializable {
        public Folder {
            files = List.copyOf(files);
        }
    }

    /** The packaged rules alone, with {@link Options#DEFAULT}, on the present day. */
    public static SparkOptions create() {
        return new SparkOptions(
                Options.DEFAULT,
                List.of(),
                Trust.RESTRICTED,
                List.of(),
                List.of(),
                List.of(),
                TemplateInputs.NONE,
                LocalDate.now(ZoneId.systemDefault()));
    }

    public SparkOptions withOptions(Options wanted) {
        return new SparkOptions(wanted, folders, trust, serviceTags, waivers, known, templates, today);
    }

    /**
     * With folders of rules. They are loaded to see that they can be; where the sources name a cache of compiled rules, it
     * serves that alone, and executors compile by themselves.
     *
     * @throws RulesRejectedException when a folder has an error; it knows every problem of all folders
     */
    public SparkOptions withRules(RuleSources sources) {
        KnowledgeBase.load(sources);
        List<Folder> read = sources.folders().stream().map(SparkOptions::folder).toList();
        return new SparkOptions(options, read, sources.trust(), serviceTags, waivers, known, templates, today);
    }

    /**
     * With tag data for all snapshots: a {@code ServiceTags_*.json}, or what {@code az network list-service-tags} prints.
     *
     * @throws IllegalArgumentException when the file cannot be read or holds no tags
     */
    public SparkOptions withServiceTags(Path file) {
        List<SourceFile> files =
                SnapshotFiles.singleFile(file).map(SnapshotSource::files).orElse(List.of());
        ReadResult read = Evaluator.tagData(files);
        if (Evaluator.tags(read).isEmpty()) {
            String why = read.problems().stream()
                    .filter(problem -> problem.level() == Problem.Level.ERROR)
                    .findFirst()
                    .map(problem -> problem.code() + " " + problem.message())
                    .orElse(files.isEmpty() ? "the file cannot be read" : "it holds no service tags");
            throw new IllegalArgumentException("the service tags '" + file + "' could not be loaded: " + why
                    + ". Download the file ServiceTags_*.json, or save what az network list-service-tags"
                    + " --location REGION prints.");
        }
        return new SparkOptions(options, folders, trust, files, waivers, known, templates, today);
    }

    /**
     * With violations that are accepted. The ids that they name are looked up in the rules of these options, so give folders
     * of rules before.
     *
     * @param files waivers
     * @param before violations that were there before, as {@code netkb check --update-known} wrote them; null for none
     * @throws RulesRejectedException when a file cannot be read or something in it is wrong; it knows every problem
     */
    public SparkOptions withAccepted(List<Path> files, @Nullable Path before) {
        KnowledgeBase rules = Evaluator.rules(this);
        List<RuleProblem> problems = new ArrayList<>();
        files.forEach(file -> collect(problems, () -> Waivers.load(file, rules.ids())));
        if (before != null) {
            collect(problems, () -> KnownViolations.load(before, rules.ids()));
        }
        if (!problems.isEmpty()) {
            throw new RulesRejectedException(problems);
        }
        return new SparkOptions(
                options,
                folders,
                trust,
                serviceTags,
                files.stream().map(file -> content(file, file.toString())).toList(),
                before == null ? List.of() : List.of(content(before, before.toString())),
                templates,
                today);
    }

    public SparkOptions withTemplates(TemplateInputs wanted) {
        return new SparkOptions(options, folders, trust, serviceTags, waivers, known, wanted, today);
    }

    public SparkOptions withToday(LocalDate wanted) {
        return new SparkOptions(options, folders, trust, serviceTags, waivers, known, templates, wanted);
    }

    private static void collect(List<RuleProblem> problems, Runnable reading) {
        try {
            reading.run();
        } catch (RulesRejectedException e) {
            problems.addAll(e.problems());
        }
    }

    private static Folder folder(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return new Folder(
                    folder.toString(),
                    entries.filter(Files::isRegularFile)
                            .filter(file -> !name(file).startsWith("."))
                            .sorted()
                            .map(file -> content(file, name(file)))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static SourceFile content(Path file, String name) {
        try {
            return new SourceFile(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
