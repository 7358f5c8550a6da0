package dev.netkb.rules;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.RuleInfo;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Source;
import dev.netkb.rules.PackageFiles.DrlRule;
import dev.netkb.rules.RequirementsIndex.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the pages of the rules, from the catalogue, the tables and the examples. The same input gives the same text. */
final class RulePages {

    static final String COMMAND = "mvn -q -pl kb-rules -am test -Dtest=RulePagesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dnetkb.golden.update=true";

    private static final String RULES = "../../kb-rules/src/main/resources/";
    private static final String EXAMPLES = "../../kb-rules/src/test/resources/examples/";
    private static final String FLOW_TABLE = "[flows.csv](" + RULES + "netkb/rules/flows.csv)";

    /** The topics of the index in the order of the page, with their headings. */
    private static final Map<String, String> TOPICS = topics();

    private final KnowledgeBase rules;
    private final Map<String, RuleInfo> catalogue;
    private final List<Line> index = RequirementsIndex.read();
    private final List<DrlRule> drl = PackageFiles.rules();
    private final List<Map<String, String>> flows = PackageFiles.table("flows.csv");
    private final Map<String, String> documents = PackageFiles.table("sources.csv").stream()
            .collect(Collectors.toMap(row -> row.getOrDefault("key", ""), row -> row.getOrDefault("document", "")));

    RulePages(KnowledgeBase rules) {
        this.rules = rules;
        this.catalogue = rules.catalogue().stream()
                .collect(Collectors.toMap(RuleInfo::id, info -> info, (a, b) -> a, TreeMap::new));
    }

    private static Map<String, String> topics() {
        Map<String, String> topics = new LinkedHashMap<>();
        topics.put("network", "Network and subnet of the classic tiers");
        topics.put("public-ip", "Public IP addresses of the classic tiers");
        topics.put("zones", "Zones and units of the classic tiers");
        topics.put("size", "Size of the subnet of the classic tiers");
        topics.put("flows", "Flows of the classic tiers");
        topics.put("routes", "Routes and service endpoints of the classic tiers");
        topics.put("hosts", "Host names that the classic tiers reach");
        topics.put("dns", "DNS of the classic tiers");
        topics.put("addresses", "Addresses of the classic tiers");
        topics.put("locks", "Locks that keep a network in use");
        topics.put("status", "Network status");
        topics.put("v2-injection", "Injection of Premium v2");
        topics.put("v2-integration", "Outbound integration of the v2 tiers");
        topics.put("private-endpoint", "Inbound private endpoints");
        topics.put("workspace-gateway", "Gateways of workspaces");
        topics.put("other", "Other requirements");
        topics.put("seed", "The article of December 2016");
        return topics;
    }

    static Set<String> topicNames() {
        return TOPICS.keySet();
    }

    /** File name → text of everything under {@code docs/rules}. */
    Map<String, String> all() {
        Map<String, String> pages = new TreeMap<>();
        catalogue.values().forEach(info -> pages.put(info.id() + ".md", page(info)));
        pages.put("README.md", overview());
        pages.put("seed.md", seed());
        return pages;
    }

    // ---- the page of an id

    private String page(RuleInfo info) {
        MarkdownPage page = new MarkdownPage(info.id() + ": " + info.title());
        page.text(info.description());
        page.table(List.of("", ""), properties(info));
        if (info.text() != null) {
            page.heading("What the documents say").markdown(info.text());
        }
        page.heading("How it is decided");
        RuleCases.of(info.id()).ifPresentOrElse(cases -> decided(info, cases, page), () -> notDecided(info, page));
        if (!info.source().isEmpty()) {
            page.heading("Sources")
                    .list(info.source().stream().map(this::source).toList());
        }
        return page.toString();
    }

    private List<List<String>> properties(RuleInfo info) {
        List<List<String>> rows = new ArrayList<>();
        property(rows, "severity", severities(info));
        property(rows, "kind", MarkdownPage.escaped(info.kind()));
        property(rows, "in force", inForce(info));
        property(rows, "models", String.join(", ", info.models()));
        property(rows, "platforms", String.join(", ", info.platforms()));
        DrlRule rule = describing(info.id());
        if (rule != null) {
            property(rows, "modes", rule.metadata().getOrDefault("networkTypes", ""));
            property(rows, "tiers", rule.metadata().getOrDefault("tiers", ""));
            property(rows, "scope", rule.metadata().getOrDefault("scope", ""));
        }
        property(rows, "today carried by", links(info.replacedBy()));
        property(
                rows,
                "stands for",
                links(catalogue.values().stream()
                        .filter(other -> other.replacedBy().contains(info.id()))
                        .map(RuleInfo::id)
                        .toList()));
        return rows;
    }

