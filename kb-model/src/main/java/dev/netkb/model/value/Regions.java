package dev.netkb.model.value;

import java.util.Set;
import java.util.stream.Stream;

/** The regions that service tags name, read off the published tag files (Public 2025-10-28, Government and China 2026-07-20). */
final class Regions {

    private static final Set<String> KNOWN = Set.of(
            "australiacentral",
            "australiacentral2",
            "australiaeast",
            "australiasoutheast",
            "austriaeast",
            "belgiumcentral",
            "brazilnortheast",
            "brazilsouth",
            "brazilsoutheast",
            "canadacentral",
            "canadaeast",
            "centralindia",
            "centralus",
            "centraluseuap",
            "chilecentral",
            "chinaeast",
            "chinaeast2",
            "chinaeast3",
            "chinanorth",
            "chinanorth2",
            "chinanorth3",
            "eastasia",
            "eastus",
            "eastus2",
            "eastus2euap",
            "eastus2stage",
            "eastusstg",
            "francecentral",
            "francesouth",
            "germanynorth",
            "germanywestcentral",
            "indonesiacentral",
            "israelcentral",
            "israelnorthwest",
            "italynorth",
            "japaneast",
            "japanwest",
            "jioindiacentral",
            "jioindiawest",
            "koreacentral",
            "koreasouth",
            "malaysiasouth",
            "malaysiawest",
            "mexicocentral",
            "newzealandnorth",
            "northcentralus",
            "northcentralusstage",
            "northeurope",
            "northeurope2",
            "norwayeast",
            "norwaywest",
            "polandcentral",
            "qatarcentral",
            "southafricanorth",
            "southafricawest",
            "southcentralus",
            "southcentralus2",
            "southcentralusstg",
            "southeastasia",
            "southeastus",
            "southeastus3",
            "southindia",
            "spaincentral",
            "swedencentral",
            "swedensouth",
            "switzerlandnorth",
            "switzerlandwest",
            "taiwannorth",
            "taiwannorthwest",
            "uaecentral",
            "uaenorth",
            "uksouth",
            "ukwest",
            "usdodcentral",
            "usdodeast",
            "usgovarizona",
            "usgovtexas",
            "usgovvirginia",
            "westcentralus",
            "westeurope",
            "westindia",
            "westus",
            "westus2",
            "westus3");

    private Regions() {}

    static boolean isRegion(String text) {
        return KNOWN.contains(Region.of(text).key());
    }

    static Stream<Region> all() {
        return KNOWN.stream().map(Region::of);
    }
}
