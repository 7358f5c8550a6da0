package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.model.report.Report;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JUnitRendererTest {

    @Test
    void writesABrokenDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("broken.junit.xml", render(ReportExamples.broken()));
    }

    @Test
    void writesAMendedDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("mended.junit.xml", render(ReportExamples.mended()));
    }

    static Stream<Report> everyExample() {
        return SarifRendererTest.everyExample();
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void obeysTheSchemaOfItsConsumers(Report report) throws Exception {
        validate(render(report));
    }

    @Test
    void theSchemaRefusesWhatAServerWouldOverlook() throws Exception {
        String text = render(ReportExamples.broken());

        assertThatThrownBy(() -> validate(text.replace("<failure ", "<fail ").replace("</failure>", "</fail>")))
                .isInstanceOf(SAXException.class);
        assertThatThrownBy(() -> validate(text.replaceFirst(" classname=\"[^\"]*\"", "")))
                .isInstanceOf(SAXException.class);
        assertThatThrownBy(() -> validate(text.replaceFirst("failures=\"[0-9]+\"", "failures=\"some\"")))
                .isInstanceOf(SAXException.class);
    }

    @Test
    void countsWhatItSays() throws Exception {
        for (Report report : everyExample().toList()) {
            Element root = parse(render(report)).getDocumentElement();
            for (Element suite : elements(root, "testsuite")) {
                assertThat(Integer.parseInt(suite.getAttribute("tests")))
                        .isEqualTo(elements(suite, "testcase").size())
                        .isPositive();
                assertThat(Integer.parseInt(suite.getAttribute("failures")))
                        .isEqualTo(elements(suite, "failure").size());
                assertThat(Integer.parseInt(suite.getAttribute("errors")))
                        .isEqualTo(elements(suite, "error").size());
                assertThat(Integer.parseInt(suite.getAttribute("skipped")))
                        .isEqualTo(elements(suite, "skipped").size());
            }
        }
    }

    @Test
    void saysEachOutcomeAsAServerUnderstandsIt() throws Exception {
        Element broken = parse(render(ReportExamples.broken())).getDocumentElement();

        Element sql = child(testOf(broken, "C-FLOW-OUT-SQL"), "failure");
        assertThat(sql.getAttribute("type")).isEqualTo("error");
        assertThat(sql.getAttribute("message")).contains("Outbound Tcp 1433 to Sql is denied");
        assertThat(sql.getTextContent()).contains("evidence: nsg-apim/deny-internet", "remediation: Allow Tcp 1433");
        assertThat(child(testOf(broken, "C-PIP-01"), "skipped").getAttribute("message"))
                .startsWith("undetermined: the export holds no public IP address");
        assertThat(child(testOf(broken, "C-PIP-02"), "skipped").getAttribute("message"))
                .isEqualTo("waived until 2026-12-31 by net-team (moves next month): the address has no DNS label");
        assertThat(child(testOf(broken, "C-PIP-03"), "skipped").getAttribute("message"))
                .isEqualTo("known before: seen before");
        Element mended = parse(render(ReportExamples.mended())).getDocumentElement();
        assertThat(testOf(mended, "C-NET-05").getChildNodes().getLength()).isZero();
        assertThat(elements(mended, "testcase"))
                .noneMatch(test -> test.getAttribute("name").startsWith("V2I-TIER"));
    }

    @Test
    void showsARejectedSnapshotAsAnErrorAndOneInWhichNothingWasCheckedAsNoPass() throws Exception {
        Element mended = parse(render(ReportExamples.mended())).getDocumentElement();
        Element hostile = parse(render(ReportExamples.hostile())).getDocumentElement();
        Element empty = parse(render(ReportExamples.empty())).getDocumentElement();

        assertThat(elements(mended, "error")).hasSize(1);
        assertThat(elements(mended, "error").get(0).getAttribute("message"))
                .contains("KB-E101 [torn.json:17:4] the file ends inside an object");
        assertThat(elements(hostile, "error").get(0).getAttribute("type")).isEqualTo("incomplete");
        assertThat(elements(empty, "skipped")).hasSize(1);
        assertThat(elements(empty, "skipped").get(0).getAttribute("message")).contains("no requirement was checked");
    }

    @Test
    void givesEveryTestOfASuiteANameOfItsOwn() throws Exception {
        for (Report report : everyExample().toList()) {
            for (Element suite : elements(parse(render(report)).getDocumentElement(), "testsuite")) {
                assertThat(elements(suite, "testcase"))
                        .extracting(test -> test.getAttribute("classname") + " " + test.getAttribute("name"))
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void makesNoFoldersOfTheDotsInNames() throws Exception {
        Element root = parse(render(ReportExamples.mended())).getDocumentElement();

        assertThat(testOf(root, "C-NET-05").getAttribute("classname")).isEqualTo("mended.shop.westeurope");
        assertThat(elements(root, "testcase"))
                .extracting(test -> test.getAttribute("classname"))
                .contains("torn_json");
    }

    private static Element testOf(Element root, String rule) {
        return elements(root, "testcase").stream()
                .filter(test -> test.getAttribute("name").startsWith(rule + " "))
                .findFirst()
                .orElseThrow();
    }

    private static Element child(Element parent, String name) {
        List<Element> all = elements(parent, name);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static void validate(String xml) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JUnitRendererTest.class.getResource("/schema/junit.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String render(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        new JUnitRenderer().render(report, out);
        return out.toString();
    }
}
