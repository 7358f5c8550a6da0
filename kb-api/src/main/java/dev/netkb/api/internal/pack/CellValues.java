package dev.netkb.api.internal.pack;

import dev.netkb.api.internal.table.Cell;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.Applicability.Scope;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Cloud;
import dev.netkb.model.value.Nearest;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.PublishedTags;
import dev.netkb.model.value.ServiceTag;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the cells of a requirement table hold. Pure functions; each throws {@link CellException} for what it does not know. */
final class CellValues {

    static final Map<String, Severity> SEVERITIES = words(Severity.values(), Severity::word);
    static final Map<String, NetworkModel> MODELS = words(
            new NetworkModel[] {
                NetworkModel.CLASSIC,
                NetworkModel.V2_INJECTION,
                NetworkModel.V2_INTEGRATION,
                NetworkModel.WORKSPACE_INJECTION,
                NetworkModel.WORKSPACE_INTEGRATION
            },
            NetworkModel::word);
    static final Map<String, Platform> PLATFORMS =
            words(Platform.values(), platform -> platform.name().toLowerCase(Locale.ROOT));
    static final Map<String, VirtualNetworkType> NETWORK_TYPES = words(
            new VirtualNetworkType[] {VirtualNetworkType.EXTERNAL, VirtualNetworkType.INTERNAL, VirtualNetworkType.NONE
            },
            VirtualNetworkType::azureName);
    static final Map<String, Cloud> CLOUDS =
            words(Cloud.values(), cloud -> cloud.name().toLowerCase(Locale.ROOT));
    static final Map<String, Feature> FEATURES =
            words(Feature.values(), feature -> feature.name().toLowerCase(Locale.ROOT));
    static final Map<String, Scope> SCOPES =
            ordered(Map.entry("singleRegion", Scope.SINGLE_REGION), Map.entry("multiRegion", Scope.MULTI_REGION));
    static final Map<String, List<Direction>> DIRECTIONS = ordered(
            Map.entry("In", List.of(Direction.INBOUND)),
            Map.entry("Out", List.of(Direction.OUTBOUND)),
            Map.entry("In+Out", List.of(Direction.INBOUND, Direction.OUTBOUND)));

    /** The tiers as Azure writes them; requirements keep them in lower case. */
    static Map<String, String> tiers(List<Tier> tiers) {
        return words(
                tiers.stream().map(Tier::name).toArray(String[]::new),
                Function.identity(),
                tier -> tier.toLowerCase(Locale.ROOT));
    }

    /** What stands for a flow to hosts that no document names. */
    static final String UNNAMED_HOSTS = "unnamed";

