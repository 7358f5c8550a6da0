package dev.netkb.api.internal.result;

import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.PrivateDnsZone;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is missing from an export, with the commands that fetch just that. Undetermined results name commands in brackets;
 * here each is told once, with the names that the snapshot knows in place of gaps, quoted for a shell, and what most
 * results wait for comes first. A command that cannot be completed is not told.
 */
public final class MissingExports {

    /** The code of such a problem; its hint is the command. */
    public static final String CODE = "KB-N207";

    private static final String TAG = "the addresses of service tag";
    private static final Pattern TAGS = Pattern.compile(TAG + "s? ([A-Za-z0-9.]+(?:, [A-Za-z0-9.]+)*)");
    private static final Pattern APPLIANCE = Pattern.compile("what VirtualAppliance ([0-9.]+) lets pass");
    private static final String FIREWALLS = "microsoft.network/azurefirewalls";
    private static final Pattern VERB = Pattern.compile("az((?: [a-z][a-z-]*)+)(?=[ ,]|$)");
    private static final Pattern OPTION =
            Pattern.compile(" (--[a-z-]+|-[a-z]) (.*?)(?=,? --[a-z-]+ |,? -[a-z] |$)", Pattern.DOTALL);
    private static final Pattern PATH =
            Pattern.compile("(/.+)/(networkstatus|backends|gateways|configConnections)(\\?.*)?");
    private static final Pattern ID =
            Pattern.compile("/subscriptions/[^\\p{Cc}\\p{Cf}{}]+/providers/[^\\p{Cc}\\p{Cf}{}]+");
    private static final String VERSION = "?api-version=2024-05-01";

    /** What resources are called that one command shows, by the words of that command. */
    private static final Map<String, String> SHOWN = Map.ofEntries(
            Map.entry("apim show", "API Management instance"),
            Map.entry("network firewall policy show", "firewall policy"),
            Map.entry("network firewall show", "firewall"),
            Map.entry("network nic list-effective-nsg", "effective security rules of network interface"),
            Map.entry("network nic show", "network interface"),
            Map.entry("network nic show-effective-route-table", "effective routes of network interface"),
            Map.entry("network nsg show", "network security group"),
            Map.entry("network private-endpoint show", "private endpoint"),
            Map.entry("network public-ip show", "public IP address"),
            Map.entry("network route-table show", "route table"),
            Map.entry("network vnet peering show", "peering"),
            Map.entry("network vnet show", "virtual network"),
            Map.entry("network vnet subnet show", "subnet"),
            Map.entry("resource show", "resource"));

    /** What commands list in a subscription. */
    private static final Map<String, String> LISTED = Map.of(
            "lock list", "locks",
            "network ip-group list", "IP groups",
            "network private-dns zone list", "private DNS zones",
            "network private-endpoint list", "private endpoints",
            "network vnet list", "virtual networks");

    private static final Map<String, String> BELOW = Map.of(
            "networkstatus", "network status of ",
            "backends", "backends of ",
            "gateways", "self-hosted gateways of ",
            "configConnections", "workspaces of gateway ");

    private final List<LocationSummary> locations;
    private final Snapshot snapshot;

    private MissingExports(List<LocationSummary> locations, Snapshot snapshot) {
        this.locations = locations;
        this.snapshot = snapshot;
    }

    /** What is fetched, and how. */
    private record Fetch(String what, String command) {}

