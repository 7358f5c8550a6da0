package dev.netkb.api.render;

import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Waiver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as JUnit XML, which build servers show as tests: a suite for each snapshot, a test for each result. The
 * first test of a suite says whether the snapshot was evaluated at all, so that no suite is empty and a rejected snapshot
 * is an error. A violation is a failure; what is undetermined, accepted or known is skipped, with its reason.
 */
public final class JUnitRenderer implements ReportRenderer {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private static final String NEW_LINE = "\n";

    /** How a test ends, where it does not pass. */
    private enum End {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    private record Case(String className, String name, End end, String type, String message, String details) {
        static Case passed(String className, String name) {
            return new Case(className, name, End.PASSED, "", "", "");
        }
    }

    @Override
    public void render(Report report, Appendable out) throws IOException {
        List<List<Case>> suites =
                report.snapshots().stream().map(JUnitRenderer::cases).toList();
        try {
            XMLStreamWriter xml = FACTORY.createXMLStreamWriter(new AppendableWriter(out));
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters(NEW_LINE);
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "netkb");
            counts(suites.stream().flatMap(List::stream).toList(), xml);
            for (int i = 0; i < suites.size(); i++) {
                xml.writeCharacters(NEW_LINE + "  ");
                suite(report.snapshots().get(i).source(), suites.get(i), xml);
            }
            xml.writeCharacters(NEW_LINE);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
        out.append(NEW_LINE);
    }

    private static void counts(List<Case> cases, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", count(cases, End.FAILURE));
        xml.writeAttribute("errors", count(cases, End.ERROR));
        xml.writeAttribute("skipped", count(cases, End.SKIPPED));
    }

    private static String count(List<Case> cases, End end) {
        return Long.toString(cases.stream().filter(each -> each.end() == end).count());
    }

    private static void suite(String source, List<Case> cases, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", safe(source));
        counts(cases, xml);
        xml.writeAttribute("time", "0");
        for (Case each : cases) {
            xml.writeCharacters(NEW_LINE + "    ");
            one(each, xml);
        }
        xml.writeCharacters(NEW_LINE + "  ");
        xml.writeEndElement();
    }

    private static void one(Case each, XMLStreamWriter xml) throws XMLStreamException {
        boolean passed = each.end() == End.PASSED;
        if (passed) {
            xml.writeEmptyElement("testcase");
        } else {
            xml.writeStartElement("testcase");
        }
        xml.writeAttribute("classname", safe(each.className()));
        xml.writeAttribute("name", safe(each.name()));
        xml.writeAttribute("time", "0");
        if (!passed) {
            xml.writeCharacters(NEW_LINE + "      ");
            end(each, xml);
            xml.writeCharacters(NEW_LINE + "    ");
            xml.writeEndElement();
        }
    }

    private static void end(Case each, XMLStreamWriter xml) throws XMLStreamException {
        switch (each.end()) {
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", safe(each.message()));
            }
            case FAILURE, ERROR -> {
                xml.writeStartElement(each.end() == End.FAILURE ? "failure" : "error");
                xml.writeAttribute("message", safe(each.message()));
                xml.writeAttribute("type", safe(each.type()));
                xml.writeCharacters(each.details().isEmpty() ? safe(each.message()) : each.details());
                xml.writeEndElement();
            }
            case PASSED -> {}
        }
    }

    private static List<Case> cases(SnapshotReport snapshot) {
        List<Case> cases = new ArrayList<>();
        cases.add(evaluated(snapshot));
        Map<String, Integer> names = new HashMap<>();
        for (Result result : snapshot.results()) {
            if (result.outcome() != Outcome.NOT_APPLICABLE) {
                cases.add(of(snapshot, result, names));
            }
        }
        return cases;
    }

    private static Case evaluated(SnapshotReport snapshot) {
        String name = "the snapshot is evaluated";
        SnapshotState state = SnapshotState.of(snapshot);
        String why = SnapshotState.why(snapshot);
        String className = classPart(snapshot.source());
        return switch (state) {
            case EVALUATED -> Case.passed(className, name);
            case NOTHING_CHECKED -> new Case(className, name, End.SKIPPED, state.word(), why, "");
            case REJECTED, INCOMPLETE -> new Case(className, name, End.ERROR, state.word(), why, "");
        };
    }

    /** @param names how often each test name stood in the suite; a server takes two of one name for one test */
    private static Case of(SnapshotReport snapshot, Result result, Map<String, Integer> names) {
        String className = className(snapshot, result);
        FlowResult flow = result.flow();
        String name = result.rule() + " " + result.title() + (flow == null ? "" : " (" + flow.direction() + ")");
        int times = names.merge(className + " " + name, 1, Integer::sum);
        String unique = times == 1 ? name : name + " #" + times;
        String message = result.message();
        return switch (result.outcome()) {
            case VIOLATED ->
                new Case(className, unique, End.FAILURE, result.severity().word(), message, details(result));
            case UNDETERMINED -> new Case(className, unique, End.SKIPPED, "", "undetermined: " + message, "");
            case WAIVED -> new Case(className, unique, End.SKIPPED, "", "waived" + why(result.waiver()) + message, "");
            case KNOWN -> new Case(className, unique, End.SKIPPED, "", "known before: " + message, "");
            case PASSED, NOT_APPLICABLE -> Case.passed(className, unique);
        };
    }

    private static String why(@Nullable Waiver waiver) {
        return waiver == null
                ? ": "
                : " until " + waiver.expires() + " by " + waiver.owner() + " (" + waiver.reason() + "): ";
    }

    /** Snapshot, then service and location: servers make a tree of what stands between the dots. */
    private static String className(SnapshotReport snapshot, Result result) {
        String location = result.subject().location();
        String subject = Words.shortName(result.subject().id());
        return classPart(snapshot.source()) + "." + classPart(subject)
                + (location == null ? "" : "." + classPart(location));
    }

    private static String classPart(String name) {
        return name.replace('.', '_');
    }

    private static String details(Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.message());
        lines.add("severity: " + result.severity().word());
        lines.add("subject: " + result.subject().type() + " "
                + result.subject().id().text());
        Grounds grounds = Grounds.of(result);
        grounds.evidence().forEach(line -> lines.add("evidence: " + line));
        grounds.denied().forEach(line -> lines.add("denied: " + line));
        result.notes().forEach(line -> lines.add("note: " + line));
        Remediation remediation = result.remediation();
        if (remediation != null) {
            lines.add("remediation: " + remediation.hint());
            remediation.commands().getOrDefault("az", List.of()).forEach(line -> lines.add("  " + line));
            if (!remediation.introduces().isEmpty()) {
                lines.add("this alone would violate: " + String.join(", ", remediation.introduces()));
            }
        }
        result.source().forEach(source -> lines.add("source: " + Words.source(source)));
        return String.join(NEW_LINE, lines.stream().map(JUnitRenderer::safe).toList());
    }

    /** Without what XML cannot hold at all, escaped or not. */
    private static String safe(String text) {
        String printable = Printable.of(text);
        return printable.codePoints().allMatch(JUnitRenderer::isInXml)
                ? printable
                : printable
                        .codePoints()
                        .map(point -> isInXml(point) ? point : 0xFFFD)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isInXml(int point) {
        return point >= ' ' && point <= 0xD7FF || point >= 0xE000 && point <= 0xFFFD || point >= 0x10000;
    }
}
