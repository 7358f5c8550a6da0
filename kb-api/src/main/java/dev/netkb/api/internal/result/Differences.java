package dev.netkb.api.internal.result;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.change.AddressDependent;
import dev.netkb.model.change.Changes;
import dev.netkb.model.change.LocationChange;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.LocationDifference;
import dev.netkb.model.report.LocationDifference.Dependent;
import dev.netkb.model.report.LocationDifference.Field;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Question;
import dev.netkb.model.report.ResourceChange;
import dev.netkb.model.report.ResourceChange.Kind;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the facts and the results of two snapshots. Pure functions. */
public final class Differences {

    /** Facts whose parts are compared one by one, so that a change of a part need not be told twice. */
    private static final Set<Class<?>> HOLDERS = Set.of(
            NetworkSecurityGroup.class, RouteTable.class, FirewallRuleCollectionGroup.class, AzureFirewall.class);

    /** Numbers, addresses and lists of them, with the ending of what is counted; not the digits of a name. */
    private static final Pattern NUMBERS = Pattern.compile(
            "(?<![\\w.-])\\d[\\d./:]*(?:, \\d[\\d./:]*)*(?![\\w-])(?: (?:addresses|address|units?)\\b)?");

    private Differences() {}

    // ---- results

    /**
     * The results of one outcome. Where the later snapshot holds no services, because they were not exported, nothing is
     * solved.
     */
    public static Difference of(Outcome outcome, SnapshotReport before, SnapshotReport after, boolean servicesAfter) {
        Map<Object, List<Result>> was = byIdentity(outcome, before);
        Map<Object, List<Result>> is = byIdentity(outcome, after);
        Set<Object> undecidedAfter = outcome == Outcome.UNDETERMINED
                ? Set.of()
                : after.results().stream()
                        .filter(result -> result.outcome() == Outcome.UNDETERMINED)
                        .map(Result::question)
                        .collect(Collectors.toSet());
        List<Result> appeared = new ArrayList<>();
        List<Result> solved = new ArrayList<>();
        List<Result> undecided = new ArrayList<>();
        List<Result> unchanged = new ArrayList<>();
        Set<Object> identities = new HashSet<>(was.keySet());
        identities.addAll(is.keySet());
        for (Object identity : identities) {
            List<Result> gone = new ArrayList<>(was.getOrDefault(identity, List.of()));
            List<Result> come = new ArrayList<>(is.getOrDefault(identity, List.of()));
            unchanged.addAll(match(gone, come));
            appeared.addAll(come);
            for (Result result : gone) {
                boolean open = !servicesAfter || undecidedAfter.contains(result.question());
                (open ? undecided : solved).add(result);
            }
        }
        return new Difference(appeared, solved, undecided, unchanged);
    }

    private static Map<Object, List<Result>> byIdentity(Outcome outcome, SnapshotReport report) {
        return report.results().stream()
                .filter(result -> result.outcome() == outcome)
                .collect(
                        Collectors.groupingBy(result -> List.of(result.question(), result.severity(), aspect(result))));
    }

    /**
     * What tells apart the answers that a requirement without a flow can have about one subject, such as one for each
     * host: the text without letter case, numbers and addresses. An undetermined question is the same whatever is missing.
     */
    private static String aspect(Result result) {
        return result.flow() != null || result.outcome() == Outcome.UNDETERMINED
                ? ""
                : NUMBERS.matcher(result.message()).replaceAll("#").toLowerCase(Locale.ROOT);
    }

    /**
     * Takes out of both lists the results that are the same, those with the same text first, and gives them as the later
     * snapshot has them. Where several have one identity, as many as both have are the same.
     */
    private static List<Result> match(List<Result> gone, List<Result> come) {
        List<Result> same = new ArrayList<>();
        for (Result result : List.copyOf(come)) {
            Result twin = gone.stream()
                    .filter(other -> other.message().equals(result.message()))
                    .findFirst()
                    .orElse(null);
            if (twin != null) {
                gone.remove(twin);
                come.remove(result);
                same.add(result);
            }
        }
        while (!gone.isEmpty() && !come.isEmpty()) {
            gone.remove(0);
            same.add(come.remove(0));
        }
        return same;
    }