    /** What is missing, each as a notice whose hint is the command that fetches it. */
    public static List<Problem> of(List<Result> results, List<LocationSummary> locations, Snapshot snapshot) {
        MissingExports missing = new MissingExports(locations, snapshot);
        Map<Fetch, Integer> waiting = new LinkedHashMap<>();
        Map<String, Set<String>> tagsByRegion = new LinkedHashMap<>();
        Map<String, Integer> waitingForTags = new LinkedHashMap<>();
        for (Result result : results) {
            if (result.outcome() == Outcome.UNDETERMINED) {
                missing.fetches(result).forEach(fetch -> waiting.merge(fetch, 1, Integer::sum));
                Set<String> tags = tags(result);
                if (!tags.isEmpty()) {
                    String region = missing.anyRegion(result);
                    tagsByRegion.computeIfAbsent(region, r -> new TreeSet<>()).addAll(tags);
                    waitingForTags.merge(region, 1, Integer::sum);
                }
            }
        }
        tagsByRegion.forEach((region, tags) -> waiting.put(
                new Fetch("addresses of service tags " + String.join(", ", tags), tagData(region)),
                waitingForTags.getOrDefault(region, 0)));
        return waiting.entrySet().stream()
                .sorted(Map.Entry.<Fetch, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(each -> each.getKey().command()))
                .map(each -> problem(each.getKey(), each.getValue()))
                .toList();
    }

    private static Problem problem(Fetch fetch, int results) {
        return new Problem(
                CODE,
                Problem.Level.NOTICE,
                "missing from this export: " + fetch.what() + "; " + results
                        + (results == 1 ? " undetermined result needs it" : " undetermined results need it"),
                Place.NOWHERE,
                fetch.command());
    }

    // ---- what a result says

    private static List<String> texts(Result result) {
        FlowResult flow = result.flow();
        return flow == null || flow.missing().isEmpty() ? List.of(result.message()) : flow.missing();
    }

    private static Set<String> tags(Result result) {
        Set<String> tags = new TreeSet<>();
        for (String text : texts(result)) {
            Matcher named = TAGS.matcher(text);
            while (named.find()) {
                tags.addAll(List.of(named.group(1).split(", ", -1)));
            }
        }
        return tags;
    }

    private Set<Fetch> fetches(Result result) {
        Set<Fetch> fetches = new LinkedHashSet<>();
        for (String text : texts(result)) {
            for (String command : commands(text)) {
                fetch(command, result).ifPresent(fetches::add);
            }
            APPLIANCE
                    .matcher(text)
                    .results()
                    .forEach(appliance -> firewalls(appliance.group(1), result).ifPresent(fetches::add));
        }
        return fetches;
    }

    /** The commands in brackets; ids may have brackets too. */
    private static List<String> commands(String text) {
        List<String> commands = new ArrayList<>();
        for (int at = text.indexOf("(az "); at >= 0; at = text.indexOf("(az ", at + 1)) {
            int depth = 0;
            int end = at;
            do {
                depth += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
                end++;
            } while (depth > 0 && end < text.length());
            String inside = text.substring(at + 1, depth == 0 ? end - 1 : end);
            commands.addAll(List.of(inside.split("; (?=az )", -1)));
        }
        return commands;
    }

    // ---- the command, completed

    private Optional<Fetch> fetch(String command, Result result) {
        Matcher verb = VERB.matcher(command);
        if (!verb.lookingAt()) {
            return Optional.empty();
        }
        String words = verb.group(1).strip();
        Map<String, String> options = new LinkedHashMap<>();
        OPTION.matcher(command.substring(verb.end()))
                .results()
                .forEach(option -> options.putIfAbsent(option.group(1), option.group(2)));
        String shown = SHOWN.get(words);
        if (shown != null) {
            return shown(words, shown, options.get("--ids"), result);
        }
        String listed = LISTED.get(words);
        if (listed != null) {
            return subscription(result).map(id -> listed(listed + " of subscription " + id, "az " + words, id, words));
        }
        return switch (words) {
            case "rest" -> below(options);
            case "provider show" ->
                subscription(result)
                        .map(id -> listed(
                                "registration of Microsoft.Web in subscription " + id,
                                "az provider show -n Microsoft.Web",
                                id,
                                "web-provider"));
            case "apim api list" ->
                service(result)
                        .map(id -> listed(
                                "APIs of " + id.name(),
                                "az apim api list -g " + ShellText.posix(id.resourceGroup()) + " --service-name "
                                        + ShellText.posix(id.name()),
                                id.subscription(),
                                "apis " + id.name()));
            case "network vnet peering list" ->
                subnet(result)
                        .flatMap(ResourceId::parent)
                        .map(id -> listed(
                                "peerings of virtual network " + id.name(),
                                "az network vnet peering list -g " + ShellText.posix(id.resourceGroup())
                                        + " --vnet-name " + ShellText.posix(id.name()),
                                id.subscription(),
                                "peerings " + id.name()));
            case "network private-dns link vnet list" -> ofZone("links", words, options, result);
            case "network private-dns record-set list" -> ofZone("records", words, options, result);
            case "network firewall policy rule-collection-group list" -> ofPolicy(words, options);
            default -> Optional.empty();
        };
    }

