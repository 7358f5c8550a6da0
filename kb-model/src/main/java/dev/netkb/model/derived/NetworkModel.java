package dev.netkb.model.derived;

import java.util.Locale;

/** The ways in which a location uses a virtual network (requirements B.1). Each has requirements of its own. */
public enum NetworkModel {
    /** No virtual network. */
    NONE("none"),
    /** The classic tiers, in external or internal mode. */
    CLASSIC("classic"),
    /** Premium v2 in a subnet of its own. */
    V2_INJECTION("v2Injection"),
    /** Standard v2 or Premium v2 that reaches out into a subnet. */
    V2_INTEGRATION("v2Integration"),
    /** The gateway of a workspace in a subnet of its own. */
    WORKSPACE_INJECTION("workspaceInjection"),
    /** The gateway of a workspace that reaches out into a subnet. */
    WORKSPACE_INTEGRATION("workspaceIntegration"),
    /** The gateway of a workspace of which neither its mode nor a delegation tells which of the two it is. */
    WORKSPACE_UNKNOWN("workspaceUnknown"),
    /** The mode is not known or is none that exists. */
    UNKNOWN("unknown");

    private final String word;

    NetworkModel(String word) {
        this.word = word;
    }

    /** The word in reports and in requirement tables. */
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException when there is no such model */
    public static NetworkModel of(String word) {
        for (NetworkModel model : values()) {
            if (model.word.toLowerCase(Locale.ROOT).equals(word.trim().toLowerCase(Locale.ROOT))) {
                return model;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is not a network model");
    }
}
