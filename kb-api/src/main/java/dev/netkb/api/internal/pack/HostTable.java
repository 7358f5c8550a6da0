package dev.netkb.api.internal.pack;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.HostRequirement;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.Cloud;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the table of hosts: one row is a required flow to the internet that is for certain hosts. */
final class HostTable {

    private static final Set<String> COLUMNS = Set.of(
            "id",
            "title",
            "since",
            "until",
            "models",
            "platforms",
            "network_types",
            "clouds",
            "protocol",
            "ports",
            "hosts",
            "accepts",
            "fqdn_tags",
            "feature",
            "optional",
            "severity",
            "graver_with",
            "source",
            "purpose");

    private HostTable() {}

    /** @throws PackException when a cell is not what its column holds; the message names table, line and column */
    static List<FlowRow> read(String name, String text) {
        return TableRow.read(name, text, COLUMNS).stream().map(HostTable::row).toList();
    }

    private static FlowRow row(TableRow row) {
        Requirement requirement = new Requirement(
                row.cell("id"),
                row.value("severity", Severity::of),
                Selectors.parse(row.cell("models"), row.cell("platforms"), row.cell("network_types"), "", ""),
                Set.of("Subnet"));
        FlowRequirement flow = new FlowRequirement(
                requirement,
                Direction.OUTBOUND,
                row.value("protocol", text -> ProtocolSet.tryParse(text).orElseThrow()),
                PortSet.ALL,
                row.value("ports", HostTable::ports),
                "Internet",
                row.value("optional", FlowTable::yesOrNo),
                feature(row),
                false,
                orNull(row.cell("accepts")),
                row.cell("purpose"),
                List.of(),
                new HostRequirement(
                        words(row.cell("hosts")),
                        row.value("clouds", HostTable::clouds),
                        Set.copyOf(words(row.cell("fqdn_tags"))),
                        orNull(row.cell("graver_with"))));
        Dates dates = row.value("since", since -> Dates.parse(since, row.cell("until")));
        return new FlowRow(flow, dates, row.cell("title"), row.cell("source"), row.place());
    }

    /** Firewalls are asked port by port. */
    private static PortSet ports(String text) {
        PortSet ports = PortSet.parse(text);
        if (ports.isEmpty() || ports.ranges().stream().anyMatch(range -> range.first() != range.last())) {
            throw new IllegalArgumentException("name the ports one by one");
        }
        return ports;
    }

    private static @Nullable Feature feature(TableRow row) {
        return row.cell("feature").isEmpty()
                ? null
                : row.value("feature", name -> Feature.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private static Set<Cloud> clouds(String text) {
        return Selectors.list(text).stream()
                .map(name -> Cloud.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" +", -1));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