    private static Fetch listed(String what, String command, String subscription, String file) {
        return new Fetch(what, redirected(command + " --subscription " + ShellText.posix(subscription), file));
    }

    private Optional<Fetch> shown(String words, String noun, @Nullable String named, Result result) {
        Optional<ResourceId> known = named == null || named.startsWith("'<") ? fallback(words, result) : id(named);
        if (known.isPresent()) {
            ResourceId id = known.get();
            // Effective routes do not say whose they are.
            String whose = words.endsWith("show-effective-route-table") && isPlain(id.text())
                    ? " --query \"{networkInterfaceId: '" + id.text() + "', value: value}\""
                    : "";
            return Optional.of(new Fetch(
                    noun + " " + id.name(),
                    redirected(
                            "az " + words + " --ids " + ShellText.posix(id.text()) + whose, noun + " " + id.name())));
        }
        boolean ofInterface = words.startsWith("network nic ");
        return ofInterface
                ? subnet(result).map(id -> {
                    String gap = "<network interface of a virtual machine in " + id.name() + ">";
                    return new Fetch(
                            noun.replace("of network interface", "of a network interface in ") + id.name(),
                            redirected("az " + words + " --ids " + ShellText.posix(gap), noun + " " + id.name()));
                })
                : Optional.empty();
    }

    /** Which resource a command means that names none. */
    private Optional<ResourceId> fallback(String words, Result result) {
        return switch (words) {
            case "apim show", "resource show" -> service(result);
            case "network vnet subnet show" -> subnet(result);
            case "network vnet show" -> subnet(result).flatMap(ResourceId::parent);
            case "network nic list-effective-nsg", "network nic show-effective-route-table" ->
                subnet(result)
                        .flatMap(subnet -> snapshot.networkInterfaces().stream()
                                .filter(nic -> nic.subnetIds().contains(subnet))
                                .map(NetworkInterface::id)
                                .min(Comparator.naturalOrder()));
            default -> Optional.empty();
        };
    }

    /** A list below a service or a gateway; the network status does not say whose it is. */
    private static Optional<Fetch> below(Map<String, String> options) {
        String url = options.getOrDefault("--url", options.getOrDefault("--uri", ""));
        Matcher path = PATH.matcher(url);
        if (!path.matches()) {
            return Optional.empty();
        }
        return id(path.group(1)).map(id -> {
            String what = BELOW.get(path.group(2)) + id.name();
            String whose = path.group(2).equals("networkstatus") && isPlain(id.text())
                    ? " --query \"{serviceId: '" + id.text() + "', value: @}\""
                    : "";
            return new Fetch(
                    what,
                    redirected(
                            "az rest --method get --url " + ShellText.posix(id.text() + "/" + path.group(2) + VERSION)
                                    + whose,
                            what));
        });
    }

