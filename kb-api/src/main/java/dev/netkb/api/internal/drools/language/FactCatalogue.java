package dev.netkb.api.internal.drools.language;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.change.DnsChange;
import dev.netkb.model.change.GatewayChange;
import dev.netkb.model.change.LocationChange;
import dev.netkb.model.change.StandingLock;
import dev.netkb.model.change.SubnetChange;
import dev.netkb.model.derived.AddressBudget;
import dev.netkb.model.derived.AddressNeed;
import dev.netkb.model.derived.AmbiguousStatus;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Applicable;
import dev.netkb.model.derived.ControlPlaneAddress;
import dev.netkb.model.derived.CrossedRoutes;
import dev.netkb.model.derived.DefaultRoute;
import dev.netkb.model.derived.DependencyStatus;
import dev.netkb.model.derived.DerivationDone;
import dev.netkb.model.derived.DnsComparison;
import dev.netkb.model.derived.EndpointLookup;
import dev.netkb.model.derived.FailedDependency;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.derived.FixedAddresses;
import dev.netkb.model.derived.FixedRoutes;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.derived.GatewayLookup;
import dev.netkb.model.derived.HostLookup;
import dev.netkb.model.derived.HostsVerdict;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.derived.LocationStatus;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.NetworkScope;
import dev.netkb.model.derived.OwnHost;
import dev.netkb.model.derived.OwnHosts;
import dev.netkb.model.derived.Placement;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.derived.Possibility;
import dev.netkb.model.derived.PossibleModel;
import dev.netkb.model.derived.PrivateAccess;
import dev.netkb.model.derived.PublicRangeToInternet;
import dev.netkb.model.derived.RecordTarget;
import dev.netkb.model.derived.RequiredFlow;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.derived.RoutePlaces;
import dev.netkb.model.derived.RouteVerdict;
import dev.netkb.model.derived.RoutedFlows;
import dev.netkb.model.derived.StatusMapping;
import dev.netkb.model.derived.SubnetLimit;
import dev.netkb.model.derived.SubnetOccupants;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.derived.Unavailable;
import dev.netkb.model.derived.WithdrawnAddresses;
import dev.netkb.model.dns.NameAnswer;
import dev.netkb.model.dns.NameResolution;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Coverage;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Agreement;
import dev.netkb.model.value.Cloud;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ServiceTags;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** The types of facts that rules can match, their fields and methods, and the fixed values that there are. */
public final class FactCatalogue {

    private static final String MODEL = "dev.netkb.model.";

    /** Of each of these an evaluation has one, so a pattern of it needs no join. */
    private static final List<Class<?>> SINGLE =
            List.of(Coverage.class, DerivationDone.class, NameResolution.class, RoutePlaces.class, ServiceTags.class);

    /** What an evaluation has besides what a snapshot holds. */
    private static final List<Class<?>> MATCHED = List.of(
            Location.class,
            FirewallRule.class,
            NsgRule.class,
            Route.class,
            // derived before flows are decided
            LocationModel.class,
            PossibleModel.class,
            Possibility.class,
            Requirement.class,
            Applicable.class,
            Unavailable.class,
            FlowRequirement.class,
            RequiredFlow.class,
            Placement.class,
            SubnetOccupants.class,
            AddressNeed.class,
            AddressBudget.class,
            SubnetLimit.class,
            Tier.class,
            FixedAddresses.class,
            FixedRoutes.class,
            WithdrawnAddresses.class,
            ControlPlaneAddress.class,
            PrivateAccess.class,
            PublicRangeToInternet.class,
            NetworkScope.class,
            OwnHosts.class,
            HostLookup.class,
            EndpointLookup.class,
            GatewayLookup.class,
            RecordTarget.class,
            DnsComparison.class,
            LocationStatus.class,
            DependencyStatus.class,
            AmbiguousStatus.class,
            StatusMapping.class,
            FailedDependency.class,
            // decided
            FlowVerdict.class,
            HostsVerdict.class,
            RouteVerdict.class,
            DefaultRoute.class,
            CrossedRoutes.class,
            RoutedFlows.class,
            // between two snapshots
            LocationChange.class,
            GatewayChange.class,
            SubnetChange.class,
            DnsChange.class,
            StandingLock.class);

