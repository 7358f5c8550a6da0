package dev.netkb.api.render;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Source;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says the parts of a report in words. Pure functions; what they return is not yet safe to print. */
public final class Words {

    /** How many entries of a list a person is shown. */
    private static final int SHOWN = 5;

    private static final Pattern ID = Pattern.compile("/subscriptions/[^\\s,;:()\\[\\]]+", Pattern.CASE_INSENSITIVE);

    private Words() {}

    /** {@code 1 error}, {@code 3 errors}. */
    public static String count(int count, String singular) {
        return count + " " + singular + (count == 1 ? "" : "s");
    }

    /** The entries; beyond five, the first five and how many more. */
    public static String few(List<String> all) {
        if (all.size() <= SHOWN) {
            return String.join(", ", all);
        }
        return String.join(", ", all.subList(0, SHOWN)) + " and " + (all.size() - SHOWN) + " more";
    }

    /** The text; of one that is longer than {@code most} characters the beginning, and how much more there is. */
    public static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + " ... and " + (text.length() - end) + " more characters";
    }

    /** What was found, with a full stop where it has no end of its own. */
    public static String sentence(String message) {
        return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    }

    /** {@code 1 waived} and {@code 3 known}, each where there are any. */
    static List<String> accepted(Report.Summary summary) {
        List<String> counts = new ArrayList<>();
        if (summary.waived() > 0) {
            counts.add(summary.waived() + " waived");
        }
        if (summary.known() > 0) {
            counts.add(summary.known() + " known");
        }
        return counts;
    }

    /** {@code 23 known and 3 waived} of the new violations of a comparison; empty where there are none. */
    public static Optional<String> newlyAccepted(DiffReport diff) {
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : List.of(Outcome.KNOWN, Outcome.WAIVED)) {
            int count = diff.newlyAccepted(outcome);
            if (count > 0) {
                counts.add(count + " " + outcome.word());
            }
        }
        return counts.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", counts));
    }

    /** A subscription id; in words where there is none, or where what is planned does not say it. */
    public static String subscription(String id) {
        if (id.isEmpty()) {
            return "(none)";
        }
        return id.equalsIgnoreCase(Resource.SUBSCRIPTION) ? "(planned, subscription not given)" : id;
    }

    /** The name of a resource with the name of what it lies in: {@code vnet-a/snet-apim}. */
    public static String shortName(ResourceId id) {
        return id.parent().map(parent -> parent.name() + "/").orElse("") + id.name();
    }

    /** A text in which every resource id is only the name of the resource and of what it lies in. */
    public static String withShortIds(String text) {
        return ID.matcher(text).replaceAll(id -> Matcher.quoteReplacement(shortName(ResourceId.of(id.group()))));
    }

    /** Type, name and region; the full id too where a reader has not seen it yet. */
    public static String subject(Subject subject, Set<ResourceId> introduced) {
        String where = subject.location() == null ? "" : ", " + subject.location();
        String full = subject.id().text();
        String name = shortName(subject.id());
        boolean known = full.equals(name) || introduced.contains(subject.id());
        return subject.type() + " " + name + where + (known ? "" : " (" + full + ")");
    }

    /** {@code Outbound Tcp 1433 to Sql}. */
    public static String flow(FlowResult flow) {
        return flow.direction() + " " + flow.protocol() + " " + ports(flow, flow.ports()) + remote(flow)
                + FlowRequirement.inWords(flow.remote());
    }

    /** {@code Outbound Tcp 1433 to Sql}. */
    public static String flow(FlowChange flow) {
        String toward = flow.direction().equals("Inbound") ? " from " : " to ";
        return flow.direction() + " " + flow.protocol() + " "
                + String.join(", ", flow.ports()).replace("*", "any port") + toward
                + FlowRequirement.inWords(flow.remote());
    }

    private static String remote(FlowResult flow) {
        return isInbound(flow) ? "from " : "to ";
    }

    private static boolean isInbound(FlowResult flow) {
        return flow.direction().equals("Inbound");
    }

    /** With a blank behind them; nothing where the flow carries none. */
    private static String ports(FlowResult flow, List<String> ports) {
        if (!hasPorts(flow)) {
            return "";
        }
        return (ports.isEmpty() ? "any port" : few(ports).replace("*", "any port")) + " ";
    }

    /** Whether some protocol of the flow carries ports. */
    public static boolean hasPorts(FlowResult flow) {
        return flow.protocol().contains("*")
                || flow.protocol().contains(Protocol.TCP.azureName())
                || flow.protocol().contains(Protocol.UDP.azureName());
    }

    /** {@code nsg-a/deny-sql (priority 200, Deny)}. */
    public static String decidingRule(DecidingRule rule) {
        return switch (rule.type()) {
            case "noNsg" ->
                "no network security group on " + ResourceId.of(rule.id()).name();
            case "notExported" -> rule.name() + " (not exported)";
            case "platform", "noAdminRule" -> rule.name();
            case "adminRule" -> "security admin rule " + rule.name() + " (" + String.join(", ", details(rule)) + ")";
            case "firewallRule" -> "firewall rule " + rule.name() + " (" + String.join(", ", details(rule)) + ")";
            case "route", "nextHop" -> "the " + rule.name();
            default -> rule.name() + " (" + String.join(", ", details(rule)) + ")";
        };
    }

    private static List<String> details(DecidingRule rule) {
        List<String> details = new ArrayList<>();
        if (rule.priority() != null) {
            details.add((rule.isDefault() ? "default, priority " : "priority ") + rule.priority());
        }
        details.add(rule.access());
        return details;
    }

    /** The part of a flow that one rule decides: {@code 1433 to Sql}; {@code to Sql} where it carries no ports. */
    public static String part(FlowResult flow, List<String> ports, List<String> remotes) {
        return (ports(flow, ports) + (remotes.isEmpty() ? "" : remote(flow) + few(remotes))).strip();
    }

    /** A part of a flow that does not pass: {@code Tcp 443 to 20.60.0.0/24, only out of 10.0.1.0/25}. */
    public static String denied(FlowResult flow, DeniedPart part) {
        String sourcePorts = part.sourcePorts().isEmpty() ? "" : ", only from source ports " + few(part.sourcePorts());
        String local = part.local().isEmpty()
                ? ""
                : (isInbound(flow) ? ", only towards " : ", only out of ") + few(part.local());
        return flow.protocol() + " " + part(flow, part.ports(), part.remote()) + sourcePorts + local;
    }

    /** {@code Tcp 10.0.1.4:any -> 20.1.2.3:443}. */
    public static String witness(Witness packet) {
        boolean ports = packet.sourcePort() != null || packet.destinationPort() != null;
        return packet.protocol() + " " + end(packet.sourceAddress(), packet.sourcePort(), ports) + " -> "
                + end(packet.destinationAddress(), packet.destinationPort(), ports);
    }

    private static String end(String address, @Nullable Integer port, boolean ports) {
        if (!ports) {
            return address;
        }
        String bracketed = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return bracketed + ":" + (port == null ? "any" : port.toString());
    }

    /** {@code nsg.json:12:7}, or {@code nsg.json /properties} where the line is not known; empty for nowhere. */
    public static String place(Place at) {
        if (at.file().isEmpty()) {
            return "";
        }
        if (at.line() > 0) {
            return at.file() + ":" + at.line() + (at.column() > 0 ? ":" + at.column() : "");
        }
        return at.pointer().isEmpty() ? at.file() : at.file() + " " + at.pointer();
    }

    /** A place in brackets with a blank before it, or nothing. */
    public static String bracketed(Place at) {
        String place = place(at);
        return place.isEmpty() ? "" : " [" + place + "]";
    }

    /** The source with the newest date; the others say the same for older dates. There must be one. */
    public static Source newest(List<Source> sources) {
        return sources.stream()
                .max(Comparator.comparing(source -> source.date() == null ? "" : source.date()))
                .orElseThrow();
    }

    /** Document, date, section and address. */
    public static String source(Source source) {
        List<String> parts = new ArrayList<>();
        parts.add(source.document() + (source.date() == null ? "" : " (" + source.date() + ")"));
        if (source.section() != null) {
            parts.add(source.section());
        }
        if (source.url() != null) {
            parts.add(source.url());
        }
        return String.join(", ", parts);
    }
}
