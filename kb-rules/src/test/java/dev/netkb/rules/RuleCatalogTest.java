package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.RuleInfo;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.rules.PackageFiles.DrlRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What holds for every rule, row and entry of the packaged knowledge. Each test collects all faults. */
class RuleCatalogTest {

    private static final List<DrlRule> RULES = PackageFiles.rules();
    private static final List<Map<String, String>> FLOWS = PackageFiles.table("flows.csv");
    private static final JsonNode CATALOGUE = PackageFiles.yaml("catalogue.yaml");
    private static final Set<String> REMEDIATIONS = names(PackageFiles.yaml("remediations.yaml"));
    private static final Set<String> SOURCES = PackageFiles.table("sources.csv").stream()
            .map(source -> source.get("key"))
            .collect(Collectors.toCollection(TreeSet::new));

    private static final Set<String> SEVERITIES = Set.of("error", "warning", "info");
    private static final Set<String> MODELS = Set.of(
            "classic",
            "v2Injection",
            "v2Integration",
            "none",
            "unknown",
            "workspaceInjection",
            "workspaceIntegration",
            "workspaceUnknown");
    private static final Set<String> FACTS = Set.of(
            "Location",
            "Subnet",
            "VirtualNetwork",
            "PublicIpAddress",
            "NetworkSecurityGroup",
            "RouteTable",
            "ApiManagementService",
            "BackendHost",
            "ManagementLock",
            "NetworkStatus",
            "PrivateEndpoint",
            "ResourceProviderRegistration",
            "WorkspaceGateway",
            "WorkspaceGatewayLink");

    /** The ids of requirements A.1–A.3 (S1–S10, S22, S33–S44), B.2, B.3, B.5 and B.9 to B.15 that this pack decides. */
    private static final String WANTED = """
            SEED-TIER SEED-MODE SEED-MODE-EXT SEED-MODE-INT SEED-REGION-MAP SEED-VNET-REGION SEED-VNET-KIND
            SEED-SUBNET-DEDICATED SEED-SUBNET-NO-OTHER-TYPE SEED-SUBSCRIPTION SEED-NSG-CONTROL SEED-INT-RFC1918
            SEED-INT-MULTIREGION-LB SEED-PORT-IN-CLIENT SEED-PORT-IN-3443 SEED-PORT-OUT-STORAGE-SB SEED-PORT-OUT-SQL
            SEED-PORT-OUT-SQLV12-A SEED-PORT-OUT-SQLV12-B SEED-PORT-OUT-AMQP SEED-PORT-REDIS SEED-PORT-OUT-SMB
            SEED-PORT-IN-LB
            C-PLAT-STV1 C-NET-01 C-NET-02 C-NET-03 C-NET-04 C-NET-05 C-NET-06 C-NET-07 C-NET-08 C-NET-09 C-NET-10
            C-NET-11 C-API-IMPORT C-INT-CONSOLE C-MR-INT C-UPDATE-TIME
            C-VIP-RECREATE C-VIP-REINSTATE C-VIP-VNET C-VIP-MODE C-VIP-SUBNET C-VIP-PIP C-VIP-ZONES C-VIP-REGION
            C-LOCK-RETURN C-LOCK-SCOPE C-LOCK-LINK V2I-CREATE V2I-NOSWITCH WG-ONCE
            SEED-VIP-TOGGLE SEED-VIP-MODE SEED-SUBNET-MOVE SEED-VNET-LOCK SEED-DNS-FIRST
            C-PIP-NEED C-PIP-SKU C-PIP-PLACE C-PIP-LABEL C-PIP-ROUTEPREF C-PIP-ZONES C-PIP-CHANGE C-PIP-SHARED
            C-AZ-EVEN C-AZ-PIP C-AZ-MINUNITS C-AZ-TIER C-SIZE-MIN C-SIZE-NOW C-SIZE-GROW
            C-FLOW-IN-CLIENT C-FLOW-IN-CLIENT-80 C-FLOW-IN-3443 C-FLOW-IN-LB C-FLOW-IN-LB-6391 C-FLOW-IN-ATM
            C-FLOW-OUT-CERT80 C-FLOW-OUT-STORAGE C-FLOW-OUT-SQL C-FLOW-OUT-SQLV12 C-FLOW-OUT-KV C-FLOW-OUT-MONITOR
            C-FLOW-OUT-ENTRA C-FLOW-OUT-CONN C-FLOW-OUT-EH C-FLOW-OUT-SMB C-FLOW-OUT-AZCLOUD C-FLOW-OUT-SMTP
            C-FLOW-OUT-INET443 C-FLOW-IO-6380 C-FLOW-IO-638X C-FLOW-IO-4290
            C-LB-DEV C-LB-PREM C-ATM-SCOPE C-REGTAG C-TAG-OVER-IP C-NOT-APPLY-V2
            V2I-TIER V2I-REGION V2I-SUB V2I-DEDICATED V2I-SIZE V2I-DELEG V2I-NSG V2I-NSG-KV V2I-NSG-STORAGE V2I-RBAC
            V2I-PLATFORM
            V2O-TIER V2O-WHEN V2O-REGION V2O-SUB V2O-DEDICATED V2O-SIZE V2O-DELEG V2O-NSG V2O-NSG-KV V2O-NSG-STORAGE
            V2O-INBOUND-NA V2O-PUBLIC V2O-RBAC
            V2I-RP V2I-BACKEND V2I-AFD V2O-RP V2O-SCOPE C-LOCK-LINK X-TRUST X-IPLIST X-CN-GOV X-TAG-CLOUD
            PE-TIER PE-NOT-INJECTED PE-PLATFORM PE-GROUP PE-MAX PE-NOT-SHGW PE-NOT-WSGW PE-SUBNET-DELEG PE-REGION PE-STATE
            PE-PNA-ORDER PE-PNA-EFFECT PE-POLICY PE-CMD
            WG-REGION WG-SUB WG-DEDICATED WG-SIZE WG-DELEG-INT WG-DELEG-INJ WG-RP WG-NSG WG-INJ-LB WG-INJ-CLIENT
            WG-INJ-STORAGE WG-INJ-KV WG-INT-OUT WG-INBOUND-NA
            C-DNS-53 C-DNS-REACH C-DNS-RESOLVE C-DNS-INT-OWN C-DNS-INT-HOSTS C-DNS-INT-SHGW C-DNS-APEX C-DNS-SCOPE
            C-DNS-CUSTOM C-HOST-ONLY C-DNS-EXT SEED-BACKEND-HOST SEED-HOSTNAME-ONLY SEED-CUSTOM-DNS-RESOLVES SEED-DNS-53
            SEED-DNS-VPN V2I-DNS V2I-DNS-KV WG-DNS WG-DNS-KV PE-DNS
            C-NS-REQ C-NS-OPT C-NS-AGE C-NS-DNS C-NS-MAP C-NS-LIMIT C-DNS-ORDER SEED-NETSTATUS-OK SEED-NETSTATUS-15M
            SEED-DNS-APPLY SEED-DNS-FIRST
            """;