    private static void property(List<List<String>> rows, String name, String value) {
        if (!value.isEmpty()) {
            rows.add(List.of(name, value));
        }
    }

    private static String severities(RuleInfo info) {
        return info.severities().stream().map(Severity::word).collect(Collectors.joining(", "));
    }

    private static String inForce(RuleInfo info) {
        String since = info.since() == null ? "" : "since " + info.since();
        return info.until() == null ? since : since + ", until " + info.until();
    }

    private static String links(List<String> ids) {
        return ids.stream().map(RulePages::link).collect(Collectors.joining(", "));
    }

    private static String link(String id) {
        return "[" + id + "](" + id + ".md)";
    }

    private @Nullable DrlRule describing(String id) {
        return drl.stream()
                .filter(rule -> rule.id().equals(id) && rule.describes())
                .findFirst()
                .orElse(null);
    }

    private static void notDecided(RuleInfo info, MarkdownPage page) {
        page.text("No rule of its own decides it. " + Objects.requireNonNullElse(info.reason(), ""));
    }

    private void decided(RuleInfo info, RuleCases cases, MarkdownPage page) {
        how(info, cases, page);
        page.markdown("The [examples](" + EXAMPLES + info.id() + ".yaml) show that it");
        page.list(cases.cases().stream()
                .map(each -> MarkdownPage.escaped(each.it()))
                .toList());
        if (!info.exports().isEmpty()) {
            page.heading("What it needs");
            page.markdown(
                    info.requires().isEmpty()
                            ? "The instance itself:"
                            : "The instance, and "
                                    + info.requires().stream()
                                            .map(fact -> "`" + fact + "`")
                                            .collect(Collectors.joining(", "))
                                    + ". Where something is missing the outcome is undetermined. Commands that export it:");
            page.code("sh", info.exports());
        }
        violated(info, cases, page);
        passed(cases, page);
    }

    private void how(RuleInfo info, RuleCases cases, MarkdownPage page) {
        List<Map<String, String>> rows =
                flows.stream().filter(row -> info.id().equals(row.get("id"))).toList();
        DrlRule rule = describing(info.id());
        if (!rows.isEmpty()) {
            page.markdown(
                    "Every packet of the flow has to get through, decided exactly over sets of addresses and ports. The rows"
                            + " of " + FLOW_TABLE + ":");
            page.table(
                    List.of("in force", "for", "direction", "protocol", "ports", "remote", "needed", "severity"),
                    rows.stream().map(RulePages::flow).toList());
        } else if (rule != null) {
            String file = rule.file().substring(rule.file().lastIndexOf('/') + 1);
            page.markdown("By the rules that begin with its id in [" + file + "](" + RULES + rule.file() + ")."
                    + (info.kind().equals("change")
                            ? " They compare two snapshots, so only `netkb diff BEFORE AFTER` decides it."
                            : ""));
        } else {
            page.markdown("It changes how other ids are decided, such as " + link(cases.decides()) + ".");
        }
    }

