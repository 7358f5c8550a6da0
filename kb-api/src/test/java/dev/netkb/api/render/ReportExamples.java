package dev.netkb.api.render;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.LocationNetwork;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Source;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports made by hand: together they have every part that a report can have. */
final class ReportExamples {

    private static final String GROUP = "/subscriptions/0000/resourceGroups/rg-shop/providers/";
    static final ResourceId SERVICE = ResourceId.of(GROUP + "Microsoft.ApiManagement/service/shop");
    static final ResourceId VNET = ResourceId.of(GROUP + "Microsoft.Network/virtualNetworks/vnet-shop");
    static final ResourceId SUBNET = VNET.child("subnets", "snet-apim");
    static final ResourceId NORTH_SUBNET =
            ResourceId.of(GROUP + "Microsoft.Network/virtualNetworks/vnet-north/subnets/snet-apim");
    static final ResourceId NSG = ResourceId.of(GROUP + "Microsoft.Network/networkSecurityGroups/nsg-apim");

    private static final Report.Rules RULES =
            new Report.Rules(120, List.of(new Report.Pack("netkb-rules", "0.1.0", "packaged", "5f1c")));
    private static final List<Source> REFERENCE = List.of(
            new Source("REF-2311", "2023-11-29", null, "https://learn.microsoft.com/azure/api-management/old"),
            new Source(
                    "REF-25C",
                    "2025-12",
                    "Required ports",
                    "https://learn.microsoft.com/azure/api-management/virtual-network-reference"),
            new Source("PRE-2405", "2024-05-10", null, null));

    private ReportExamples() {}

    /** A deployment with faults of every kind in one region, and no group in another. */
    static Report broken() {
        List<Result> results = new ArrayList<>();
        results.add(sqlDenied());
        results.add(storagePartial());
        results.add(noGroup());
        results.add(deniedForLackOfGroup("C-FLOW-IN-MGMT", "3443", "ApiManagement", Severity.ERROR));
        results.add(deniedForLackOfGroup("C-FLOW-IN-LB", "6390", "AzureLoadBalancer", Severity.ERROR));
        results.add(deniedForLackOfGroup("C-FLOW-IN-CLIENT-80", "80", "Internet", Severity.WARNING));
        results.add(deniedForLackOfGroup("C-FLOW-IO-638X", "6381-6383", "OwnSubnet", Severity.INFO));
        results.add(undetermined("C-FLOW-OUT-KV", "443", "AzureKeyVault"));
        results.add(undetermined("C-FLOW-OUT-EH", "5671,5672,443", "EventHub"));
        results.add(undeterminedResource());
        results.add(info());
        results.add(waived());
        results.add(known());
        return new Report(
                "0.1.0",
                RULES,
                null,
                List.of(new SnapshotReport(
                        "broken",
                        true,
                        true,
                        List.of(new Problem(
                                "KB-N201",
                                Problem.Level.NOTICE,
                                "resources of type microsoft.web/sites are not looked at (3 of them)",
                                new Place("export.json", "/value/7", 214, 5),
                                "")),
                        List.of(
                                withNetwork(location("westeurope", SUBNET, "Developer"), network()),
                                location("northeurope", NORTH_SUBNET, "Developer")),
                        results)));
    }

    /** A snapshot with nothing wrong, its passed requirements in the report, beside a rejected one. */
    static Report mended() {
        Result passedFlow = new Result(
                "C-FLOW-OUT-SQL",
                Outcome.PASSED,
                Severity.ERROR,
                "Azure SQL is reachable on 1433",
                "every packet passes",
                new Subject("location", SERVICE, "westeurope"),
                new FlowResult(
                        "Outbound",
                        "Tcp",
                        List.of("1433"),
                        "Sql",
                        Verdict.ALLOWED,
                        List.of(new FlowStage(
                                "nsg",
                                Verdict.ALLOWED,
                                List.of(new DecidingRule(
                                        "nsgRule",
                                        NSG.child("defaultSecurityRules", "AllowInternetOutBound")
                                                .text(),
                                        "nsg-apim/AllowInternetOutBound",
                                        65001,
                                        true,
                                        "Allow",
                                        List.of("1433"),
                                        List.of("Sql"),
                                        Place.NOWHERE)))),
                        List.of(),
                        null,
                        List.of()),
                List.of(),
                List.of("allowed by a default rule"),
                null,
                REFERENCE,
                null);
        return new Report(
                "0.1.0",
                RULES,
                new Report.Tags("Public", "381", "ServiceTags_Public.json"),
                List.of(
                        new SnapshotReport(
                                "mended",
                                true,
                                true,
                                List.of(),
                                List.of(location("westeurope", SUBNET, "Premium")),
                                List.of(
                                        passedFlow,
                                        plain("C-NET-05", Outcome.PASSED, "the subnet has the group nsg-apim"),
                                        plain("V2I-TIER", Outcome.NOT_APPLICABLE, "not a v2 tier"))),
                        new SnapshotReport(
                                "torn.json",
                                false,
                                true,
                                List.of(new Problem(
                                        "KB-E101",
                                        Problem.Level.ERROR,
                                        "the file ends inside an object",
                                        new Place("torn.json", "/value/3", 17, 4),
                                        "Maybe the export was cut off: export it again.")),
                                List.of(),
                                List.of())));
    }

