package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.FirewallNames;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a location reaches hosts that it needs (requirements B.6, last paragraph). Security groups know no names: there
 * the hosts are reached unless nothing of the internet is. Azure Firewall knows names, so it decides for each host.
 *
 * @param flow the flow to the internet on the ports of the hosts
 * @param answers what the firewalls on the default route say of each host and port; empty where nothing but addresses
 *     decides
 * @param firewalls the firewalls on the default route whose rules are known
 * @param verdict allowed or partial where the hosts are, or may be, reached; denied where some surely is not
 */
public record HostsVerdict(FlowVerdict flow, List<HostAnswer> answers, List<AzureFirewall> firewalls, Verdict verdict) {

    /** What cures hosts that a firewall denies: application rules for the web, else network rules. */
    public static final Set<String> REMEDIATIONS = Set.of("R-FIREWALL-HOSTS", "R-FIREWALL-PORTS");

    /** What these are filled in with. */
    public static final Set<String> REMEDIATION_VALUES = Set.of(
            "hosts",
            "hostsList",
            "ports",
            "portsList",
            "protocolsList",
            "protocolsInPowershellList",
            "rule",
            "sourcesList",
            "firewall",
            "firewallResourceGroup",
            "policy",
            "policyResourceGroup",
            "ruleCollectionGroup");

    private static final PortSet WEB = PortSet.of(80).union(PortSet.of(443));

    /** Stands for a host that no document names. */
    private static final String NO_NAME = "<host>";

    private static final int MANY = 3;

    /** Monitoring, diagnostics of the portal and CAPTCHA (C-RT-OTHERDEPS); of mail no document names a host. */
    private static final Set<String> OTHER_DEPENDENCIES =
            Set.of("C-FQDN-MON-PUBLIC", "C-FQDN-MON-GOV", "C-FQDN-MON-CN", "C-FQDN-PORTALDIAG", "C-FQDN-CAPTCHA");

    /**
     * What becomes of connections to one port of a host.
     *
     * @param host its name, empty where no document names it
     * @param by who denies it, such as {@code rule block-all of firewall fw-hub}; empty where it is not denied
     * @param rule the rule that denies it, null where none does
     */
    public record HostAnswer(
            String host,
            int port,
            Verdict verdict,
            String by,
            @Nullable FirewallRule rule,
            List<String> missing) {
        public HostAnswer {
            missing = List.copyOf(missing);
        }

        /** What a firewall says. */
        public static HostAnswer of(String host, int port, AzureFirewall firewall, FirewallNames.Answer answer) {
            FirewallRule rule = answer.rule();
            String by = rule == null
                    ? "firewall " + firewall.name() + ", of which no rule allows it"
                    : "rule " + rule.name() + " of firewall " + firewall.name();
            return new HostAnswer(host, port, answer.verdict(), by, rule, answer.missing());
        }

        /** Nobody knows without something that is missing. */
        public static HostAnswer open(String host, int port, String missing) {
            return new HostAnswer(host, port, Verdict.UNDETERMINED, "", null, List.of(missing));
        }
    }

    public HostsVerdict {
        answers = List.copyOf(answers);
        firewalls = List.copyOf(firewalls);
    }

    /** Of hosts about which nothing but addresses decides: they are reached unless nothing of the internet is. */
    public static HostsVerdict ofAddresses(FlowVerdict flow) {
        boolean reached =
                flow.isAccepted() || flow.decision() != null && flow.decision().surelyPassesInPart();
        return new HostsVerdict(
                flow,
                List.of(),
                List.of(),
                reached && flow.verdict() != Verdict.ALLOWED ? Verdict.PARTIAL : flow.verdict());
    }

    /**
     * Of hosts whose packets take a default route that may lead away, where nobody knows what becomes of them there.
     *
     * @param nowhere whether it surely drops them
     * @param missing what would decide it
     */
    public static HostsVerdict ofRoutes(FlowVerdict flow, boolean nowhere, String missing) {
        if (flow.isAccepted() || flow.verdict() == Verdict.ALLOWED || flow.verdict() == Verdict.DENIED) {
            return ofAddresses(flow);
        }
        if (nowhere) {
            return new HostsVerdict(flow, List.of(), List.of(), Verdict.DENIED);
        }
        FlowVerdict open =
                flow.decidedAs(Verdict.UNDETERMINED, flow.missing().isEmpty() ? List.of(missing) : flow.missing());
        return new HostsVerdict(open, List.of(), List.of(), Verdict.UNDETERMINED);
    }

