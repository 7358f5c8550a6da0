package dev.netkb.api.internal.drools;

import dev.netkb.api.Parameters;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.TierRow;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What folders say besides rules and requirement tables.
 *
 * @param tiers rows of their tables of tiers, later folders last
 * @param parameters what their {@code parameters.yaml} set; a later folder wins
 * @param waivers what their {@code waivers.yaml} accept
 */
record FolderSettings(List<TierRow> tiers, Parameters parameters, Waivers waivers) {

    static final FolderSettings NONE = new FolderSettings(List.of(), Parameters.NONE, Waivers.NONE);

    FolderSettings {
        tiers = List.copyOf(tiers);
    }

    /**
     * What folders say together.
     *
     * @param ids ids that a waiver may name → the present ones
     * @param problems what is wrong with waivers, and with parameters together, is added to it
     */
    static FolderSettings of(List<RuleFolder> folders, Map<String, String> ids, List<RuleProblem> problems) {
        List<TierRow> tiers = new ArrayList<>();
        Parameters parameters = Parameters.NONE;
        Waivers waivers = Waivers.NONE;
        for (RuleFolder folder : folders) {
            tiers.addAll(folder.tiers());
            parameters = folder.parameters().over(parameters);
            String text = folder.waivers();
            if (text != null) {
                waivers = waivers.and(Waivers.parse(folder.root() + "/" + RuleFolder.WAIVERS, text, ids, problems));
            }
        }
        for (Parameters.Trouble trouble : parameters.contradictions()) {
            problems.add(new RuleProblem(
                    trouble.code(),
                    RuleProblem.Level.ERROR,
                    place(folders, trouble.key()),
                    null,
                    trouble.message(),
                    null,
                    trouble.hint()));
        }
        return new FolderSettings(tiers, parameters, waivers);
    }

    /** The line of the last folder that says a parameter. */
    private static Spot place(List<RuleFolder> folders, String key) {
        Spot place = Spot.of(RuleFolder.PARAMETERS);
        for (RuleFolder folder : folders) {
            List<String> lines = ItemPlace.lines(folder.root().resolve(RuleFolder.PARAMETERS));
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith(key + ":")) {
                    place = Spot.of(folder.root() + "/" + RuleFolder.PARAMETERS, i + 1, 1, key.length());
                }
            }
        }
        return place;
    }
}
