package dev.netkb.api;

import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.Nearest;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Service tags that rules and routes of a snapshot name and that are not known: slips of the finger, as a rule. */
public final class UnknownTags {

    private UnknownTags() {}

    private record Use(String by, Place at) {}

    /**
     * One warning for each tag that is neither in the snapshot's tag data nor published by Azure, in the order of their
     * names. Places have no lines yet.
     */
    public static List<Problem> in(Snapshot snapshot) {
        Map<ServiceTag, List<Use>> uses = new TreeMap<>();
        for (NetworkSecurityGroup group : snapshot.networkSecurityGroups()) {
            for (NsgRule rule : group.rules()) {
                Stream.concat(rule.sources().stream(), rule.destinations().stream())
                        .flatMap(match -> unknown(match, snapshot))
                        .distinct()
                        .forEach(tag -> add(
                                tag,
                                new Use(
                                        "rule " + group.name() + "/" + rule.name(),
                                        rule.provenance().place()),
                                uses));
            }
        }
        for (RouteTable table : snapshot.routeTables()) {
            for (Route route : table.routes()) {
                unknown(route.destination(), snapshot)
                        .forEach(tag -> add(
                                tag,
                                new Use(
                                        "route " + table.name() + "/" + route.name(),
                                        route.provenance().place()),
                                uses));
            }
        }
        List<Problem> problems = new ArrayList<>();
        uses.forEach((tag, by) -> problems.add(problem(tag, by, snapshot)));
        return problems;
    }

    private static Stream<ServiceTag> unknown(AddressMatch match, Snapshot snapshot) {
        return match instanceof AddressMatch.Tag named
                        && !snapshot.serviceTags().knows(named.tag())
                ? Stream.of(named.tag())
                : Stream.empty();
    }

    private static void add(ServiceTag tag, Use use, Map<ServiceTag, List<Use>> uses) {
        uses.computeIfAbsent(tag, t -> new ArrayList<>()).add(use);
    }

    private static Problem problem(ServiceTag tag, List<Use> by, Snapshot snapshot) {
        Use first = by.get(0);
        String names = by.size() == 1 ? " names '" : " and " + (by.size() - 1) + " more name '";
        String advice = Nearest.advice(snapshot.serviceTags().namesLike(tag.name()));
        return new Problem(
                "KB-N202",
                Problem.Level.WARNING,
                first.by() + names + tag.name() + "', which is no known service tag",
                first.at(),
                (advice.isEmpty() ? "" : advice + " ")
                        + "What it matches is not known, unless tag data list it (--service-tags).");
    }
}
