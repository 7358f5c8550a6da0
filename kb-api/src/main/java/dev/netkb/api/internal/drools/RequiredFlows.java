package dev.netkb.api.internal.drools;

import dev.netkb.api.Parameters;
import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.derived.CrossedRoutes;
import dev.netkb.model.derived.DefaultRoute;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.derived.HostRequirement;
import dev.netkb.model.derived.HostsVerdict;
import dev.netkb.model.derived.HostsVerdict.HostAnswer;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.derived.RequiredFlow;
import dev.netkb.model.derived.RouteVerdict;
import dev.netkb.model.derived.Unavailable;
import dev.netkb.model.dns.NameResolution;
import dev.netkb.model.reach.FirewallNames;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Asks reachability what becomes of required flows. One for each evaluation. */
final class RequiredFlows {

    private final Snapshot snapshot;
    private final NameResolution names;
    private final Reachability reachability;
    private final boolean noTagData;
    private final Map<String, Optional<DefaultRoute>> defaultRoutes = new HashMap<>();

    RequiredFlows(Snapshot snapshot, NameResolution names, Parameters parameters) {
        this.snapshot = snapshot;
        this.names = names;
        this.reachability = Reachability.of(snapshot, parameters.trustedAppliances());
        this.noTagData = snapshot.serviceTags().isEmpty();
    }

    FlowVerdict decide(RequiredFlow required) {
        if (!required.certain()) {
            return FlowVerdict.unknown(required, required.located().missing());
        }
        Subnet subnet = required.subnet();
        if (subnet == null) {
            return FlowVerdict.unknown(required, missingSubnet(required));
        }
        if (subnet.ipv4Addresses().isEmpty()) {
            return FlowVerdict.unknown(required, subnet.missingPrefixes());
        }
        HostRequirement hosts = required.row().hosts();
        if (hosts != null && hosts.dependsOnCloud() && required.location().cloud() == null) {
            return FlowVerdict.unknown(
                    required,
                    Unavailable.field(required.location(), required.location(), "region")
                            .missing());
        }
        if (required.row().isToDnsServers()) {
            return FlowVerdict.unknown(required, names.servers(subnet.vnetId()).missing());
        }
        Flow flow = flow(required, subnet, remote(required.row().remote()));
        if (!flow.hasPackets()) {
            return FlowVerdict.unknown(
                    required,
                    "the far side, " + required.row().remoteInWords()
                            + ", has no IPv4 address, and only flows between IPv4 addresses are judged");
        }
        FlowDecision decision = reachability.decide(flow);
        List<FlowDecision.Part> surelyDenied =
                decision.verdict() == Verdict.UNDETERMINED ? decision.surelyDenied(noTagData) : List.of();
        // A user route makes its tag a part of VirtualNetwork, so hosts of the tag need not be in Internet.
        boolean tagHoldsHosts =
                hosts != null && required.row().accepts() != null && decision.verdict() == Verdict.DENIED;
        Coverage coverage = mayBeCovered(decision.verdict()) || tagHoldsHosts
                ? coverage(required, subnet, decision, reachability::decide)
                : Coverage.NONE;
        return new FlowVerdict(
                required,
                decision.verdict(),
                decision,
                surelyDenied,
                decision.missing(),
                coverage.by(),
                coverage.missing(),
                coverage.unnamed());
    }

    /** Whether the hosts of a flow are reached; empty where it is not for hosts. */
    Optional<HostsVerdict> decideHosts(FlowVerdict verdict) {
        HostRequirement hosts = verdict.flow().row().hosts();
        if (hosts == null) {
            return Optional.empty();
        }
        FlowDecision decision = verdict.decision();
        Location location = verdict.flow().location();
        Optional<DefaultRoute> known = decision == null
                ? Optional.empty()
                : defaultRoutes.computeIfAbsent(location.key(), key -> defaultRoute(location));
        if (decision == null || known.isEmpty()) {
            return Optional.of(HostsVerdict.ofAddresses(verdict));
        }
        DefaultRoute route = known.get();
        if (!route.isForced() && !route.isPerhapsForced()) {
            return Optional.of(HostsVerdict.ofAddresses(verdict));
        }
        List<FirewallNames> firewalls = firewalls(route);
        if (firewalls.isEmpty()) {
            return Optional.of(HostsVerdict.ofRoutes(verdict, route.leadsNowhere(), route.missingBeyond()));
        }
        return Optional.of(HostsVerdict.ofFirewalls(
                verdict,
                beforeRoutes(decision),
                answers(firewalls, decision.flow(), hosts, verdict.flow()),
                firewalls.stream().map(FirewallNames::firewall).toList()));
    }

