package dev.netkb.api.internal.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.derived.ControlPlaneAddress;
import dev.netkb.model.derived.StatusMapping;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.report.Source;
import dev.netkb.model.value.AddressPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of rules with its tables: everything but the compiled rules themselves.
 *
 * @param sha256 hash over the texts of the pack, in the order in which {@code pack.yaml} names them
 * @param flows the rows of all tables of flows and of hosts
 * @param statusMappings the rows of all tables of dependencies
 * @param replaces seed id → the current ids that carry the same requirement
 * @param exports fact type → the command that exports it
 * @param texts id → what more is to be said of it than its description
 * @param controlPlaneAddresses addresses of the control plane that are no longer published
 * @param ruleTexts path → text of each rule file
 * @param tiers the rows of the table of tiers
 */
public record RulePack(
        String name,
        String version,
        String sha256,
        List<FlowRow> flows,
        List<StatusMapping> statusMappings,
        Map<String, RemediationTemplate> remediations,
        List<CatalogueEntry> catalogue,
        Map<String, List<String>> replaces,
        Map<String, Source> sources,
        Map<String, String> exports,
        Map<String, String> texts,
        List<ControlPlaneAddress> controlPlaneAddresses,
        Map<String, String> ruleTexts,
        List<Tier> tiers) {

    private static final String ROOT = "netkb/rules/";
    private static final String RULE_TEXTS = "netkb/rules-src/";

    /** Whether a packaged pack is on the class path of a loader. */
    public static boolean isOn(ClassLoader loader) {
        return loader.getResource(ROOT + "pack.yaml") != null;
    }

    /**
     * Loads the pack that is packaged on a class path.
     *
     * @throws PackException when it is missing or damaged
     */
    public static RulePack packaged(ClassLoader loader) {
        return new Loader(loader).load();
    }

    /**
     * This pack with what folders of rules say besides: rows of one id stand instead of all earlier ones of that id, and
     * what a folder switches off or changes is changed here; what is off altogether still stands here. Later folders win.
     *
     * @param ruleIds folder → the ids that its rules decide: rows of these ids no longer hold
     */
    public RulePack with(List<RuleFolder> folders, Map<RuleFolder, Set<String>> ruleIds) {
        List<FlowRow> rows = new ArrayList<>(flows);
        Map<String, Source> documents = new TreeMap<>(sources);
        Map<String, String> pages = new TreeMap<>(texts);
        for (RuleFolder folder : folders) {
            Set<String> own = folder.flows().stream().map(FlowRow::id).collect(Collectors.toSet());
            Set<String> decided = ruleIds.getOrDefault(folder, Set.of());
            rows.removeIf(row -> own.contains(row.id()) || decided.contains(row.id()));
            rows.addAll(folder.flows());
            for (RuleOverride override : folder.overrides()) {
                rows.replaceAll(row -> row.id().equals(override.id()) ? row.with(override) : row);
            }
            documents.putAll(folder.sources());
            pages.putAll(folder.texts());
        }
        return new RulePack(
                name,
                version,
                sha256,
                List.copyOf(rows),
                statusMappings,
                remediations,
                catalogue,
                replaces,
                Map.copyOf(documents),
                exports,
                Map.copyOf(pages),
                controlPlaneAddresses,
                ruleTexts,
                tiers);
    }

    /** The same with rows of a table of tiers, which stand in the place of those of the same name. */
    public RulePack with(List<TierRow> rows) {
        return new RulePack(
                name,
                version,
                sha256,
                flows,
                statusMappings,
                remediations,
                catalogue,
                replaces,
                sources,
                exports,
                texts,
                controlPlaneAddresses,
                ruleTexts,
                TierTable.over(tiers, rows));
    }

    /** The documents behind a text such as {@code INJ-2504; PRE-2405 section 2}. */
    public List<Source> sources(String keys) {
        List<Source> found = new ArrayList<>();
        for (String part : Selectors.list(keys)) {
            int blank = part.indexOf(' ');
            String key = blank < 0 ? part : part.substring(0, blank);
            String section = blank < 0 ? null : part.substring(blank + 1).trim();
            Source known = sources.get(key);
            found.add(
                    new Source(key, known == null ? null : known.date(), section, known == null ? null : known.url()));
        }
        return List.copyOf(found);
    }

    private static final class Loader {

        private static final YAMLMapper YAML = new YAMLMapper();
        private final ClassLoader loader;
        private final MessageDigest hash = sha256();

        Loader(ClassLoader loader) {
            this.loader = loader;
        }

        RulePack load() {
            JsonNode pack = yaml(ROOT + "pack.yaml");
            List<Tier> tiers = tiers(pack.path("tiers").asText());
            List<FlowRow> flows = new ArrayList<>();
            for (JsonNode table : pack.path("requirements")) {
                flows.addAll(RequirementTable.packaged(table.asText(), text(ROOT + table.asText()), tiers));
            }
            List<StatusMapping> statusMappings = new ArrayList<>();
            for (JsonNode table : pack.path("statuses")) {
                statusMappings.addAll(StatusTable.read(table.asText(), text(ROOT + table.asText())));
            }
            Map<String, RemediationTemplate> remediations =
                    remediations(yaml(ROOT + pack.path("remediations").asText()));
            JsonNode catalogue = yaml(ROOT + pack.path("catalogue").asText());
            Map<String, Source> sources =
                    sources(text(ROOT + pack.path("sources").asText()));
            Map<String, String> exports =
                    exports(text(ROOT + pack.path("exports").asText()));
            String addressTable = pack.path("controlPlaneAddresses").asText();
            List<ControlPlaneAddress> addresses = addresses(addressTable, text(ROOT + addressTable));
            Map<String, String> texts = new TreeMap<>();
            for (JsonNode page : pack.path("texts")) {
                String path = page.asText();
                texts.put(path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.md$", ""), text(path));
            }
            Map<String, String> ruleTexts = new LinkedHashMap<>();
            for (JsonNode rule : pack.path("rules")) {
                ruleTexts.put(rule.asText(), text(RULE_TEXTS + rule.asText()));
            }
            return new RulePack(
                    pack.path("name").asText(),
                    pack.path("version").asText(),
                    HexFormat.of().formatHex(hash.digest()),
                    List.copyOf(flows),
                    List.copyOf(statusMappings),
                    remediations,
                    entries(catalogue.path("entries")),
                    replaces(catalogue.path("replaces")),
                    sources,
                    exports,
                    Map.copyOf(texts),
                    addresses,
                    Map.copyOf(ruleTexts),
                    tiers);
        }

        private List<Tier> tiers(String table) {
            List<RuleProblem> problems = new ArrayList<>();
            List<TierRow> rows = TierTable.read(table, text(ROOT + table), problems);
            if (!problems.isEmpty()) {
                RuleProblem first = problems.get(0);
                throw new PackException(first.at().text() + ": " + first.message());
            }
            return rows.stream().map(TierRow::tier).toList();
        }

        private static Map<String, RemediationTemplate> remediations(JsonNode node) {
            Map<String, RemediationTemplate> templates = new TreeMap<>();
            node.properties().forEach(entry -> {
                JsonNode template = entry.getValue();
                Map<String, List<String>> commands = new LinkedHashMap<>();
                for (String tool : List.of("az", "powershell")) {
                    if (template.has(tool)) {
                        commands.put(tool, texts(template.path(tool)));
                    }
                }
                templates.put(
                        entry.getKey(),
                        new RemediationTemplate(
                                entry.getKey(),
                                template.path("hint").asText(),
                                template.path("op").asText(""),
                                template.path("otherwise").asText(null),
                                commands));
            });
            return Map.copyOf(templates);
        }

        private static List<CatalogueEntry> entries(JsonNode nodes) {
            List<CatalogueEntry> entries = new ArrayList<>();
            for (JsonNode node : nodes) {
                entries.add(new CatalogueEntry(
                        node.path("id").asText(),
                        node.path("kind").asText(),
                        node.path("title").asText(),
                        node.path("description").asText(),
                        node.path("reason").asText(""),
                        node.path("source").asText(""),
                        Selectors.list(node.path("models").asText(""))));
            }
            return List.copyOf(entries);
        }

        private static Map<String, List<String>> replaces(JsonNode node) {
            Map<String, List<String>> replaces = new TreeMap<>();
            node.properties().forEach(entry -> replaces.put(entry.getKey(), texts(entry.getValue())));
            return Map.copyOf(replaces);
        }

        private static List<String> texts(JsonNode nodes) {
            List<String> texts = new ArrayList<>();
            nodes.forEach(node -> texts.add(node.asText()));
            return List.copyOf(texts);
        }

        private static Map<String, Source> sources(String csv) {
            Map<String, Source> sources = new TreeMap<>();
            for (Map<String, String> line : table("sources.csv", csv)) {
                sources.put(
                        line.getOrDefault("key", ""),
                        new Source(
                                line.getOrDefault("document", ""),
                                emptyToNull(line.get("date")),
                                null,
                                emptyToNull(line.get("url"))));
            }
            return Map.copyOf(sources);
        }

        private static Map<String, String> exports(String csv) {
            Map<String, String> exports = new TreeMap<>();
            for (Map<String, String> line : table("exports.csv", csv)) {
                exports.put(line.getOrDefault("fact", ""), line.getOrDefault("command", ""));
            }
            return Map.copyOf(exports);
        }

        private static List<ControlPlaneAddress> addresses(String name, String csv) {
            List<ControlPlaneAddress> addresses = new ArrayList<>();
            for (Map<String, String> line : table(name, csv)) {
                String address = line.getOrDefault("address", "");
                AddressPrefix parsed = AddressPrefix.tryParse(address)
                        .orElseThrow(() -> new PackException(name + ": '" + address + "' is not an address"));
                addresses.add(new ControlPlaneAddress(
                        line.getOrDefault("cloud", ""), line.getOrDefault("region", ""), parsed));
            }
            return List.copyOf(addresses);
        }

        private static List<Map<String, String>> table(String name, String csv) {
            try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                    .readerFor(Map.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .readValues(csv)) {
                return lines.readAll();
            } catch (IOException e) {
                throw new PackException(name + ": " + e.getMessage(), e);
            }
        }

        private static @Nullable String emptyToNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.trim();
        }

        private JsonNode yaml(String resource) {
            try {
                return YAML.readTree(text(resource));
            } catch (IOException e) {
                throw new PackException(resource + ": " + e.getMessage(), e);
            }
        }

        private String text(String resource) {
            try (InputStream in = loader.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new PackException(
                            "the rules are not on the class path: " + resource + " is missing; add kb-rules to it");
                }
                byte[] bytes = in.readAllBytes();
                hash.update(bytes);
                return new String(bytes, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new PackException(resource + ": " + e.getMessage(), e);
            }
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
