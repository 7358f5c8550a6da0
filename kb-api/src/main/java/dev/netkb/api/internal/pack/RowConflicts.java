package dev.netkb.api.internal.pack;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Applicability.Scope;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that do not go together. Several rows of one id are usual: all of them must hold. Two that speak of one flow, at one
 * time, of one location, must demand the same.
 */
final class RowConflicts {

    private static final Set<NetworkModel> V2 = EnumSet.of(NetworkModel.V2_INJECTION, NetworkModel.V2_INTEGRATION);
    private static final Set<NetworkModel> WORKSPACE = EnumSet.of(
            NetworkModel.WORKSPACE_INJECTION, NetworkModel.WORKSPACE_INTEGRATION, NetworkModel.WORKSPACE_UNKNOWN);
    private static final String V2_TIER = "v2";

    private RowConflicts() {}

    /** Looks at all rows of a folder; of each row it tells at most one conflict with an earlier one. */
    static void find(List<PlacedRow> rows, List<RuleProblem> problems) {
        Map<String, List<PlacedRow>> byFlow = new HashMap<>();
        for (PlacedRow row : rows) {
            FlowRequirement flow = row.row().requirement();
            neverApplies(row, problems);
            List<PlacedRow> earlier = byFlow.computeIfAbsent(
                    flow.id() + ' ' + flow.direction() + ' ' + flow.remote(), absent -> new ArrayList<>());
            earlier.stream()
                    .filter(other -> meet(other.row(), row.row()))
                    .findFirst()
                    .ifPresent(other -> problems.add(conflict(other, row)));
            earlier.add(row);
        }
    }

    /** Whether there may be a packet, a location and a month of which both speak. */
    private static boolean meet(FlowRow one, FlowRow other) {
        FlowRequirement a = one.requirement();
        FlowRequirement b = other.requirement();
        return !a.protocols().intersect(b.protocols()).isEmpty()
                && a.destinationPorts().intersects(b.destinationPorts())
                && a.sourcePorts().intersects(b.sourcePorts())
                && hostsMeet(a, b)
                && meet(a.requirement().applicability(), b.requirement().applicability())
                && before(one.dates().since(), other.dates().until())
                && before(other.dates().since(), one.dates().until());
    }

    private static boolean hostsMeet(FlowRequirement a, FlowRequirement b) {
        if (a.hosts() == null || b.hosts() == null) {
            return a.hosts() == null && b.hosts() == null;
        }
        Set<String> names = Set.copyOf(a.hosts().names());
        boolean shared = a.hosts().names().equals(b.hosts().names())
                || b.hosts().names().stream().anyMatch(names::contains);
        return shared && overlap(a.hosts().clouds(), b.hosts().clouds());
    }

    private static boolean before(@Nullable YearMonth since, @Nullable YearMonth until) {
        return since == null || until == null || since.isBefore(until);
    }

    private static boolean meet(Applicability a, Applicability b) {
        return overlap(a.models(), b.models())
                && overlap(a.platforms(), b.platforms())
                && overlap(a.networkTypes(), b.networkTypes())
                && overlap(a.tiers(), b.tiers())
                && (a.scope() == Scope.ANY || b.scope() == Scope.ANY || a.scope() == b.scope());
    }

    /** An empty set means any. */
    private static <T> boolean overlap(Set<T> a, Set<T> b) {
        return a.isEmpty() || b.isEmpty() || a.stream().anyMatch(b::contains);
    }

    private static RuleProblem conflict(PlacedRow earlier, PlacedRow row) {
        Column difference = difference(earlier.row().requirement(), row.row().requirement());
        String where = earlier.at(Column.ID).text();
        if (difference != null) {
            return FolderCode.CONTRADICTION.at(
                    row.at(difference),
                    row.id(),
                    "the row contradicts that of " + where + ": both speak of "
                            + row.row().requirement().text()
                            + " at the same time for the same instances, but differ in "
                            + difference.word(),
                    "Delete one of the two, or tell them apart by dates, platforms, network types or tiers.");
        }
        if (covers(earlier.row(), row.row()) && covers(row.row(), earlier.row())) {
            return FolderCode.DUPLICATE_ROW.at(
                    row.at(Column.ID),
                    row.id(),
                    "the row demands the same as that of " + where,
                    "Delete one of the two.");
        }
        return FolderCode.SHADOWED_ROW.at(
                row.at(Column.ID),
                row.id(),
                covers(earlier.row(), row.row())
                        ? "the row adds nothing: all that it demands is in that of " + where
                        : "a part of what the row demands is also in that of " + where,
                "Delete one of the two, or join them into one row.");
    }