    /**
     * Of hosts that firewalls on the default route decide about.
     *
     * @param flow the flow to the internet
     * @param before what becomes of its packets before any route
     * @param answers one for each host and port
     */
    public static HostsVerdict ofFirewalls(
            FlowVerdict flow, Verdict before, List<HostAnswer> answers, List<AzureFirewall> firewalls) {
        if (flow.isAccepted() || before == Verdict.DENIED) {
            return ofAddresses(flow);
        }
        Verdict all = joined(answers.stream().map(HostAnswer::verdict).toList());
        boolean broken = all == Verdict.DENIED || all == Verdict.PARTIAL;
        boolean open = all == Verdict.UNDETERMINED || before == Verdict.UNDETERMINED;
        Verdict verdict = broken ? Verdict.DENIED : open ? Verdict.UNDETERMINED : Verdict.ALLOWED;
        Set<String> missing = new TreeSet<>();
        if (verdict == Verdict.UNDETERMINED) {
            answers.forEach(answer -> missing.addAll(answer.missing()));
            missing.addAll(missing.isEmpty() ? flow.missing() : List.of());
        }
        return new HostsVerdict(
                flow.decidedAs(broken ? all : verdict, List.copyOf(missing)), answers, firewalls, verdict);
    }

    private static Verdict joined(List<Verdict> verdicts) {
        if (verdicts.stream().allMatch(Verdict.DENIED::equals)) {
            return Verdict.DENIED;
        }
        if (verdicts.contains(Verdict.DENIED)) {
            return Verdict.PARTIAL;
        }
        return verdicts.contains(Verdict.UNDETERMINED) ? Verdict.UNDETERMINED : Verdict.ALLOWED;
    }

    public Applicable applicable() {
        return flow.applicable();
    }

    public Location location() {
        return flow.location();
    }

    /** The id of the requirement. */
    public String row() {
        return flow.row();
    }

    public ResourceId serviceId() {
        return flow.serviceId();
    }

    public boolean isOptional() {
        return flow.isOptional();
    }

    public @Nullable Feature feature() {
        return flow.feature();
    }

    /** The id of the requirement with which it is an error, null where there is none. */
    public @Nullable String graverWith() {
        HostRequirement hosts = flow.flow().row().hosts();
        return hosts == null ? null : hosts.graverWith();
    }

    /** Whether some host surely is not reached. */
    public boolean isBroken() {
        return verdict == Verdict.DENIED;
    }

    public boolean isOpen() {
        return verdict == Verdict.UNDETERMINED;
    }

    /** Whether a firewall denies a host by its name, or for want of a rule. */
    public boolean isDeniedByFirewall() {
        return isBroken() && !denied().isEmpty();
    }

    /** Whether a firewall on the default route decides about them, whose rules are known. */
    public boolean isBehindFirewall() {
        return !answers.isEmpty();
    }

    /** Whether it is one of those that neither a service endpoint nor a route of their own leads past a firewall. */
    public boolean isOtherDependency() {
        return !isOptional() && OTHER_DEPENDENCIES.contains(row());
    }

    /** Whether hosts are reached though a part of the internet is not, or may not be. */
    public boolean isReachedInPart() {
        return verdict == Verdict.PARTIAL;
    }

    private List<HostAnswer> denied() {
        return answers.stream()
                .filter(answer -> answer.verdict() == Verdict.DENIED)
                .toList();
    }

    private PortSet deniedPorts() {
        return PortSet.union(
                denied().stream().map(answer -> PortSet.of(answer.port())).toList());
    }

    private String joined(Function<HostAnswer, String> part, String between) {
        return denied().stream().map(part).distinct().collect(Collectors.joining(between));
    }

