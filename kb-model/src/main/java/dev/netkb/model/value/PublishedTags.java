package dev.netkb.model.value;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of the service tags that Azure publishes, without their regional variants and without their addresses: read
 * off the published tag files (Public 2025-10-28, Government and China 2026-07-20). They tell a tag from a slip of the
 * finger where no tag data are at hand.
 */
public final class PublishedTags {

    private static final List<String> NAMES = List.of(
            "ActionGroup",
            "ApiManagement",
            "AppConfiguration",
            "AppService",
            "AppServiceManagement",
            "ApplicationInsightsAvailability",
            "AutonomousDevelopmentPlatform",
            "AzureActiveDirectory",
            "AzureActiveDirectory.ServiceEndpoint",
            "AzureActiveDirectoryDomainServices",
            "AzureAdvancedThreatProtection",
            "AzureArcInfrastructure",
            "AzureAttestation",
            "AzureBackup",
            "AzureBotService",
            "AzureCloud",
            "AzureCognitiveSearch",
            "AzureConnectors",
            "AzureContainerRegistry",
            "AzureCosmosDB",
            "AzureDataExplorerManagement",
            "AzureDataLake",
            "AzureDatabricks",
            "AzureDevOps",
            "AzureDevSpaces",
            "AzureDeviceUpdate",
            "AzureDigitalTwins",
            "AzureEventGrid",
            "AzureFrontDoor.Backend",
            "AzureFrontDoor.FirstParty",
            "AzureFrontDoor.Frontend",
            "AzureFrontDoor.MicrosoftSecurity",
            "AzureHealthcareAPIs",
            "AzureInformationProtection",
            "AzureIoTHub",
            "AzureKeyVault",
            "AzureLoadTestingInstanceManagement",
            "AzureMachineLearning",
            "AzureMachineLearningInference",
            "AzureManagedGrafana",
            "AzureMonitor",
            "AzureMonitor.Core",
            "AzureMonitorForSAP",
            "AzureOpenDatasets",
            "AzurePortal",
            "AzurePortal.AzureAppServiceUx",
            "AzureResourceManager",
            "AzureSecurityCenter",
            "AzureSentinel",
            "AzureSignalR",
            "AzureSiteRecovery",
            "AzureSphere",
            "AzureSpringCloud",
            "AzureStack",
            "AzureTrafficManager",
            "AzureUpdateDelivery",
            "AzureWebPubSub",
            "BatchNodeManagement",
            "ChaosStudio",
            "CognitiveServicesFrontend",
            "CognitiveServicesManagement",
            "DataFactory",
            "DataFactoryManagement",
            "Dynamics365BusinessCentral",
            "Dynamics365ForMarketingEmail",
            "EOPExternalPublishedIPs",
            "EventHub",
            "GatewayManager",
            "Grafana",
            "GuestAndHybridManagement",
            "HDInsight",
            "KustoAnalytics",
            "LogicApps",
            "LogicAppsManagement",
            "M365ManagementActivityApi",
            "M365ManagementActivityApiWebhook",
            "Marketplace",
            "MicrosoftAzureFluidRelay",
            "MicrosoftCloudAppSecurity",
            "MicrosoftContainerRegistry",
            "MicrosoftDefenderForEndpoint",
            "MicrosoftPurviewPolicyDistribution",
            "OneDsCollector",
            "PowerBI",
            "PowerPlatformInfra",
            "PowerPlatformPlex",
            "PowerQueryOnline",
            "SCCservice",
            "Scuba",
            "SecurityCopilot",
            "SerialConsole",
            "ServiceBus",
            "ServiceFabric",
            "Sql",
            "SqlManagement",
            "Storage",
            "StorageMover",
            "StorageSyncService",
            "SystemServiceAzureSpringAppsResourceProvider",
            "VideoIndexer",
            "WindowsAdminCenter",
            "WindowsVirtualDesktop");

    private static final Set<String> KEYS =
            NAMES.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());

    private PublishedTags() {}

    /** Whether a tag is built in or published: by its own name, or as {@code Tag.Region} of a published tag. */
    public static boolean contains(ServiceTag tag) {
        return tag.isBuiltIn()
                || isPublished(tag)
                || tag.parent().filter(PublishedTags::isPublished).isPresent();
    }

    private static boolean isPublished(ServiceTag tag) {
        return KEYS.contains(tag.name().toLowerCase(Locale.ROOT));
    }

    /** All names, sorted: built-in tags and published ones. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(NAMES);
        ServiceTag.builtIn().map(ServiceTag::name).forEach(names::add);
        return Collections.unmodifiableSet(names);
    }

    /** The regional variants of a tag, whether or not Azure publishes each of them. */
    public static Stream<String> regional(ServiceTag tag) {
        return Regions.all().map(region -> tag.in(region).name());
    }
}
