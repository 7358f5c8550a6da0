package dev.netkb.html.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.netkb.html.picture.Samples.Sample;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.LocationNetwork;
import dev.netkb.model.report.LocationNetwork.NextHop;
import dev.netkb.model.report.LocationNetwork.Peering;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class NetworkPictureTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "picture");
    private static final Set<String> ELEMENTS = Set.of("svg", "g", "title", "desc", "rect", "path", "circle", "text");
    private static final Set<String> ATTRIBUTES = Set.of(
            "id",
            "class",
            "viewBox",
            "width",
            "height",
            "role",
            "aria-labelledby",
            "aria-describedby",
            "tabindex",
            "x",
            "y",
            "rx",
            "cx",
            "cy",
            "r",
            "d",
            "data-result",
            "data-results");

    /** With {@code -Dnetkb.golden.update=true} the files are written instead: look at them before they are committed. */
    @ParameterizedTest
    @CsvSource({
        "classic-broken, 0",
        "complete-internal, 0",
        "forced-tunnel-firewall, 0",
        "standard-v2, 0",
    })
    void looksAsBefore(String name, int location) throws IOException {
        String svg = Samples.of(name, location).svg().replace("><", ">\n<") + "\n";
        Path file = GOLDEN.resolve(name + ".svg");
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, svg);
        }
        assertThat(svg).isEqualTo(Files.readString(file));
    }

    @Test
    void isTheSameWheneverItIsDrawn() {
        List<String> first = IntStream.range(0, 40)
                .mapToObj(seed -> Examples.chance(seed).svg())
                .toList();
        List<String> again = IntStream.range(0, 40)
                .parallel()
                .mapToObj(seed -> Examples.chance(seed).svg())
                .toList();

        assertThat(again).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete-internal", "terraform-plan", "seed-era", "planned-modules"})
    void isSmall(String name) {
        assertThat(Samples.of(name, 0).withoutPassed().svg().length()).isLessThan(8_000);
    }

    @Test
    void growsWithItsLanesAlone() {
        for (String name : List.of("classic-broken", "forced-tunnel-firewall", "standard-v2")) {
            Sample sample = Samples.of(name, 0);
            assertThat(sample.svg().length())
                    .as(name)
                    .isLessThan(3_000 + 650 * sample.diagram().lanes().size());
        }
    }

    /** Every flow can be reached and says which result it is; what cannot be reached is an image. */
    @Test
    void letsThePageFindTheResultsOfAFlow() throws Exception {
        Sample sample = Samples.of("classic-broken", 0);
        Element svg = parse(sample.svg());
        Set<Integer> found = new TreeSet<>();
        NodeList groups = svg.getElementsByTagName("g");
        for (int i = 0; i < groups.getLength(); i++) {
            Element group = (Element) groups.item(i);
            if (group.getAttribute("class").startsWith("flow ")) {
                assertThat(group.getAttribute("tabindex")).isEqualTo("0");
                assertThat(group.getAttribute("role")).isEqualTo("button");
                assertThat(group.getElementsByTagName("title").getLength()).isEqualTo(1);
                String all = group.hasAttribute("data-results")
                        ? group.getAttribute("data-results")
                        : group.getAttribute("data-result");
                assertThat(all).startsWith(group.getAttribute("data-result"));
                Stream.of(all.split(" ", -1)).map(Integer::valueOf).forEach(found::add);
            }
        }
        assertThat(found)
                .containsExactlyElementsOf(IntStream.range(0, sample.results().size())
                        .filter(i -> sample.results().get(i).flow() != null)
                        .boxed()
                        .toList());
        assertThat(svg.getAttribute("role")).isEqualTo("group");
        assertThat(parse(NetworkPicture.of(Examples.location(null), List.of()).svg("p"))
                        .getAttribute("role"))
                .isEqualTo("img");
    }

    /** Whatever the names are, there are no other elements and attributes than ours, and no other text than theirs. */
    @Test
    void isSafeWhateverTheNamesAre() throws Exception {
        List<String> hostile = List.of(
                "<script>alert(1)</script>",
                "</title></svg><img src=x onerror=alert(1)>",
                "\" onload=\"alert(1)",
                "' style='x",
                "]]><evil/><![CDATA[",
                "&lt;b&gt;&#60;",
                "--><!--",
                "\u0000\u0001\u0008\u001b[2J\u007f\u0085\u2028\u202e\n\r\t",
                "\ud800 \udfff \ufffe \uffff \ufeff",
                "\ud83d\ude00 \u4e2d",
                "W".repeat(40_000));
        for (String words : hostile) {
            String svg = NetworkPicture.of(hostile(words), List.of(hostileFlow(words)))
                    .svg("p");
            checkNodes(parse(svg));
            assertThat(svg.codePoints()).noneMatch(point -> point < ' ' && point != '\n' || point == 0x202e);
        }
    }

    @Test
    void isWellFormedByChance() {
        for (int seed = 0; seed < 100; seed++) {
            String svg = Examples.chance(seed).svg();
            assertThatCode(() -> checkNodes(parse(svg))).as("seed %s", seed).doesNotThrowAnyException();
        }
    }

    private static LocationSummary hostile(String words) {
        ResourceId id = ResourceId.of("/subscriptions/s/providers/N/virtualNetworks/v/subnets/x" + words);
        List<String> list = List.of(words);
        return new LocationSummary(
                id,
                words,
                id,
                words,
                words,
                words,
                words,
                words,
                new LocationNetwork(
                        list,
                        id,
                        id,
                        List.of(new NextHop(words, list, list, 0, id)),
                        0,
                        list,
                        List.of(new Peering(id, id, words)),
                        0,
                        list,
                        Set.of()));
    }

    private static Result hostileFlow(String words) {
        DecidingRule rule = new DecidingRule(
                "adminRule", "x" + words, words, 1, false, "Deny", List.of(), List.of(), Place.NOWHERE);
        List<FlowStage> stages = Stream.of("adminRules", "nsg", "route", "peerNsg")
                .map(stage -> new FlowStage(stage, Verdict.PARTIAL, List.of(rule)))
                .toList();
        return Examples.result(words, "Outbound", words, List.of(words), words, Verdict.DENIED, stages);
    }

    private static Element parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        return document.getDocumentElement();
    }

    private static void checkNodes(Node node) {
        if (node instanceof Element element) {
            assertThat(ELEMENTS).contains(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(ATTRIBUTES).contains(element.getAttributes().item(i).getNodeName());
            }
        }
        for (int i = 0; i < node.getChildNodes().getLength(); i++) {
            checkNodes(node.getChildNodes().item(i));
        }
    }
}
