package dev.netkb.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.render.Words;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.Verdict;
import java.io.IOException;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HtmlDiffRendererTest {

    @Test
    void writesAChangeAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("external-to-internal.html", Reports.html(Reports.change()));
    }

    @Test
    void showsBeforeAndAfterSideBySide() {
        Document page = Jsoup.parse(Reports.html(Reports.change()));

        assertThat(page.select("h1").text()).isEqualTo("2 new errors, 8 new warnings");
        Element fields = page.selectFirst("table.fields");
        assertThat(fields.select("thead th").eachText()).containsExactly("Field", "Before", "After");
        assertThat(fields.select("tr:contains(virtualNetworkType)").text())
                .isEqualTo("virtualNetworkType External Internal");
        assertThat(page.select("table.flows tr:contains(C-FLOW-OUT-KV)").text())
                .contains("closed Tcp 443 to AzureKeyVault")
                .endsWith("allowed denied");
        assertThat(page.select("div:has(> h5:contains(Only before))").text()).contains("solved C-NET-04");
        assertThat(page.select("div:has(> h5:contains(Only after)) .f h5").eachText())
                .anyMatch(text -> text.contains("C-FLOW-OUT-KV"))
                .anyMatch(text -> text.contains("C-VIP-MODE"));
        assertThat(page.text()).contains("Holds its former addresses", "shop.example/api");
    }

    /** The pictures show what the table of flows says: each flow that differs, as it fares on that side. */
    @Test
    void drawsTheSameFlowsOnBothSides() {
        Document page = Jsoup.parse(Reports.html(Reports.change()));
        Elements before = page.select(".net[aria-label=Network before] .flow > title");
        Elements after = page.select(".net[aria-label=Network after] .flow > title");

        assertThat(before.eachText())
                .anyMatch(text -> text.startsWith("Outbound TCP 443 to AzureKeyVault: allowed"))
                .anyMatch(text -> text.startsWith("Inbound TCP 443, 80 from Internet: allowed"))
                .noneMatch(text -> text.contains("to Sql"));
        assertThat(after.eachText())
                .anyMatch(text -> text.startsWith("Outbound TCP 443 to AzureKeyVault: denied"))
                .noneMatch(text -> text.contains("to Sql"));
    }

    /** The pictures show what the table of flows says. */
    @Test
    void drawsEachFlowThatDiffersAsItFaresOnEachSide() {
        DiffReport diff = Reports.change();
        Document page = Jsoup.parse(Reports.html(diff));
        Change change = DiffPage.of(diff).changes().get(0);
        assertThat(change.flows()).hasSizeGreaterThan(20);

        for (FlowChange flow : change.flows()) {
            assertThat(drawn(page, "Network before", change.before(), flow))
                    .as("before: %s", flow)
                    .isEqualTo(flow.before());
            assertThat(drawn(page, "Network after", change.after(), flow))
                    .as("after: %s", flow)
                    .isEqualTo(flow.after());
        }
    }

    /** The verdict that a picture shows of a flow; null where it has none. */
    private static @Nullable Verdict drawn(Document page, String picture, Change.Side side, FlowChange flow) {
        for (Element lane : page.select(".net[aria-label=" + picture + "] .flow")) {
            String places = lane.hasAttr("data-results") ? lane.attr("data-results") : lane.attr("data-result");
            boolean isOf = Stream.of(places.split(" ", -1))
                    .map(place -> side.results().get(Integer.parseInt(place)))
                    .anyMatch(result -> result.rule().equals(flow.rule())
                            && Words.flow(result.flow()).equals(Words.flow(flow)));
            if (isOf) {
                return Stream.of(Verdict.values())
                        .filter(verdict -> lane.hasClass(verdict.word()))
                        .findFirst()
                        .orElseThrow();
            }
        }
        return null;
    }

    @Test
    void saysWhatIsLeftOutAndHowToSeeIt() {
        Document terse = Jsoup.parse(Reports.html(Reports.change()));
        Document whole = Jsoup.parse(Reports.html(Reports.wholeChange()));

        assertThat(terse.select(".net .note").eachText())
                .hasSize(2)
                .allMatch(text -> text.contains("netkb diff --all"))
                .noneMatch(text -> text.contains("check"));
        assertThat(whole.select(".net .note")).isEmpty();
        assertThat(whole.select(".net .flow > title").eachText()).anyMatch(text -> text.contains("to Sql"));
    }

    /** Of a location that was not there every flow differs, so that nothing is left out. */
    @Test
    void drawsAllFlowsOfALocationThatIsNew() {
        Document page = Jsoup.parse(Reports.html(Reports.addition()));
        Element part = page.selectFirst("details.part:has(.tag:contains(added)):has(.net)");

        assertThat(part.select(".net")).hasSize(1);
        assertThat(part.text()).contains("The location is not there.");
        assertThat(part.select(".net .note")).isEmpty();
        assertThat(part.select(".net .flow.allowed")).isNotEmpty();
        assertThat(part.select(".net .flow.denied")).isNotEmpty();
    }

    /** So that browsers draw both at one scale, whatever is in them. */
    @Test
    void drawsBothPicturesAsWideAsEachOther() {
        Document page = Jsoup.parse(Reports.html(Reports.change()));

        assertThat(page.select(".net svg").eachAttr("width").stream().distinct())
                .hasSize(1);
        assertThat(page.select(".net svg").eachAttr("viewBox").stream()
                        .map(box -> box.split(" ", -1)[2])
                        .distinct())
                .containsExactlyElementsOf(page.select(".net svg").eachAttr("width").stream()
                        .distinct()
                        .toList());
    }

    @Test
    void takesNothingCheckedAfterTheChangeForNoPass() {
        DiffReport removal = Reports.removal();
        Document page = Jsoup.parse(Reports.html(removal));

        assertThat(page.select("h1").text()).isEqualTo("Nothing was checked after the change, which is no pass");
        assertThat(page.select(".top").hasClass("e")).isTrue();
        assertThat(removal.violations().undecided()).isNotEmpty();
        assertThat(page.select(".scope").text())
                .contains(removal.violations().undecided().size() + " not decided any more");
    }

    @Test
    void saysHowMuchOfWhatIsNewIsAccepted() {
        Document page = Jsoup.parse(Reports.html(Reports.knownChange()));

        assertThat(page.select("h1").text())
                .isEqualTo("Nothing gets worse as far as is known, but 13 known among what is new");
        assertThat(page.select(".scope").text()).contains("13 known besides");
    }

    @Test
    void comparesNothingWithWhatWasRejected() {
        Document page = Jsoup.parse(Reports.html(Reports.rejectedChange()));

        assertThat(page.select("h1").text()).isEqualTo("Nothing was compared");
        assertThat(page.select("#results .none").text()).contains("a snapshot was rejected");
        assertThat(page.select(".alarm").text()).contains("torn.json", "rejected", "the file ends inside an object");
    }
}
