package dev.netkb.html;

import dev.netkb.api.render.Grounds;
import dev.netkb.api.render.Words;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One result as a page shows it.
 *
 * @param id its anchor
 * @param snapshot the one that it is about
 * @param folder the name of the folder of rules that decides it, empty where the packaged ones do
 */
record Finding(String id, SnapshotReport snapshot, Result result, String folder) {

    /** How many entries of a list a person is shown. */
    private static final int SHOWN = 5;

    /** How many characters of a text a person is shown. */
    private static final int LONGEST = 1_500;

    private static final Pattern FAMILY = Pattern.compile("^(C-[A-Z0-9]+|[A-Z0-9]+)");

    /**
     * One stage that the flow passes.
     *
     * @param rules those that decide it, each with its place
     */
    record Stage(String name, Verdict verdict, List<String> rules) {}

    static Finding of(String id, SnapshotReport snapshot, Result result, Report.Rules rules) {
        return new Finding(id, snapshot, result, rules.folderOf(result.rule()).orElse(""));
    }

    Kind kind() {
        return Kind.of(result);
    }

    String rule() {
        return cut(result.rule());
    }

    /** What the ids of its kind begin with; the whole id where it is none. */
    String family() {
        Matcher family = FAMILY.matcher(result.rule());
        return family.find() ? family.group() : rule();
    }

    String title() {
        return cut(result.title());
    }

    String message() {
        String message = cut(result.message());
        return message.isEmpty() ? "" : Words.sentence(message);
    }

    /** Whether the heading above it says what it is about. */
    boolean isAboutItsLocation() {
        return result.subject().type().equals("location")
                && snapshot.locations().stream()
                        .anyMatch(location -> location.service()
                                        .equals(result.subject().id())
                                && location.location()
                                        .equalsIgnoreCase(result.subject().location()));
    }

    /** Type and name. */
    String subject() {
        Subject subject = result.subject();
        return cut(subject.type() + " " + Words.shortName(subject.id())
                + (subject.location() == null ? "" : ", " + subject.location()));
    }

    String subjectId() {
        return cut(result.subject().id().text());
    }

    /** The flow in words, empty where it is not about one. */
    String flow() {
        FlowResult flow = result.flow();
        return flow == null ? "" : cut(Words.flow(flow));
    }

    /** The verdict on the flow. */
    @Nullable
    Verdict verdict() {
        return result.flow() == null ? null : result.flow().verdict();
    }

    List<Stage> stages() {
        FlowResult flow = result.flow();
        return flow == null
                ? List.of()
                : flow.stages().stream().map(stage -> stage(flow, stage)).toList();
    }

    private Stage stage(FlowResult flow, FlowStage stage) {
        List<DecidingRule> rules = stage.decidedBy();
        boolean several = rules.size() > 1;
        return new Stage(
                name(stage),
                stage.verdict(),
                few(rules.stream()
                        .map(rule -> Words.decidingRule(rule)
                                + (several ? ": " + Words.part(flow, rule.ports(), rule.remote()) : "")
                                + place(Grounds.place(result, rule)))
                        .toList()));
    }

    private static String name(FlowStage stage) {
        return switch (stage.stage()) {
            case "adminRules" -> "security admin rules";
            case "nsg" -> "network security group";
            case "route" -> "route";
            case "peerNsg" -> "network security group of the peer";
            default -> stage.stage();
        };
    }

    /** The parts of the flow that do not pass. */
    List<String> denied() {
        FlowResult flow = result.flow();
        return flow == null
                ? List.of()
                : few(flow.denied().stream()
                        .map(part -> Words.denied(flow, part))
                        .toList());
    }

    /** A packet that is dropped; empty where none is. */
    String witness() {
        FlowResult flow = result.flow();
        return flow == null || flow.witness() == null ? "" : cut(Words.witness(flow.witness()));
    }

    /** What would decide it. */
    List<String> missing() {
        FlowResult flow = result.flow();
        return flow == null ? List.of() : few(flow.missing());
    }

    /** What was seen, each with its place; without the rules that the stages tell of. */
    List<String> evidence() {
        Set<String> told = new HashSet<>();
        if (result.flow() != null) {
            result.flow().stages().forEach(stage -> stage.decidedBy().forEach(rule -> told.add(rule.id())));
        }
        List<String> evidence = new ArrayList<>();
        for (Evidence each : result.evidence()) {
            if (each.fact() == null || !told.contains(each.fact().id().text())) {
                evidence.add(each.key() + ": " + each.value() + place(each.at()));
            }
        }
        return few(evidence);
    }

    /** With a blank before it; nothing for nowhere. */
    private String place(Place at) {
        return at.file().isEmpty()
                ? ""
                : " [" + Words.place(new Place(Grounds.path(snapshot, at), at.pointer(), at.line(), at.column())) + "]";
    }

    List<String> notes() {
        return few(result.notes());
    }

    @Nullable
    Remediation remediation() {
        return result.remediation();
    }

    /** Commands of a tool, none where there are none. */
    List<String> commands(String tool) {
        Remediation remediation = result.remediation();
        return remediation == null ? List.of() : remediation.commands().getOrDefault(tool, List.of());
    }

    /** Whether its remediation is more than words. */
    boolean canBeTried() {
        Remediation remediation = result.remediation();
        return remediation != null
                && (!remediation.changes().isEmpty()
                        || remediation.commands().values().stream().anyMatch(lines -> !lines.isEmpty()));
    }

    /** What has to be filled in before the commands are run. */
    String gaps() {
        Remediation remediation = result.remediation();
        return remediation == null ? "" : String.join(", ", remediation.gaps());
    }

    @Nullable
    Link source() {
        return result.source().isEmpty() ? null : Link.of(result.source());
    }

    /** Why it is accepted; empty where it is not. */
    String waiver() {
        Waiver waiver = result.waiver();
        return waiver == null ? "" : cut(waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires() + ")");
    }

    /** Why it passed; of a flow the rules that let it pass. */
    String because() {
        List<String> by = stages().stream()
                .flatMap(stage -> stage.rules().stream())
                .distinct()
                .toList();
        return by.isEmpty() ? message() : cut(Words.few(by));
    }

    private static List<String> few(List<String> all) {
        List<String> few = new ArrayList<>();
        all.stream().limit(SHOWN).forEach(each -> few.add(cut(each)));
        if (all.size() > SHOWN) {
            few.add("and " + (all.size() - SHOWN) + " more; the json format has all");
        }
        return few;
    }

    private static String cut(String text) {
        return Words.shortened(text, LONGEST);
    }
}
