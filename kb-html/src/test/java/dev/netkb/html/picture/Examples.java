package dev.netkb.html.picture;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.LocationNetwork;
import dev.netkb.model.report.LocationNetwork.NextHop;
import dev.netkb.model.report.LocationNetwork.Part;
import dev.netkb.model.report.LocationNetwork.Peering;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Locations and results made by hand, and by chance. */
final class Examples {

    private static final String GROUP = "/subscriptions/0000/resourceGroups/rg/providers/";
    static final ResourceId SERVICE = ResourceId.of(GROUP + "Microsoft.ApiManagement/service/shop");
    static final ResourceId SUBNET = ResourceId.of(GROUP + "Microsoft.Network/virtualNetworks/vnet/subnets/apim");

    private Examples() {}

    static LocationSummary location(@Nullable LocationNetwork network) {
        return location(SUBNET, "External", network);
    }

    static LocationSummary location(@Nullable ResourceId subnet, String mode, @Nullable LocationNetwork network) {
        return new LocationSummary(
                SERVICE, "westeurope", subnet, mode, "stv2", "Premium", "classic", "2026-04", network);
    }

    /** A network with a group, a route table to a firewall, and nothing else. */
    static LocationNetwork network(Part... unknown) {
        return network(
                List.of(new NextHop("VirtualAppliance", List.of("10.9.0.4"), List.of("0.0.0.0/0"), 0, null)), unknown);
    }

    static LocationNetwork network(List<NextHop> hops, Part... unknown) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        parts.addAll(List.of(unknown));
        return new LocationNetwork(
                List.of("10.0.1.0/24"),
                parts.contains(Part.NSG) ? null : resource("networkSecurityGroups/nsg"),
                parts.contains(Part.ROUTE_TABLE) ? null : resource("routeTables/rt"),
                hops,
                0,
                List.of(),
                List.of(),
                0,
                List.of(),
                parts);
    }

    static ResourceId resource(String name) {
        return ResourceId.of(GROUP + "Microsoft.Network/" + name);
    }

    static FlowStage stage(String stage, Verdict verdict, DecidingRule... rules) {
        return new FlowStage(stage, verdict, List.of(rules));
    }

    static DecidingRule rule(String type, String name, String access) {
        return new DecidingRule(type, SUBNET.text(), name, 100, false, access, List.of(), List.of(), Place.NOWHERE);
    }

    static Result result(String id, String direction, String remote, Verdict verdict, FlowStage... stages) {
        return result(id, direction, "Tcp", List.of("443"), remote, verdict, List.of(stages));
    }

    static Result result(
            String id,
            String direction,
            String protocol,
            List<String> ports,
            String remote,
            Verdict verdict,
            List<FlowStage> stages) {
        FlowResult flow = new FlowResult(
                direction,
                protocol,
                ports,
                remote,
                verdict,
                stages,
                List.of(),
                verdict == Verdict.DENIED ? new Witness("Tcp", "10.0.1.4", 49152, "20.0.0.1", 443) : null,
                List.of());
        return new Result(
                id,
                switch (verdict) {
                    case ALLOWED -> Outcome.PASSED;
                    case UNDETERMINED -> Outcome.UNDETERMINED;
                    default -> Outcome.VIOLATED;
                },
                Severity.ERROR,
                "title",
                "message",
                new Subject("location", SERVICE, "westeurope"),
                flow,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    /** What a seed makes: anything that a report may hold, in any combination. */
    static Samples.Sample chance(int seed) {
        Random random = new Random(seed);
        List<NextHop> hops = IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> random.nextInt(4) == 0
                        ? new NextHop("Internet", List.of(), List.of("Tag" + i), 0, null)
                        : new NextHop(
                                "VirtualAppliance",
                                random.nextInt(5) == 0 ? List.of() : List.of("10.9.0." + i),
                                List.of("10." + i + ".0.0/16", "x".repeat(random.nextInt(40))),
                                random.nextInt(3),
                                random.nextBoolean() ? resource("azureFirewalls/fw" + i) : null))
                .toList();
        Set<Part> unknown = EnumSet.noneOf(Part.class);
        for (Part part : Part.values()) {
            if (random.nextInt(4) == 0) {
                unknown.add(part);
            }
        }
        LocationNetwork network = new LocationNetwork(
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> "10.0." + i + ".0/24")
                        .toList(),
                random.nextInt(3) == 0 ? null : resource("networkSecurityGroups/" + name(random)),
                random.nextInt(3) == 0 ? null : resource("routeTables/" + name(random)),
                hops,
                random.nextInt(2),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> "10.1.0." + i)
                        .toList(),
                IntStream.range(0, random.nextInt(6))
                        .mapToObj(i -> new Peering(
                                resource("virtualNetworks/vnet/virtualNetworkPeerings/" + i + name(random)),
                                random.nextBoolean() ? resource("virtualNetworks/" + name(random)) : null,
                                random.nextBoolean() ? "Connected" : null))
                        .toList(),
                random.nextInt(2),
                IntStream.range(0, random.nextInt(5))
                        .mapToObj(i -> "Microsoft.S" + i)
                        .toList(),
                unknown);
        List<Result> results = IntStream.range(0, random.nextInt(32))
                .mapToObj(i -> chance(random, i, hops))
                .toList();
        LocationSummary location = switch (random.nextInt(8)) {
            case 0 -> location(null, "None", null);
            case 1 -> location(null, "Internal", null);
            case 2 -> location(null);
            default -> location(network);
        };
        return new Samples.Sample(location, results);
    }

    private static String name(Random random) {
        return "n".repeat(1 + random.nextInt(60));
    }

    private static Result chance(Random random, int index, List<NextHop> hops) {
        List<FlowStage> stages = new ArrayList<>();
        for (String stage : List.of("adminRules", "nsg", "route", "peerNsg")) {
            if (random.nextInt(3) > 0) {
                stages.add(stage(stage, verdict(random), decider(random, stage, hops)));
            }
        }
        return result(
                "C-" + index,
                random.nextInt(3) == 0 ? "Inbound" : "Outbound",
                random.nextBoolean() ? "Tcp" : "Udp",
                random.nextBoolean() ? List.of("443") : List.of("80", "443", "1024-65535", "5671", "5672"),
                "Tag" + random.nextInt(12) + (random.nextInt(5) == 0 ? "W".repeat(50) : ""),
                verdict(random),
                stages);
    }

    private static DecidingRule decider(Random random, String stage, List<NextHop> hops) {
        String access = random.nextBoolean() ? "Allow" : "Deny";
        if (stage.equals("route") && !hops.isEmpty()) {
            NextHop hop = hops.get(random.nextInt(hops.size()));
            return rule(
                    random.nextBoolean() ? "route" : "nextHop",
                    "user route r (0.0.0.0/0 to " + hop.text() + ")",
                    access);
        }
        return rule(stage.equals("adminRules") ? "adminRule" : "nsgRule", "nsg/rule", access);
    }

    private static Verdict verdict(Random random) {
        return Verdict.values()[random.nextInt(Verdict.values().length)];
    }
}
