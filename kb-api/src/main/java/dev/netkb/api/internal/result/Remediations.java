package dev.netkb.api.internal.result;

import dev.netkb.api.internal.pack.RemediationTemplate;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.dns.NameServers;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Severity;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what would cure a violation, with the names of the snapshot's own resources. Nothing is ever executed.
 *
 * <p>One instance serves one evaluation: it remembers the priorities it gave away, so that all its rules fit together.
 * Not thread-safe.
 */
public final class Remediations {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");
    /** A line of a template that stands for the rules that the flows without a group need. */
    private static final String NEW_RULES = "{rules of the new group}";

    /** How names of placeholders end whose values are words, each quoted for itself. */
    private static final String LIST = "List";

    private static final int LOWEST_PRIORITY_NUMBER = 100;
    private static final int HIGHEST_PRIORITY_NUMBER = 4096;
    private static final int STEP = 10;

    private final Snapshot snapshot;
    private final Map<String, RemediationTemplate> templates;
    private final List<FlowVerdict> verdicts;

    /** Group, direction and name of a new rule → its priority, empty where none was free. */
    private final Map<List<Object>, Optional<Integer>> given = new LinkedHashMap<>();

    /** @param verdicts all flows that were decided, for remedies that concern several of them */
    public Remediations(Snapshot snapshot, Map<String, RemediationTemplate> templates, List<FlowVerdict> verdicts) {
        this.snapshot = snapshot;
        this.templates = templates;
        this.verdicts = List.copyOf(verdicts);
    }

    /**
     * The remediation of a finding.
     *
     * @param key the key of the requirement's own remediation, null where it has none
     */
    public @Nullable Remediation of(Finding finding, @Nullable String key) {
        FlowVerdict verdict = finding.verdict();
        if (verdict != null && finding.remediation() == null) {
            return ofFlow(verdict);
        }
        String wanted = finding.remediation() != null ? finding.remediation() : key;
        RemediationTemplate template = wanted == null ? null : templates.get(wanted);
        if (template == null) {
            return null;
        }
        Map<String, String> values = values(finding);
        RemediationTemplate instead =
                template.otherwise() != null && hasGaps(template, values) ? templates.get(template.otherwise()) : null;
        return filled(instead == null ? template : instead, values, rulesOfNewGroup(finding.location()));
    }

    private static boolean hasGaps(RemediationTemplate template, Map<String, String> values) {
        return template.commands().values().stream()
                .flatMap(List::stream)
                .flatMap(line -> PLACEHOLDER.matcher(line).results())
                .anyMatch(placeholder -> !values.containsKey(placeholder.group(1)));
    }

    // ---- texts with placeholders

    private Map<String, String> values(Finding finding) {
        Location location = finding.location();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("service", location.serviceId().name());
        values.put("serviceId", location.serviceId().text());
        values.put("serviceResourceGroup", location.serviceId().resourceGroup());
        values.put("location", location.regionName());
        ResourceId subnetId = location.subnetId();
        if (subnetId != null) {
            values.put("subnet", subnetId.name());
            values.put("resourceGroup", subnetId.resourceGroup());
            subnetId.parent().ifPresent(vnet -> values.put("vnet", vnet.name()));
            snapshot.subnet(subnetId).map(Subnet::nsgId).ifPresent(nsg -> {
                values.put("nsg", nsg.name());
                values.put("nsgResourceGroup", nsg.resourceGroup());
            });
            snapshot.subnet(subnetId).map(Subnet::routeTableId).ifPresent(table -> {
                values.put("routeTable", table.name());
                values.put("routeTableResourceGroup", table.resourceGroup());
            });
        }
        ResourceId address = location.publicIpAddressId();
        if (address != null) {
            values.put("publicIp", address.name());
            values.put("publicIpResourceGroup", address.resourceGroup());
        }
        values.putAll(finding.values());
        values.values().removeIf(String::isEmpty);
        values.replaceAll((name, value) -> StandIns.asGaps(value));
        return values;
    }

