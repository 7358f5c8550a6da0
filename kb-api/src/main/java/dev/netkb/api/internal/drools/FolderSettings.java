package dev.netkb.api.internal.drools;

import dev.netkb.api.Parameters;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.internal.pack.ParametersFile;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.TextFile;
import dev.netkb.api.internal.pack.TierRow;
import dev.netkb.api.internal.pack.TierTable;
import dev.netkb.api.rules.RuleProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What folders say besides rules and requirement tables.
 *
 * @param tiers rows of their {@code tiers.csv}, later folders last
 * @param parameters what their {@code parameters.yaml} set; a later folder wins
 * @param waivers what their {@code waivers.yaml} accept
 */
record FolderSettings(List<TierRow> tiers, Parameters parameters, Waivers waivers) {

    static final FolderSettings NONE = new FolderSettings(List.of(), Parameters.NONE, Waivers.NONE);

    private static final String WAIVERS = "waivers.yaml";
    private static final String PARAMETERS = "parameters.yaml";
    private static final String TIERS = "tiers.csv";

    private static final String UNREADABLE_PARAMETERS = "KB-E367";
    private static final String UNREADABLE_TIERS = "KB-E364";

    FolderSettings {
        tiers = List.copyOf(tiers);
    }

    /**
     * Reads these files, where they are.
     *
     * @param ids ids that a waiver may name → the present ones
     * @param problems what is wrong with them is added to it
     */
    static FolderSettings read(List<RuleFolder> folders, Map<String, String> ids, List<RuleProblem> problems) {
        List<TierRow> tiers = new ArrayList<>();
        Parameters parameters = Parameters.NONE;
        Waivers waivers = Waivers.NONE;
        for (RuleFolder folder : folders) {
            List<RuleProblem> found = new ArrayList<>();
            Path root = folder.root();
            tiers.addAll(tiers(root, found));
            Path parameterFile = root.resolve(PARAMETERS);
            String text = Files.isRegularFile(parameterFile)
                    ? TextFile.read(parameterFile, UNREADABLE_PARAMETERS, found)
                    : null;
            if (text != null) {
                parameters = ParametersFile.read(PARAMETERS, text, found).over(parameters);
            }
            Path waiverFile = root.resolve(WAIVERS);
            if (Files.isRegularFile(waiverFile)) {
                waivers = waivers.and(Waivers.of(waiverFile, root + "/" + WAIVERS, ids, problems));
            }
            found.forEach(problem -> problems.add(problem.in(root.toString())));
        }
        for (Parameters.Trouble trouble : parameters.contradictions()) {
            problems.add(new RuleProblem(
                    trouble.code(),
                    RuleProblem.Level.ERROR,
                    RuleProblem.Spot.of(PARAMETERS),
                    null,
                    trouble.message(),
                    null,
                    trouble.hint()));
        }
        return new FolderSettings(tiers, parameters, waivers);
    }

    /** The tiers that a folder adds; what is wrong with them is told by {@link #read}. */
    static List<TierRow> tiers(RuleFolder folder) {
        return tiers(folder.root(), new ArrayList<>());
    }

    private static List<TierRow> tiers(Path root, List<RuleProblem> problems) {
        Path file = root.resolve(TIERS);
        String text = Files.isRegularFile(file) ? TextFile.read(file, UNREADABLE_TIERS, problems) : null;
        return text == null ? List.of() : TierTable.read(TIERS, text, problems);
    }
}