    private Optional<Fetch> ofZone(String what, String words, Map<String, String> options, Result result) {
        String group = options.getOrDefault("-g", "");
        String name = options.getOrDefault("-z", "");
        Optional<ResourceId> zone = snapshot.facts(PrivateDnsZone.class).stream()
                .map(PrivateDnsZone::id)
                .filter(id ->
                        id.name().equalsIgnoreCase(name) && id.resourceGroup().equalsIgnoreCase(group))
                .findFirst();
        return zone.map(ResourceId::subscription)
                .or(() -> subscription(result))
                .filter(subscription -> !hasGap(group) && !hasGap(name))
                .map(subscription -> listed(
                        what + " of private DNS zone " + name,
                        "az " + words + " -g " + ShellText.posix(group) + " -z " + ShellText.posix(name),
                        subscription,
                        "dns " + what + " " + name));
    }

    private static Optional<Fetch> ofPolicy(String words, Map<String, String> options) {
        String group = options.getOrDefault("-g", "");
        String policy = options.getOrDefault("--policy-name", "");
        String subscription = options.getOrDefault("--subscription", "");
        return hasGap(group) || hasGap(policy) || hasGap(subscription)
                ? Optional.empty()
                : Optional.of(listed(
                        "rules of firewall policy " + policy,
                        "az " + words + " -g " + ShellText.posix(group) + " --policy-name " + ShellText.posix(policy),
                        subscription,
                        "firewall rules " + policy));
    }

    /** Into a file whose name nobody else has, so that nothing fetched before is lost. */
    private static String redirected(String command, String file) {
        String name =
                file.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return command + " > " + name + "-" + String.format("%04x", command.hashCode() & 0xffff) + ".json";
    }

    /** An appliance may be an Azure Firewall as long as no firewalls were exported. */
    private Optional<Fetch> firewalls(String address, Result result) {
        return snapshot.coverage().has(FIREWALLS)
                ? Optional.empty()
                : subscription(result)
                        .map(id -> listed(
                                "firewalls, if appliance " + address
                                        + " is one (of any other say --set trustedAppliances=" + address
                                        + " where it lets pass what is needed)",
                                "az network firewall list",
                                id,
                                "firewalls"));
    }

    // ---- what the snapshot knows

    private Optional<LocationSummary> location(Result result) {
        String region = result.subject().location();
        return locations.stream()
                .filter(each -> region == null || each.location().equals(region))
                .min(Comparator.comparing(each -> !isAbout(result, each)));
    }

    private static boolean isAbout(Result result, LocationSummary location) {
        return location.service().equals(result.subject().id())
                || result.subject().id().equals(location.subnet());
    }

    private Optional<ResourceId> service(Result result) {
        return location(result).map(LocationSummary::service).filter(MissingExports::isReal);
    }

    private Optional<ResourceId> subnet(Result result) {
        return location(result).map(LocationSummary::subnet).filter(MissingExports::isReal);
    }

    private Optional<String> subscription(Result result) {
        return subnet(result).or(() -> service(result)).map(ResourceId::subscription);
    }

    private String anyRegion(Result result) {
        return plain(location(result).map(LocationSummary::location).orElse(null));
    }

    /** The command that fetches the addresses of service tags into the folder of an export. */
    public static String tagData(@Nullable String region) {
        return "az network list-service-tags --location " + plain(region) + " > service-tags.json";
    }

    private static String plain(@Nullable String region) {
        return region != null && region.matches("[a-z0-9]+") ? region : "'<region>'";
    }

    private static Optional<ResourceId> id(String text) {
        return Optional.of(text).filter(id -> ID.matcher(id).matches()).map(ResourceId::of);
    }

    /** Whether it is in Azure: a template has stand-ins for what is known only when it is deployed. */
    private static boolean isReal(ResourceId id) {
        return ID.matcher(id.text()).matches();
    }

    private static boolean hasGap(String text) {
        return text.isBlank() || text.matches("(?s).*[{}\\p{Cc}\\p{Cf}].*");
    }

    /** Whether a text may stand between the quotes of a query as it is. */
    private static boolean isPlain(String text) {
        return text.matches("[A-Za-z0-9_./()-]+");
    }
}
