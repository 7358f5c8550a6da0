package dev.netkb.api.internal.drools;

import dev.netkb.api.RuleInfo;
import dev.netkb.api.internal.pack.CatalogueEntry;
import dev.netkb.api.internal.pack.Dates;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RemediationTemplate;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.report.Severity;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists everything that a knowledge base knows of, one entry an id. */
final class Catalogue {

    /** C-NET-05 is of C-NET, SEED-VNET-KIND of SEED. */
    private static final Pattern FAMILY = Pattern.compile("^(C-[A-Z0-9]+|[A-Z0-9]+)");

    private static final String LOCATION = "Location";

    /** The kind of a rule that judges the change between two snapshots. */
    static final String CHANGE = "change";

    /** The kinds of ids that decide something by themselves. */
    static final Set<String> DECIDING = Set.of("rule", "flow", CHANGE);

    private static final List<String> FLOW_NEEDS = List.of("NetworkSecurityGroup", "Subnet");

    /** A tag without addresses often decides nothing. */
    private static final List<String> FLOW_EXPORTS = List.of("NetworkSecurityGroup", "ServiceTags", "Subnet");

    private Catalogue() {}

    /**
     * @param packOf id → name of the pack that decides it
     * @param off id → name of the pack that switches it off
     */
    static List<RuleInfo> of(
            Map<String, RuleMetadata> rules, RulePack pack, UnaryOperator<String> packOf, Map<String, String> off) {
        Map<String, RuleInfo> entries = new TreeMap<>();
        rules.values().forEach(rule -> entries.put(rule.requirement().id(), ofRule(rule, pack, packOf)));
        Map<String, List<FlowRow>> flows = new TreeMap<>();
        pack.flows()
                .forEach(row -> flows.computeIfAbsent(row.requirement().id(), id -> new ArrayList<>())
                        .add(row));
        flows.forEach((id, rows) -> entries.put(id, ofFlow(id, rows, pack, packOf)));
        pack.catalogue().forEach(entry -> entries.putIfAbsent(entry.id(), ofEntry(entry, pack, packOf)));
        entries.replaceAll((id, info) -> DECIDING.contains(info.kind()) && off.containsKey(id)
                ? info.off("pack '" + off.get(id) + "' switches it off")
                : info);
        return List.copyOf(entries.values());
    }

    private static RuleInfo ofRule(RuleMetadata rule, RulePack pack, UnaryOperator<String> packOf) {
        String id = rule.requirement().id();
        RemediationTemplate template =
                rule.remediation() == null ? null : pack.remediations().get(rule.remediation());
        return new RuleInfo(
                id,
                rule.title(),
                rule.overSnapshot() ? "rule" : CHANGE,
                family(id),
                List.of(rule.requirement().severity()),
                text(rule.dates().since()),
                text(rule.dates().until()),
                models(rule.requirement().applicability()),
                platforms(List.of(rule.requirement().applicability())),
                rule.requirement().requires().stream().sorted().toList(),
                exports(rule.requirement().requires(), pack),
                pack.replaces().getOrDefault(id, List.of()),
                null,
                rule.description(),
                pack.texts().get(id),
                template == null ? null : template.hint(),
                pack.sources(rule.source()),
                rule.formerly(),
                packOf.apply(id));
    }