    /** What is denied, by whom: {@code crl.microsoft.com (Tcp 80) is denied by rule block-all of firewall fw-hub}. */
    public String message() {
        return isDeniedByFirewall() ? deniedText() : flow.message();
    }

    private String deniedText() {
        return denied().stream()
                .map(HostAnswer::by)
                .distinct()
                .map(by -> hostsDeniedBy(by) + " by " + by)
                .collect(Collectors.joining("; "));
    }

    private String hostsDeniedBy(String by) {
        List<String> hosts = denied().stream()
                .filter(answer -> answer.by().equals(by))
                .map(HostAnswer::host)
                .distinct()
                .toList();
        String texts = hosts.stream()
                .map(host -> (host.isEmpty() ? "the host" : host) + " (Tcp " + portsDenied(host, by) + ")")
                .collect(Collectors.joining(", "));
        return texts + (hosts.size() == 1 ? " is" : " are") + " denied";
    }

    private PortSet portsDenied(String host, String by) {
        return PortSet.union(denied().stream()
                .filter(answer -> answer.host().equals(host) && answer.by().equals(by))
                .map(answer -> PortSet.of(answer.port()))
                .toList());
    }

    /** A finding about these hosts, with what would cure it where a firewall denies them. */
    public Finding findingOn(Finding finding) {
        if (!isDeniedByFirewall()) {
            return finding.flow(flow);
        }
        PortSet ports = deniedPorts();
        String hosts = joined(answer -> answer.host().isEmpty() ? NO_NAME : answer.host(), " ");
        Finding cured = finding.flow(flow)
                .remediation(WEB.containsAll(ports) ? "R-FIREWALL-HOSTS" : "R-FIREWALL-PORTS")
                .with("hosts", hosts.replace(" ", ", "))
                .with("hostsList", hosts)
                .with("ports", ports)
                .with("portsList", String.join(" ", ports.toTexts()))
                .with("protocolsList", spoken(ports, "Http=", "Https="))
                .with("protocolsInPowershellList", spoken(ports, "http:", "https:"))
                .with("rule", "Allow-" + row())
                .with("sourcesList", sources());
        AzureFirewall firewall = firewalls.get(0);
        ResourceId policy = firewall.firewallPolicyId();
        return policy == null
                ? cured.with("firewall", firewall.name())
                        .with("firewallResourceGroup", firewall.id().resourceGroup())
                : cured.with("policy", policy.name())
                        .with("policyResourceGroup", policy.resourceGroup())
                        .with("ruleCollectionGroup", "<rule collection group>");
    }

    /** The first rule that denies a host, or the firewall of which no rule allows it. */
    public AzureFact denier() {
        return denied().stream()
                .map(HostAnswer::rule)
                .filter(Objects::nonNull)
                .<AzureFact>map(rule -> rule)
                .findFirst()
                .orElseGet(() -> firewalls.get(0));
    }

    private static String spoken(PortSet ports, String http, String https) {
        return ports.toTexts().stream()
                .map(port -> (port.equals("80") ? http : https) + port)
                .collect(Collectors.joining(" "));
    }

    private String sources() {
        Subnet subnet = flow.flow().subnet();
        return subnet == null
                ? "<addresses of the subnet>"
                : String.join(" ", subnet.ipv4Addresses().toPrefixes());
    }

    /** Whether they are reached by a service tag that holds them. */
    public boolean isAccepted() {
        return flow.isAccepted();
    }

    /** The hosts as a sentence names them; of many the first. */
    public String hostsText() {
        HostRequirement hosts = flow.flow().row().hosts();
        List<String> names =
                hosts == null ? List.of() : hosts.namesIn(location().region());
        if (names.isEmpty()) {
            return "the host for " + flow.flow().row().purpose();
        }
        return names.size() <= MANY
                ? String.join(", ", names)
                : names.get(0) + " and " + (names.size() - 1) + " other hosts";
    }

    /** Such as {@code Tcp 80,443}. */
    public String portsText() {
        return flow.flow().row().protocols() + " " + flow.flow().row().destinationPorts();
    }

    /** What would decide whether the hosts are reached, joined. */
    public String missingText() {
        return flow.missingText();
    }
}