    private static final List<Class<? extends Enum<?>>> FIXED = List.of(
            Agreement.class,
            Applicability.Scope.class,
            Cloud.class,
            Direction.class,
            FailedDependency.Cause.class,
            FeatureInUse.Feature.class,
            FirewallRule.Action.class,
            FirewallRule.Kind.class,
            NameAnswer.Kind.class,
            NetworkModel.class,
            NextHopType.class,
            NsgRule.Access.class,
            NsgRule.Origin.class,
            OwnHost.Role.class,
            Platform.class,
            Protocol.class,
            ResolvedRoute.Origin.class,
            SecurityAdminRule.Access.class,
            Severity.class,
            SubnetUser.Kind.class,
            Verdict.class,
            VirtualNetworkType.class);

    /** What may be asked of values that are none of the model's. */
    private static final Map<Class<?>, Set<String>> PLAIN = Map.of(
            String.class,
                    Set.of("length", "isEmpty", "isBlank", "startsWith", "endsWith", "contains", "equalsIgnoreCase"),
            Collection.class, Set.of("size", "isEmpty", "contains", "containsAll"),
            Map.class, Set.of("get", "size", "isEmpty", "containsKey"),
            Optional.class, Set.of("isPresent", "isEmpty", "orElse"),
            Instant.class, Set.of("isBefore", "isAfter"),
            OffsetDateTime.class, Set.of("isBefore", "isAfter"),
            LocalDate.class, Set.of("isBefore", "isAfter"),
            YearMonth.class, Set.of("isBefore", "isAfter"),
            Enum.class, Set.of("name"));

    private static final Map<String, Class<?>> TYPES = byName(List.of(List.copyOf(Snapshot.TYPES), MATCHED, SINGLE));

    private static final Map<String, Class<?>> ENUMS = byName(List.of(List.copyOf(FIXED)));

    /** The types whose fields {@code @requires} can name. */
    private static final List<Class<?>> EXPORTED =
            Stream.concat(Snapshot.TYPES.stream(), Stream.of(Location.class)).collect(Collectors.toUnmodifiableList());

    private static final Map<Class<?>, List<Method>> MEMBERS = new ConcurrentHashMap<>();

    private FactCatalogue() {}

    private static Map<String, Class<?>> byName(List<List<? extends Class<?>>> lists) {
        Map<String, Class<?>> named = new TreeMap<>();
        lists.forEach(list -> list.forEach(type -> named.put(shownName(type), type)));
        return named;
    }

    /** Names of the types that patterns can match, sorted. */
    public static List<String> types() {
        return List.copyOf(TYPES.keySet());
    }

    /** Names of the lists of fixed values, sorted. */
    public static List<String> fixedTypes() {
        return List.copyOf(ENUMS.keySet());
    }

    public static @Nullable Class<?> type(String name) {
        return TYPES.get(name);
    }

    /** By name, such as {@code Direction} or {@code NsgRule.Access}. */
    public static @Nullable Class<?> fixed(String name) {
        return ENUMS.get(name);
    }

    static boolean isSingle(Class<?> type) {
        return SINGLE.contains(type);
    }

    /** Whether the model has a type of that name which is a part of others, so that no pattern can match it. */
    static boolean isPart(String name) {
        return name.equals("Finding")
                || TYPES.values().stream()
                        .flatMap(type -> members(type).stream())
                        .anyMatch(method -> {
                            Kind kind = Kind.of(method.getAnnotatedReturnType());
                            return kind.type().getSimpleName().equals(name)
                                            && kind.type().getName().startsWith(MODEL)
                                    || kind.element() != null
                                            && kind.element().getSimpleName().equals(name);
                        });
    }

    static @Nullable Class<?> exported(String name) {
        return EXPORTED.stream()
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElse(null);
    }

    static List<String> exportedTypes() {
        return EXPORTED.stream().map(Class::getSimpleName).sorted().toList();
    }

    /** The name in rules: that of the type, for a nested one with the outer type's before it. */
    static String shownName(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : shownName(outer) + "." + type.getSimpleName();
    }

