package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.ApiManagementService.HostnameConfiguration;
import dev.netkb.model.azure.ApiManagementService.PrivateEndpointConnection;
import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.ServiceEndpoint;
import dev.netkb.model.azure.SubnetDelegation;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.Provenance;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fact together with what the export says of it, so that two exports of one thing can be joined: what only one of
 * them says is taken from it, what both say must agree.
 *
 * @param key what the fact is about, the same for both exports
 * @param fact a record with a component {@code provenance}
 * @param said the components of the record that the export has a value for
 * @param parts components that are lists of facts of their own
 */
record Draft(String key, Record fact, Set<String> said, Map<String, List<Draft>> parts) {

    Draft {
        said = Set.copyOf(said);
        parts = Map.copyOf(parts);
    }

    Draft(String key, Record fact, Set<String> said) {
        this(key, fact, said, Map.of());
    }

    Provenance provenance() {
        return (Provenance) value(fact, "provenance");
    }

    /** Differences that a problem names besides the one that it gives in full. */
    private static final int NAMED_DIFFERENCES = 5;

    /** A component of which two exports say two things; {@code part} is the item of a list that it belongs to. */
    private record Difference(String part, String component, String here, String there, Place at, Place first) {

        String inWords() {
            return part.isEmpty() ? component : part + " (" + component + ")";
        }
    }

    /** The same draft with a component that is not known. */
    Draft withUnknown(String component, String reason) {
        return with("provenance", provenance().withUnknown(component, reason));
    }

    /** The same draft with another value of a component. */
    Draft with(String component, @Nullable Object value) {
        Map<String, Object> values = values();
        values.put(component, value);
        return new Draft(key, rebuild(values), said, parts);
    }