    /** Names that try to command a terminal, to hide, and to end a line. */
    static Report hostile() {
        ResourceId evil = ResourceId.of(GROUP + "Microsoft.ApiManagement/service/a\u001b[2J\u009b31m\u202egnp");
        Result result = new Result(
                "C-NET-05",
                Outcome.VIOLATED,
                Severity.ERROR,
                "NSG\u0007 attached",
                "the name is \u001b]0;owned\u0007\r\nC-NET-99 [ERROR] forged",
                new Subject("location", evil, "west\u001beurope"),
                null,
                List.of(new Evidence(
                        "name\u007f", "\u0000\u2028\ud800", null, new Place("a\u001b.json", "/x\n", 0, 0))),
                List.of("note\u001b"),
                new Remediation(
                        "run\u001b",
                        List.of(),
                        Map.of("az", List.of("az x --name 'a\u001b[2J\nrm -rf ~'")),
                        false,
                        List.of("\u001b")),
                List.of(new Source("D\u001b", "d\u001b", "s\u001b", "u\u001b")),
                new Waiver("r\u001b", "o\u001b", "e\u001b"));
        return new Report(
                "0.1.0\u001b",
                RULES,
                new Report.Tags("P\u001b", "1\u001b", "f\u001b"),
                List.of(new SnapshotReport(
                        "evil\u001b",
                        true,
                        false,
                        List.of(new Problem(
                                "KB-W100",
                                Problem.Level.WARNING,
                                "\u001b[31m",
                                new Place("\u001b", "/", 1, 1),
                                "\u001b")),
                        List.of(new LocationSummary(
                                evil,
                                "west\u001beurope",
                                null,
                                "Ex\u001b",
                                "st\u001b",
                                "De\u001b",
                                "classic",
                                "\u001b")),
                        List.of(result))));
    }

    /** A report whose every text is {@code words}, which try to be more than a text. */
    static Report saying(String words) {
        ResourceId id = ResourceId.of("x" + words);
        Place at = new Place(words, "/" + words, 1, 1);
        List<String> list = List.of(words);
        DecidingRule rule = new DecidingRule(words, "x" + words, words, 100, false, "Deny", list, list, at);
        Result violated = new Result(
                words,
                Outcome.VIOLATED,
                Severity.ERROR,
                words,
                words,
                new Subject(words, id, words),
                new FlowResult(
                        "Outbound",
                        words,
                        list,
                        words,
                        Verdict.DENIED,
                        List.of(new FlowStage("nsg", Verdict.DENIED, List.of(rule))),
                        List.of(new DeniedPart(list, list, list, list)),
                        new Witness(words, words, 1, words, 2),
                        list),
                List.of(new Evidence(words, words, new FactRef(words, id), at)),
                list,
                new Remediation(
                        words,
                        List.of(Map.of("op", words, "name", words)),
                        Map.of("az", list, "powershell", list),
                        false,
                        list),
                List.of(new Source(words, words, words, words)),
                null);
        SnapshotReport evaluated = new SnapshotReport(
                words,
                true,
                true,
                List.of(new Problem("KB-N201", Problem.Level.NOTICE, words, at, words)),
                List.of(withNetwork(
                        new LocationSummary(id, words, id, words, words, words, words, words),
                        new LocationNetwork(
                                list,
                                id,
                                id,
                                List.of(new LocationNetwork.NextHop(words, list, list, 0, id)),
                                0,
                                list,
                                List.of(new LocationNetwork.Peering(id, id, words)),
                                0,
                                list,
                                Set.of()))),
                List.of(violated, violated.accepted(new Waiver(words, words, words)), violated.asKnown()));
        SnapshotReport rejected = new SnapshotReport(
                words + words,
                false,
                true,
                List.of(new Problem("KB-E101", Problem.Level.ERROR, words, at, words)),
                List.of(),
                List.of());
        return new Report(
                words,
                new Report.Rules(1, List.of(new Report.Pack(words, words, words, words))),
                new Report.Tags(words, words, words),
                List.of(evaluated, rejected));
    }

