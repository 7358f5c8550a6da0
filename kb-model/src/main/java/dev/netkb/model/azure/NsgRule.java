package dev.netkb.model.azure;

import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a network security group. Singular and plural fields of the export are united.
 *
 * <p>Fields that an export leaves unknown are named in {@code provenance.unknown()} ({@code protocol},
 * {@code sourcePorts}, {@code destinationPorts}, {@code access}, {@code priority}, and {@link #EXISTENCE} where a plan leaves
 * open whether the rule is deployed): then the rule may or may not match.
 *
 * @param nsgId the group it belongs to
 * @param priority 100–4096 for custom rules, 65000 and above for default rules; the lowest number is tried first. One that
 *     is not known is {@link #UNKNOWN_PRIORITY}: tried before all others the rule may match or not, and so may it anywhere
 * @param sources what it matches as source; application security groups are entries like others
 * @param provisioningState null where the export does not say it
 */
public record NsgRule(
        ResourceId nsgId,
        String name,
        int priority,
        Direction direction,
        Access access,
        ProtocolSet protocols,
        PortSet sourcePorts,
        PortSet destinationPorts,
        List<AddressMatch> sources,
        List<AddressMatch> destinations,
        Origin origin,
        @Nullable String provisioningState,
        Provenance provenance)
        implements TrafficRule {

    /** The priority of a rule whose priority is not known. */
    public static final int UNKNOWN_PRIORITY = 0;

    /** In {@code provenance.unknown()}: why it is not known whether there is such a rule. */
    public static final String EXISTENCE = "existence";

    /** Allow or deny. */
    public enum Access {
        ALLOW("Allow"),
        DENY("Deny");

        private final String azureName;

        Access(String azureName) {
            this.azureName = azureName;
        }

        public String azureName() {
            return azureName;
        }
    }

    /** Whether people wrote the rule or Azure did. */
    public enum Origin {
        CUSTOM,
        DEFAULT
    }

    private static final String ACCESS = "access";
    private static final String PROTOCOL = "protocol";
    private static final String DESTINATION_PORTS = "destinationPorts";

    /** Direction, then priority. */
    public static final Comparator<NsgRule> ORDER = Comparator.comparing(NsgRule::direction)
            .thenComparingInt(NsgRule::priority)
            .thenComparing(NsgRule::name);

    public NsgRule {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
    }

    public boolean isDefault() {
        return origin == Origin.DEFAULT;
    }

    /** The id of the rule within its group. */
    @Override
    public ResourceId id() {
        return nsgId.child(isDefault() ? "defaultSecurityRules" : "securityRules", name);
    }

    /** What it matches on the far side: the source of an inbound rule, the destination of an outbound one. */
    public List<AddressMatch> remotes() {
        return direction == Direction.INBOUND ? sources : destinations;
    }

    /** Whether its far side names addresses instead of a tag. */
    public boolean hasLiteralRemote() {
        return remotes().stream().anyMatch(AddressMatch.Prefix.class::isInstance);
    }

    /** Azure's six default rules (requirements C.1). */
    public static List<NsgRule> defaults(ResourceId nsgId) {
        AddressMatch any = new AddressMatch.Any();
        AddressMatch vnet = new AddressMatch.Tag(ServiceTag.VIRTUAL_NETWORK);
        AddressMatch internet = new AddressMatch.Tag(ServiceTag.INTERNET);
        AddressMatch balancer = new AddressMatch.Tag(ServiceTag.AZURE_LOAD_BALANCER);
        return List.of(
                byDefault(nsgId, "AllowVnetInBound", 65000, Direction.INBOUND, Access.ALLOW, vnet, vnet),
                byDefault(
                        nsgId, "AllowAzureLoadBalancerInBound", 65001, Direction.INBOUND, Access.ALLOW, balancer, any),
                byDefault(nsgId, "DenyAllInBound", 65500, Direction.INBOUND, Access.DENY, any, any),
                byDefault(nsgId, "AllowVnetOutBound", 65000, Direction.OUTBOUND, Access.ALLOW, vnet, vnet),
                byDefault(nsgId, "AllowInternetOutBound", 65001, Direction.OUTBOUND, Access.ALLOW, any, internet),
                byDefault(nsgId, "DenyAllOutBound", 65500, Direction.OUTBOUND, Access.DENY, any, any));
    }

    private static NsgRule byDefault(
            ResourceId nsgId,
            String name,
            int priority,
            Direction direction,
            Access access,
            AddressMatch source,
            AddressMatch destination) {
        return new NsgRule(
                nsgId,
                name,
                priority,
                direction,
                access,
                ProtocolSet.ALL,
                PortSet.ALL,
                PortSet.ALL,
                List.of(source),
                List.of(destination),
                Origin.DEFAULT,
                null,
                Provenance.NONE);
    }

    /** The literal addresses on the far side. */
    public List<AddressPrefix> literalRemotes() {
        return remotes().stream()
                .filter(AddressMatch.Prefix.class::isInstance)
                .map(match -> ((AddressMatch.Prefix) match).prefix())
                .toList();
    }

    /** What it matches on the far side, joined. */
    public String remoteNames() {
        return remotes().stream().map(AddressMatch::text).collect(Collectors.joining(", "));
    }

    /** Whether its far side names the tag Internet. */
    public boolean hasInternetTag() {
        return remotes().stream()
                .anyMatch(match ->
                        match instanceof AddressMatch.Tag tag && tag.tag().equals(ServiceTag.INTERNET));
    }

    /** Whether an entry of its far side is not known. */
    public boolean hasUnknownRemote() {
        return remotes().stream().anyMatch(AddressMatch.Unknown.class::isInstance);
    }

    /** Whether its far side may name the tag Internet: an entry of it is not known. */
    public boolean mayHaveInternetTag() {
        return hasInternetTag() || hasUnknownRemote();
    }

    /** Whether its far side may name addresses instead of a tag: an entry of it is not known. */
    public boolean mayHaveLiteralRemote() {
        return hasLiteralRemote() || hasUnknownRemote();
    }

    /** Whether it may allow something. */
    public boolean isMayAllow() {
        return access == Access.ALLOW || !knows(ACCESS);
    }

    /** Whether it surely is there and allows some Tcp traffic to a port. */
    public boolean allowsTcp(int port) {
        return knows(EXISTENCE) && knows(ACCESS) && knows(PROTOCOL) && knows(DESTINATION_PORTS) && mayAllowTcp(port);
    }

    /** Whether it may allow some Tcp traffic to a port, whatever its unknown fields are. */
    public boolean mayAllowTcp(int port) {
        return isMayAllow()
                && (protocols.contains(Protocol.TCP) || !knows(PROTOCOL))
                && (destinationPorts.contains(port) || !knows(DESTINATION_PORTS));
    }

    /** What decides what it allows and is not known, joined: the condition on which it is deployed, and its fields. */
    public String unknownText() {
        Stream<String> fields = Stream.of(EXISTENCE, ACCESS, PROTOCOL, DESTINATION_PORTS)
                .filter(field -> !knows(field))
                .map(field -> field.equals(EXISTENCE) ? "condition" : field);
        Stream<String> addresses = remotes().stream()
                .filter(AddressMatch.Unknown.class::isInstance)
                .map(AddressMatch::text);
        return Stream.concat(fields, addresses).collect(Collectors.joining(", "));
    }
}
