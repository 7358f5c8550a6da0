package dev.netkb.api.read.azure;

import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.FeatureInUse.Feature;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parts of an API Management service that show an optional feature to be in use. */
final class ApiManagementFeatureMapper implements Mapper {

    private static final String SERVICE = "microsoft.apimanagement/service";

    @Override
    public Set<String> types() {
        return Set.of(
                SERVICE + "/caches",
                SERVICE + "/loggers",
                SERVICE + "/identityproviders",
                SERVICE + "/authorizationproviders",
                SERVICE + "/namedvalues",
                SERVICE + "/policies",
                SERVICE + "/apis/policies",
                SERVICE + "/apis/operations/policies",
                SERVICE + "/products/policies");
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        Feature feature = feature(resource, fields);
        if (feature == null) {
            return;
        }
        resource.id()
                .ancestor(SERVICE)
                .ifPresent(service ->
                        facts.addDerived(new FeatureInUse(service, feature, resource.id(), fields.provenance())));
    }

    private static @Nullable Feature feature(Resource resource, Fields fields) {
        return switch (resource.type().substring(SERVICE.length() + 1)) {
            case "caches" -> Feature.EXTERNAL_CACHE;
            case "authorizationproviders" -> Feature.CREDENTIAL_MANAGER;
            case "loggers" -> logger(fields.text("feature", "loggerType"));
            case "identityproviders" -> identityProvider(resource.id().name());
            case "namedvalues" -> fields.at("feature", "keyVault") == null ? null : Feature.KEY_VAULT_NAMED_VALUE;
            default -> policy(fields.text("feature", "value"));
        };
    }

    private static @Nullable Feature logger(@Nullable String type) {
        return switch (type == null ? "" : type.toLowerCase(Locale.ROOT)) {
            case "azureeventhub" -> Feature.EVENT_HUB_LOGGER;
            case "applicationinsights" -> Feature.APPLICATION_INSIGHTS;
            default -> null;
        };
    }

    private static @Nullable Feature identityProvider(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "aad", "aadb2c" -> Feature.ENTRA_IDENTITY_PROVIDER;
            default -> null;
        };
    }

    /** The machines of a service tell each other their counters for these policies. */
    private static @Nullable Feature policy(@Nullable String xml) {
        return xml != null && xml.contains("<rate-limit") ? Feature.RATE_LIMIT : null;
    }
}
