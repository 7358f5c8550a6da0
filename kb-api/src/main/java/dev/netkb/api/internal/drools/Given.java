package dev.netkb.api.internal.drools;

import dev.netkb.api.Parameter;
import dev.netkb.api.Parameters;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.SubnetLimit;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.Provenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What parameters mean for one snapshot: facts, and required flows that stand otherwise. Pure functions.
 *
 * @param shown the features that the snapshot shows to be in use
 */
record Given(Parameters parameters, Snapshot snapshot, Set<Feature> shown) {

    private static final String SHOWN_IN_USE = "KB-N369";

    /** Where no document recommends a size for the classic tiers, the smallest one is as good as any. */
    private static final int NONE = 0;

    static Given of(Parameters parameters, Snapshot snapshot) {
        return new Given(
                parameters,
                snapshot,
                snapshot.facts(FeatureInUse.class).stream()
                        .map(FeatureInUse::feature)
                        .collect(Collectors.toSet()));
    }

    /** How old a network status may be. */
    Duration refresh() {
        return Duration.ofMinutes(parameters.number(Parameter.NETWORK_STATUS_MINUTES));
    }

    List<Object> facts() {
        List<Object> facts = new ArrayList<>(limits());
        for (Feature feature : parameters.featuresInUse().stream().sorted().toList()) {
            snapshot.services()
                    .forEach(service ->
                            facts.add(new FeatureInUse(service.id(), feature, service.id(), Provenance.NONE)));
        }
        return facts;
    }

    private List<SubnetLimit> limits() {
        int classic = parameters.number(Parameter.CLASSIC_LONGEST_PREFIX);
        int injected = parameters.number(Parameter.V2_INJECTION_LONGEST_PREFIX);
        int recommended = parameters.number(Parameter.V2_INJECTION_RECOMMENDED_PREFIX);
        int integrated = parameters.number(Parameter.V2_INTEGRATION_LONGEST_PREFIX);
        return List.of(
                new SubnetLimit(NetworkModel.CLASSIC, classic, classic, NONE),
                new SubnetLimit(NetworkModel.V2_INJECTION, injected, Math.min(injected, recommended), NONE),
                new SubnetLimit(NetworkModel.V2_INTEGRATION, integrated, Math.min(integrated, recommended), NONE),
                ofWorkspace(NetworkModel.WORKSPACE_INJECTION),
                ofWorkspace(NetworkModel.WORKSPACE_INTEGRATION),
                ofWorkspace(NetworkModel.WORKSPACE_UNKNOWN));
    }

    private SubnetLimit ofWorkspace(NetworkModel model) {
        int longest = parameters.number(Parameter.WORKSPACE_LONGEST_PREFIX);
        return new SubnetLimit(
                model,
                longest,
                Math.min(longest, parameters.number(Parameter.WORKSPACE_RECOMMENDED_PREFIX)),
                parameters.number(Parameter.WORKSPACE_SHORTEST_PREFIX));
    }

    /** The rows as they are required here: of clients where they are known, and not of features that nobody uses. */
    List<FlowRow> flows(List<FlowRow> rows) {
        String clients =
                parameters.clientRanges().stream().map(AddressPrefix::text).collect(Collectors.joining(","));
        Set<Feature> unused = unused();
        return rows.stream()
                .map(row -> {
                    FlowRequirement flow = row.requirement();
                    boolean ofClients = flow.direction() == Direction.INBOUND && flow.isRemoteInternet();
                    if (ofClients && !clients.isEmpty()) {
                        return row.requiring(flow.to(clients));
                    }
                    return flow.optional() && flow.feature() != null && unused.contains(flow.feature())
                            ? row.requiring(flow.of(flow.requirement().except(Applicability.ANY)))
                            : row;
                })
                .toList();
    }

    /** The features of which somebody says that nobody uses them, and nothing shows otherwise. */
    private Set<Feature> unused() {
        return parameters.featuresNotInUse().stream()
                .filter(feature ->
                        !shown.contains(feature) && !parameters.featuresInUse().contains(feature))
                .collect(Collectors.toSet());
    }

    /** Where the snapshot shows otherwise than a parameter says. */
    List<Problem> problems() {
        return snapshot.facts(FeatureInUse.class).stream()
                .filter(use -> parameters.featuresNotInUse().contains(use.feature()))
                .collect(Collectors.groupingBy(FeatureInUse::feature, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(uses -> problem(uses.get(0)))
                .toList();
    }

    private static Problem problem(FeatureInUse use) {
        String feature = use.feature().name().toLowerCase(Locale.ROOT);
        Place shown = use.provenance().place();
        return new Problem(
                SHOWN_IN_USE,
                Problem.Level.WARNING,
                Parameter.FEATURES_NOT_IN_USE.key() + " names " + feature + ", but " + use.shownBy()
                        + " shows it in use; the export is believed",
                shown,
                "Take " + feature + " out of the parameter.");
    }
}