    /** As {@link #broken()}, over and over, as different snapshots. */
    static Report brokenTimes(int times) {
        Report broken = broken();
        SnapshotReport one = broken.snapshots().get(0);
        return new Report(
                broken.toolVersion(),
                broken.rules(),
                broken.serviceTags(),
                IntStream.range(0, times)
                        .mapToObj(i -> new SnapshotReport(
                                "broken-" + i, true, true, one.problems(), one.locations(), one.results()))
                        .toList());
    }

    static Report empty() {
        return new Report(
                "0.1.0",
                RULES,
                null,
                List.of(new SnapshotReport("vnet-only", true, true, List.of(), List.of(), List.of())));
    }

    static Report clean() {
        return new Report(
                "0.1.0",
                RULES,
                null,
                List.of(new SnapshotReport(
                        "clean",
                        true,
                        true,
                        List.of(),
                        List.of(location("westeurope", SUBNET, "Developer")),
                        List.of())));
    }

    static LocationSummary location(String region, @Nullable ResourceId subnet, String sku) {
        return new LocationSummary(SERVICE, region, subnet, "External", "stv2", sku, "classic", "2026-04");
    }

    private static LocationSummary withNetwork(LocationSummary location, LocationNetwork network) {
        return new LocationSummary(
                location.service(),
                location.location(),
                location.subnet(),
                location.virtualNetworkType(),
                location.platformVersion(),
                location.sku(),
                location.model(),
                location.baseline(),
                network);
    }

    /** With every part that a network can have. */
    private static LocationNetwork network() {
        return new LocationNetwork(
                List.of("10.0.1.0/24"),
                NSG,
                null,
                List.of(
                        new LocationNetwork.NextHop(
                                "VirtualAppliance",
                                List.of("10.0.9.4"),
                                List.of("0.0.0.0/0"),
                                2,
                                ResourceId.of(GROUP + "Microsoft.Network/azureFirewalls/fw")),
                        new LocationNetwork.NextHop("Internet", List.of(), List.of("ApiManagement"), 0, null)),
                1,
                List.of("10.0.9.5"),
                List.of(new LocationNetwork.Peering(VNET.child("virtualNetworkPeerings", "hub"), null, "Connected")),
                3,
                List.of("Microsoft.Sql"),
                EnumSet.of(LocationNetwork.Part.PEERINGS, LocationNetwork.Part.ROUTE_TABLE));
    }

