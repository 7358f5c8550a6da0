package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.model.azure.ResourceProviderRegistration;
import dev.netkb.model.value.ResourceId;

/** Registrations of resource providers, as {@code az provider list} and Get-AzResourceProvider print them. */
public final class ProviderReader {

    /** How coverage calls these answers. */
    public static final String KIND = "microsoft.resources/providers";

    private ProviderReader() {}

    public static boolean recognises(Node node) {
        return node.text("registrationState") != null
                && (node.text("namespace") != null || node.text("providerNamespace") != null);
    }

    public static void read(Node node, Facts facts) {
        facts.sawKind(KIND);
        Fields fields = new Fields(node, facts.problems());
        String azName = fields.text("namespace", "namespace");
        String namespace = azName == null ? fields.text("namespace", "providerNamespace") : azName;
        String state = fields.text("state", "registrationState");
        if (namespace == null || state == null) {
            return;
        }
        ResourceId provider = Resource.tryId(fields.text("id", "id"))
                .orElseGet(() -> ResourceId.of("/subscriptions/" + Resource.SUBSCRIPTION + "/providers/" + namespace));
        facts.add(new ResourceProviderRegistration(provider, namespace, state, fields.provenance()), fields);
    }
}
