package dev.netkb.model.azure;

import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of Azure Firewall, with what its collection and group say. Rules of one collection have no order: all of them
 * do the same.
 *
 * <p>What an export leaves unknown is named in {@code provenance.unknown()} ({@code action}, {@code protocols},
 * {@code destinationPorts}, …): then the rule may or may not match.
 *
 * @param ownerId the rule collection group that holds it, or the firewall itself
 * @param policyId the policy, null for a rule of the firewall itself
 * @param groupPriority the priority of the group, null for a rule of the firewall itself or where it is not said
 * @param collectionPriority 100–65000, the lowest number is tried first; null where the export does not say it
 * @param protocols of a network or NAT rule; empty for an application rule
 * @param applicationProtocols of an application rule, with their ports
 * @param sources,destinations addresses and tags; a destination may also be named by fqdns and groups
 * @param destinationPorts of a network or NAT rule; empty for an application rule
 * @param destinationFqdns names that a network rule resolves
 * @param targetFqdns names that an application rule matches, such as {@code *.contoso.com}
 * @param fqdnTags tags of names, such as {@code WindowsUpdate}
 * @param translatedAddress,translatedPort where a NAT rule sends packets
 */
public record FirewallRule(
        ResourceId ownerId,
        @Nullable ResourceId policyId,
        @Nullable Integer groupPriority,
        String collection,
        @Nullable Integer collectionPriority,
        String name,
        Kind kind,
        Action action,
        ProtocolSet protocols,
        List<ApplicationProtocol> applicationProtocols,
        List<AddressMatch> sources,
        List<ResourceId> sourceIpGroupIds,
        List<AddressMatch> destinations,
        List<ResourceId> destinationIpGroupIds,
        List<String> destinationFqdns,
        PortSet destinationPorts,
        List<String> targetFqdns,
        List<String> targetUrls,
        List<String> fqdnTags,
        List<String> webCategories,
        @Nullable String translatedAddress,
        @Nullable String translatedPort,
        Provenance provenance)
        implements AzureFact {

    /** What a rule looks at; the firewall tries all NAT rules first, then network rules, then application rules. */
    public enum Kind {
        NAT,
        NETWORK,
        APPLICATION
    }

    /** What happens to a packet that matches; {@code UNKNOWN} where the export does not say it. */
    public enum Action {
        ALLOW,
        DENY,
        DNAT,
        UNKNOWN
    }

    /** A protocol that an application rule matches: {@code Http}, {@code Https} or {@code Mssql}; the port may be null. */
    public record ApplicationProtocol(String type, @Nullable Integer port) {}

    /** The order in which the firewall tries the rules of one policy; the kind goes before every priority. */
    public static final Comparator<FirewallRule> ORDER = Comparator.comparing(FirewallRule::kind)
            .thenComparing(FirewallRule::groupPriority, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(FirewallRule::collectionPriority, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(FirewallRule::collection)
            .thenComparing(FirewallRule::name);

    public FirewallRule {
        applicationProtocols = List.copyOf(applicationProtocols);
        sources = List.copyOf(sources);
        sourceIpGroupIds = List.copyOf(sourceIpGroupIds);
        destinations = List.copyOf(destinations);
        destinationIpGroupIds = List.copyOf(destinationIpGroupIds);
        destinationFqdns = List.copyOf(destinationFqdns);
        targetFqdns = List.copyOf(targetFqdns);
        targetUrls = List.copyOf(targetUrls);
        fqdnTags = List.copyOf(fqdnTags);
        webCategories = List.copyOf(webCategories);
    }

    /** The id of the rule within its group or firewall. */
    @Override
    public ResourceId id() {
        return ownerId.child("ruleCollections", collection).child("rules", name);
    }
}