    private static RuleInfo ofFlow(String id, List<FlowRow> rows, RulePack pack, UnaryOperator<String> packOf) {
        FlowRow newest = rows.stream()
                .max(Comparator.comparing(row -> row.dates().since(), Comparator.nullsFirst(Comparator.naturalOrder())))
                .orElseThrow();
        boolean open = rows.stream().anyMatch(row -> row.dates().until() == null);
        return new RuleInfo(
                id,
                newest.title(),
                "flow",
                family(id),
                rows.stream()
                        .map(row -> row.requirement().requirement().severity())
                        .distinct()
                        .sorted()
                        .toList(),
                rows.stream()
                        .map(FlowRow::dates)
                        .map(Dates::since)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .map(YearMonth::toString)
                        .orElse(null),
                open
                        ? null
                        : rows.stream()
                                .map(FlowRow::dates)
                                .map(Dates::until)
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .map(YearMonth::toString)
                                .orElse(null),
                rows.stream()
                        .flatMap(row -> models(row.requirement().requirement().applicability()).stream())
                        .distinct()
                        .sorted()
                        .toList(),
                platforms(rows.stream()
                        .map(row -> row.requirement().requirement().applicability())
                        .toList()),
                FLOW_NEEDS,
                exports(FLOW_EXPORTS, pack),
                pack.replaces().getOrDefault(id, List.of()),
                null,
                describe(newest.requirement()),
                pack.texts().get(id),
                "Add a network security group rule that allows the flow.",
                rows.stream()
                        .flatMap(row -> pack.sources(row.source()).stream())
                        .distinct()
                        .toList(),
                rows.stream()
                        .flatMap(row -> row.formerly().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                packOf.apply(id));
    }

    /** Such as {@code Inbound Tcp 3443 from ApiManagement: the control plane reaches …}. */
    private static String describe(FlowRequirement row) {
        String toward = row.direction() == dev.netkb.model.azure.Direction.INBOUND ? " from " : " to ";
        return row.direction().azureName() + " " + row.protocols() + " " + row.destinationPorts() + toward
                + hosts(row).orElse(row.remoteInWords()) + ": " + row.purpose();
    }

    /** The hosts that a row is for; empty where it names none. */
    private static Optional<String> hosts(FlowRequirement row) {
        return Optional.ofNullable(row.hosts())
                .map(hosts -> String.join(", ", hosts.names()))
                .filter(names -> !names.isEmpty());
    }

    private static RuleInfo ofEntry(CatalogueEntry entry, RulePack pack, UnaryOperator<String> packOf) {
        return new RuleInfo(
                entry.id(),
                entry.title(),
                entry.kind(),
                family(entry.id()),
                List.<Severity>of(),
                null,
                null,
                entry.models(),
                entry.models().contains(NetworkModel.CLASSIC.word()) ? words(Set.of()) : List.of(),
                List.of(),
                List.of(),
                pack.replaces().getOrDefault(entry.id(), List.of()),
                entry.reason().isEmpty() ? null : entry.reason(),
                entry.description(),
                pack.texts().get(entry.id()),
                null,
                pack.sources(entry.source()),
                List.of(),
                packOf.apply(entry.id()));
    }

    private static String family(String id) {
        Matcher matcher = FAMILY.matcher(id);
        return matcher.find() ? matcher.group(1) : id;
    }

    private static List<String> models(Applicability applicability) {
        Stream<NetworkModel> models =
                applicability.models().isEmpty() ? Stream.of(NetworkModel.values()) : applicability.models().stream();
        return models.map(NetworkModel::word).sorted().toList();
    }

    /** Only the classic tiers have platforms. */
    private static List<String> platforms(List<Applicability> applicabilities) {
        return applicabilities.stream()
                .filter(each -> each.models().isEmpty() || each.models().contains(NetworkModel.CLASSIC))
                .flatMap(each -> words(each.platforms()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> words(Set<Platform> platforms) {
        return Arrays.stream(Platform.values())
                .filter(platform -> platforms.isEmpty() || platforms.contains(platform))
                .map(platform -> platform.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The commands for the location, without which nothing is decided, and for what else is needed. */
    private static List<String> exports(Collection<String> requires, RulePack pack) {
        Stream<String> needed = requires.stream()
                .map(fact -> fact.replaceFirst("\\..*", ""))
                .filter(fact -> !fact.equals(LOCATION))
                .sorted();
        return Stream.concat(Stream.of(LOCATION), needed)
                .map(pack.exports()::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static @Nullable String text(@Nullable YearMonth month) {
        return month == null ? null : month.toString();
    }
}
