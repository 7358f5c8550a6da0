package dev.netkb.api.saved;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.read.json.OwnFormat;
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
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a report that was written as JSON ({@value Report#SCHEMA}), or as JSON lines. Written as JSON again it is the same,
 * byte for byte. What the document does not hold is not there afterwards: the networking model of a location, and the places
 * of deciding rules that are no evidence; of JSON lines, the version of the tool and its packs of rules, too.
 */
public final class ReportReader {

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());

    /** How the parser says that a field stands twice. */
    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    private static final Pattern CODE = Pattern.compile("KB-[A-Z][0-9]{3}");
    private static final String SNAPSHOTS = "snapshots";
    private static final String UNKNOWN_VERSION = "unknown";
    private static final int MOST_PORT = 65_535;

    private static final Set<String> ROOT = Set.of("schema", "tool", "rules", "serviceTags", "summary", SNAPSHOTS);
    private static final Set<String> SUMMARY =
            Set.of("snapshots", "evaluated", "rejected", "locations", "violations", "undetermined", "waived", "known");
    private static final Set<String> SNAPSHOT =
            Set.of("source", "status", "complete", "problems", "locations", "results");
    private static final Set<String> PROBLEM =
            Set.of("code", "severity", "message", "file", "pointer", "line", "column", "hint");
    private static final Set<String> LOCATION = Set.of(
            "service", "location", "subnet", "virtualNetworkType", "platformVersion", "sku", "baseline", "network");
    private static final Set<String> NETWORK = Set.of(
            "prefixes",
            "nsg",
            "routeTable",
            "nextHops",
            "moreNextHops",
            "dnsServers",
            "peerings",
            "morePeerings",
            "serviceEndpoints",
            "unknown");
    private static final Set<String> NEXT_HOP =
            Set.of("type", "addresses", "destinations", "moreDestinations", "resource");
    private static final Set<String> RESULT = Set.of(
            "rule",
            "pack",
            "outcome",
            "severity",
            "title",
            "message",
            "subject",
            "flow",
            "evidence",
            "notes",
            "remediation",
            "source",
            "waiver");
    private static final Set<String> FLOW =
            Set.of("direction", "protocol", "ports", "remote", "verdict", "stages", "denied", "witness", "missing");
    private static final Set<String> DECIDING_RULE =
            Set.of("type", "id", "name", "priority", "isDefault", "access", "ports", "remote");
    private static final Set<String> WITNESS =
            Set.of("protocol", "sourceAddress", "sourcePort", "destinationAddress", "destinationPort");
    private static final Set<String> REMEDIATION =
            Set.of("hint", "changes", "commands", "fillIn", "verified", "introduces");

    private final Map<String, JsonNode> head = new HashMap<>();
    private final List<SnapshotReport> snapshots = new ArrayList<>();

    /** For each snapshot, rule → pack. */
    private final List<Map<String, String>> packs = new ArrayList<>();

    private ReportReader() {}

    /**
     * Whether a text begins as netkb begins what it writes of snapshots and rules as JSON: a report, one line of it, a summary,
     * a comparison, a SARIF log, and so on; but neither a snapshot nor a list of known violations, which it reads again.
     *
     * @param begin UTF-8; a few thousand bytes are enough
     */
    public static boolean recognises(byte[] begin) {
        return OwnFormat.beginsResult(begin);
    }

    /**
     * Reads a whole stream, which may be packed with gzip. Snapshots are read one by one, so that of the text no more than
     * one is in memory.
     *
     * @throws UnreadableReportException when it holds anything but one report of this version, or JSON lines of it
     * @throws IOException when the stream fails
     */
    public static Report read(InputStream in) throws UnreadableReportException, IOException {
        List<SnapshotReport> lines = new ArrayList<>();
        Report report = read(in, lines::add);
        return report == null
                ? new Report(UNKNOWN_VERSION, Report.Rules.of(lines, Report.Rules.NONE), null, lines)
                : report;
    }

    /**
     * Hands over the snapshots of a whole stream one after the other. Of JSON lines no more than one is in memory.
     *
     * @throws UnreadableReportException as {@link #read}; what stands before the mistake has been handed over already
     * @throws IOException when the stream fails
     */
    public static void each(InputStream in, Consumer<SnapshotReport> snapshots)
            throws UnreadableReportException, IOException {
        Report report = read(in, snapshots);
        if (report != null) {
            report.snapshots().forEach(snapshots);
        }
    }

    /** @return null where the stream holds lines: they have been handed over */
    private static @Nullable Report read(InputStream in, Consumer<SnapshotReport> lines)
            throws UnreadableReportException, IOException {
        try (JsonParser parser = MAPPER.createParser(unpacked(in))) {
            JsonToken begin = parser.nextToken();
            if (begin == null) {
                throw new UnreadableReportException(
                        "", "it is empty: nothing was evaluated, or the run ended before its first snapshot was");
            }
            if (begin != JsonToken.START_OBJECT) {
                throw new UnreadableReportException("", "this is no report: an object must stand here");
            }
            String first = parser.nextFieldName();
            if (first != null && SNAPSHOT.contains(first)) {
                lines(parser, lines);
                return null;
            }
            return new ReportReader().report(parser);
        } catch (JsonEOFException e) {
            throw new UnreadableReportException("", "the document ends before its value does, so it was cut off");
        } catch (JsonProcessingException e) {
            throw new UnreadableReportException("", inWords(e));
        } catch (ZipException | EOFException e) {
            throw new UnreadableReportException("", "the archive is damaged or was cut off");
        }
    }

    private static String inWords(JsonProcessingException e) {
        Matcher twice = TWICE.matcher(String.valueOf(e.getOriginalMessage()));
        String place = e.getLocation() == null
                ? ""
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (twice.lookingAt()) {
            return "the field '" + twice.group(1) + "' stands twice in one object"
                    + (place.isEmpty() ? "" : ": " + place) + ". Maybe the report was edited by hand";
        }
        if (e instanceof StreamConstraintsException) {
            return "no report is like this: it is nested too deep, or a name, a text or a number is too long";
        }
        return "this is not JSON" + (place.isEmpty() ? "" : ", from " + place + " on");
    }

    /** @param parser at the first field of the first line */
    private static void lines(JsonParser parser, Consumer<SnapshotReport> lines)
            throws UnreadableReportException, IOException {
        do {
            int line = parser.currentTokenLocation().getLineNr();
            if (parser.currentToken() != JsonToken.START_OBJECT && parser.currentToken() != JsonToken.FIELD_NAME) {
                throw new UnreadableReportException("", "an object must stand here").inLine(line);
            }
            Map<String, String> packOfRule = new HashMap<>();
            SnapshotReport read;
            try {
                read = snapshot(Part.of(MAPPER.readTree(parser), "", SNAPSHOT), packOfRule);
            } catch (UnreadableReportException e) {
                throw e.inLine(line);
            }
            lines.accept(withRules(read, new Report.Rules(0, List.of(), packOfRule)));
        } while (parser.nextToken() != null);
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in);
        bytes.mark(2);
        boolean packed = bytes.read() == 0x1F && bytes.read() == 0x8B;
        bytes.reset();
        return packed ? new GZIPInputStream(bytes) : bytes;
    }

    private Report report(JsonParser parser) throws UnreadableReportException, IOException {
        for (; parser.currentToken() == JsonToken.FIELD_NAME; parser.nextToken()) {
            String name = parser.currentName();
            if (!ROOT.contains(name)) {
                throw notAReport("'" + name + "' is no field of a report");
            }
            JsonToken value = parser.nextToken();
            if (!name.equals(SNAPSHOTS)) {
                head.put(name, MAPPER.readTree(parser));
            } else if (value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    JsonNode node = MAPPER.readTree(parser);
                    Map<String, String> packOfRule = new HashMap<>();
                    snapshots.add(
                            snapshot(Part.of(node, "/" + SNAPSHOTS + "/" + snapshots.size(), SNAPSHOT), packOfRule));
                    packs.add(packOfRule);
                }
                head.put(name, MAPPER.createArrayNode());
            } else {
                throw new UnreadableReportException("/" + SNAPSHOTS, "a list must stand here");
            }
            if (name.equals("schema")) {
                checkSchema();
            }
        }
        if (parser.nextToken() != null) {
            throw notAReport("after its end there is more");
        }
        return whole();
    }

    private static UnreadableReportException notAReport(String why) {
        return new UnreadableReportException("", why + ". Give a file that netkb check --format json or jsonl wrote");
    }

    private void checkSchema() throws UnreadableReportException {
        JsonNode schema = head.get("schema");
        if (schema == null) {
            throw notAReport("the field 'schema' is missing");
        }
        if (!Report.SCHEMA.equals(schema.textValue())) {
            throw new UnreadableReportException(
                    "/schema", schema + " is not '" + Report.SCHEMA + "', which is all that this version reads");
        }
    }

    private Report whole() throws UnreadableReportException {
        checkSchema();
        Part root = new Part(MAPPER.valueToTree(head), "");
        root.get(SNAPSHOTS);
        Part tool = root.object("tool", Set.of("name", "version"));
        if (!tool.text("name").equals("netkb")) {
            throw tool.wrong("name", "'" + tool.text("name") + "' is not 'netkb'");
        }
        Part rules = root.object("rules", Set.of("count", "packs"));
        int count = rules.number("count", 0, Integer.MAX_VALUE);
        List<Report.Pack> all = rules.list(
                "packs",
                Set.of("name", "version", "origin", "sha256"),
                pack -> new Report.Pack(
                        pack.text("name"), pack.text("version"), pack.text("origin"), pack.text("sha256")));
        Report.Tags tags = root.objectOrNull(
                "serviceTags",
                Set.of("cloud", "changeNumber", "file"),
                part -> new Report.Tags(part.text("cloud"), part.text("changeNumber"), part.text("file")));
        Map<String, String> owners = new HashMap<>();
        packs.forEach(each -> owners.putAll(ownersIn(each, all)));
        Report report =
                new Report(tool.text("version"), new Report.Rules(count, all, owners), tags, withRules(count, all));
        checkSummary(root, report.summary());
        return report;
    }

    /** Each snapshot with the rules that its results name. */
    private List<SnapshotReport> withRules(int count, List<Report.Pack> all) {
        Map<Map<String, String>, Report.Rules> shared = new HashMap<>();
        List<SnapshotReport> complete = new ArrayList<>();
        for (int i = 0; i < snapshots.size(); i++) {
            complete.add(withRules(
                    snapshots.get(i),
                    shared.computeIfAbsent(
                            ownersIn(packs.get(i), all), owners -> new Report.Rules(count, all, owners))));
        }
        return complete;
    }

    private static SnapshotReport withRules(SnapshotReport each, Report.Rules rules) {
        return new SnapshotReport(
                each.source(),
                each.evaluated(),
                each.complete(),
                each.problems(),
                each.locations(),
                each.results(),
                rules);
    }

    /** Where a folder decides, that is not the first pack. */
    private static Map<String, String> ownersIn(Map<String, String> packs, List<Report.Pack> all) {
        String first = all.isEmpty() ? "" : all.get(0).name();
        Map<String, String> owners = new HashMap<>(packs);
        owners.values().removeIf(first::equals);
        return owners;
    }

    /** Counts that do not fit the results are those of another report. */
    private static void checkSummary(Part root, Report.Summary counted) throws UnreadableReportException {
        Part summary = root.object("summary", SUMMARY);
        Part violations = summary.object("violations", Set.of("error", "warning", "info"));
        check(summary, "snapshots", counted.snapshots());
        check(summary, "evaluated", counted.evaluated());
        check(summary, "rejected", counted.rejected());
        check(summary, "locations", counted.locations());
        check(violations, "error", counted.errors());
        check(violations, "warning", counted.warnings());
        check(violations, "info", counted.infos());
        check(summary, "undetermined", counted.undetermined());
        check(summary, "waived", counted.waived());
        check(summary, "known", counted.known());
    }

    private static void check(Part part, String name, int counted) throws UnreadableReportException {
        int said = part.number(name, 0, Integer.MAX_VALUE);
        if (said != counted) {
            throw part.wrong(
                    name,
                    said + " does not fit what follows, which is " + counted + ". Maybe the report was edited by hand");
        }
    }

    private static SnapshotReport snapshot(Part part, Map<String, String> packOfRule) throws UnreadableReportException {
        boolean evaluated = part.oneOf("status", new String[] {"evaluated", "rejected"}, word -> word)
                .equals("evaluated");
        boolean complete = !part.has("complete");
        if (!complete && part.flag("complete")) {
            throw part.wrong("complete", "true must be left out");
        }
        List<Result> results = part.list("results", RESULT, each -> result(each, packOfRule));
        if (!evaluated && !results.isEmpty()) {
            throw part.wrong("results", "a snapshot that was rejected has no results");
        }
        return new SnapshotReport(
                part.text("source"),
                evaluated,
                complete,
                part.list("problems", PROBLEM, ReportReader::problem),
                part.list("locations", LOCATION, ReportReader::location),
                results);
    }

    private static Problem problem(Part part) throws UnreadableReportException {
        String code = part.text("code");
        if (!CODE.matcher(code).matches()) {
            throw part.wrong("code", "'" + code + "' is no code such as KB-E104");
        }
        String file = part.textOrNull("file");
        String pointer = part.textOrNull("pointer");
        return new Problem(
                code,
                part.oneOf(
                        "severity",
                        Problem.Level.values(),
                        level -> level.name().toLowerCase(Locale.ROOT)),
                part.text("message"),
                new Place(
                        file == null ? "" : file,
                        pointer == null ? "" : pointer,
                        part.position("line"),
                        part.position("column")),
                part.text("hint"));
    }

    private static LocationSummary location(Part part) throws UnreadableReportException {
        return new LocationSummary(
                part.id("service"),
                part.text("location"),
                part.idOrNull("subnet"),
                part.text("virtualNetworkType"),
                part.textOrNull("platformVersion"),
                part.textOrNull("sku"),
                "",
                part.text("baseline"),
                part.has("network") ? network(part.object("network", NETWORK)) : null);
    }

    private static LocationNetwork network(Part part) throws UnreadableReportException {
        Set<LocationNetwork.Part> unknown = EnumSet.noneOf(LocationNetwork.Part.class);
        for (String word : part.texts("unknown")) {
            unknown.add(Arrays.stream(LocationNetwork.Part.values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> part.wrong("unknown", "'" + word + "' is no part of a network")));
        }
        return new LocationNetwork(
                part.texts("prefixes"),
                part.idOrNull("nsg"),
                part.idOrNull("routeTable"),
                part.list(
                        "nextHops",
                        NEXT_HOP,
                        hop -> new LocationNetwork.NextHop(
                                hop.text("type"),
                                hop.texts("addresses"),
                                hop.texts("destinations"),
                                more(hop, "moreDestinations"),
                                hop.idOrNull("resource"))),
                more(part, "moreNextHops"),
                part.texts("dnsServers"),
                part.list(
                        "peerings",
                        Set.of("id", "remote", "state"),
                        peering -> new LocationNetwork.Peering(
                                peering.id("id"), peering.idOrNull("remote"), peering.textOrNull("state"))),
                more(part, "morePeerings"),
                part.texts("serviceEndpoints"),
                unknown);
    }

    /** How many entries of a list are left out; nothing is said where none is. */
    private static int more(Part part, String name) throws UnreadableReportException {
        return part.has(name) ? part.number(name, 1, Integer.MAX_VALUE) : 0;
    }

    private static Result result(Part part, Map<String, String> packOfRule) throws UnreadableReportException {
        String rule = part.text("rule");
        packOfRule.put(rule, part.text("pack"));
        Part subject = part.object("subject", Set.of("type", "id", "location"));
        List<Evidence> evidence = part.list("evidence", Set.of("key", "value", "fact", "at"), ReportReader::evidence);
        return new Result(
                rule,
                part.oneOf("outcome", Outcome.values(), Outcome::word),
                part.oneOf("severity", Severity.values(), Severity::word),
                part.text("title"),
                part.text("message"),
                new Subject(subject.text("type"), subject.id("id"), subject.textOrNull("location")),
                part.objectOrNull("flow", FLOW, flow -> flow(flow, places(evidence))),
                evidence,
                part.textsIfAny("notes"),
                part.objectOrNull("remediation", REMEDIATION, ReportReader::remediation),
                part.list("source", Set.of("document", "date", "section", "url"), ReportReader::source),
                part.objectOrNull(
                        "waiver",
                        Set.of("reason", "owner", "expires"),
                        waiver -> new Waiver(waiver.text("reason"), waiver.text("owner"), waiver.text("expires"))));
    }

    private static Evidence evidence(Part part) throws UnreadableReportException {
        return new Evidence(
                part.text("key"),
                part.text("value"),
                part.objectOrNull("fact", Set.of("type", "id"), fact -> new FactRef(fact.text("type"), fact.id("id"))),
                place(part));
    }

    private static Place place(Part evidence) throws UnreadableReportException {
        Place at = evidence.objectOrNull(
                "at",
                Set.of("file", "pointer", "line", "column"),
                part -> new Place(
                        part.text("file"),
                        part.text("pointer"),
                        part.position("line"),
                        part.has("column") ? part.number("column", 1, Integer.MAX_VALUE) : 0));
        return at == null ? Place.NOWHERE : at;
    }

    /** Where rules were read: those that drop packets are evidence. */
    private static Map<String, Place> places(List<Evidence> evidence) {
        Map<String, Place> places = new HashMap<>();
        for (Evidence each : evidence) {
            if (each.fact() != null) {
                places.putIfAbsent(each.fact().id().text(), each.at());
            }
        }
        return places;
    }

    private static FlowResult flow(Part part, Map<String, Place> places) throws UnreadableReportException {
        return new FlowResult(
                part.oneOf("direction", new String[] {"Inbound", "Outbound"}, word -> word),
                part.text("protocol"),
                part.texts("ports"),
                part.text("remote"),
                part.oneOf("verdict", Verdict.values(), Verdict::word),
                part.list(
                        "stages",
                        Set.of("stage", "verdict", "decidedBy"),
                        stage -> new FlowStage(
                                stage.oneOf(
                                        "stage", new String[] {"adminRules", "nsg", "route", "peerNsg"}, word -> word),
                                stage.oneOf("verdict", Verdict.values(), Verdict::word),
                                stage.list("decidedBy", DECIDING_RULE, rule -> decidingRule(rule, places)))),
                part.list(
                        "denied",
                        Set.of("ports", "remote", "sourcePorts", "local"),
                        denied -> new DeniedPart(
                                denied.texts("ports"),
                                denied.texts("remote"),
                                denied.textsIfAny("sourcePorts"),
                                denied.textsIfAny("local"))),
                part.objectOrNull("witness", WITNESS, ReportReader::witness),
                part.texts("missing"));
    }

    private static DecidingRule decidingRule(Part part, Map<String, Place> places) throws UnreadableReportException {
        String id = part.text("id");
        return new DecidingRule(
                part.text("type"),
                id,
                part.text("name"),
                part.numberOrNull("priority", Integer.MIN_VALUE, Integer.MAX_VALUE),
                part.flag("isDefault"),
                part.text("access"),
                part.texts("ports"),
                part.texts("remote"),
                places.getOrDefault(id, Place.NOWHERE));
    }

    private static Witness witness(Part part) throws UnreadableReportException {
        return new Witness(
                part.text("protocol"),
                part.text("sourceAddress"),
                part.numberOrNull("sourcePort", 0, MOST_PORT),
                part.text("destinationAddress"),
                part.numberOrNull("destinationPort", 0, MOST_PORT));
    }

    private static Remediation remediation(Part part) throws UnreadableReportException {
        Map<String, List<String>> commands = part.textsByName("commands");
        for (String tool : List.of("az", "powershell")) {
            if (!commands.containsKey(tool)) {
                throw part.wrong("commands", "the field '" + tool + "' is missing");
            }
        }
        Remediation remediation = new Remediation(
                part.text("hint"),
                part.free("changes", "op"),
                commands,
                part.flag("verified"),
                part.texts("introduces"));
        List<String> said = part.has("fillIn") ? part.texts("fillIn") : List.of();
        if (!new HashSet<>(said).equals(new HashSet<>(remediation.gaps()))) {
            throw new UnreadableReportException(part.at("fillIn"), "it does not fit the gaps of the commands");
        }
        return remediation;
    }

    private static Source source(Part part) throws UnreadableReportException {
        return new Source(
                part.text("document"), part.textOrNull("date"), part.textOrNull("section"), part.textOrNull("url"));
    }
}
