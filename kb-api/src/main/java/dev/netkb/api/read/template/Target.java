package dev.netkb.api.read.template;

import dev.netkb.api.read.azure.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What templates are deployed to, as far as somebody says it.
 *
 * @param subscription its id; a stand-in where nobody says it
 * @param group the name of the resource group; a stand-in where nobody says it
 * @param location where the resource group (or, for templates of other scopes, the deployment) is; null where nobody says
 */
public record Target(
        String subscription, String group, @Nullable String location) {

    public static Target of(@Nullable String subscription, @Nullable String group, @Nullable String location) {
        return new Target(
                subscription == null ? Resource.SUBSCRIPTION : subscription,
                group == null ? Resource.RESOURCE_GROUP : group,
                location);
    }
}