    private static List<String> flow(Map<String, String> row) {
        String until = cell(row, "until");
        String optional = cell(row, "optional").equals("yes") ? "optional" : "yes";
        String feature = cell(row, "feature").replace('_', ' ');
        String sourcePorts = cell(row, "source_ports");
        String accepts = cell(row, "accepts");
        return List.of(
                cell(row, "since") + (until.isEmpty() ? " on" : " until " + until),
                Stream.of("platforms", "network_types", "tiers", "scope")
                        .map(column -> cell(row, column))
                        .filter(value -> !value.isEmpty())
                        .collect(Collectors.joining("; ")),
                cell(row, "direction"),
                cell(row, "protocol"),
                "`" + cell(row, "ports") + "`"
                        + (sourcePorts.equals("*") ? "" : " from source port `" + sourcePorts + "`"),
                cell(row, "remote") + (accepts.isEmpty() ? "" : "; " + accepts + " is enough"),
                feature.isEmpty() ? optional : optional + " (" + feature + ")",
                cell(row, "severity"));
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "").trim();
    }

    private void violated(RuleInfo info, RuleCases cases, MarkdownPage page) {
        page.heading("Violated");
        RuleCases.Case example = cases.first("violated").orElse(null);
        if (example == null) {
            page.text("No example: " + cases.reasons().getOrDefault("cannotFail", "see the examples."));
            return;
        }
        example(example, page);
        cases.violation(rules).ifPresent(result -> {
            page.text("netkb says" + (result.rule().equals(info.id()) ? "" : " of " + result.rule()) + ": "
                    + result.message());
            remediation(result, page);
        });
    }

    private static void remediation(Result result, MarkdownPage page) {
        Remediation remediation = result.remediation();
        if (remediation != null) {
            page.text("What cures it: " + remediation.hint());
            List<String> az = remediation.commands().getOrDefault("az", List.of());
            List<String> powershell = remediation.commands().getOrDefault("powershell", List.of());
            if (!az.isEmpty()) {
                page.code("sh", az);
            }
            if (!powershell.isEmpty()) {
                page.code("powershell", powershell);
            }
        }
    }

    private static void passed(RuleCases cases, MarkdownPage page) {
        page.heading("Passed");
        cases.first("passed")
                .ifPresentOrElse(
                        example -> example(example, page),
                        () -> page.text(
                                "No example: " + cases.reasons().getOrDefault("cannotPass", "see the examples.")));
    }

    private static void example(RuleCases.Case example, MarkdownPage page) {
        page.markdown("In the network [" + example.base() + "](" + EXAMPLES + "bases/" + example.base() + ".yaml):");
        page.code("yaml", example.yaml().lines().toList());
    }

    private String source(Source source) {
        String document = documents.getOrDefault(source.document(), "");
        return Stream.of(
                        MarkdownPage.escaped(source.document() + (document.isEmpty() ? "" : ": " + document)),
                        source.section(),
                        source.date(),
                        source.url() == null ? null : "<" + source.url() + ">")
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    // ---- the lists

    private String overview() {
        MarkdownPage page = new MarkdownPage("Requirements");
        page.markdown(
                "One page for each id, made from the catalogue, the tables and the examples. The sentences of the article of"
                        + " December 2016 are in a [table of their own](seed.md). Ids that are not decided yet are in the"
                        + " [index](../requirements-index.csv) as `pending`. On the command line: `netkb rules list`, `netkb rules"
                        + " show ID`; `--family C-FLOW`, `--baseline 2023-11` and other options choose from the list.");
        page.markdown("Made by this command, after a change of a rule, a table or an example:");
        page.code("sh", List.of(COMMAND));
        TOPICS.forEach((topic, heading) -> {
            List<List<String>> rows = index.stream()
                    .filter(line -> line.topic().equals(topic))
                    .map(line -> catalogue.get(line.id()))
                    .filter(Objects::nonNull)
                    .map(RulePages::overview)
                    .toList();
            if (!rows.isEmpty()) {
                page.heading(heading).table(List.of("id", "title", "severity", "since", "decided", "examples"), rows);
            }
        });
        return page.toString();
    }

    private static List<String> overview(RuleInfo info) {
        return List.of(
                link(info.id()),
                MarkdownPage.escaped(info.title()),
                severities(info),
                Objects.requireNonNullElse(info.since(), "") + (info.until() == null ? "" : " until " + info.until()),
                decidedBy(info.kind()),
                examples(info.id()));
    }

    private static String decidedBy(String kind) {
        return switch (kind) {
            case "flow" -> "exactly, as a flow";
            case "rule" -> "by a rule";
            case "change" -> "by a rule, of two snapshots";
            case "modifier" -> "in other ids";
            case "note" -> "not by itself";
            default -> kind;
        };
    }

    private static String examples(String id) {
        return RuleCases.of(id)
                .map(cases -> "[" + cases.cases().size() + "](" + EXAMPLES + id + ".yaml)")
                .orElse("");
    }

    private String seed() {
        MarkdownPage page = new MarkdownPage("The article of December 2016, sentence by sentence");
        page.markdown(
                "`netkb check --baseline seed` applies these ids alone. Without it an id applies where no current id carries"
                        + " the same requirement; the last column names those that do.");
        page.table(
                List.of("sentence", "id", "title", "severity", "decided", "examples", "today"),
                index.stream()
                        .filter(line -> line.seedNumber() > 0)
                        .sorted(Comparator.comparingInt(Line::seedNumber))
                        .map(this::seed)
                        .toList());
        return page.toString();
    }

    private List<String> seed(Line line) {
        RuleInfo info = catalogue.get(line.id());
        if (info == null) {
            return List.of(line.seed(), line.id(), "", "", "not yet", "", "");
        }
        return List.of(
                line.seed(),
                link(info.id()),
                MarkdownPage.escaped(info.title()),
                severities(info),
                decidedBy(info.kind()),
                examples(info.id()),
                links(info.replacedBy()));
    }
}