    @Test
    void everyWantedIdIsInTheCatalogue() {
        Set<String> known = KnowledgeBase.packaged().catalogue().stream()
                .map(RuleInfo::id)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).contains(WANTED.trim().split("\\s+"));
    }

    @Test
    void descriptionsUseNoWordsOfTheTables() {
        assertThat(KnowledgeBase.packaged().catalogue())
                .extracting(RuleInfo::description)
                .noneMatch(text -> text.contains("OwnSubnet"))
                .anyMatch(text -> text.contains("Tcp 6381-6383 from own subnet: "));
    }

    @Test
    void anIdIsEitherARuleOrAFlowOrAnEntryOfTheCatalogue() {
        List<String> ids = new ArrayList<>();
        RULES.stream().filter(DrlRule::describes).forEach(rule -> ids.add(rule.id()));
        ids.addAll(FLOWS.stream().map(row -> row.get("id")).collect(Collectors.toSet()));
        CATALOGUE.path("entries").forEach(entry -> ids.add(entry.path("id").asText()));

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(90);
    }

    @Test
    void thePackNamesEveryRuleFile() {
        List<String> named = new ArrayList<>();
        PackageFiles.yaml("pack.yaml").path("rules").forEach(rule -> named.add(rule.asText()));

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(PackageFiles.ruleFiles().stream()
                        .map(PackageFiles::pathInPack)
                        .toList());
    }

    @Test
    void thePackageOfARuleFileIsItsFolder() {
        for (Path file : PackageFiles.ruleFiles()) {
            String folder = PackageFiles.pathInPack(file.getParent()).replace('/', '.');

            assertThat(PackageFiles.text(file)).as(file.toString()).startsWith("package " + folder + ";\n");
        }
    }

    @Test
    void metadataOfRulesAreComplete() {
        List<String> faults = new ArrayList<>();
        for (DrlRule rule : RULES) {
            if (rule.describes()) {
                faults.addAll(faults(rule));
            } else if (rule.metadata().size() > 1) {
                faults.add(rule.name() + ": a further rule of an id repeats the id only");
            }
            if (!rule.id().isEmpty() && !rule.name().startsWith(rule.id() + " ")) {
                faults.add(rule.name() + ": its name does not begin with its id " + rule.id());
            }
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> faults(DrlRule rule) {
        List<String> faults = new ArrayList<>();
        Map<String, String> metadata = rule.metadata();
        for (String key : List.of("id", "severity", "since", "models", "source", "description", "remediation")) {
            if (metadata.getOrDefault(key, "").isBlank()) {
                faults.add(rule.name() + ": @" + key + " is missing");
            }
        }
        if (!SEVERITIES.contains(metadata.get("severity"))) {
            faults.add(rule.name() + ": @severity " + metadata.get("severity"));
        }
        if (!metadata.getOrDefault("since", "").matches("20\\d\\d-(0[1-9]|1[0-2])")) {
            faults.add(rule.name() + ": @since " + metadata.get("since"));
        }
        for (String model : PackageFiles.parts(metadata.getOrDefault("models", ""))) {
            if (!MODELS.contains(model)) {
                faults.add(rule.name() + ": @models " + model);
            }
        }
        for (String fact : PackageFiles.parts(metadata.getOrDefault("requires", ""))) {
            if (!FACTS.contains(fact.replaceAll("\\..*", ""))) {
                faults.add(rule.name() + ": @requires " + fact);
            }
        }
        if (!metadata.getOrDefault("description", "").endsWith(".")) {
            faults.add(rule.name() + ": @description is no sentence");
        }
        return faults;
    }

    @Test
    void aRuleDecidesTheIdThatItNames() {
        Pattern decides = Pattern.compile("rule == \"([^\"]+)\"");
        for (DrlRule rule : RULES) {
            if (!rule.id().isEmpty()) {
                Matcher matcher = decides.matcher(rule.body());

                assertThat(matcher.find()).as(rule.name()).isTrue();
                assertThat(matcher.group(1)).as(rule.name()).isEqualTo(rule.id());
            }
        }
    }

    @Test
    void everyIdOfARuleIsDescribedOnce() {
        Set<String> described =
                RULES.stream().filter(DrlRule::describes).map(DrlRule::id).collect(Collectors.toSet());

        assertThat(RULES.stream().map(DrlRule::id).filter(id -> !id.isEmpty())).allMatch(described::contains);
        assertThat(RULES.stream().map(DrlRule::name)).doesNotHaveDuplicates();
    }

    @Test
    void everyDocumentIsKnownAndEveryKnownDocumentIsUsed() {
        Set<String> used = new TreeSet<>();
        RULES.stream()
                .filter(DrlRule::describes)
                .forEach(rule -> used.addAll(keys(rule.metadata().get("source"))));
        FLOWS.forEach(row -> used.addAll(keys(row.get("source"))));
        CATALOGUE
                .path("entries")
                .forEach(entry -> used.addAll(keys(entry.path("source").asText())));

        assertThat(used).containsExactlyElementsOf(SOURCES);
    }

    private static List<String> keys(String source) {
        return PackageFiles.parts(source).stream()
                .map(part -> part.replaceAll(" .*", ""))
                .toList();
    }

    @Test
    void everyRemediationIsKnownAndEveryKnownRemediationIsUsed() {
        Set<String> used = new TreeSet<>();
        Pattern own = Pattern.compile("\\.remediation\\( \"([^\"]+)\" \\)");
        for (DrlRule rule : RULES) {
            if (rule.describes()) {
                used.add(rule.metadata().get("remediation"));
            }
            own.matcher(rule.body()).results().forEach(match -> used.add(match.group(1)));
        }
        for (JsonNode remediation : PackageFiles.yaml("remediations.yaml")) {
            if (remediation.has("otherwise")) {
                used.add(remediation.path("otherwise").asText());
            }
        }

        assertThat(used).containsExactlyElementsOf(REMEDIATIONS);
    }

    @Test
    void commandsHaveThePlaceholdersThatAreFilledIn() {
        Set<String> given = new TreeSet<>(Set.of(
                "resourceGroup",
                "vnet",
                "subnet",
                "nsg",
                "nsgResourceGroup",
                "routeTable",
                "routeTableResourceGroup",
                "publicIp",
                "publicIpResourceGroup",
                "service",
                "serviceResourceGroup",
                "location"));
        Pattern with = Pattern.compile("\\.with\\( \"([^\"]+)\"");
        RULES.forEach(rule -> with.matcher(rule.body()).results().forEach(match -> given.add(match.group(1))));
        JsonNode remediations = PackageFiles.yaml("remediations.yaml");

        Set<String> wanted = new TreeSet<>();
        Pattern.compile("\\{([a-zA-Z]+)}")
                .matcher(remediations.toString())
                .results()
                .forEach(match -> wanted.add(match.group(1)));

        assertThat(given).containsAll(wanted);
        for (JsonNode remediation : remediations) {
            assertThat(remediation.path("hint").asText()).isNotBlank();
            assertThat(remediation.has("az")).isEqualTo(remediation.has("powershell"));
        }
    }

    @Test
    void titlesSayTheStateThatShouldHold() {
        List<String> titles = new ArrayList<>();
        RULES.stream().filter(DrlRule::describes).forEach(rule -> titles.add(rule.title()));
        FLOWS.forEach(row -> titles.add(row.get("title")));
        CATALOGUE
                .path("entries")
                .forEach(entry -> titles.add(entry.path("title").asText()));

        assertThat(titles)
                .allMatch(title -> title.matches("[A-Z].*[^.!?]"), "begins with a capital and is no full sentence")
                .noneMatch(title -> title.matches("(?i)(check|verify|ensure|use|add|remove)\\b.*"), "is no order")
                .noneMatch(title -> title.matches("(?i).*\\b(must|should|shall)\\b.*"), "says the state itself")
                .allMatch(title -> title.length() <= 100, "fits a line");
    }

    /** Requirements F.3: 54 addresses of the public cloud, 6 of that of 21Vianet, 8 of that of the government. */
    @Test
    void withdrawnAddressesAreSingleAddressesAndNoneStandsTwice() {
        List<Map<String, String>> table = PackageFiles.table("control-plane-addresses.csv");

        assertThat(table)
                .extracting(row -> row.get("address"))
                .doesNotHaveDuplicates()
                .allMatch(address -> {
                    AddressPrefix prefix = AddressPrefix.parse(String.valueOf(address));
                    return prefix.isIpv4() && prefix.length() == 32;
                });
        assertThat(table.stream().collect(Collectors.groupingBy(row -> row.get("cloud"), Collectors.counting())))
                .isEqualTo(Map.of("Public", 54L, "China", 6L, "AzureGovernment", 8L));
    }

    @Test
    void rulesHaveNoOrderAndNoSideEffects() {
        Pattern forbidden = Pattern.compile("\\b(salience|eval|global|agenda-group|no-loop|lock-on-active|System"
                + "|insertLogical|modify|update|delete|retract|while|for|or|forall)\\b");
        for (DrlRule rule : RULES) {
            String code = rule.body().replaceAll("\"[^\"]*\"", "\"\"").replaceAll("//.*", "");

            assertThat(forbidden.matcher(code).results().map(MatchResult::group))
                    .as(rule.name())
                    .isEmpty();
            assertThat(code.split("insert\\(", -1))
                    .as(rule.name() + " inserts one thing")
                    .hasSize(2);
            assertThat(code).as(rule.name()).doesNotContain(".equals(");
        }
    }

    @Test
    void entriesOfTheCatalogueSayWhy() {
        for (JsonNode entry : CATALOGUE.path("entries")) {
            String id = entry.path("id").asText();

            assertThat(entry.path("kind").asText()).as(id).isIn("modifier", "note");
            assertThat(entry.path("description").asText()).as(id).isNotBlank();
            assertThat(entry.path("reason").asText().isBlank())
                    .as(id + ": a note has a reason, a modifier has none")
                    .isEqualTo(entry.path("kind").asText().equals("modifier"));
        }
    }

    @Test
    void seedIdsAreReplacedByIdsThatExist() {
        Set<String> known =
                KnowledgeBase.packaged().catalogue().stream().map(RuleInfo::id).collect(Collectors.toSet());

        CATALOGUE.path("replaces").properties().forEach(entry -> {
            assertThat(entry.getKey()).startsWith("SEED-").isIn(known);
            assertThat(entry.getValue())
                    .isNotEmpty()
                    .allSatisfy(id -> assertThat(id.asText()).isIn(known).doesNotStartWith("SEED-"));
        });
    }

    private static Set<String> names(JsonNode node) {
        return StreamSupport.stream(node.properties().spliterator(), false)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
