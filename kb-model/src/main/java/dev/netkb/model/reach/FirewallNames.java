package dev.netkb.model.reach;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRule.Action;
import dev.netkb.model.azure.FirewallRule.ApplicationProtocol;
import dev.netkb.model.azure.FirewallRule.Kind;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Azure Firewall makes of Tcp connections to a host that is known by its name (requirements C.6): network rules,
 * then application rules, each by priority, those of a base policy first; what no rule matches is denied.
 *
 * <p>The address of the host is public and not known. So a network rule for addresses may be for it, unless its name or a
 * service tag that surely holds it tells; a network rule for another name is not for it. Of two rules for the same
 * addresses the first decides, wherever the host lies. What may lie either way makes the answer undetermined only where
 * it would change it.
 */
public final class FirewallNames {

    private final AzureFirewall firewall;
    private final List<FirewallRule> rules;
    private final Snapshot snapshot;

    private FirewallNames(AzureFirewall firewall, List<FirewallRule> rules, Snapshot snapshot) {
        this.firewall = firewall;
        this.rules = rules;
        this.snapshot = snapshot;
    }

    /**
     * A host that connections are for.
     *
     * @param name such as {@code crl.microsoft.com}; {@code *.data.microsoft.com} stands for all names that end so,
     *     and an empty text for a host whose name is not known
     * @param tag a service tag that surely holds its addresses, null where none is known
     * @param fqdnTags tags of names that surely hold its name
     */
    public record Host(String name, @Nullable ServiceTag tag, Set<String> fqdnTags) {
        public Host {
            name = name.toLowerCase(Locale.ROOT);
            fqdnTags = Set.copyOf(fqdnTags);
        }

        private boolean isOneName() {
            return !name.isEmpty() && !name.startsWith("*");
        }
    }

    /**
     * What becomes of connections to one port of a host.
     *
     * @param verdict denied where some machine surely gets none through
     * @param rule the rule that denies, null where none does or where none matches
     * @param missing what would decide it; empty where it is decided
     */
    public record Answer(Verdict verdict, @Nullable FirewallRule rule, List<String> missing) {
        public Answer {
            missing = List.copyOf(missing);
        }
    }

    /** The rules of a firewall; empty where not all of them are known. */
    public static Optional<FirewallNames> of(AzureFirewall firewall, Snapshot snapshot) {
        return FirewallView.rules(firewall, snapshot)
                .map(rules -> new FirewallNames(firewall, inOrder(rules), snapshot));
    }

    public AzureFirewall firewall() {
        return firewall;
    }

    private static List<FirewallRule> inOrder(List<FirewallRule> rules) {
        List<FirewallRule> ordered = new ArrayList<>();
        for (Kind kind : List.of(Kind.NETWORK, Kind.APPLICATION)) {
            rules.stream().filter(rule -> rule.kind() == kind).forEach(ordered::add);
        }
        return List.copyOf(ordered);
    }

    /**
     * What becomes of connections to a host.
     *
     * @param sources the machines that connect; all of them have to get through
     * @param port a Tcp port
     */
    public Answer decide(AddressSet sources, Host host, int port) {
        Answer open = null;
        for (AddressSet alike : sourcesAlike(sources)) {
            Answer answer = new Course(alike, host, port).answer();
            if (answer.verdict() == Verdict.DENIED) {
                return answer;
            }
            open = answer.verdict() == Verdict.UNDETERMINED && open == null ? answer : open;
        }
        return open == null ? new Answer(Verdict.ALLOWED, null, List.of()) : open;
    }

    /** The machines, cut so that each rule is for all of a part or for none of it, as far as its sources are known. */
    private List<AddressSet> sourcesAlike(AddressSet sources) {
        List<AddressSet> parts = List.of(sources);
        for (FirewallRule rule : rules) {
            AddressSet known = known(rule.sources(), rule.sourceIpGroupIds());
            List<AddressSet> next = new ArrayList<>();
            for (AddressSet part : parts) {
                next.add(part.intersect(known));
                next.add(part.minus(known));
            }
            parts = next.stream().filter(part -> !part.isEmpty()).toList();
        }
        return parts;
    }

    private AddressSet known(List<AddressMatch> matches, List<ResourceId> groups) {
        List<AddressSet> sets = new ArrayList<>();
        matches.forEach(match -> addresses(match).ifPresent(sets::add));
        groups.forEach(
                id -> snapshot.find(IpGroup.class, id).map(IpGroup::addresses).ifPresent(sets::add));
        return AddressSet.union(sets);
    }

    private Optional<AddressSet> addresses(AddressMatch match) {
        if (match instanceof AddressMatch.Any) {
            return Optional.of(AddressSet.ALL);
        }
        if (match instanceof AddressMatch.Prefix prefix) {
            return Optional.of(prefix.prefix().addresses());
        }
        return match instanceof AddressMatch.Tag tag ? snapshot.serviceTags().find(tag.tag()) : Optional.empty();
    }

