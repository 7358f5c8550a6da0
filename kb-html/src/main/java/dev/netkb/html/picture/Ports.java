package dev.netkb.html.picture;

import dev.netkb.model.report.FlowResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The ports of flows by their protocols, such as {@code TCP 443, 1433; UDP 53}; in short {@code TCP 443, …; UDP 53}. */
record Ports(List<Group> groups) {

    Ports {
        groups = List.copyOf(groups);
    }

    /**
     * Those of one protocol.
     *
     * @param shown the first ones; none where all are meant
     * @param cut whether there are more
     */
    record Group(String protocol, List<String> shown, boolean cut) {

        Group {
            shown = List.copyOf(shown);
        }

        Group shorter() {
            return new Group(protocol, shown.subList(0, shown.size() - 1), true);
        }

        @Override
        public String toString() {
            String ports = String.join(", ", shown) + (cut ? ", …" : "");
            return ports.isEmpty() ? protocol : protocol + " " + ports;
        }
    }

    static Ports of(List<FlowResult> flows) {
        Map<String, Set<String>> byProtocol = new LinkedHashMap<>();
        flows.forEach(flow -> byProtocol
                .computeIfAbsent(flow.protocol().toUpperCase(Locale.ROOT), protocol -> new LinkedHashSet<>())
                .addAll(flow.ports()));
        return new Ports(byProtocol.entrySet().stream()
                .map(entry -> new Group(
                        entry.getKey(),
                        entry.getValue().contains("0-65535") ? List.of() : List.copyOf(entry.getValue()),
                        false))
                .toList());
    }

    /** Whether more can be left out: of each protocol one port stays. */
    boolean canBeShorter() {
        return groups.stream().anyMatch(group -> group.shown().size() > 1);
    }

    /** Without the last port of the protocol that shows most. */
    Ports shorter() {
        List<Group> fewer = new ArrayList<>(groups);
        Group longest = fewer.stream()
                .max(Comparator.comparingInt(group -> group.shown().size()))
                .orElseThrow();
        fewer.set(fewer.indexOf(longest), longest.shorter());
        return new Ports(fewer);
    }

    @Override
    public String toString() {
        return groups.stream().map(Group::toString).collect(Collectors.joining("; "));
    }
}