    /** The firewalls that surely get all packets on the default route; empty where others may get some. */
    private List<FirewallNames> firewalls(DefaultRoute route) {
        List<FirewallNames> firewalls = new ArrayList<>();
        for (AddressPrefix hop : route.appliances()) {
            Optional<FirewallNames> names = snapshot.facts(AzureFirewall.class).stream()
                    .filter(firewall -> firewall.hasPrivateAddress(hop))
                    .findFirst()
                    .flatMap(firewall -> FirewallNames.of(firewall, snapshot));
            if (names.isEmpty()) {
                return List.of();
            }
            firewalls.add(names.get());
        }
        return firewalls;
    }

    /** What becomes of packets before their routes: partial where some surely get there. */
    private static Verdict beforeRoutes(FlowDecision decision) {
        List<FlowDecision.StageDecision> before = decision.stages().stream()
                .takeWhile(stage -> stage.stage() != Stage.ROUTE)
                .toList();
        if (before.stream().anyMatch(stage -> stage.verdict() == Verdict.DENIED)) {
            return Verdict.DENIED;
        }
        boolean known = before.stream().noneMatch(stage -> stage.verdict() == Verdict.UNDETERMINED);
        boolean some = new FlowDecision(
                        decision.flow(),
                        decision.remote(),
                        Verdict.UNDETERMINED,
                        before,
                        null,
                        decision.missing(),
                        decision.passed())
                .surelyPassesInPart();
        return known || some ? Verdict.PARTIAL : Verdict.UNDETERMINED;
    }

    private static List<HostAnswer> answers(
            List<FirewallNames> firewalls, Flow flow, HostRequirement hosts, RequiredFlow required) {
        Region region = required.location().region();
        String accepts = required.row().accepts();
        List<String> names = hosts.namesIn(region);
        List<HostAnswer> answers = new ArrayList<>();
        for (String name : names.isEmpty() ? List.of("") : names) {
            FirewallNames.Host host =
                    new FirewallNames.Host(name, accepts == null ? null : ServiceTag.of(accepts), hosts.fqdnTags());
            for (PortSet.Range port : flow.destinationPorts().ranges()) {
                answers.add(answer(firewalls, flow.local(), host, port.first()));
            }
        }
        return answers;
    }

    /** Where several firewalls share the default route, nobody knows which of them a host's packets meet. */
    private static HostAnswer answer(
            List<FirewallNames> firewalls, AddressSet sources, FirewallNames.Host host, int port) {
        List<HostAnswer> answers = firewalls.stream()
                .map(firewall ->
                        HostAnswer.of(host.name(), port, firewall.firewall(), firewall.decide(sources, host, port)))
                .toList();
        HostAnswer first = answers.get(0);
        return answers.stream().allMatch(answer -> answer.verdict() == first.verdict())
                ? first
                : HostAnswer.open(host.name(), port, "which of several firewalls is on the way to " + host.name());
    }

    /** What the routes alone make of a flow; empty where its subnet is not known. */
    Optional<RouteVerdict> decideRoutes(RequiredFlow required) {
        Subnet subnet = required.subnet();
        if (!required.certain()
                || subnet == null
                || subnet.ipv4Addresses().isEmpty()
                || required.row().isToDnsServers()
                || required.row().isToHosts()) {
            return Optional.empty();
        }
        Flow flow = flow(required, subnet, remote(required.row().remote()));
        FlowDecision decision = reachability.decideRoutes(flow);
        boolean suffices = mayBeCovered(decision.verdict())
                && required.row().sufficesInPart()
                && !coverage(required, subnet, decision, reachability::decideRoutes)
                        .by()
                        .isEmpty();
        return Optional.of(new RouteVerdict(required, decision, suffices, reachability.leadsAway(flow)));
    }

    /** Where packets of a location go by default; empty where its subnet is not known. */
    Optional<DefaultRoute> defaultRoute(Location location) {
        return Optional.ofNullable(location.subnetId())
                .flatMap(snapshot::subnet)
                .filter(subnet -> !subnet.ipv4Addresses().isEmpty())
                .map(subnet -> DefaultRoute.of(location, subnet, reachability.defaultRoutes(subnet), snapshot));
    }

    /** Which routes of gateways take packets to Azure's public addresses; empty where the location's subnet is not known. */
    Optional<CrossedRoutes> crossedRoutes(Location location) {
        return Optional.ofNullable(location.subnetId())
                .flatMap(snapshot::subnet)
                .filter(subnet -> !subnet.ipv4Addresses().isEmpty())
                .map(subnet -> CrossedRoutes.of(
                        location,
                        subnet,
                        reachability.decideRoutes(toAzure(subnet)),
                        reachability.unseenGateways(subnet)));
    }