    private static Remediation filled(
            RemediationTemplate template, Map<String, String> values, List<NewRule> newRules) {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        template.commands().forEach((tool, lines) -> {
            boolean powershell = tool.equals("powershell");
            List<String> rules = newRules.stream()
                    .map(rule -> powershell ? rule.powershell() : rule.az())
                    .toList();
            Optional<List<String>> all = fillAll(lines, values, powershell, rules);
            all.ifPresent(list -> commands.put(tool, list));
        });
        List<Map<String, Object>> changes =
                template.op().isEmpty() ? List.of() : List.of(change(template.op(), values));
        return new Remediation(
                fill(template.hint(), values, name -> "<" + name + ">", text -> text, " "),
                changes,
                commands,
                false,
                List.of());
    }

    private static Map<String, Object> change(String op, Map<String, String> values) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("op", op);
        change.putAll(values);
        return change;
    }

    /** Empty where a placeholder has no value: half a command helps nobody. */
    private static Optional<List<String>> fillAll(
            List<String> lines, Map<String, String> values, boolean powershell, List<String> newRules) {
        List<String> filled = new ArrayList<>();
        for (String line : lines) {
            if (line.equals(NEW_RULES)) {
                filled.addAll(newRules);
                continue;
            }
            Set<String> open = new TreeSet<>();
            filled.add(fill(
                    line,
                    values,
                    name -> {
                        open.add(name);
                        return "";
                    },
                    text -> powershell ? ShellText.insidePowershellQuotes(text) : ShellText.posix(text),
                    powershell ? "','" : " "));
            if (!open.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(filled));
    }

    /** @param between stands between the quoted words of a list */
    private static String fill(
            String text,
            Map<String, String> values,
            java.util.function.UnaryOperator<String> missing,
            java.util.function.UnaryOperator<String> quote,
            String between) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = values.get(name);
            String written = value == null
                    ? missing.apply(name)
                    : Stream.of(name.endsWith(LIST) ? value.split(" ") : new String[] {value})
                            .map(quote)
                            .collect(Collectors.joining(between));
            matcher.appendReplacement(filled, Matcher.quoteReplacement(written));
        }
        return matcher.appendTail(filled).toString();
    }

    // ---- rules and routes that let a flow pass

    private @Nullable Remediation ofFlow(FlowVerdict verdict) {
        FlowDecision decision = verdict.decision();
        if (decision == null) {
            return null;
        }
        List<NewRule> rules = new ArrayList<>();
        for (FlowDecision.StageDecision stage : decision.stages()) {
            Direction direction = stage.stage() == Stage.NSG
                    ? verdict.flow().row().direction()
                    : verdict.flow().row().direction().opposite();
            denyingGroups(stage)
                    .forEach((nsg, denying) -> rules.add(newRule(verdict.flow().row(), nsg, direction, denying)));
        }
        if (rules.isEmpty() && isWithoutGroup(verdict)) {
            rules.add(ruleOfNewGroup(verdict));
        }
        List<RemediationStep> steps = new ArrayList<>();
        rules.stream().map(NewRule::step).forEach(steps::add);
        steps.addAll(AdminRuleSteps.of(verdict, decision));
        steps.addAll(RouteSteps.of(verdict, decision, snapshot));
        steps.addAll(FirewallSteps.of(verdict, decision));
        if (steps.isEmpty()) {
            return null;
        }
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("az", steps.stream().flatMap(step -> step.az().stream()).toList());
        commands.put(
                "powershell",
                steps.stream().flatMap(step -> step.powershell().stream()).toList());
        return new Remediation(
                steps.stream().map(RemediationStep::hint).collect(Collectors.joining(" ")),
                steps.stream().map(RemediationStep::change).toList(),
                commands,
                false,
                List.of());
    }

    /** The rules that a new group on the subnet of a location needs, so that what is refused without one passes. */
    private List<NewRule> rulesOfNewGroup(Location location) {
        return verdicts.stream()
                .filter(verdict -> verdict.flow().location().equals(location))
                .filter(verdict -> verdict.severity() != Severity.INFO && isWithoutGroup(verdict))
                .sorted(Comparator.comparing(verdict -> verdict.flow().row().id()))
                .map(this::ruleOfNewGroup)
                .distinct()
                .toList();
    }

    private static boolean isWithoutGroup(FlowVerdict verdict) {
        FlowDecision decision = verdict.decision();
        return decision != null
                && decision.stages().stream()
                        .flatMap(stage -> stage.parts().stream())
                        .anyMatch(part -> !part.decider().allows() && part.decider() instanceof Decider.NoNsg);
    }

    /** The group that R-NSG-ASSOC creates: in the resource group of the network, named after the subnet. */
    private NewRule ruleOfNewGroup(FlowVerdict verdict) {
        Subnet subnet = Objects.requireNonNull(verdict.flow().subnet(), "a decided flow has a subnet");
        ResourceId vnet = subnet.vnetId();
        String base = vnet.text().substring(0, Math.max(0, vnet.key().lastIndexOf("/virtualnetworks/")));
        ResourceId group = ResourceId.of(base + "/networkSecurityGroups/" + subnet.name() + "-nsg");
        return newRule(verdict.flow().row(), group, verdict.flow().row().direction(), List.of());
    }

    /** Group → the custom rules of it that deny a part; groups with nothing but a default deny have none. */
    private static Map<ResourceId, List<NsgRule>> denyingGroups(FlowDecision.StageDecision stage) {
        Map<ResourceId, List<NsgRule>> groups = new LinkedHashMap<>();
        for (FlowDecision.Part part : stage.parts()) {
            if (!part.decider().allows() && part.decider() instanceof Decider.Rule decider) {
                List<NsgRule> denying = groups.computeIfAbsent(decider.rule().nsgId(), id -> new ArrayList<>());
                if (!decider.rule().isDefault()) {
                    denying.add(decider.rule());
                }
            }
        }
        return groups;
    }

    private NewRule newRule(FlowRequirement row, ResourceId nsgId, Direction direction, List<NsgRule> denying) {
        int before = denying.stream().mapToInt(NsgRule::priority).min().orElse(HIGHEST_PRIORITY_NUMBER + 1);
        NewRule rule = new NewRule(nsgId, row, direction, null, before);
        Optional<Integer> priority = given.computeIfAbsent(
                List.of(nsgId, direction, rule.name(), before),
                key -> Optional.ofNullable(freePriority(taken(nsgId, direction), before)));
        return new NewRule(nsgId, row, direction, priority.orElse(null), before);
    }

    /** The numbers of the group's own rules, and those that were given away. */
    private Set<Integer> taken(ResourceId nsgId, Direction direction) {
        Set<Integer> taken = new TreeSet<>();
        snapshot.networkSecurityGroup(nsgId).map(NetworkSecurityGroup::rules).stream()
                .flatMap(List::stream)
                .filter(rule -> rule.direction() == direction && !rule.isDefault())
                .forEach(rule -> taken.add(rule.priority()));
        given.forEach((key, priority) -> {
            if (key.get(0).equals(nsgId) && key.get(1) == direction) {
                priority.ifPresent(taken::add);
            }
        });
        return taken;
    }

    /** A free number below the first denying rule: the next round one behind the last rule before it, else any. */
    private static @Nullable Integer freePriority(Set<Integer> taken, int before) {
        int last = taken.stream().filter(p -> p < before).mapToInt(p -> p).max().orElse(LOWEST_PRIORITY_NUMBER - STEP);
        int round = (last / STEP + 1) * STEP;
        if (round >= LOWEST_PRIORITY_NUMBER && round < before) {
            return round;
        }
        for (int priority = before - 1; priority >= LOWEST_PRIORITY_NUMBER; priority--) {
            if (!taken.contains(priority)) {
                return priority;
            }
        }
        return null;
    }

    /** An allow rule as narrow as the requirement: its tag, its ports, its protocol. */
    private record NewRule(
            ResourceId nsg,
            FlowRequirement row,
            Direction direction,
            @Nullable Integer priority,
            int before) {

        private static final String LOCAL = "VirtualNetwork";

        String remote() {
            return switch (row.remote()) {
                case FlowRequirement.OWN_SUBNET -> LOCAL;
                // No rule acts on traffic to Azure's own DNS but one that names the tag.
                case NameServers.AZURE -> ServiceTag.AZURE_PLATFORM_DNS.name();
                default -> row.remote();
            };
        }

        String source() {
            return direction == Direction.INBOUND ? remote() : LOCAL;
        }

        String destination() {
            return direction == Direction.INBOUND ? LOCAL : remote();
        }

        String name() {
            String ports = row.destinationPorts().isAll()
                    ? "All"
                    : row.destinationPorts().toString();
            return ("Allow-" + remote() + "-" + row.protocols() + "-" + ports + "-" + direction.azureName())
                    .replaceAll("[^A-Za-z0-9_.-]", "_");
        }

        RemediationStep step() {
            return new RemediationStep(hint(), change(), List.of(az()), List.of(powershell()));
        }

        String nsgName() {
            return StandIns.asGaps(nsg.name());
        }

        String priorityText() {
            return priority == null ? "<free priority below " + before + ">" : priority.toString();
        }

        String hint() {
            String where = priority == null
                    ? "no priority below " + before + " is free, so renumber the rules first"
                    : "priority " + priority
                            + (before <= HIGHEST_PRIORITY_NUMBER ? ", before the deny at " + before : "");
            return "Add to " + nsgName() + " an " + direction.azureName().toLowerCase(java.util.Locale.ROOT)
                    + " rule that allows " + row.protocols() + " " + row.destinationPorts() + " from " + source()
                    + " to " + destination() + " (" + where + ").";
        }

        Map<String, Object> change() {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("op", "addNsgRule");
            change.put("nsg", nsg.text());
            change.put("name", name());
            if (priority != null) {
                change.put("priority", priority);
            }
            change.put("direction", direction.azureName());
            change.put("access", "Allow");
            change.put("protocol", row.protocols().toString());
            change.put("sourcePortRanges", row.sourcePorts().toTexts());
            change.put("destinationPortRanges", row.destinationPorts().toTexts());
            change.put("sourceAddressPrefixes", List.of(source()));
            change.put("destinationAddressPrefixes", List.of(destination()));
            return change;
        }

        String az() {
            return "az network nsg rule create -g " + ShellText.posix(StandIns.asGaps(nsg.resourceGroup()))
                    + " --nsg-name "
                    + ShellText.posix(nsgName()) + " -n " + ShellText.posix(name()) + " --priority "
                    + ShellText.posix(priorityText())
                    + " --direction " + direction.azureName() + " --access Allow --protocol "
                    + ShellText.posix(row.protocols().toString()) + " --source-address-prefixes "
                    + ShellText.posix(source()) + " --source-port-ranges "
                    + ports(row.sourcePorts().toTexts())
                    + " --destination-address-prefixes " + ShellText.posix(destination())
                    + " --destination-port-ranges "
                    + ports(row.destinationPorts().toTexts());
        }

        private static String ports(List<String> ports) {
            return ports.stream().map(ShellText::posix).collect(Collectors.joining(" "));
        }

        String powershell() {
            return "Get-AzNetworkSecurityGroup -ResourceGroupName "
                    + ShellText.powershell(StandIns.asGaps(nsg.resourceGroup()))
                    + " -Name " + ShellText.powershell(nsgName()) + " | Add-AzNetworkSecurityRuleConfig -Name "
                    + ShellText.powershell(name()) + " -Priority "
                    + (priority == null ? ShellText.powershell(priorityText()) : priorityText()) + " -Direction "
                    + direction.azureName() + " -Access Allow -Protocol "
                    + ShellText.powershell(row.protocols().toString())
                    + " -SourceAddressPrefix " + ShellText.powershell(source()) + " -SourcePortRange "
                    + powershellPorts(row.sourcePorts().toTexts()) + " -DestinationAddressPrefix "
                    + ShellText.powershell(destination()) + " -DestinationPortRange "
                    + powershellPorts(row.destinationPorts().toTexts()) + " | Set-AzNetworkSecurityGroup";
        }

        private static String powershellPorts(List<String> ports) {
            return ports.stream().map(ShellText::powershell).collect(Collectors.joining(","));
        }
    }
}