    /** The same draft with other items of a list. */
    Draft withItems(String list, UnaryOperator<Draft> change) {
        List<Draft> items =
                parts.getOrDefault(list, List.of()).stream().map(change).toList();
        Map<String, Object> values = values();
        values.put(list, items.stream().map(Draft::fact).toList());
        Map<String, List<Draft>> all = new TreeMap<>(parts);
        all.put(list, items);
        return new Draft(key, rebuild(values), said, all);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent each : fact.getClass().getRecordComponents()) {
            values.put(each.getName(), value(fact, each.getName()));
        }
        return values;
    }

    /** Joins two drafts with the same key; where they contradict each other, that is one problem. */
    Draft join(Draft other, String what, Problems problems) {
        List<Difference> differences = new ArrayList<>();
        Draft joined = join(other, "", differences);
        if (!differences.isEmpty()) {
            report(differences, what, problems);
        }
        return joined;
    }

    private Draft join(Draft other, String part, List<Difference> differences) {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> union = new HashSet<>(said);
        union.addAll(other.said);
        Map<String, List<Draft>> joinedParts = new TreeMap<>(parts);
        Map<String, String> unknown = new TreeMap<>();
        for (RecordComponent component : fact.getClass().getRecordComponents()) {
            String name = component.getName();
            boolean here = said.contains(name);
            boolean there = other.said.contains(name);
            Draft from = here || !there ? this : other;
            Object mine = value(fact, name);
            Object theirs = value(other.fact, name);
            Object result = from == this ? mine : theirs;
            if (parts.containsKey(name) && other.parts.containsKey(name) && here && there) {
                List<Draft> joined = joinParts(name, other, differences);
                joinedParts.put(name, joined);
                result = joined.stream().map(Draft::fact).toList();
            } else if (other.parts.containsKey(name) && from == other) {
                joinedParts.put(name, other.parts.get(name));
            } else if (here && there && !agree(mine, theirs) && knows(name) && other.knows(name)) {
                differences.add(difference(part, name, show(theirs), show(mine), other));
            } else if (here && there && !knows(name) && other.knows(name)) {
                from = other;
                result = theirs;
            }
            values.put(name, result);
            String reason = from.provenance().unknown().get(name);
            if (reason != null) {
                unknown.put(name, reason);
            }
        }
        Place place = said.size() >= other.said.size()
                ? provenance().place()
                : other.provenance().place();
        values.put("provenance", new Provenance(place, unknown));
        return new Draft(key, rebuild(values), union, joinedParts);
    }

    boolean knows(String component) {
        return provenance().knows(component);
    }

    private List<Draft> joinParts(String name, Draft other, List<Difference> differences) {
        Map<String, Draft> byKey = new LinkedHashMap<>();
        parts.getOrDefault(name, List.of()).forEach(part -> byKey.put(part.key(), part));
        Set<String> onlyHere = new TreeSet<>();
        Set<String> onlyThere = new TreeSet<>(byKey.keySet());
        for (Draft part : other.parts.getOrDefault(name, List.of())) {
            Draft mine = byKey.get(part.key());
            onlyThere.remove(part.key());
            if (mine == null) {
                onlyHere.add(part.key());
            } else {
                byKey.put(part.key(), mine.join(part, name + " '" + part.key() + "'", differences));
            }
        }
        if (!onlyHere.isEmpty() || !onlyThere.isEmpty()) {
            differences.add(difference("", name, items(onlyHere, onlyThere), items(onlyThere, onlyHere), other));
        }
        return List.copyOf(byKey.values());
    }

    private static String items(Set<String> items, Set<String> others) {
        return items.isEmpty() ? "nothing called " + quoted(others) : quoted(items);
    }

    private static String quoted(Set<String> items) {
        return items.stream().map(Problems::quote).collect(Collectors.joining(", "));
    }

    private Difference difference(String part, String component, String here, String there, Draft other) {
        return new Difference(
                part,
                component,
                here,
                there,
                other.provenance().place().field(component),
                provenance().place());
    }

    private static void report(List<Difference> differences, String what, Problems problems) {
        Difference first = differences.get(0);
        problems.add(
                ProblemCode.CONTRADICTION,
                first.at(),
                "the export says two things of " + what
                        + (first.part().isEmpty() ? "" : ", " + first.part())
                        + ": " + first.component() + " is " + first.here() + " here and " + first.there() + " at "
                        + first.first().file() + " " + first.first().pointer()
                        + others(differences.subList(1, differences.size())),
                "Maybe the files are from different days or places: export all of them again and keep one of each, or"
                        + " check each file or folder as a snapshot of its own (--each).");
    }

    private static String others(List<Difference> differences) {
        if (differences.isEmpty()) {
            return "";
        }
        int more = differences.size() - NAMED_DIFFERENCES;
        return differences.stream()
                .limit(NAMED_DIFFERENCES)
                .map(Difference::inWords)
                .collect(Collectors.joining(", ", "; they also differ in ", more > 0 ? " and " + more + " more" : ""));
    }

    private Record rebuild(Map<String, Object> values) {
        try {
            RecordComponent[] components = fact.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] arguments = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                arguments[i] = values.get(components[i].getName());
            }
            return fact.getClass().getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a fact cannot be built again: " + fact.getClass(), e);
        }
    }

    private static Object value(Record fact, String component) {
        try {
            var accessor = fact.getClass().getDeclaredMethod(component);
            accessor.setAccessible(true);
            return accessor.invoke(fact);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a fact without " + component + ": " + fact.getClass(), e);
        }
    }

    /** Azure does not tell letter case apart; lists are compared as sets. */
    private static boolean agree(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return x.equalsIgnoreCase(y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return new HashSet<>(x).equals(new HashSet<>(y));
        }
        return a == null ? b == null : a.equals(b);
    }

    private static String show(@Nullable Object value) {
        String words = words(value);
        return words.isEmpty() ? "nothing" : Problems.quote(words);
    }

    /** A component of a fact as a person would write it; empty for nothing. */
    private static String words(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Draft::words).collect(Collectors.joining(", "));
        }
        if (value instanceof AddressMatch match) {
            return match.text();
        }
        if (value instanceof DnsServer server) {
            return server.address().text();
        }
        if (value instanceof SubnetDelegation delegation) {
            return delegation.name() + " " + delegation.serviceName();
        }
        if (value instanceof ServiceEndpoint endpoint) {
            return endpoint.service() + (endpoint.locations().isEmpty() ? "" : " in " + words(endpoint.locations()));
        }
        if (value instanceof HostnameConfiguration host) {
            return host.type() + " " + host.hostName();
        }
        if (value instanceof PrivateEndpointConnection connection) {
            return words(connection.privateEndpointId()) + " " + words(connection.groupIds()) + " "
                    + words(connection.status());
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        return value.toString();
    }
}
