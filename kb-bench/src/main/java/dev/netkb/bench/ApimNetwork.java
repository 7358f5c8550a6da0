package dev.netkb.bench;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A subnet of API Management with its group, and the flows that the service needs. */
final class ApimNetwork {

    private static final ResourceId NSG =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg");
    private static final ResourceId VNET =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet");

    static final Subnet SUBNET = new Subnet(
            VNET.child("subnets", "apim"),
            "apim",
            VNET,
            List.of(AddressPrefix.parse("10.0.0.0/24")),
            NSG,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            Provenance.NONE);

    /** The documented rules of an external deployment. */
    private static final List<String> DOCUMENTED = List.of(
            "in 100 allow tcp Internet -> VirtualNetwork:80,443",
            "in 110 allow tcp ApiManagement -> VirtualNetwork:3443",
            "in 120 allow tcp AzureLoadBalancer -> VirtualNetwork:6390",
            "in 130 allow tcp AzureTrafficManager -> VirtualNetwork:443",
            "in 140 allow udp VirtualNetwork -> VirtualNetwork:4290,6381-6383",
            "in 150 allow tcp VirtualNetwork -> VirtualNetwork:6380",
            "in 4096 deny * * -> *:*",
            "out 100 allow tcp VirtualNetwork -> Storage:443",
            "out 110 allow tcp VirtualNetwork -> Sql:1433",
            "out 120 allow tcp VirtualNetwork -> AzureKeyVault:443",
            "out 130 allow tcp VirtualNetwork -> AzureMonitor:1886,443",
            "out 140 allow tcp VirtualNetwork -> EventHub:5671,5672,443",
            "out 150 allow tcp VirtualNetwork -> AzureActiveDirectory:443",
            "out 160 allow tcp VirtualNetwork -> AzureConnectors:443",
            "out 170 allow udp VirtualNetwork -> VirtualNetwork:4290,6381-6383",
            "out 180 allow tcp VirtualNetwork -> Internet:80",
            "out 4096 deny * * -> Internet:*");

    /** The flows of the requirements, both directions where the documents say so. */
    static final List<Flow> FLOWS = List.of(
            flow("in tcp Internet 443"),
            flow("in tcp Internet 80"),
            flow("in tcp ApiManagement 3443"),
            flow("in tcp AzureLoadBalancer 6390"),
            flow("in tcp AzureTrafficManager 443"),
            flow("in udp own 6381-6383"),
            flow("out udp own 6381-6383"),
            flow("in udp own 4290"),
            flow("out udp own 4290"),
            flow("in tcp VirtualNetwork 6380"),
            flow("out tcp VirtualNetwork 6380"),
            flow("out tcp Storage 443"),
            flow("out tcp Sql 1433"),
            flow("out tcp AzureKeyVault 443"),
            flow("out tcp AzureMonitor 443,1886"),
            flow("out tcp EventHub 443,5671,5672"),
            flow("out tcp AzureActiveDirectory 443"),
            flow("out tcp AzureConnectors 443"),
            flow("out tcp Storage 445"),
            flow("out tcp Internet 80"),
            flow("out tcp Internet 25,587,25028"));

    private ApimNetwork() {}

    static Snapshot documented(ServiceTags tags) {
        return snapshot(DOCUMENTED.stream().map(ApimNetwork::rule).toList(), tags);
    }

    /**
     * Rules at random, as many of each direction.
     *
     * @param oneTagIn how many rules there are for each that names a service tag; the others name a prefix
     */
    static Snapshot random(int rules, int oneTagIn, ServiceTags tags) {
        Random random = new Random(7);
        List<NsgRule> all = new ArrayList<>();
        List<String> named = List.of("Storage", "Sql", "AzureMonitor", "ApiManagement", "EventHub", "AzureKeyVault");
        for (int i = 0; i < rules; i++) {
            String far = random.nextInt(oneTagIn) == 0
                    ? named.get(random.nextInt(named.size()))
                    : (1 + random.nextInt(222)) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".0/"
                            + (8 + random.nextInt(17));
            String protocol = List.of("tcp", "udp", "*").get(random.nextInt(3));
            int port = List.of(443, 80, 1433, 3443, 6380, 25, 5671).get(random.nextInt(7));
            String ports = random.nextInt(3) == 0 ? "*" : port + "-" + (port + random.nextInt(300));
            String access = random.nextBoolean() ? "allow" : "deny";
            all.add(rule(
                    i % 2 == 0
                            ? "in " + (100 + i) + " " + access + " " + protocol + " " + far + " -> *:" + ports
                            : "out " + (100 + i) + " " + access + " " + protocol + " * -> " + far + ":" + ports));
        }
        return snapshot(all, tags);
    }

    private static Snapshot snapshot(List<NsgRule> custom, ServiceTags tags) {
        List<NsgRule> rules = new ArrayList<>(custom);
        rules.addAll(NsgRule.defaults(NSG));
        return Snapshot.builder()
                .add(new VirtualNetwork(
                        VNET, "vnet", null, List.of(AddressPrefix.parse("10.0.0.0/16")), Provenance.NONE))
                .add(SUBNET)
                .add(new NetworkSecurityGroup(NSG, "nsg", null, rules, Provenance.NONE))
                .serviceTags(tags)
                .build();
    }

    private static NsgRule rule(String text) {
        String[] words = text.split(" ", -1);
        int colon = words[6].lastIndexOf(':');
        return new NsgRule(
                NSG,
                words[0] + "-" + words[1],
                Integer.parseInt(words[1]),
                words[0].equals("in") ? Direction.INBOUND : Direction.OUTBOUND,
                words[2].equals("allow") ? NsgRule.Access.ALLOW : NsgRule.Access.DENY,
                ProtocolSet.tryParse(words[3]).orElseThrow(),
                PortSet.ALL,
                PortSet.parse(words[6].substring(colon + 1)),
                List.of(match(words[4])),
                List.of(match(words[6].substring(0, colon))),
                NsgRule.Origin.CUSTOM,
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

    private static Flow flow(String text) {
        List<String> words = Arrays.asList(text.split(" ", -1));
        return new Flow(
                SUBNET,
                words.get(0).equals("in") ? Direction.INBOUND : Direction.OUTBOUND,
                ProtocolSet.tryParse(words.get(1)).orElseThrow(),
                PortSet.ALL,
                PortSet.parse(words.get(3)),
                words.get(2).equals("own")
                        ? new FlowRemote.OwnSubnet()
                        : new FlowRemote.Tag(ServiceTag.of(words.get(2))),
                SUBNET.ipv4Addresses(),
                true);
    }
}
