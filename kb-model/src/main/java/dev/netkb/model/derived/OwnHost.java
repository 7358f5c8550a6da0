package dev.netkb.model.derived;

import dev.netkb.model.value.HostName;
import dev.netkb.model.value.ResourceId;

/** A host name that a service answers to. */
public record OwnHost(ResourceId serviceId, Role role, HostName name) {

    /** What answers under a host name. */
    public enum Role {
        GATEWAY("gateway"),
        LEGACY_PORTAL("legacy developer portal"),
        DEVELOPER_PORTAL("developer portal"),
        MANAGEMENT("management endpoint"),
        GIT("Git repository"),
        /** Where self-hosted gateways fetch what they serve. */
        CONFIGURATION("configuration endpoint"),
        /** A name of a domain that its owner chose. */
        CUSTOM("custom host name");

        private final String words;

        Role(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Whether it is a default name that people or tools open besides the gateway. */
    public boolean isBesideGateway() {
        return role == Role.LEGACY_PORTAL || role == Role.DEVELOPER_PORTAL || role == Role.MANAGEMENT;
    }

    /** Such as {@code gateway contoso.azure-api.net}. */
    public String text() {
        return role.words() + " " + name;
    }
}
