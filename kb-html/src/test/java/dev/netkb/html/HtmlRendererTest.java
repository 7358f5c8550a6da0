package dev.netkb.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlRendererTest {

    private static final String PLAIN = "plain words";

    @Test
    void writesABrokenDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("classic-broken.html", Reports.html(Reports.of(Reports.sample("classic-broken"))));
    }

    @Test
    void writesReportsOfEveryKindAsTheGoldenFileHasThem() throws IOException {
        Golden.assertSame("mixed.html", Reports.html(Reports.mixed()));
    }

    @Test
    void writesTheSameAgain() {
        Report report = Reports.mixed();

        assertThat(Reports.html(report)).isEqualTo(Reports.html(report));
    }

    /** A name changes what stands in the page, and nothing of what the page is. */
    @ParameterizedTest
    @MethodSource("dev.netkb.html.HostileWords#all")
    void letsNoNameBeMarkup(String words) {
        Document page = Jsoup.parse(Reports.html(Reports.saying(words)));

        assertThat(skeleton(page)).isEqualTo(skeleton(Jsoup.parse(Reports.html(Reports.saying(PLAIN)))));
        assertHarmless(page);
    }

    @ParameterizedTest
    @MethodSource("dev.netkb.html.HostileWords#all")
    void showsEveryCharacter(String words) {
        String html = Reports.html(Reports.saying(words));

        assertThat(html.codePoints().filter(point -> point != '\n'))
                .noneMatch(point -> Character.isISOControl(point)
                        || Character.getType(point) == Character.FORMAT
                        || Character.getType(point) == Character.SURROGATE
                        || point == 0x2028
                        || point == 0x2029);
    }

    /** Elements and the names of their attributes, in order; what a class is called counts too. */
    private static List<String> skeleton(Document page) {
        return page.getAllElements().stream()
                .filter(element -> element.parents().stream().noneMatch(above -> above.hasClass("net")))
                // What stands in angle brackets in a command has to be filled in.
                .filter(element -> element.closest(".gaps") == null)
                // Addresses that lead into the web are links, others are text.
                .filter(element -> !element.attr("rel").startsWith("noopener"))
                .map(element -> element.tagName()
                        + element.attributes().asList().stream()
                                .map(Attribute::getKey)
                                .toList()
                        + element.className())
                .toList();
    }

    private static void assertHarmless(Document page) {
        Assets assets = Assets.packaged();
        assertThat(page.select("script"))
                .singleElement()
                .satisfies(script -> assertThat(script.data()).isEqualTo(assets.script()));
        assertThat(page.select("style"))
                .singleElement()
                .satisfies(style -> assertThat(style.data()).isEqualTo(assets.style()));
        for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                assertThat(attribute.getKey()).doesNotStartWith("on").isNotIn("style", "src", "srcdoc", "action");
                if (attribute.getKey().endsWith("href")) {
                    assertThat(attribute.getValue()).matches("#[a-z0-9-]+|https?://[!-~]+");
                }
            }
        }
    }

    @Test
    void tellsOneWayToGetTheSameData() {
        Document page = Jsoup.parse(Reports.html(Reports.of(Reports.sample("classic-broken"))));

        assertThat(page.select("pre").eachText())
                .filteredOn(text -> text.contains("list-service-tags"))
                .hasSize(2)
                .containsOnly("az network list-service-tags --location westeurope > service-tags.json");
    }

    @Test
    void isHtmlWithoutAnError() {
        for (String html : List.of(
                Reports.html(Reports.mixed()),
                Reports.html(Reports.change()),
                Reports.html(Reports.saying("<p></div>&\"'")))) {
            Parser parser = Parser.htmlParser().setTrackErrors(10);

            parser.parseInput(html, "");

            assertThat(parser.getErrors()).isEmpty();
        }
    }

    @Test
    void refersToNothingButItself() {
        Document page = Jsoup.parse(Reports.html(Reports.mixed()));

        assertHarmless(page);
        assertThat(page.select("link, img, iframe, object, embed, video, audio, image, use[href^=http]"))
                .isEmpty();
        assertThat(page.select("a[href^=http]"))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link.attr("rel")).isEqualTo("noopener noreferrer"));
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
    }

    @Test
    void leadsNowhereThatIsNotThere() {
        Document page = Jsoup.parse(Reports.html(Reports.mixed()));

        for (Element link : page.select("a[href^=#]")) {
            assertThat(page.getElementById(link.attr("href").substring(1)))
                    .as(link.outerHtml())
                    .isNotNull();
        }
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }

    @Test
    void saysWhatIsNoPassBeforeAnythingElse() {
        Document page = Jsoup.parse(Reports.html(Reports.mixed()));

        assertThat(page.select(".alarm").text())
                .contains("torn.json", "rejected", "the file ends inside an object", "export it again")
                .contains("half.json", "incomplete", "a rule failed or was stopped");
        assertThat(page.select("section.snap").subList(0, 2).stream().map(Element::text))
                .allMatch(text -> text.contains("torn.json") || text.contains("half.json"));
    }

    @Test
    void takesNothingCheckedForNoPass() {
        SnapshotReport empty = new SnapshotReport("empty", true, true, List.of(), List.of(), List.of());

        assertThat(Jsoup.parse(Reports.html(Reports.of(empty))).select("h1").text())
                .isEqualTo("Nothing was checked, which is no pass");
        assertThat(Jsoup.parse(Reports.html(Reports.of())).select("h1").text())
                .isEqualTo("Nothing was checked, which is no pass");
    }

    @Test
    void takesWhatWasKnownBeforeForNoPass() {
        SnapshotReport broken = Reports.known(Reports.sample("classic-broken"));
        Report.Summary summary = Report.Summary.of(broken);
        SnapshotReport settled = Reports.only(broken, Outcome.KNOWN, Outcome.PASSED);
        String known = "Nothing new, but " + summary.known() + " known before";

        assertThat(summary.known()).isPositive();
        assertThat(headline(broken)).isEqualTo(known + " and " + summary.undetermined() + " undetermined");
        assertThat(headline(settled)).isEqualTo(known);
        assertThat(headline(settled, Reports.rejected("torn.json"))).isEqualTo(known + "; 1 snapshot is no pass");
        assertThat(headline(Reports.only(broken, Outcome.UNDETERMINED), Reports.rejected("torn.json")))
                .isEqualTo("Nothing found violated, but " + summary.undetermined()
                        + " undetermined; 1 snapshot is no pass");
        assertThat(headline(Reports.waived(Reports.only(Reports.sample("classic-broken"), Outcome.VIOLATED))))
                .isEqualTo("Nothing new, but " + summary.known() + " waived");
    }

    private static String headline(SnapshotReport... snapshots) {
        return Jsoup.parse(Reports.html(Reports.of(snapshots))).select("h1").text();
    }

    @Test
    void showsWhatIsKnownAsThatWhichFails() {
        SnapshotReport broken = Reports.known(Reports.sample("classic-broken"));
        Document page = Jsoup.parse(Reports.html(Reports.of(broken)));

        assertThat(page.select(".bars tbody a")).isNotEmpty().allSatisfy(link -> {
            Element finding = page.getElementById(link.attr("href").substring(1));
            assertThat(finding).as(link.outerHtml()).isNotNull();
            assertThat(finding.attr("data-k")).isEqualTo("k");
        });
        assertThat(page.select(".bars tbody td").eachText())
                .isNotEmpty()
                .allMatch(text -> text.matches("(\\d+) \\(\\1 known\\)"));
        assertThat(page.select("details.part > summary:has(.tag.k)"))
                .isNotEmpty()
                .noneMatch(part -> part.text().contains("no violations"));
    }

    @Test
    void saysWhichSubscriptionsAreNone() {
        Document page = Jsoup.parse(Reports.html(
                Reports.of(Reports.known(Reports.sample("classic-broken")), Reports.sample("planned-modules"))));

        assertThat(page.select(".numbers th[scope=row], #subscription option").eachText())
                .contains("(planned, subscription not given)")
                .noneMatch(text -> text.contains("{subscription}"));
        assertThat(page.select(".numbers thead th").eachText())
                .containsExactly(
                        "Subscription",
                        "Locations",
                        "Errors",
                        "Warnings",
                        "Infos",
                        "Known of these",
                        "Undetermined",
                        "Waived");
    }

    @Test
    void tellsUndeterminedFromPassed() {
        Document page = Jsoup.parse(Reports.html(Reports.of(Reports.sample("classic-broken"))));

        assertThat(page.select("[data-k=u]")).isNotEmpty();
        assertThat(page.select("[data-k=p]")).isNotEmpty();
        assertThat(page.select(".u [data-k=p], .p [data-k=u]")).isEmpty();
        assertThat(page.select(".group:has([data-k=u]) h4, .group:has([data-k=u]) h5")
                        .text())
                .contains("Undetermined no pass: data are missing");
    }

    /** Every result is in the page once, whatever group it is shown in. */
    @Test
    void showsEveryResultOnce() {
        Report report = Reports.mixed();
        Document page = Jsoup.parse(Reports.html(report));

        assertThat(page.select("[data-k]")).hasSize((int) report.snapshots().stream()
                .mapToLong(snapshot -> snapshot.results().size())
                .sum());
        assertThat(page.select("[data-k=e]")).hasSize(report.summary().errors());
        assertThat(page.select("[data-k=u]")).hasSize(report.summary().undetermined());
        assertThat(page.select("details.part"))
                .hasSizeGreaterThanOrEqualTo(report.summary().locations());
    }

    @Test
    void showsWhatToTypeAsItIs() {
        Document page = Jsoup.parse(Reports.html(Reports.of(Reports.sample("classic-broken"))));

        assertThat(page.select(".cmd code").eachText())
                .anyMatch(
                        command -> command.startsWith("az network nsg rule create -g orders-prod --nsg-name nsg-apim -n"
                                + " Allow-Sql-Tcp-1433-Outbound"));
    }

    @Test
    void hasHeadingsWithoutGaps() {
        for (Document page :
                List.of(Jsoup.parse(Reports.html(Reports.mixed())), Jsoup.parse(Reports.html(Reports.change())))) {
            int before = 0;
            for (Element heading : page.select("h1, h2, h3, h4, h5, h6")) {
                int level = heading.tagName().charAt(1) - '0';
                assertThat(level).as(heading.outerHtml()).isLessThanOrEqualTo(before + 1);
                before = level;
            }
            assertThat(page.select("h1")).hasSize(1);
        }
    }

    @Test
    void passesOnWhatTheTargetSays() {
        Appendable full = new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public Appendable append(char c) throws IOException {
                throw new IOException("no space left");
            }
        };

        assertThatThrownBy(() -> new HtmlRenderer().render(Reports.mixed(), full))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no space left");
    }
}
