package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.ScopeFunctions.object;

import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import java.util.List;

/** What {@code environment()} gives in the public cloud, as documented for the template function. */
final class CloudEnvironment {

    static final Obj PUBLIC = object(
            "name", new Text("AzureCloud"),
            "gallery", new Text("https://gallery.azure.com/"),
            "graph", new Text("https://graph.windows.net/"),
            "portal", new Text("https://portal.azure.com"),
            "graphAudience", new Text("https://graph.windows.net/"),
            "activeDirectoryDataLake", new Text("https://datalake.azure.net/"),
            "batch", new Text("https://batch.core.windows.net/"),
            "media", new Text("https://rest.media.azure.net"),
            "sqlManagement", new Text("https://management.core.windows.net:8443/"),
            "resourceManager", new Text("https://management.azure.com/"),
            "authentication",
                    object(
                            "loginEndpoint", new Text("https://login.microsoftonline.com/"),
                            "audiences",
                                    new Arr(List.of(
                                            new Text("https://management.core.windows.net/"),
                                            new Text("https://management.azure.com/"))),
                            "tenant", new Text("common"),
                            "identityProvider", new Text("AAD")),
            "suffixes",
                    object(
                            "acrLoginServer", new Text(".azurecr.io"),
                            "azureDatalakeAnalyticsCatalogAndJob", new Text("azuredatalakeanalytics.net"),
                            "azureDatalakeStoreFileSystem", new Text("azuredatalakestore.net"),
                            "azureFrontDoorEndpointSuffix", new Text("azurefd.net"),
                            "keyvaultDns", new Text(".vault.azure.net"),
                            "sqlServerHostname", new Text(".database.windows.net"),
                            "storage", new Text("core.windows.net")));

    private CloudEnvironment() {}
}