    /** Everything that rules may ask of a type, sorted by name. */
    static List<Method> members(Class<?> type) {
        return MEMBERS.computeIfAbsent(type, FactCatalogue::find);
    }

    private static List<Method> find(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method ->
                        !Modifier.isStatic(method.getModifiers()) && !method.isBridge() && !method.isSynthetic())
                .filter(method -> isHarmless(type, method))
                .sorted(Comparator.comparing(Method::getName)
                        .thenComparing(Method::getParameterCount)
                        .thenComparing(Method::toString))
                .toList();
    }

    private static boolean isHarmless(Class<?> type, Method method) {
        if (Set.of(
                        "equals",
                        "hashCode",
                        "toString",
                        "compareTo",
                        "getDeclaringClass",
                        "describeConstable",
                        "provenance")
                .contains(method.getName())) {
            return false;
        }
        if (!method.getDeclaringClass().getName().startsWith(MODEL)) {
            return PLAIN.entrySet().stream()
                    .anyMatch(plain -> plain.getKey().isAssignableFrom(type)
                            && plain.getValue().contains(method.getName()));
        }
        return isValue(method.getReturnType())
                && Arrays.stream(method.getParameterTypes()).allMatch(FactCatalogue::isArgument);
    }

    private static boolean isArgument(Class<?> type) {
        return type == Object.class || isValue(type);
    }

    private static boolean isValue(Class<?> type) {
        return type.isPrimitive() && type != void.class
                || Set.of(String.class, Integer.class, Long.class, Boolean.class, Optional.class)
                        .contains(type)
                || Collection.class.isAssignableFrom(type)
                || type == Map.class
                || type == Instant.class
                || type == OffsetDateTime.class
                || type == LocalDate.class
                || type == YearMonth.class
                || type.getName().startsWith(MODEL) && type != Snapshot.class && !type.isArray();
    }

    /** A field by its name in a pattern: what {@code name()}, {@code isName()} or {@code getName()} gives. */
    static @Nullable Method field(Class<?> type, String name) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Stream.of(name, "is" + capital, "get" + capital)
                .flatMap(each -> methods(type, each).stream())
                .filter(method -> method.getParameterCount() == 0)
                .findFirst()
                .orElse(null);
    }

    static List<Method> methods(Class<?> type, String name) {
        return members(type).stream()
                .filter(method -> method.getName().equals(name))
                .toList();
    }

    /** The names by which a pattern can ask for what a type holds, sorted. */
    public static List<String> fields(Class<?> type) {
        return members(type).stream()
                .filter(method -> method.getParameterCount() == 0)
                .map(method -> fieldName(method.getName()))
                .distinct()
                .sorted()
                .toList();
    }

    /** The names of what a type can be asked with values in brackets. */
    static List<String> questions(Class<?> type) {
        return members(type).stream()
                .filter(method -> method.getParameterCount() > 0)
                .map(Method::getName)
                .distinct()
                .sorted()
                .toList();
    }

    private static String fieldName(String method) {
        if (method.length() > 2 && method.startsWith("is") && Character.isUpperCase(method.charAt(2))) {
            String field = Character.toLowerCase(method.charAt(2)) + method.substring(3);
            return isReserved(field) ? method : field;
        }
        return method;
    }

    /** Whether the engine takes a name for a word of its own, so that no field can be named by it. */
    static boolean isReserved(String name) {
        return SourceVersion.isKeyword(name);
    }

    /** Whether what is given in brackets is a port. */
    static boolean takesPort(Method method) {
        return Set.of(NsgRule.class, PortSet.class).contains(method.getDeclaringClass())
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {int.class});
    }

    /** Whether a field, or what is given in brackets, is a tier of API Management. */
    static boolean isTier(Method method) {
        return Set.of(Location.class, ApiManagementService.class).contains(method.getDeclaringClass())
                && Set.of("sku", "hasSku", "tierKey").contains(method.getName());
    }

    /** What {@code Finding.…} can begin with, and what can follow. */
    static List<Method> findingMethods(boolean begins) {
        return Arrays.stream(Finding.class.getMethods())
                .filter(method ->
                        Modifier.isStatic(method.getModifiers()) == begins && method.getReturnType() == Finding.class)
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount))
                .toList();
    }
}
