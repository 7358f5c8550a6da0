package dev.netkb.api.render;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a result rests on, in words; not yet safe to print.
 *
 * @param evidence the rules that drop packets, a dropped packet, and what else was seen
 * @param denied the parts of the flow that do not pass
 */
public record Grounds(List<String> evidence, List<String> denied) {

    /** How many rules, and how many denied parts, a person is shown. */
    private static final int SHOWN = 5;

    public Grounds {
        evidence = List.copyOf(evidence);
        denied = List.copyOf(denied);
    }

    /** Those of a result. */
    public static Grounds of(Result result) {
        List<String> lines = new ArrayList<>();
        List<String> denied = new ArrayList<>();
        Set<String> told = new HashSet<>();
        FlowResult flow = result.flow();
        if (flow != null) {
            List<DecidingRule> denying = denying(result);
            for (DecidingRule rule : denying.subList(0, Math.min(denying.size(), SHOWN))) {
                // One rule drops all of the denied part, which is told below.
                String part = denying.size() == 1
                        ? "it"
                        : flow.protocol() + " " + Words.part(flow, rule.ports(), rule.remote());
                lines.add(Words.decidingRule(rule) + " drops " + part + Words.bracketed(place(result, rule)));
            }
            if (denying.size() > SHOWN) {
                lines.add("and " + Words.count(denying.size() - SHOWN, "more rule"));
            }
            denying.forEach(rule -> told.add(rule.id()));
            if (flow.witness() != null) {
                lines.add("dropped packet " + Words.witness(flow.witness()));
            }
            flow.denied().stream().limit(SHOWN).forEach(part -> denied.add(Words.denied(flow, part)));
            if (flow.denied().size() > SHOWN) {
                denied.add("and " + Words.count(flow.denied().size() - SHOWN, "more part"));
            }
        }
        for (Evidence each : result.evidence()) {
            if (each.fact() == null || !told.contains(each.fact().id().text())) {
                lines.add(each.key() + ": " + each.value() + Words.bracketed(each.at()));
            }
        }
        return new Grounds(lines, denied);
    }

    /** The rules that drop a part; of an undetermined flow those whose part surely holds packets, which are the evidence. */
    public static List<DecidingRule> denying(Result result) {
        FlowResult flow = result.flow();
        if (flow == null) {
            return List.of();
        }
        List<DecidingRule> all = Consequences.denying(flow);
        if (flow.verdict() != Verdict.UNDETERMINED) {
            return all;
        }
        Set<String> sure = result.evidence().stream()
                .filter(each -> each.fact() != null)
                .map(each -> each.fact().id().text())
                .collect(Collectors.toSet());
        return all.stream().filter(rule -> sure.contains(rule.id())).toList();
    }

    /** Where to look first: at a rule that drops packets, else at the first evidence that stands in a file. */
    public static Place place(Result result) {
        return Stream.concat(
                        denying(result).stream().map(rule -> place(result, rule)),
                        result.evidence().stream().map(Evidence::at))
                .filter(at -> !at.file().isEmpty())
                .findFirst()
                .orElse(Place.NOWHERE);
    }

    /** Where a rule is evidence of a result; a saved report holds no other places of rules. */
    public static Place place(Result result, DecidingRule rule) {
        return result.evidence().stream()
                .filter(each -> each.fact() != null && each.fact().id().text().equals(rule.id()))
                .findFirst()
                .map(Evidence::at)
                .orElse(Place.NOWHERE);
    }

    /**
     * The file of a place as the user named it: a snapshot is a file of its own, or a folder or an archive in which the
     * file lies. Of a place in no file, that of the snapshot.
     */
    public static String path(SnapshotReport snapshot, Place at) {
        String source = snapshot.source().replace('\\', '/');
        String file = at.file();
        String whole = source.replaceFirst(":[0-9]+$", "");
        if (file.isEmpty() || source.equals(file) || source.endsWith("/" + file)) {
            return source;
        }
        return whole.equals(file) || whole.endsWith("/" + file) ? whole : source + "/" + file;
    }
}