    /** The column in which two rows of one flow demand different things; null where they demand the same. */
    private static @Nullable Column difference(FlowRequirement a, FlowRequirement b) {
        if (a.requirement().severity() != b.requirement().severity()) {
            return Column.SEVERITY;
        }
        if (a.optional() != b.optional()) {
            return Column.OPTIONAL;
        }
        if (a.feature() != b.feature()) {
            return Column.FEATURE;
        }
        if (a.regional() != b.regional()) {
            return Column.REGIONAL;
        }
        return Objects.equals(a.accepts(), b.accepts()) ? null : Column.ACCEPTS;
    }

    /** Whether the first row demands all that the second one does. */
    private static boolean covers(FlowRow one, FlowRow other) {
        FlowRequirement a = one.requirement();
        FlowRequirement b = other.requirement();
        Applicability of = a.requirement().applicability();
        Applicability ofOther = b.requirement().applicability();
        BiPredicate<Set<?>, Set<?>> within = (all, part) -> all.isEmpty() || !part.isEmpty() && all.containsAll(part);
        return b.protocols().minus(a.protocols()).isEmpty()
                && a.destinationPorts().containsAll(b.destinationPorts())
                && a.sourcePorts().containsAll(b.sourcePorts())
                && within.test(of.models(), ofOther.models())
                && within.test(of.platforms(), ofOther.platforms())
                && within.test(of.networkTypes(), ofOther.networkTypes())
                && within.test(of.tiers(), ofOther.tiers())
                && (of.scope() == Scope.ANY || of.scope() == ofOther.scope())
                && (a.hosts() == null
                        || b.hosts() != null
                                && a.hosts().names().containsAll(b.hosts().names())
                                && within.test(a.hosts().clouds(), b.hosts().clouds()))
                && (one.dates().since() == null
                        || other.dates().since() != null
                                && !other.dates().since().isBefore(one.dates().since()))
                && (one.dates().until() == null
                        || other.dates().until() != null
                                && !one.dates().until().isBefore(other.dates().until()));
    }

    private static void neverApplies(PlacedRow row, List<RuleProblem> problems) {
        Applicability where = row.row().requirement().requirement().applicability();
        if (where.models().isEmpty()) {
            return;
        }
        Map<Column, BiPredicate<NetworkModel, Applicability>> tests = Map.of(
                Column.PLATFORMS, RowConflicts::hasPlatform,
                Column.TIERS, RowConflicts::hasTier,
                Column.NETWORK_TYPES, RowConflicts::hasNetworkType);
        List<Column> none = tests.keySet().stream()
                .sorted()
                .filter(column -> where.models().stream()
                        .noneMatch(model ->
                                tests.getOrDefault(column, (m, a) -> true).test(model, where)))
                .toList();
        if (!none.isEmpty()) {
            Column column = none.get(0);
            problems.add(FolderCode.NEVER_APPLIES.at(
                    row.at(column),
                    row.id(),
                    "the row can never apply: no instance of models "
                            + String.join(
                                    ", ",
                                    where.models().stream()
                                            .map(NetworkModel::word)
                                            .sorted()
                                            .toList())
                            + " has these " + column.word(),
                    "Change " + column.word() + " or models; an empty cell means any, and for models classic."));
        } else if (where.models().stream()
                .noneMatch(model -> tests.values().stream().allMatch(test -> test.test(model, where)))) {
            problems.add(FolderCode.NEVER_APPLIES.at(
                    row.at(Column.MODELS),
                    row.id(),
                    "the row can never apply: no instance has such models, platforms, network_types and tiers together",
                    "Make one row for each of the models."));
        }
    }

    private static boolean hasPlatform(NetworkModel model, Applicability where) {
        return where.platforms().isEmpty()
                || where.platforms().contains(Platform.STV2)
                || !V2.contains(model) && !WORKSPACE.contains(model);
    }

    private static boolean hasTier(NetworkModel model, Applicability where) {
        boolean v2 = V2.contains(model);
        return where.tiers().isEmpty()
                || !v2 && model != NetworkModel.CLASSIC
                || where.tiers().stream().anyMatch(tier -> tier.endsWith(V2_TIER) == v2);
    }

    private static boolean hasNetworkType(NetworkModel model, Applicability where) {
        Set<VirtualNetworkType> types = where.networkTypes();
        return switch (model) {
            case NONE -> types.isEmpty() || types.contains(VirtualNetworkType.NONE);
            case CLASSIC ->
                types.isEmpty()
                        || types.contains(VirtualNetworkType.EXTERNAL)
                        || types.contains(VirtualNetworkType.INTERNAL);
            default -> true;
        };
    }
}