    /**
     * What is told of one side: all that is violated or undetermined, and of what passes the flows that fare otherwise on
     * the other side, so that both can be looked at side by side.
     *
     * @param side,other with what passed
     */
    public static SnapshotReport told(SnapshotReport side, SnapshotReport other, List<FlowChange> flows) {
        Set<Object> differing = Stream.concat(
                        flows.stream().map(Differences::flow),
                        Stream.of(side, other)
                                .flatMap(report -> report.results().stream())
                                .filter(result -> result.flow() != null && !isPassed(result))
                                .map(Differences::flow))
                .collect(Collectors.toSet());
        return new SnapshotReport(
                side.source(),
                side.evaluated(),
                side.complete(),
                side.problems(),
                side.locations(),
                side.results().stream()
                        .filter(result -> !isPassed(result) || differing.contains(flow(result)))
                        .toList(),
                side.rules());
    }

    private static boolean isPassed(Result result) {
        return result.outcome() == Outcome.PASSED || result.outcome() == Outcome.NOT_APPLICABLE;
    }

    /** Equal where a result and a change are about one flow. */
    private static Object flow(Result result) {
        Question question = result.question();
        return List.of(question.rule(), question.subject(), question.location(), question.flow());
    }

    private static Object flow(FlowChange change) {
        return List.of(
                change.rule(),
                change.service(),
                change.location(),
                Question.flow(change.direction(), change.protocol(), change.ports(), change.remote()));
    }

    // ---- facts

    /** The locations that differ. */
    public static List<LocationDifference> locations(
            Changes changes, UnaryOperator<Place> locateBefore, UnaryOperator<Place> locateAfter) {
        return changes.locations().stream()
                .map(change -> difference(change, locateBefore, locateAfter))
                .filter(difference -> difference.kind() != Kind.CHANGED
                        || !difference.fields().isEmpty())
                .toList();
    }

    private static LocationDifference difference(
            LocationChange change, UnaryOperator<Place> locateBefore, UnaryOperator<Place> locateAfter) {
        Location location = change.location();
        Kind kind = change.isAdded() ? Kind.ADDED : change.isRemoved() ? Kind.REMOVED : Kind.CHANGED;
        Map<String, String> was = fields(change.before());
        Map<String, String> is = fields(change.after());
        List<Field> fields = is.keySet().stream()
                .map(name -> new Field(name, was.getOrDefault(name, "none"), is.getOrDefault(name, "none")))
                .filter(field -> !field.before().equalsIgnoreCase(field.after()))
                .toList();
        List<Dependent> dependents = change.dependents().stream()
                .map(dependent -> dependent(dependent, dependent.inAfter() ? locateAfter : locateBefore))
                .toList();
        return new LocationDifference(location.serviceId(), location.regionName(), kind, fields, dependents);
    }

    private static Dependent dependent(AddressDependent dependent, UnaryOperator<Place> locate) {
        return new Dependent(
                dependent.address().text(),
                dependent.holder().factType(),
                dependent.holder().id(),
                dependent.field(),
                dependent.inAfter(),
                locate.apply(dependent.place()));
    }