    /** The way of one connection through the rules: what may have become of it, and where its host may still be. */
    private final class Course {

        private final AddressSet sources;
        private final Host host;
        private final int port;

        /** Where the address of the host can be, given that no rule so far matched. */
        private AddressSet rest = AddressSpaces.PUBLIC.ipv4();

        /** The sets without data that the host is not in, given the same. */
        private final Set<String> outside = new HashSet<>();

        private final Set<Action> ends = EnumSet.noneOf(Action.class);
        private final Set<String> doubts = new TreeSet<>();
        private @Nullable FirewallRule denying;

        Course(AddressSet sources, Host host, int port) {
            this.sources = sources;
            this.host = host;
            this.port = port;
        }

        Answer answer() {
            for (FirewallRule rule : rules) {
                if (decidesAll(rule)) {
                    return answered();
                }
            }
            ends.add(Action.DENY);
            return answered();
        }

        private Answer answered() {
            if (ends.equals(EnumSet.of(Action.ALLOW))) {
                return new Answer(Verdict.ALLOWED, null, List.of());
            }
            return ends.equals(EnumSet.of(Action.DENY))
                    ? new Answer(Verdict.DENIED, denying, List.of())
                    : new Answer(Verdict.UNDETERMINED, null, List.copyOf(doubts));
        }

        /** Whether nothing gets past a rule. */
        private boolean decidesAll(FirewallRule rule) {
            Set<String> open = new TreeSet<>();
            if (!mayBeFor(rule, open)) {
                return false;
            }
            Aim aim = rule.kind() == Kind.NETWORK ? network(rule) : application(rule);
            if (aim.isNever()) {
                return false;
            }
            end(rule);
            if (open.isEmpty() && aim.sure()) {
                return true;
            }
            doubts.addAll(open);
            doubts.addAll(aim.doubts());
            if (open.isEmpty()) {
                rest = rest.minus(aim.addresses());
                outside.addAll(aim.sets());
            }
            return false;
        }

        private void end(FirewallRule rule) {
            if (rule.action() == Action.UNKNOWN) {
                doubts.add("the action of firewall rule " + rule.name());
                ends.add(Action.ALLOW);
                ends.add(Action.DENY);
            } else {
                ends.add(rule.action() == Action.ALLOW ? Action.ALLOW : Action.DENY);
            }
            if (rule.action() != Action.ALLOW && denying == null) {
                denying = rule;
            }
        }

        /** @param open what leaves open whether the rule is for the connection, whatever its host */
        private boolean mayBeFor(FirewallRule rule, Set<String> open) {
            return mayBeFrom(rule, open)
                    && (rule.kind() == Kind.NETWORK ? mayBeOnPort(rule, open) : mayBeSpoken(rule, open));
        }

        private boolean mayBeFrom(FirewallRule rule, Set<String> open) {
            if (known(rule.sources(), rule.sourceIpGroupIds()).containsAll(sources)) {
                return true;
            }
            int before = open.size();
            rule.sources().stream()
                    .filter(match -> addresses(match).isEmpty())
                    .forEach(match -> open.add("the sources " + match.text() + " of firewall rule " + rule.name()));
            rule.sourceIpGroupIds().stream()
                    .filter(id -> snapshot.find(IpGroup.class, id).isEmpty())
                    .forEach(id -> open.add(group(id)));
            return open.size() > before;
        }

        private boolean mayBeOnPort(FirewallRule rule, Set<String> open) {
            return mayBe(rule, "protocols", rule.protocols().contains(Protocol.TCP), open)
                    && mayBe(rule, "destinationPorts", rule.destinationPorts().contains(port), open);
        }

        private boolean mayBeSpoken(FirewallRule rule, Set<String> open) {
            boolean spoken = rule.applicationProtocols().stream().anyMatch(this::isSpoken);
            return mayBe(rule, "applicationProtocols", spoken, open);
        }

        /** On 80 hosts speak Http, elsewhere they speak Https. */
        private boolean isSpoken(ApplicationProtocol protocol) {
            return FirewallView.port(protocol) == port
                    && protocol.type().equalsIgnoreCase(port == 80 ? "Http" : "Https");
        }

        private static boolean mayBe(FirewallRule rule, String component, boolean known, Set<String> open) {
            if (!known && !rule.provenance().knows(component)) {
                open.add("the " + component + " of firewall rule " + rule.name());
                return true;
            }
            return known;
        }

        // ---- which hosts a rule is for