    static Result plain(String rule, Outcome outcome, String message) {
        return new Result(
                rule,
                outcome,
                Severity.ERROR,
                "title of " + rule,
                message,
                new Subject("location", SERVICE, "westeurope"),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    private static DecidingRule denyInternet(String ports, String remote) {
        return new DecidingRule(
                "nsgRule",
                NSG.child("securityRules", "deny-internet").text(),
                "nsg-apim/deny-internet",
                200,
                false,
                "Deny",
                List.of(ports),
                List.of(remote),
                new Place("export.json", "/value/2/properties/securityRules/4", 97, 9));
    }

    private static Result sqlDenied() {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("op", "addNsgRule");
        change.put("nsg", NSG.text());
        change.put("priority", 190);
        change.put("destinationPortRanges", List.of("1433"));
        DecidingRule deciding = denyInternet("1433", "Sql");
        return new Result(
                "C-FLOW-OUT-SQL",
                Outcome.VIOLATED,
                Severity.ERROR,
                "Azure SQL is reachable on 1433",
                "Outbound Tcp 1433 to Sql is denied: the gateway cannot read its configuration",
                new Subject("location", SERVICE, "westeurope"),
                new FlowResult(
                        "Outbound",
                        "Tcp",
                        List.of("1433"),
                        "Sql",
                        Verdict.DENIED,
                        List.of(new FlowStage("nsg", Verdict.DENIED, List.of(deciding))),
                        List.of(new DeniedPart(List.of("1433"), List.of("Sql"), List.of(), List.of())),
                        new Witness("Tcp", "10.0.1.4", null, "20.1.2.3", 1433),
                        List.of()),
                List.of(
                        new Evidence(
                                "decidingRule",
                                "deny-internet",
                                new FactRef("nsgRule", ResourceId.of(deciding.id())),
                                deciding.at()),
                        new Evidence(
                                "subnet",
                                "snet-apim",
                                new FactRef("subnet", SUBNET),
                                new Place("export.json", "/value/0/properties/subnets/0"))),
                List.of("a rule without a tag file is decided by names"),
                new Remediation(
                        "Allow Tcp 1433 to Sql before priority 200.",
                        List.of(change),
                        Map.of(
                                "powershell",
                                List.of("Get-AzNetworkSecurityGroup -Name nsg-apim"),
                                "az",
                                List.of("az network nsg rule create --resource-group rg-shop --nsg-name nsg-apim"
                                        + " --name 'allow --sql' --priority 190 --direction Outbound --access Allow"
                                        + " --protocol Tcp --source-address-prefixes 10.0.1.0/24"
                                        + " --destination-address-prefixes Sql --destination-port-ranges 1433")),
                        true,
                        List.of()),
                REFERENCE,
                null);
    }

    /** A flow that its group lets pass and a route decides: to the internet, to nowhere, to a firewall without rules. */
    static FlowResult routed(Verdict verdict) {
        DecidingRule allowed = new DecidingRule(
                "nsgRule",
                NSG.child("defaultSecurityRules", "AllowInternetOutBound").text(),
                "nsg-apim/AllowInternetOutBound",
                65001,
                true,
                "Allow",
                List.of("1433"),
                List.of("Sql"),
                Place.NOWHERE);
        String hop = "VirtualAppliance 10.0.9.4";
        String text = "user route default (0.0.0.0/0 to " + hop + ")";
        List<DecidingRule> deciding = switch (verdict) {
            case ALLOWED -> List.of(route("route", "system route (0.0.0.0/0 to Internet)", "Allow", "Sql"));
            case UNDETERMINED ->
                List.of(
                        route("nextHop", text, "Allow", "Sql and packets that " + hop + " lets pass"),
                        route("nextHop", text, "Deny", "Sql outside packets that " + hop + " lets pass"));
            default -> List.of(route("route", "user route default (0.0.0.0/0 to None)", "Deny", "Sql"));
        };
        return new FlowResult(
                "Outbound",
                "Tcp",
                List.of("1433"),
                "Sql",
                verdict,
                List.of(
                        new FlowStage("nsg", Verdict.ALLOWED, List.of(allowed)),
                        new FlowStage("route", verdict, deciding)),
                verdict == Verdict.DENIED
                        ? List.of(new DeniedPart(List.of("1433"), List.of("Sql"), List.of(), List.of()))
                        : List.of(),
                null,
                verdict == Verdict.UNDETERMINED ? List.of("what " + hop + " lets pass (" + text + ")") : List.of());
    }

    private static DecidingRule route(String type, String name, String access, String remote) {
        return new DecidingRule(
                type,
                SUBNET.text(),
                name,
                null,
                false,
                access,
                List.of("1433"),
                List.of(remote),
                new Place("routes.json", "/0/routes/0", 10, 7));
    }

    private static Result storagePartial() {
        List<String> prefixes =
                IntStream.range(0, 42).mapToObj(i -> "20.60." + i + ".0/24").toList();
        return new Result(
                "C-FLOW-OUT-STORAGE",
                Outcome.VIOLATED,
                Severity.WARNING,
                "Azure Storage is reachable on 443",
                "Outbound Tcp 443 to Storage is denied in part",
                new Subject("location", SERVICE, "westeurope"),
                new FlowResult(
                        "Outbound",
                        "Tcp",
                        List.of("443"),
                        "Storage",
                        Verdict.PARTIAL,
                        List.of(new FlowStage(
                                "nsg",
                                Verdict.PARTIAL,
                                List.of(
                                        new DecidingRule(
                                                "nsgRule",
                                                NSG.child("securityRules", "allow-cloud")
                                                        .text(),
                                                "nsg-apim/allow-cloud",
                                                150,
                                                false,
                                                "Allow",
                                                List.of("443"),
                                                List.of("20.150.0.0/16"),
                                                Place.NOWHERE),
                                        new DecidingRule(
                                                "nsgRule",
                                                NSG.child("securityRules", "deny-internet")
                                                        .text(),
                                                "nsg-apim/deny-internet",
                                                200,
                                                false,
                                                "Deny",
                                                List.of("443"),
                                                prefixes,
                                                Place.NOWHERE)))),
                        List.of(new DeniedPart(List.of("443"), prefixes, List.of("0-1023"), List.of("10.0.1.0/25"))),
                        new Witness("Tcp", "10.0.1.4", 0, "20.60.0.0", 443),
                        List.of()),
                List.of(),
                List.of(),
                new Remediation(
                        "Allow Tcp 443 to Storage.", List.of(), Map.of(), false, List.of("C-FLOW-OUT-INTERNET")),
                REFERENCE,
                null);
    }

    private static Result noGroup() {
        return new Result(
                "C-NET-05",
                Outcome.VIOLATED,
                Severity.ERROR,
                "NSG attached to the subnet",
                "the subnet snet-apim has no network security group; on stv2 its load balancer then refuses all inbound traffic",
                new Subject("subnet", NORTH_SUBNET, "northeurope"),
                null,
                List.of(new Evidence(
                        "networkSecurityGroup",
                        "none",
                        new FactRef("subnet", NORTH_SUBNET),
                        new Place("export.json", "/value/1/properties/subnets/0", 41, 11))),
                List.of(),
                new Remediation(
                        "Attach a group that allows the required flows.",
                        List.of(),
                        Map.of(
                                "az",
                                List.of(
                                        "az network nsg create --name nsg-north",
                                        "az network vnet subnet update --resource-group '<resourceGroup>' --nsg nsg-north")),
                        false,
                        List.of()),
                List.of(new Source("INJ-2504", null, null, null)),
                null);
    }

    private static Result deniedForLackOfGroup(String rule, String port, String remote, Severity severity) {
        return new Result(
                rule,
                Outcome.VIOLATED,
                severity,
                "title of " + rule,
                "denied: no group",
                new Subject("location", SERVICE, "northeurope"),
                new FlowResult(
                        "Inbound",
                        "Tcp",
                        List.of(port),
                        remote,
                        Verdict.DENIED,
                        List.of(new FlowStage(
                                "nsg",
                                Verdict.DENIED,
                                List.of(new DecidingRule(
                                        "noNsg",
                                        NORTH_SUBNET.text(),
                                        "no network security group",
                                        null,
                                        true,
                                        "Deny",
                                        List.of(port),
                                        List.of(remote),
                                        Place.NOWHERE)))),
                        List.of(new DeniedPart(List.of(port), List.of(remote), List.of(), List.of())),
                        null,
                        List.of()),
                List.of(),
                List.of(),
                null,
                REFERENCE,
                null);
    }

    private static Result undetermined(String rule, String ports, String remote) {
        return new Result(
                rule,
                Outcome.UNDETERMINED,
                Severity.ERROR,
                "title of " + rule,
                "data are missing",
                new Subject("location", SERVICE, "westeurope"),
                new FlowResult(
                        "Outbound",
                        "Tcp",
                        List.of(ports.split(",")),
                        remote,
                        Verdict.UNDETERMINED,
                        List.of(),
                        List.of(),
                        null,
                        List.of("the addresses of service tag " + remote, "the addresses of service tag AzureCloud")),
                List.of(),
                List.of(),
                null,
                REFERENCE,
                null);
    }

    private static Result undeterminedResource() {
        return new Result(
                "C-PIP-01",
                Outcome.UNDETERMINED,
                Severity.WARNING,
                "The public IP address is a Standard one",
                "the export holds no public IP address: export it with az network public-ip list",
                new Subject("service", SERVICE, null),
                null,
                List.of(),
                List.of("the service has two regions"),
                null,
                REFERENCE,
                null);
    }

    private static Result info() {
        return new Result(
                "C-NET-09",
                Outcome.VIOLATED,
                Severity.INFO,
                "Room to grow",
                "the subnet has 3 free addresses, which is enough today",
                new Subject("subnet", SUBNET, "westeurope"),
                null,
                List.of(),
                List.of(),
                null,
                REFERENCE,
                null);
    }

    private static Result waived() {
        Result result = plain("C-PIP-02", Outcome.WAIVED, "the address has no DNS label");
        return new Result(
                result.rule(),
                result.outcome(),
                result.severity(),
                result.title(),
                result.message(),
                result.subject(),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                new Waiver("moves next month", "net-team", "2026-12-31"));
    }

    private static Result known() {
        return plain("C-PIP-03", Outcome.KNOWN, "seen before");
    }
}