    private static final String SEED = "SEED-";
    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]*(-[A-Z0-9]+)+");
    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(\\d{1,2})(-\\d{1,2})?([T ].*)?");
    private static final Pattern DAY_FIRST = Pattern.compile("(?:\\d{1,2}\\.)?(\\d{2})\\.(\\d{4})");
    private static final Pattern BACKWARDS = Pattern.compile("(?:.*,)?(\\d{1,5})-(\\d{1,5})(?:,.*)?");
    private static final Pattern HOST = Pattern.compile(
            "(\\*\\.|<region>\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+");
    /** What people write for yes and no, which need not be guessed from letters: {@code ja} is nearer to {@code no}. */
    private static final Set<String> YES = Set.of(
            "y", "yess", "yse", "yep", "ture", "ja", "j", "wahr", "1", "on", "x", "oui", "vrai", "si", "s\u00ed");

    private static final Set<String> NO =
            Set.of("n", "none", "not", "nein", "falsch", "flase", "0", "off", "-", "non", "faux");

    /** What may be one port with a separator of thousands as well as two ports. */
    private static final Pattern THOUSANDS =
            Pattern.compile("(?<![\\d.-])(?:[1-9]([, '\u2019\u00A0\u2009\u202F])\\d{3}|\\d{1,2},0\\d{2})(?![\\d.-])");

    /** Protocols by the number that packets have. */
    private static final Map<String, String> NUMBERED_PROTOCOLS =
            Map.of("1", "Icmp", "6", "Tcp", "17", "Udp", "50", "Esp", "51", "Ah", "58", "Icmp");

    /** How names of hosts end, and the names of service tags do not. */
    private static final Pattern HOST_ENDING =
            Pattern.compile("(?:[^.]+\\.){2,}[a-z]{2,}|[^.]+\\.(?:com|net|org|io|dev|de|eu|us|cn|local|internal)");

    private static final int LAST_PORT = 65_535;
    private static final String PORTS_ALLOWED =
            "Write one port (443), a range (1000-2000), several (443, 1886), or * for all.";
    private static final String AS_TEXT =
            "The spreadsheet changed what was typed: format the cell as text and write it again, several ports with a semicolon: 80;443.";

    private CellValues() {}

    static String id(String text, Set<String> packaged) {
        if (packaged.contains(text)) {
            return text;
        }
        if (!ID.matcher(text).matches()) {
            String upper = text.toUpperCase(Locale.ROOT).replaceAll("[\\s_.]+", "-");
            throw new CellException(
                    FolderCode.WRONG_ID,
                    "is no id: capital letters, digits and hyphens, with at least one hyphen",
                    ID.matcher(upper).matches() ? "Write " + upper + "." : "Write an id such as X-PARTNER-443.");
        }
        if (text.startsWith(SEED)) {
            throw new CellException(
                    FolderCode.WRONG_ID,
                    "begins with SEED-, which is kept for requirements of the article of 2016",
                    Nearest.to(text, packaged).stream()
                            .findFirst()
                            .map(nearest -> "Did you mean " + nearest + "? Else take another id.")
                            .orElse("Take another id, such as X-" + text.substring(SEED.length()) + "."));
        }
        return text;
    }

    static YearMonth month(Cell cell) {
        Matcher matcher = MONTH.matcher(cell.text());
        if (cell.kind() != Cell.Kind.NUMBER && cell.kind() != Cell.Kind.GROUPED_NUMBER && matcher.matches()) {
            try {
                return YearMonth.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            } catch (DateTimeException e) {
                throw new CellException(
                        FolderCode.WRONG_DATE, "is no month: there are 12", "Write year and month, such as 2026-04.");
            }
        }
        boolean number = cell.kind() == Cell.Kind.NUMBER || cell.kind() == Cell.Kind.GROUPED_NUMBER;
        Matcher other = DAY_FIRST.matcher(cell.text());
        throw new CellException(
                FolderCode.WRONG_DATE,
                number ? "is a number, not a month" : "is no month",
                number
                        ? "Format the cell as a date or as text, and write year and month, such as 2026-04."
                        : other.matches()
                                ? "Write " + other.group(2) + "-" + other.group(1) + "."
                                : "Write year and month, such as 2026-04.");
    }

    static boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default ->
                throw new CellException(
                        FolderCode.WRONG_VALUE,
                        "is none of yes, no",
                        YES.contains(text.toLowerCase(Locale.ROOT))
                                ? "Did you mean yes?"
                                : NO.contains(text.toLowerCase(Locale.ROOT)) ? "Did you mean no?" : "Write yes or no.");
        };
    }

    static <T> T oneOf(Map<String, T> allowed, String text) {
        for (Map.Entry<String, T> entry : allowed.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(text)) {
                return entry.getValue();
            }
        }
        throw CellException.noneOf(allowed.keySet(), text);
    }

    /** A list; {@code *} stands for any, which is the empty set. */
    static <T> Set<T> anyOf(Map<String, T> allowed, String text) {
        Set<T> values = new LinkedHashSet<>();
        if (!text.equals("*")) {
            for (String part : list(text)) {
                try {
                    values.add(oneOf(allowed, part));
                } catch (CellException e) {
                    throw new CellException(e.code(), of(part, text) + e.getMessage(), e.hint());
                }
            }
        }
        return Set.copyOf(values);
    }

    static List<Direction> directions(String text) {
        return switch (text.toLowerCase(Locale.ROOT).replaceAll("[\\s,;&/+]+", "+")) {
            case "in", "inbound" -> List.of(Direction.INBOUND);
            case "out", "outbound" -> List.of(Direction.OUTBOUND);
            case "in+out", "both", "out+in", "inbound+outbound" -> List.of(Direction.INBOUND, Direction.OUTBOUND);
            default ->
                throw CellException.noneOf(
                        DIRECTIONS.keySet(), text, List.of("In", "Out", "In+Out", "Inbound", "Outbound", "Both"));
        };
    }

    static ProtocolSet protocols(String text) {
        ProtocolSet protocols = ProtocolSet.EMPTY;
        for (String part : list(text.replace('/', ','))) {
            protocols = protocols.union(ProtocolSet.tryParse(part).orElseThrow(() -> noProtocol(part)));
        }
        return protocols;
    }

    private static CellException noProtocol(String text) {
        List<String> allowed = Stream.concat(Arrays.stream(Protocol.values()).map(Protocol::azureName), Stream.of("*"))
                .toList();
        if (!text.matches("[0-9]+")) {
            return CellException.noneOf(allowed, text);
        }
        String meant = NUMBERED_PROTOCOLS.get(text);
        return new CellException(
                FolderCode.WRONG_VALUE,
                "is none of " + String.join(", ", allowed),
                meant == null ? "Write one of these." : "Write " + meant + " for " + text + ".");
    }

    /** How a separator of cells is named. */
    static String separator(String separator) {
        return separator.equals("\t") ? "tabs" : "'" + separator + "'";
    }

    static PortSet ports(Cell cell) {
        String text = cell.text().toLowerCase(Locale.ROOT);
        if (text.equals("any") || text.equals("all")) {
            return PortSet.ALL;
        }
        refuseWhatBecameANumber(cell);
        refuseThousands(text);
        String parts = text.replaceAll("\\s*[-\u2010-\u2015\u2212]\\s*", "-").replaceAll("[;,\\s\u00A0]+", ",");
        try {
            return PortSet.parse(parts.replaceAll("^,|,$", ""));
        } catch (IllegalArgumentException e) {
            Matcher range = BACKWARDS.matcher(parts);
            if (range.matches() && Integer.parseInt(range.group(1)) > Integer.parseInt(range.group(2))) {
                throw new CellException(
                        FolderCode.WRONG_VALUE,
                        "has a range that runs backwards",
                        "Begin with the smaller port: " + range.group(2) + "-" + range.group(1) + ".");
            }
            throw new CellException(FolderCode.WRONG_VALUE, "is no list of ports from 0 to 65535", PORTS_ALLOWED);
        }
    }

    private static void refuseThousands(String text) {
        Matcher found = THOUSANDS.matcher(text);
        if (found.find()) {
            String number = found.group();
            String digits = number.replaceAll("\\D", "");
            String parts = number.replaceFirst("\\D", ", ").replaceFirst(", 0+(?=\\d)", ", ");
            throw new CellException(
                    FolderCode.WRONG_VALUE,
                    of(number, text) + "may be one port with a separator of thousands, or two ports",
                    "Write " + digits + " for one port; for two put a blank behind the comma: " + parts + ".");
        }
    }

    /** {@code 80,443} becomes 80443 in an English Excel and 80.443 in a German one; {@code 1-2} becomes a day. */
    private static void refuseWhatBecameANumber(Cell cell) {
        String text = cell.text();
        boolean number = cell.kind() == Cell.Kind.NUMBER || cell.kind() == Cell.Kind.GROUPED_NUMBER;
        if (cell.kind() == Cell.Kind.DATE) {
            throw new CellException(FolderCode.SPREADSHEET_CHANGED_IT, "is a date, not a list of ports", AS_TEXT);
        }
        if (number && text.indexOf('.') >= 0) {
            throw new CellException(
                    FolderCode.SPREADSHEET_CHANGED_IT, "is a number with a fraction, not a list of ports", AS_TEXT);
        }
        boolean grouped = cell.kind() == Cell.Kind.GROUPED_NUMBER && text.length() > 3;
        boolean tooLarge = number && text.matches("\\d+") && (text.length() > 9 || Integer.parseInt(text) > LAST_PORT);
        if (grouped || tooLarge) {
            throw new CellException(
                    FolderCode.SPREADSHEET_CHANGED_IT,
                    grouped ? "is one number with a separator of thousands; it may have been two ports" : "is no port",
                    AS_TEXT);
        }
    }

    /** Firewalls are asked port by port. */
    static PortSet singlePorts(PortSet ports) {
        if (ports.isEmpty() || ports.ranges().stream().anyMatch(range -> range.first() != range.last())) {
            throw new CellException(
                    FolderCode.MISFIT,
                    "is no list of single ports",
                    "Name the ports of a flow to hosts one by one: 80,443.");
        }
        return ports;
    }

    /**
     * A far side: a service tag, {@code OwnSubnet}, {@code DnsServers}, or prefixes.
     *
     * @return as requirements keep it
     */
    static String remote(String text) {
        List<String> parts = list(text);
        for (String word : List.of(FlowRequirement.OWN_SUBNET, FlowRequirement.DNS_SERVERS)) {
            if (text.replaceAll("\\s", "").equalsIgnoreCase(word)) {
                return word;
            }
        }
        if (text.equals("*") || text.equalsIgnoreCase("any")) {
            throw new CellException(
                    FolderCode.WRONG_VALUE, "is no far side", "Write Internet or VirtualNetwork, one row for each.");
        }
        List<String> prefixes = new ArrayList<>();
        for (String part : parts) {
            if (isHost(part)) {
                throw new CellException(
                        FolderCode.WRONG_VALUE,
                        of(part, text) + "is a host, and remote is a service tag or addresses",
                        "Leave remote empty, and write the name of the host in the column hosts.");
            }
            if (looksLikeAddress(part)) {
                prefixes.add(prefix(part, text));
            }
        }
        if (prefixes.size() == parts.size() && !parts.isEmpty()) {
            return String.join(",", prefixes);
        }
        if (!prefixes.isEmpty() || parts.size() != 1) {
            throw new CellException(
                    FolderCode.WRONG_VALUE,
                    prefixes.isEmpty() ? "names several far sides" : "mixes service tags and addresses",
                    "Write one row for each service tag; only addresses may be several: 10.1.0.0/24,10.2.0.0/24.");
        }
        return tag(parts.get(0));
    }

    private static boolean isHost(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("https?://.*")) {
            return true;
        }
        String first = text.substring(0, Math.max(0, text.indexOf('.')));
        return HOST.matcher(lower).matches()
                && HOST_ENDING.matcher(lower).matches()
                && !(ServiceTag.isName(first) && PublishedTags.contains(ServiceTag.of(first)));
    }

    private static boolean looksLikeAddress(String text) {
        return text.indexOf(':') >= 0 || Character.isDigit(text.charAt(0)) && text.matches("[0-9./ -]+");
    }

    private static String prefix(String text, String whole) {
        try {
            AddressPrefix prefix = AddressPrefix.parse(text);
            if (!prefix.isIpv4()) {
                throw new CellException(
                        FolderCode.WRONG_VALUE,
                        of(text, whole)
                                + "is an IPv6 address or range, and flows are judged between IPv4 addresses alone",
                        "Name the IPv4 addresses or ranges that are meant.");
            }
            String address =
                    text.contains("/") ? text.substring(0, text.indexOf('/')).trim() : text;
            if (!prefix.isSingle() && !prefix.startsAt(address)) {
                throw new CellException(
                        FolderCode.WRONG_VALUE,
                        of(text, whole) + "is no range: " + address + " is not its first address",
                        "Write " + prefix.text() + " for the range, or " + address + " for that address alone.");
            }
            return prefix.text();
        } catch (IllegalArgumentException e) {
            throw new CellException(
                    FolderCode.WRONG_VALUE,
                    of(text, whole) + "is no address and no address range",
                    "Write addresses as 10.1.2.3 and ranges as 10.1.2.0/24.");
        }
    }

    private static String tag(String text) {
        if (!ServiceTag.isName(text)) {
            throw new CellException(
                    FolderCode.WRONG_VALUE,
                    "is neither a service tag nor an address range",
                    "Write a service tag such as Storage, OwnSubnet, DnsServers, or ranges such as 10.1.0.0/24.");
        }
        ServiceTag tag = ServiceTag.of(text);
        if (PublishedTags.contains(tag)) {
            return canonical(tag);
        }
        Set<String> known = new LinkedHashSet<>(PublishedTags.names());
        known.add(FlowRequirement.OWN_SUBNET);
        known.add(FlowRequirement.DNS_SERVERS);
        int dot = text.lastIndexOf('.');
        ServiceTag parent = ServiceTag.of(dot < 0 ? text : text.substring(0, dot));
        if (dot > 0 && PublishedTags.contains(parent)) {
            known = PublishedTags.regional(ServiceTag.of(canonical(parent)))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        List<String> nearest = Nearest.to(text, known);
        if (!nearest.isEmpty()) {
            throw new CellException(
                    FolderCode.UNKNOWN_TAG,
                    "is no service tag that Azure publishes",
                    "Did you mean " + String.join(" or ", nearest) + "?");
        }
        return tag.name();
    }

    /** Whether a far side is a service tag that Azure does not publish. */
    static boolean isUnpublishedTag(String remote) {
        return !remote.equals(FlowRequirement.OWN_SUBNET)
                && !remote.equals(FlowRequirement.DNS_SERVERS)
                && ServiceTag.isName(remote)
                && !PublishedTags.contains(ServiceTag.of(remote));
    }

    /** As Azure spells it. */
    private static String canonical(ServiceTag tag) {
        for (String name : PublishedTags.names()) {
            if (name.equalsIgnoreCase(tag.name())) {
                return name;
            }
        }
        return tag.parent()
                .map(parent ->
                        canonical(parent) + tag.name().substring(parent.name().length()))
                .orElse(tag.name());
    }

    static List<String> hosts(String text) {
        List<String> names = words(text.toLowerCase(Locale.ROOT));
        if (names.equals(List.of(UNNAMED_HOSTS))) {
            return List.of();
        }
        for (String name : names) {
            if (!HOST.matcher(name).matches() || name.matches("[0-9.]+")) {
                throw new CellException(
                        FolderCode.WRONG_VALUE,
                        of(name, text) + "is no host name",
                        name.contains("/")
                                ? "Write only the name of the host, without https:// and without a path."
                                : "Write names such as login.microsoftonline.com, *.contoso.com or <region>.contoso.com.");
            }
        }
        return names;
    }

    /** What a sentence about a part of a cell begins with. */
    private static String of(String part, String whole) {
        return part.equals(whole) ? "" : "has '" + part + "', which ";
    }

    static List<String> list(String text) {
        return Selectors.list(text);
    }

    /** Words separated by blanks, commas or semicolons. */
    static List<String> words(String text) {
        return Arrays.stream(text.split("[,;\\s\u00A0]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A sentence without line breaks. */
    static String sentence(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\u00A0]+", " ").trim();
    }

    private static <T> Map<String, T> words(T[] values, Function<T, String> word) {
        return words(values, word, Function.identity());
    }

    private static <S, T> Map<String, T> words(S[] values, Function<S, String> word, Function<S, T> value) {
        Map<String, T> words = new LinkedHashMap<>();
        for (S each : values) {
            words.put(word.apply(each), value.apply(each));
        }
        return words;
    }

    @SafeVarargs
    private static <T> Map<String, T> ordered(Map.Entry<String, T>... entries) {
        Map<String, T> map = new LinkedHashMap<>();
        for (Map.Entry<String, T> entry : entries) {
            map.put(entry.getKey(), entry.getValue());
        }
        return map;
    }
}