    private static Flow toAzure(Subnet subnet) {
        return new Flow(
                subnet,
                Direction.OUTBOUND,
                ProtocolSet.TCP,
                PortSet.ALL,
                PortSet.ALL,
                new FlowRemote.Tag(ServiceTag.of("AzureCloud")),
                subnet.ipv4Addresses(),
                false);
    }

    private static boolean mayBeCovered(Verdict verdict) {
        return verdict == Verdict.PARTIAL || verdict == Verdict.UNDETERMINED;
    }

    private static String missingSubnet(RequiredFlow required) {
        Location location = required.location();
        ResourceId id = location.subnetId();
        if (id != null) {
            return Unavailable.subnet(id);
        }
        return location.knows("subnetId")
                ? "a subnet: the location names none"
                : Unavailable.unknownSubnet(location).missing();
    }

    private static Flow flow(RequiredFlow required, Subnet subnet, FlowRemote remote) {
        FlowRequirement row = required.row();
        boolean refusedWithoutNsg = required.located().model() == NetworkModel.CLASSIC
                && required.located().platform() == Platform.STV2
                && !row.id().startsWith("SEED-");
        return new Flow(
                subnet,
                row.direction(),
                row.protocols(),
                row.sourcePorts(),
                row.destinationPorts(),
                remote,
                subnet.ipv4Addresses(),
                refusedWithoutNsg);
    }

    private static FlowRemote remote(String text) {
        if (text.equals(FlowRequirement.OWN_SUBNET)) {
            return new FlowRemote.OwnSubnet();
        }
        if (AddressPrefix.tryParse(text.split(",", 2)[0]).isPresent()) {
            AddressSet addresses = AddressSet.union(Stream.of(text.split(","))
                    .map(prefix -> AddressPrefix.parse(prefix).addresses())
                    .toList());
            return new FlowRemote.Addresses(addresses, text);
        }
        return new FlowRemote.Tag(ServiceTag.of(text));
    }

    /**
     * Whether narrower remotes that would do pass whole.
     *
     * @param by these remotes; empty where one does not pass, or may not
     * @param missing what would decide whether they pass; empty where that is known
     * @param unnamed of those that may not pass, the ones that no rule names
     */
    private record Coverage(List<String> by, List<String> missing, List<String> unnamed) {
        static final Coverage NONE = new Coverage(List.of(), List.of(), List.of());
    }

    private Coverage coverage(
            RequiredFlow required, Subnet subnet, FlowDecision whole, Function<Flow, FlowDecision> decide) {
        Set<ServiceTag> narrower = new TreeSet<>();
        String accepts = required.row().accepts();
        FlowRemote remote = remote(required.row().remote());
        if (accepts != null) {
            narrower.add(ServiceTag.of(accepts));
        } else if (remote instanceof FlowRemote.Tag tag && !tag.tag().isBuiltIn()) {
            Location location = required.location();
            Region own = location.region();
            Region primary = location.isMultiRegion() ? location.primaryRegion() : own;
            if (own == null || primary == null || !location.provenance().knows("region")) {
                // Some region's tag may be what is needed, unless no address passes whole, of whatever region.
                return whole.mayLetOneRemotePassWhole()
                        ? new Coverage(List.of(), List.of("the region of " + location.serviceId()), List.of())
                        : Coverage.NONE;
            }
            narrower.add(tag.tag().in(own));
            narrower.add(tag.tag().in(primary));
        }
        Set<String> missing = new TreeSet<>();
        List<String> unnamed = new ArrayList<>();
        for (ServiceTag tag : narrower) {
            FlowDecision decision = decide.apply(flow(required, subnet, new FlowRemote.Tag(tag)));
            if (decision.verdict() == Verdict.ALLOWED) {
                continue;
            }
            if (decision.verdict() != Verdict.UNDETERMINED
                    || !decision.surelyDenied(noTagData).isEmpty()) {
                return Coverage.NONE;
            }
            missing.addAll(decision.missing());
            if (!isNamed(tag, subnet)) {
                unnamed.add(tag.name());
            }
        }
        return missing.isEmpty()
                ? new Coverage(narrower.stream().map(ServiceTag::name).toList(), List.of(), List.of())
                : new Coverage(List.of(), List.copyOf(missing), unnamed);
    }

    private boolean isNamed(ServiceTag tag, Subnet subnet) {
        return Optional.ofNullable(subnet.nsgId()).flatMap(snapshot::networkSecurityGroup).stream()
                .flatMap(group -> group.rules().stream())
                .flatMap(rule -> Stream.concat(rule.sources().stream(), rule.destinations().stream()))
                .anyMatch(match ->
                        match instanceof AddressMatch.Tag named && named.tag().equals(tag));
    }
}
