package dev.netkb.model.reach;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/** What decides a part of a flow. */
public sealed interface Decider {

    boolean allows();

    /** Whether it surely does so; false where the same packets may fare the other way, because nobody knows its rules. */
    default boolean isKnown() {
        return true;
    }

    /** A rule of a network security group. {@code allows} may differ from the rule's own access where that is unknown. */
    record Rule(NsgRule rule, boolean allows) implements Decider {}

    /** A security admin rule denies packets, delivers them past the groups, or leaves them to the groups. */
    record Admin(SecurityAdminRule rule, SecurityAdminRule.Access access) implements Decider {
        @Override
        public boolean allows() {
            return access != SecurityAdminRule.Access.DENY;
        }
    }

    /** No security admin rule of the virtual network matches: the groups decide. */
    record NoAdminRule(ResourceId vnetId) implements Decider {
        @Override
        public boolean allows() {
            return true;
        }
    }

    /** There is no group on the subnet. */
    record NoNsg(ResourceId subnetId, boolean allows) implements Decider {}

    /** Groups do not filter traffic to the platform's own addresses. */
    record Platform() implements Decider {
        @Override
        public boolean allows() {
            return true;
        }
    }

    /**
     * A route leads packets to their destination, or replies back to where the packets came from, or loses them.
     *
     * @param isKnown false where it leads to a hop of which nobody knows what it lets pass
     */
    record Routed(ResolvedRoute route, boolean allows, boolean isKnown) implements Decider {
        public Routed(ResolvedRoute route, boolean allows) {
            this(route, allows, true);
        }
    }

    /** A rule of Azure Firewall; where no rule matches, {@code rule} is null and the firewall denies. */
    record Firewall(AzureFirewall firewall, @Nullable FirewallRule rule, boolean allows) implements Decider {}

    /** Something that was not exported decides; whether it allows is not known. */
    record Unexported(ResourceId id, boolean allows) implements Decider {
        @Override
        public boolean isKnown() {
            return false;
        }
    }
}
