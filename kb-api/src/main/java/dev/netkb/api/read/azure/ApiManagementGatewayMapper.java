package dev.netkb.api.read.azure;

import dev.netkb.model.azure.SelfHostedGateway;
import dev.netkb.model.azure.WorkspaceGateway;
import dev.netkb.model.azure.WorkspaceGatewayLink;
import java.util.Set;

/** Gateways of API Management beside that of the service: workspace gateways, their links, self-hosted gateways. */
final class ApiManagementGatewayMapper implements Mapper {

    private static final String WORKSPACE = "microsoft.apimanagement/gateways";
    private static final String LINK = "microsoft.apimanagement/gateways/configconnections";
    private static final String SELF_HOSTED = "microsoft.apimanagement/service/gateways";

    @Override
    public Set<String> types() {
        return Set.of(WORKSPACE, LINK, SELF_HOSTED);
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        switch (resource.type()) {
            case LINK -> link(resource, fields, facts);
            case SELF_HOSTED -> selfHosted(resource, fields, facts);
            default -> workspace(resource, fields, facts);
        }
    }

    private static void workspace(Resource resource, Fields fields, Facts facts) {
        WorkspaceGateway gateway = new WorkspaceGateway(
                resource.id(),
                resource.name(),
                fields.region("location", "location"),
                fields.text("sku", "sku", "name"),
                fields.integer("units", "sku", "capacity"),
                fields.text("virtualNetworkType", "virtualNetworkType"),
                fields.id("subnetId", "backend", "subnet", "id"),
                fields.text("defaultHostname", "frontend", "defaultHostname"),
                fields.text("provisioningState", "provisioningState"),
                !resource.planned(),
                fields.provenance());
        fields.reportRest("workspaceGateway");
        facts.add(gateway, fields);
    }

    private static void link(Resource resource, Fields fields, Facts facts) {
        resource.id().parent().ifPresent(gateway -> {
            WorkspaceGatewayLink link = new WorkspaceGatewayLink(
                    resource.id(),
                    gateway,
                    fields.id("sourceId", "sourceId"),
                    fields.texts("hostnames", "hostnames"),
                    fields.provenance());
            fields.reportRest("workspaceGatewayLink");
            facts.add(link, fields);
        });
    }

    private static void selfHosted(Resource resource, Fields fields, Facts facts) {
        resource.id().parent().ifPresent(service -> {
            SelfHostedGateway gateway = new SelfHostedGateway(
                    resource.id(),
                    service,
                    resource.name(),
                    fields.text("place", "locationData", "name"),
                    fields.provenance());
            fields.reportRest("selfHostedGateway");
            facts.add(gateway, fields);
        });
    }
}