        private Aim network(FirewallRule rule) {
            AddressSet addresses =
                    known(rule.destinations(), rule.destinationIpGroupIds()).intersect(rest);
            boolean sure = rest.minus(addresses).isEmpty()
                    || rule.destinationFqdns().stream().anyMatch(this::isOfHost)
                    || rule.destinations().stream().anyMatch(this::holdsHost);
            Set<String> sets = new TreeSet<>();
            Set<String> doubts = new TreeSet<>();
            for (AddressMatch match : rule.destinations()) {
                if (match instanceof AddressMatch.Tag tag && addresses(match).isEmpty()) {
                    if (!isOutside(tag.tag())) {
                        sets.add(tag.tag().canonicalKey());
                        doubts.add("whether service tag " + tag.tag().name() + " holds " + hostText());
                    }
                } else if (addresses(match).isEmpty()) {
                    sets.add(rule.id().key() + " " + match.text());
                    doubts.add("the destinations of firewall rule " + rule.name());
                }
            }
            for (ResourceId id : rule.destinationIpGroupIds()) {
                if (snapshot.find(IpGroup.class, id).isEmpty() && !outside.contains(id.key())) {
                    sets.add(id.key());
                    doubts.add(group(id));
                }
            }
            for (String name : rule.destinationFqdns()) {
                mayOverlap(name, sets, doubts);
            }
            if (!addresses.isEmpty()) {
                doubts.add("the address of " + hostText());
            }
            return new Aim(sure, addresses, sets, doubts);
        }

        private boolean holdsHost(AddressMatch match) {
            return match instanceof AddressMatch.Tag tag
                    && host.tag() != null
                    && (tag.tag().equals(host.tag())
                            || host.tag().parent().filter(tag.tag()::equals).isPresent());
        }

        private boolean isOutside(ServiceTag tag) {
            return outside.contains(tag.canonicalKey())
                    || tag.parent()
                            .map(ServiceTag::canonicalKey)
                            .filter(outside::contains)
                            .isPresent();
        }

        private Aim application(FirewallRule rule) {
            boolean sure = rule.targetFqdns().stream().anyMatch(this::isOfHost)
                    || rule.fqdnTags().stream()
                            .anyMatch(tag -> host.fqdnTags().stream().anyMatch(tag::equalsIgnoreCase));
            Set<String> sets = new TreeSet<>();
            Set<String> doubts = new TreeSet<>();
            rule.targetFqdns().forEach(name -> mayOverlap(name, sets, doubts));
            for (String tag : rule.fqdnTags()) {
                addOpen("FQDN tag " + tag, "whether FQDN tag " + tag + " holds " + hostText(), sets, doubts);
            }
            for (String category : rule.webCategories()) {
                addOpen(
                        "web category " + category,
                        "whether web category " + category + " holds " + hostText(),
                        sets,
                        doubts);
            }
            for (String url : rule.targetUrls()) {
                String name = url.replaceFirst("^[a-zA-Z]+://", "").replaceFirst("[/:?].*$", "");
                if (isOfHost(name) || overlaps(name)) {
                    addOpen("URL " + url, "which paths of " + hostText() + " are needed", sets, doubts);
                }
            }
            for (String component : List.of("targetFqdns", "fqdnTags", "targetUrls", "webCategories")) {
                if (!rule.provenance().knows(component)) {
                    sets.add(rule.id().key() + " " + component);
                    doubts.add("the " + component + " of firewall rule " + rule.name());
                }
            }
            return new Aim(sure, AddressSet.EMPTY, sets, doubts);
        }

        private void mayOverlap(String name, Set<String> sets, Set<String> doubts) {
            if (overlaps(name)) {
                addOpen(
                        "name " + name.toLowerCase(Locale.ROOT),
                        "which names are meant by " + hostText(),
                        sets,
                        doubts);
            }
        }

        private void addOpen(String set, String doubt, Set<String> sets, Set<String> doubts) {
            if (!outside.contains(set)) {
                sets.add(set);
                doubts.add(doubt);
            }
        }

        /** Whether a name, or names with a star in front, hold all that the host stands for. */
        private boolean isOfHost(String pattern) {
            String wanted = pattern.toLowerCase(Locale.ROOT);
            if (wanted.startsWith("*")) {
                return wanted.length() == 1 || host.name().endsWith(wanted.substring(1));
            }
            return wanted.equals(host.name());
        }

        /** Whether a name may be one of those that the host stands for, where it stands for several. */
        private boolean overlaps(String pattern) {
            if (host.isOneName() || isOfHost(pattern)) {
                return false;
            }
            String all = host.name().isEmpty() ? "" : host.name().substring(1);
            String wanted = pattern.toLowerCase(Locale.ROOT);
            return wanted.startsWith("*")
                    ? wanted.substring(1).endsWith(all) || all.endsWith(wanted.substring(1))
                    : wanted.endsWith(all);
        }

        private String hostText() {
            return host.name().isEmpty() ? "the host" : host.name();
        }
    }

    private static String group(ResourceId id) {
        return "IP group " + id.name() + " (az network ip-group list)";
    }

    /**
     * Which hosts a rule is for, of those that no rule so far was for.
     *
     * @param sure whether it surely is for the host
     * @param addresses the host is meant if its address is one of these
     * @param sets the host is meant if it is in one of these
     */
    private record Aim(boolean sure, AddressSet addresses, Set<String> sets, Set<String> doubts) {
        boolean isNever() {
            return !sure && addresses.isEmpty() && sets.isEmpty();
        }
    }
}
