package dev.netkb.api.render;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Source;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as CSV (RFC 4180) that spreadsheets open properly: UTF-8 with a mark that says so, a header, one row for
 * each result. A snapshot without results that nobody may take for a pass has a row too, whose outcome is {@code rejected},
 * {@code incomplete} or {@code nothingChecked}.
 *
 * <p>A spreadsheet takes some texts for formulas, which may do anything; those have an apostrophe in front, also where they
 * stand behind a semicolon, which some spreadsheets take for the separator. Entries of a list are joined by {@code "; "}.
 * Nothing that a cell cannot hold is written: longer texts are cut, and say so.
 */
public final class CsvRenderer implements ReportRenderer {

    /** The columns; new ones are added at the end. */
    static final List<String> COLUMNS = List.of(
            "snapshot",
            "outcome",
            "severity",
            "rule",
            "title",
            "message",
            "subjectType",
            "subject",
            "location",
            "subscription",
            "direction",
            "protocol",
            "ports",
            "remote",
            "verdict",
            "decidedBy",
            "denied",
            "missing",
            "file",
            "line",
            "remediation",
            "command",
            "waiverReason",
            "waiverOwner",
            "waiverExpires",
            "source",
            "pack");

    private static final String END = "\r\n";
    private static final String MARK = "\uFEFF";

    /** A cell of Excel holds 32,767 characters; what is longer flows over into other rows. */
    private static final int LONGEST = 32_000;

    /** Where a spreadsheet may see the beginning of a formula: at the beginning of a cell, whatever the separator is. */
    private static final Pattern FORMULA =
            Pattern.compile("(?<=^|;)(?=[\\p{Z}\"'`]*[-=+@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

    @Override
    public void render(Report report, Appendable out) throws IOException {
        out.append(MARK);
        row(COLUMNS, out);
        for (SnapshotReport snapshot : report.snapshots()) {
            Report.Rules rules = snapshot.rules().equals(Report.Rules.NONE) ? report.rules() : snapshot.rules();
            SnapshotState state = SnapshotState.of(snapshot);
            if (state != SnapshotState.EVALUATED) {
                row(cells(snapshot, state), out);
            }
            for (Result result : snapshot.results()) {
                row(cells(snapshot, result, rules), out);
            }
        }
    }

    private static List<String> cells(SnapshotReport snapshot, SnapshotState state) {
        Problem error = SnapshotState.error(snapshot).orElse(null);
        List<String> cells = new ArrayList<>(Collections.nCopies(COLUMNS.size(), ""));
        cells.set(COLUMNS.indexOf("snapshot"), snapshot.source());
        cells.set(COLUMNS.indexOf("outcome"), state.word());
        cells.set(COLUMNS.indexOf("severity"), state == SnapshotState.NOTHING_CHECKED ? "warning" : "error");
        cells.set(COLUMNS.indexOf("message"), SnapshotState.why(snapshot));
        if (error != null) {
            cells.set(COLUMNS.indexOf("rule"), error.code());
            cells.set(COLUMNS.indexOf("file"), error.at().file());
            cells.set(COLUMNS.indexOf("line"), line(error.at()));
        }
        return cells;
    }

    private static List<String> cells(SnapshotReport snapshot, Result result, Report.Rules rules) {
        Subject subject = result.subject();
        FlowResult flow = result.flow();
        Remediation remediation = result.remediation();
        Waiver waiver = result.waiver();
        Place at = Grounds.place(result);
        List<String> cells = new ArrayList<>();
        cells.add(snapshot.source());
        cells.add(result.outcome().word());
        cells.add(result.severity().word());
        cells.add(result.rule());
        cells.add(result.title());
        cells.add(result.message());
        cells.add(subject.type());
        cells.add(subject.id().text());
        cells.add(orEmpty(subject.location()));
        cells.add(subject.id().subscription());
        cells.add(flow == null ? "" : flow.direction());
        cells.add(flow == null ? "" : flow.protocol());
        cells.add(flow == null ? "" : joined(flow.ports()));
        cells.add(flow == null ? "" : flow.remote());
        cells.add(flow == null ? "" : flow.verdict().word());
        cells.add(joined(decidedBy(result)));
        cells.add(
                flow == null
                        ? ""
                        : joined(flow.denied().stream()
                                .map(part -> Words.denied(flow, part))
                                .toList()));
        cells.add(flow == null ? "" : joined(flow.missing()));
        cells.add(at.file());
        cells.add(line(at));
        cells.add(remediation == null ? "" : remediation.hint());
        cells.add(remediation == null ? "" : joined(remediation.commands().getOrDefault("az", List.of())));
        cells.add(waiver == null ? "" : waiver.reason());
        cells.add(waiver == null ? "" : waiver.owner());
        cells.add(waiver == null ? "" : waiver.expires());
        cells.add(joined(result.source().stream().map(Source::document).toList()));
        cells.add(rules.packOf(result.rule()));
        return cells;
    }

    /** The rules that drop packets; of a flow that passes, those that let it. */
    private static List<String> decidedBy(Result result) {
        FlowResult flow = result.flow();
        if (flow == null) {
            return List.of();
        }
        List<DecidingRule> denying = Grounds.denying(result);
        return (denying.isEmpty()
                        ? flow.stages().stream().flatMap(stage -> stage.decidedBy().stream())
                        : denying.stream())
                .map(Words::decidingRule)
                .distinct()
                .toList();
    }

    private static String joined(List<String> entries) {
        return String.join("; ", entries);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String line(Place at) {
        return at.line() > 0 ? Integer.toString(at.line()) : "";
    }

    private static void row(List<String> cells, Appendable out) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(cell(cells.get(i)));
        }
        out.append(END);
    }

    /** A cell that is only a text, whatever it says. */
    static String cell(String text) {
        String printable = Printable.of(text);
        String harmless = FORMULA.matcher(Words.shortened(printable, LONGEST)).replaceAll("'");
        boolean quoted =
                harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == ';') || !harmless.equals(harmless.strip());
        return quoted ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }
}