    /** What people look at, under the names of exports; the same names whether the location is there or not. */
    private static Map<String, String> fields(@Nullable LocationModel located) {
        Map<String, Function<Location, @Nullable String>> fields = new LinkedHashMap<>();
        fields.put("sku", Location::sku);
        fields.put("capacity", location -> location.units() == null ? null : String.valueOf(location.units()));
        fields.put(
                "virtualNetworkType", location -> location.virtualNetworkType().azureName());
        fields.put("subnet", location -> text(location.subnetId()));
        fields.put("publicIpAddressId", location -> text(location.publicIpAddressId()));
        fields.put("zones", Location::zoneNames);
        fields.put("platformVersion", Location::platformVersion);
        fields.put("publicIPAddresses", location -> texts(location.publicAddresses()));
        fields.put("privateIPAddresses", location -> texts(location.privateAddresses()));
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            String text = located == null ? null : value.apply(located.location());
            values.put(name, text == null || text.isEmpty() ? "none" : text);
        });
        return values;
    }

    private static @Nullable String text(@Nullable ResourceId id) {
        return id == null ? null : id.text();
    }

    private static String texts(List<AddressPrefix> addresses) {
        return addresses.stream().map(AddressPrefix::text).collect(Collectors.joining(", "));
    }

    /** Resources other than services that differ. What only one of both was exported with is left out. */
    public static List<ResourceChange> resources(Snapshot before, Snapshot after) {
        Map<String, AzureFact> was = Changes.resources(before);
        Map<String, AzureFact> is = Changes.resources(after);
        Set<String> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        Map<String, Boolean> covered = new HashMap<>();
        return keys.stream()
                .flatMap(key ->
                        Stream.concat(change(was.get(key), is.get(key)), dns(was.get(key), is.get(key), before, after)))
                .distinct()
                .filter(change -> change.kind() == Kind.CHANGED
                        || covered.computeIfAbsent(
                                rootType(change.id()), type -> covers(before, type) && covers(after, type)))
                .toList();
    }

    private static Stream<ResourceChange> change(@Nullable AzureFact was, @Nullable AzureFact is) {
        AzureFact fact = Objects.requireNonNull(is != null ? is : was);
        if (fact instanceof ApiManagementService || same(was, is)) {
            return Stream.empty();
        }
        Kind kind = was == null ? Kind.ADDED : is == null ? Kind.REMOVED : Kind.CHANGED;
        return kind == Kind.CHANGED && HOLDERS.contains(fact.getClass())
                ? Stream.empty()
                : Stream.of(new ResourceChange(fact.factType(), fact.id(), kind));
    }

    /** A virtual network whose DNS servers change: they are facts of their own. */
    private static Stream<ResourceChange> dns(
            @Nullable AzureFact was, @Nullable AzureFact is, Snapshot before, Snapshot after) {
        return was instanceof VirtualNetwork
                        && is instanceof VirtualNetwork
                        && !Changes.dnsServers(before, was.id()).equals(Changes.dnsServers(after, is.id()))
                ? Stream.of(new ResourceChange(is.factType(), is.id(), Kind.CHANGED))
                : Stream.empty();
    }

    /** Equality, but without the letter case of texts: Azure's names have none. */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof String a && other instanceof String b) {
            return a.equalsIgnoreCase(b);
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(at -> same(a.get(at), b.get(at)));
        }
        return Objects.equals(one, other)
                || one instanceof AzureFact
                        && one instanceof Record
                        && other != null
                        && one.getClass() == other.getClass()
                        && Stream.of(one.getClass().getRecordComponents())
                                .allMatch(part -> same(value(part, one), value(part, other)));
    }

    private static @Nullable Object value(RecordComponent part, Object of) {
        try {
            return part.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + part.getName() + " of " + of, e);
        }
    }

    /** Provider and first type: {@code microsoft.network/virtualnetworks} of a subnet. */
    private static String rootType(ResourceId id) {
        String[] parts = id.type().split("/", -1);
        return parts.length < 2 ? id.type() : parts[0] + "/" + parts[1];
    }

    /** Whether what is not in a snapshot does not exist, as far as its export tells. */
    private static boolean covers(Snapshot snapshot, String rootType) {
        if (snapshot.coverage().incomplete().contains(rootType)) {
            return false;
        }
        return snapshot.coverage().resourceTypes().keySet().stream()
                        .anyMatch(type -> type.equals(rootType) || type.startsWith(rootType + "/"))
                || Changes.resources(snapshot).values().stream()
                        .anyMatch(fact -> rootType(fact.id()).equals(rootType));
    }
}
