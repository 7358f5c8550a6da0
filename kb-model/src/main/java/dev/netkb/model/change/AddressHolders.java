package dev.netkb.model.change;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What in two snapshots holds single addresses: records of private DNS, rules, routes, IP groups and backends. A block
 * that holds an address among others does not depend on it.
 */
final class AddressHolders {

    /** An address that stands in a field of a fact. */
    private record Held(AddressPrefix address, AzureFact holder, String field) {}

    /**
     * A kind of holder.
     *
     * @param words what people call it
     * @param resourceTypes an export that has one of them was made with such facts
     */
    private record Kind(String words, List<String> resourceTypes, Function<Snapshot, Stream<Held>> held) {

        boolean isExported(Snapshot snapshot) {
            return resourceTypes.stream().anyMatch(snapshot.coverage()::has)
                    || held.apply(snapshot).findAny().isPresent();
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "private DNS records",
                    List.of("microsoft.network/privatednszones/a", "microsoft.network/privatednszones/aaaa"),
                    AddressHolders::records),
            new Kind(
                    "network security groups",
                    List.of("microsoft.network/networksecuritygroups"),
                    AddressHolders::nsgRules),
            new Kind("route tables", List.of("microsoft.network/routetables"), AddressHolders::routes),
            new Kind(
                    "firewall rules",
                    List.of(
                            "microsoft.network/firewallpolicies/rulecollectiongroups",
                            "microsoft.network/azurefirewalls"),
                    AddressHolders::firewallRules),
            new Kind("IP groups", List.of("microsoft.network/ipgroups"), AddressHolders::ipGroups),
            new Kind("security admin rules", List.of(), AddressHolders::adminRules),
            new Kind(
                    "backends",
                    List.of("microsoft.apimanagement/service/backends", "microsoft.apimanagement/service/apis"),
                    AddressHolders::backends));

    /** Kinds that few environments have: nobody misses them. */
    private static final List<String> RARE = List.of("IP groups", "security admin rules");

    private final List<AddressDependent> all = new ArrayList<>();
    private final List<String> unsearched = new ArrayList<>();

    AddressHolders(Snapshot before, Snapshot after) {
        for (Kind kind : KINDS) {
            if (kind.isExported(after)) {
                kind.held().apply(after).forEach(held -> add(held, true));
            } else if (kind.isExported(before)) {
                kind.held().apply(before).forEach(held -> add(held, false));
            } else if (!RARE.contains(kind.words())) {
                unsearched.add(kind.words());
            }
        }
        all.sort(Comparator.comparing(
                        (AddressDependent dependent) -> dependent.address().text())
                .thenComparing(dependent -> dependent.holder().factType())
                .thenComparing(dependent -> dependent.holder().id())
                .thenComparing(AddressDependent::field));
    }

    private void add(Held held, boolean inAfter) {
        all.add(new AddressDependent(held.address(), held.holder(), held.field(), inAfter));
    }

    /** What holds one of the addresses, sorted. */
    List<AddressDependent> of(List<AddressPrefix> addresses) {
        return all.stream()
                .filter(dependent -> addresses.contains(dependent.address()))
                .distinct()
                .toList();
    }

    /** Kinds of holders that neither snapshot was exported with, in words. */
    List<String> unsearched() {
        return unsearched;
    }

    // ---- kinds

    private static Stream<Held> records(Snapshot snapshot) {
        return snapshot.facts(PrivateDnsRecordSet.class).stream()
                .flatMap(set -> set.addresses().stream()
                        .map(address ->
                                new Held(address, set, set.type().toLowerCase(java.util.Locale.ROOT) + "Records")));
    }

    private static Stream<Held> nsgRules(Snapshot snapshot) {
        return snapshot.networkSecurityGroups().stream()
                .flatMap(nsg -> nsg.rules().stream())
                .filter(rule -> !rule.isDefault())
                .flatMap((NsgRule rule) -> Stream.concat(
                        matches(rule, "sourceAddressPrefix", rule.sources()),
                        matches(rule, "destinationAddressPrefix", rule.destinations())));
    }

    private static Stream<Held> routes(Snapshot snapshot) {
        return snapshot.routeTables().stream()
                .flatMap(table -> table.routes().stream())
                .flatMap((Route route) -> Stream.concat(
                        matches(route, "addressPrefix", List.of(route.destination())),
                        held(route, "nextHopIpAddress", route.nextHopIp())));
    }

    private static Stream<Held> firewallRules(Snapshot snapshot) {
        return snapshot.firewallRules().stream()
                .flatMap(rule -> Stream.of(
                                matches(rule, "sourceAddresses", rule.sources()),
                                matches(rule, "destinationAddresses", rule.destinations()),
                                held(rule, "translatedAddress", parsed(rule.translatedAddress())))
                        .flatMap(stream -> stream));
    }

    private static Stream<Held> ipGroups(Snapshot snapshot) {
        return snapshot.facts(IpGroup.class).stream()
                .flatMap(group -> group.addresses().toPrefixes().stream()
                        .flatMap(text -> held(group, "ipAddresses", parsed(text))));
    }

    private static Stream<Held> adminRules(Snapshot snapshot) {
        return snapshot.facts(SecurityAdminRule.class).stream()
                .flatMap(rule -> Stream.concat(
                        matches(rule, "sources", rule.sources()), matches(rule, "destinations", rule.destinations())));
    }

    private static Stream<Held> backends(Snapshot snapshot) {
        return snapshot.facts(BackendHost.class).stream()
                .flatMap(backend -> held(backend, "url", parsed(backend.host())));
    }

    private static Stream<Held> matches(AzureFact holder, String field, List<AddressMatch> matches) {
        return matches.stream()
                .filter(AddressMatch.Prefix.class::isInstance)
                .flatMap(match -> held(holder, field, ((AddressMatch.Prefix) match).prefix()));
    }

    private static Stream<Held> held(AzureFact holder, String field, @Nullable AddressPrefix address) {
        return Stream.ofNullable(address).filter(AddressPrefix::isSingle).map(each -> new Held(each, holder, field));
    }

    private static @Nullable AddressPrefix parsed(@Nullable String text) {
        return text == null
                ? null
                : AddressPrefix.tryParse(Objects.requireNonNull(text)).orElse(null);
    }
}
