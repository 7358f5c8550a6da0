package dev.netkb.model.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRule.Action;
import dev.netkb.model.azure.FirewallRule.ApplicationProtocol;
import dev.netkb.model.azure.FirewallRule.Kind;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.IpAddress;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What Azure Firewall makes of hosts by name (requirements C.6), one sentence a test, and against an oracle. */
class FirewallNamesTest {

    private static final AddressSet SUBNET = AddressPrefix.parse("10.0.0.0/24").addresses();
    private static final ResourceId FIREWALL =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/azureFirewalls/fw");

    private final List<FirewallRule> rules = new ArrayList<>();
    private final List<IpGroup> groups = new ArrayList<>();

    private FirewallNamesTest network(int priority, Action action, String destinations, String ports) {
        rules.add(network(priority, action, "*", List.of(destinations.split(" ")), List.of(), ports));
        return this;
    }

    private FirewallNamesTest application(int priority, Action action, String protocol, String... names) {
        rules.add(application(priority, action, "*", protocol, List.of(names), List.of()));
        return this;
    }

    private static FirewallRule network(
            int priority, Action action, String source, List<String> destinations, List<String> names, String ports) {
        return rule(
                Kind.NETWORK,
                priority,
                action,
                source,
                destinations.stream().map(FirewallNamesTest::match).toList(),
                names,
                PortSet.parse(ports),
                List.of(),
                List.of(),
                List.of());
    }

    private static FirewallRule application(
            int priority, Action action, String source, String protocol, List<String> names, List<String> tags) {
        return rule(
                Kind.APPLICATION,
                priority,
                action,
                source,
                List.of(),
                List.of(),
                PortSet.EMPTY,
                List.of(new ApplicationProtocol(protocol, null)),
                names,
                tags);
    }

    private static FirewallRule rule(
            Kind kind,
            int priority,
            Action action,
            String source,
            List<AddressMatch> destinations,
            List<String> destinationFqdns,
            PortSet ports,
            List<ApplicationProtocol> protocols,
            List<String> targetFqdns,
            List<String> fqdnTags) {
        return new FirewallRule(
                FIREWALL,
                null,
                null,
                "c" + priority,
                priority,
                kind + "-" + priority,
                kind,
                action,
                kind == Kind.NETWORK ? ProtocolSet.TCP : ProtocolSet.EMPTY,
                protocols,
                List.of(match(source)),
                List.of(),
                destinations,
                List.of(),
                destinationFqdns,
                ports,
                targetFqdns,
                List.of(),
                fqdnTags,
                List.of(),
                null,
                null,
                Provenance.NONE);
    }

    private static AddressMatch match(String text) {
        if (text.equals("*")) {
            return new AddressMatch.Any();
        }
        return AddressPrefix.tryParse(text)
                .<AddressMatch>map(AddressMatch.Prefix::new)
                .orElseGet(() -> new AddressMatch.Tag(ServiceTag.of(text)));
    }

    private FirewallNames names() {
        AzureFirewall firewall = new AzureFirewall(
                FIREWALL, "fw", null, null, null, null, List.of(), null, null, null, rules, Provenance.NONE);
        Snapshot.Builder builder = Snapshot.builder();
        Stream.concat(Stream.of(firewall), groups.stream()).forEach(builder::add);
        return FirewallNames.of(firewall, builder.build()).orElseThrow();
    }

    private FirewallNames.Answer ask(String host, int port) {
        return names().decide(SUBNET, new FirewallNames.Host(host, null, Set.of()), port);
    }

    private Verdict verdict(String host, int port) {
        return ask(host, port).verdict();
    }

    // ---- sentences

    @Test
    void whatNoRuleMatchesIsDenied() {
        assertThat(ask("crl.contoso.com", 80)).isEqualTo(new FirewallNames.Answer(Verdict.DENIED, null, List.of()));
    }

    @Test
    void anApplicationRuleForTheNameLetsItsPortPass() {
        application(300, Action.ALLOW, "Https", "CRL.contoso.com");

        assertThat(verdict("crl.contoso.com", 443)).isEqualTo(Verdict.ALLOWED);
        assertThat(verdict("crl.contoso.com", 80)).isEqualTo(Verdict.DENIED);
        assertThat(verdict("www.contoso.com", 443)).isEqualTo(Verdict.DENIED);
    }

    @Test
    void aStarInFrontStandsForAnyBeginning() {
        application(300, Action.ALLOW, "Https", "*.contoso.com");

        assertThat(verdict("a.b.contoso.com", 443)).isEqualTo(Verdict.ALLOWED);
        assertThat(verdict("contoso.com", 443)).isEqualTo(Verdict.DENIED);
        assertThat(verdict("evilcontoso.com", 443)).isEqualTo(Verdict.DENIED);
    }

    @Test
    void aStarAloneStandsForEveryName() {
        application(300, Action.ALLOW, "Http", "*");

        assertThat(verdict("crl.contoso.com", 80)).isEqualTo(Verdict.ALLOWED);
        assertThat(verdict("", 80)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void theLowerNumberDecidesAndIsNamed() {
        application(300, Action.ALLOW, "Https", "*").application(200, Action.DENY, "Https", "crl.contoso.com");

        FirewallNames.Answer answer = ask("crl.contoso.com", 443);

        assertThat(answer.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(answer.rule()).extracting(FirewallRule::name).isEqualTo("APPLICATION-200");
        assertThat(verdict("www.contoso.com", 443)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void networkRulesComeBeforeApplicationRulesWhateverTheirNumber() {
        application(100, Action.ALLOW, "Https", "*").network(900, Action.DENY, "*", "443");

        assertThat(verdict("crl.contoso.com", 443)).isEqualTo(Verdict.DENIED);
    }

    @Test
    void aNetworkRuleForTheNameLetsItPassAndOneForAnotherNameDoesNot() {
        rules.add(network(200, Action.ALLOW, "*", List.of(), List.of("time.contoso.com"), "1688"));

        assertThat(verdict("time.contoso.com", 1688)).isEqualTo(Verdict.ALLOWED);
        assertThat(verdict("kms.contoso.com", 1688)).isEqualTo(Verdict.DENIED);
    }

    @Test
    void aNetworkRuleForPublicAddressesMayBeForTheHost() {
        network(200, Action.ALLOW, "20.0.0.0/8", "443");

        assertThat(ask("crl.contoso.com", 443))
                .isEqualTo(new FirewallNames.Answer(
                        Verdict.UNDETERMINED, null, List.of("the address of crl.contoso.com")));
    }

    @Test
    void aNetworkRuleForPrivateAddressesIsNotForTheHost() {
        network(200, Action.ALLOW, "10.1.0.0/16", "443");

        assertThat(verdict("crl.contoso.com", 443)).isEqualTo(Verdict.DENIED);
    }

    @Test
    void ofTwoRulesForTheSameAddressesTheFirstDecidesWhereverTheHostLies() {
        network(200, Action.ALLOW, "20.0.0.0/8 Storage", "443")
                .network(300, Action.DENY, "20.1.0.0/16 Storage.WestEurope", "443")
                .network(400, Action.ALLOW, "*", "443");

        assertThat(verdict("crl.contoso.com", 443)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void aServiceTagThatHoldsTheHostDecides() {
        network(200, Action.ALLOW, "AzureMonitor", "443");

        assertThat(names().decide(
                                SUBNET,
                                new FirewallNames.Host("m.contoso.com", ServiceTag.of("AzureMonitor"), Set.of()),
                                443)
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
        assertThat(ask("m.contoso.com", 443).missing())
                .containsExactly("whether service tag AzureMonitor holds m.contoso.com");
    }

    @Test
    void aTagOfNamesDecidesOnlyWhereItIsDocumentedToHoldTheName() {
        rules.add(application(200, Action.ALLOW, "*", "Https", List.of(), List.of("WindowsUpdate")));

        assertThat(names().decide(SUBNET, new FirewallNames.Host("u.contoso.com", null, Set.of("windowsupdate")), 443)
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
        assertThat(verdict("u.contoso.com", 443)).isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void namesThatEndAlikeNeedARuleForAllOfThem() {
        application(300, Action.ALLOW, "Https", "a.data.contoso.com");

        assertThat(verdict("*.data.contoso.com", 443)).isEqualTo(Verdict.UNDETERMINED);
        application(400, Action.ALLOW, "Https", "*.contoso.com");
        assertThat(verdict("*.data.contoso.com", 443)).isEqualTo(Verdict.ALLOWED);
        assertThat(verdict("*.other.org", 443)).isEqualTo(Verdict.DENIED);
    }

    @Test
    void everyMachineOfTheSubnetHasToGetThrough() {
        rules.add(application(300, Action.ALLOW, "10.0.0.0/25", "Https", List.of("*"), List.of()));

        assertThat(verdict("crl.contoso.com", 443)).isEqualTo(Verdict.DENIED);
        rules.add(application(400, Action.ALLOW, "10.0.0.128/25", "Https", List.of("crl.contoso.com"), List.of()));
        assertThat(verdict("crl.contoso.com", 443)).isEqualTo(Verdict.ALLOWED);
    }

    // ---- the oracle

    private static final List<String> NAMES =
            List.of("a.contoso.com", "b.contoso.com", "contoso.com", "*.contoso.com", "*", "*contoso.com", "c.org");
    private static final List<String> PLACES =
            List.of("*", "20.0.0.0/8", "20.1.0.0/16", "52.0.0.0/8", "10.1.0.0/16", "Storage", "Sql");
    private static final List<String> TAGS = List.of("WindowsUpdate", "AzureBackup");
    private static final List<String> SOURCES = List.of("*", "10.0.0.0/25", "10.0.0.128/25", "10.9.0.0/16");
    private static final List<Integer> PORTS = List.of(80, 443, 1886);

    /** One address of each cell that the places cut public addresses into, and one machine of each half. */
    private static final List<String> HOST_ADDRESSES = List.of("20.2.0.1", "20.1.0.1", "52.0.0.1", "8.8.8.8");

    private static final List<String> MACHINES = List.of("10.0.0.4", "10.0.0.200");

    private static FirewallRule drawn(Random random, int priority) {
        Action action = random.nextBoolean() ? Action.ALLOW : Action.DENY;
        String source = random.nextInt(3) > 0 ? "*" : SOURCES.get(random.nextInt(SOURCES.size()));
        if (random.nextBoolean()) {
            List<String> places = some(random, PLACES);
            List<String> names = random.nextInt(3) == 0 ? List.of("a.contoso.com", "c.org") : List.of();
            String ports = random.nextInt(3) == 0 ? "*" : String.valueOf(PORTS.get(random.nextInt(PORTS.size())));
            return network(priority, action, source, places, names, ports);
        }
        List<String> tags = random.nextInt(3) == 0 ? some(random, TAGS) : List.of();
        return application(
                priority, action, source, random.nextBoolean() ? "Http" : "Https", some(random, NAMES), tags);
    }

    private static List<String> some(Random random, List<String> all) {
        return Stream.generate(() -> all.get(random.nextInt(all.size())))
                .limit(1 + random.nextInt(2))
                .distinct()
                .toList();
    }

    /** Every world that the data leave open, one packet at a time: where the host lies and which tags hold it. */
    private static Verdict oracle(List<FirewallRule> ordered, String host, int port) {
        boolean denied = false;
        boolean open = false;
        for (String machine : MACHINES) {
            Set<Boolean> ends = new TreeSet<>();
            for (String address : HOST_ADDRESSES) {
                for (int bits = 0; bits < 16; bits++) {
                    Map<String, Boolean> holds = new HashMap<>();
                    holds.put("Storage", (bits & 1) > 0);
                    holds.put("Sql", (bits & 2) > 0);
                    holds.put("WindowsUpdate", (bits & 4) > 0);
                    holds.put("AzureBackup", (bits & 8) > 0);
                    ends.add(passes(ordered, machine, address, holds, host, port));
                }
            }
            denied |= !ends.contains(true);
            open |= ends.size() == 2;
        }
        return denied ? Verdict.DENIED : open ? Verdict.UNDETERMINED : Verdict.ALLOWED;
    }

    private static boolean passes(
            List<FirewallRule> ordered,
            String machine,
            String address,
            Map<String, Boolean> holds,
            String host,
            int port) {
        for (Kind kind : EnumSet.of(Kind.NETWORK, Kind.APPLICATION)) {
            for (FirewallRule rule : ordered) {
                if (rule.kind() == kind
                        && within(rule.sources(), machine, holds)
                        && (kind == Kind.NETWORK
                                ? rule.destinationPorts().contains(port)
                                        && (within(rule.destinations(), address, holds)
                                                || rule.destinationFqdns().contains(host))
                                : port
                                                == (rule.applicationProtocols()
                                                                .get(0)
                                                                .type()
                                                                .equals("Http")
                                                        ? 80
                                                        : 443)
                                        && (rule.targetFqdns().stream().anyMatch(name -> isNamed(host, name))
                                                || rule.fqdnTags().stream().anyMatch(holds::get)))) {
                    return rule.action() == Action.ALLOW;
                }
            }
        }
        return false;
    }

    private static boolean within(List<AddressMatch> matches, String address, Map<String, Boolean> holds) {
        return matches.stream()
                .anyMatch(match -> match instanceof AddressMatch.Any
                        || match instanceof AddressMatch.Tag tag
                                && holds.get(tag.tag().name())
                        || match instanceof AddressMatch.Prefix prefix
                                && prefix.prefix().addresses().contains(IpAddress.parse(address)));
    }

    private static boolean isNamed(String host, String name) {
        return name.startsWith("*") ? host.endsWith(name.substring(1)) : host.equals(name);
    }

    @Property(tries = 3_000)
    void everyVerdictIsThatOfEveryWorld(@ForAll long seed) {
        Random random = new Random(seed);
        rules.clear();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            rules.add(drawn(random, 100 + 10 * i));
        }
        for (String host : List.of("a.contoso.com", "contoso.com", "c.org")) {
            for (int port : PORTS) {
                assertThat(verdict(host, port))
                        .as("%s on %s by %s", host, port, rules)
                        .isEqualTo(oracle(rules, host, port));
            }
        }
    }
}
