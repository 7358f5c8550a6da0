package dev.netkb.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.print.PrintOptions;
import org.openqa.selenium.support.ui.Select;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages in a real browser. */
class BrowserTest {

    private static final Logger LOG = LoggerFactory.getLogger(BrowserTest.class);

    private static final String BROKEN = Reports.html(Reports.of(Reports.sample("classic-broken")));
    private static final String MIXED = Reports.html(Reports.mixed());

    /** Opens everything, and lays out what is out of sight too, which axe does not wait for. */
    private static final String IN_SIGHT = "document.querySelectorAll('details').forEach(each => each.open = true);"
            + "document.querySelectorAll('.part').forEach(each => each.style.contentVisibility = 'visible')";

    @TempDir
    private static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start(folder);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    /** Whatever a test does, nothing goes wrong unseen and nothing is asked of anybody. */
    @AfterEach
    void isQuiet() {
        browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        browser.prefers("light");
        browser.size(1280, 900);
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).allMatch(url -> url.startsWith("file:") || url.equals("about:blank"));
    }

    private static int shown() {
        return browser.visible("[data-k]").size();
    }

    private static String status() {
        return browser.one("#shown").getText();
    }

    // ---- what is seen at once

    @Test
    void showsWhatIsBrokenWhereAndWhatToType() {
        browser.open(BROKEN);

        assertThat(browser.one("h1").getText()).startsWith("11 errors");
        assertThat(browser.all("details.part[open]")).hasSize(1);
        assertThat(browser.visible("details.f[open] .cmd code")).isNotEmpty();
        assertThat(browser.visible("details.f .m"))
                .hasSizeGreaterThan(20)
                .allMatch(message -> !message.getText().isBlank());
    }

    @Test
    void opensAndClosesWithTheKeyboard() {
        browser.open(BROKEN);
        WebElement second = browser.all("details.f").get(1);
        browser.script("arguments[0].querySelector('summary').focus()", second);

        browser.keys(Keys.ENTER);
        assertThat(second.getDomProperty("open")).isEqualTo("true");
        browser.keys(Keys.SPACE);
        assertThat(second.getDomProperty("open")).isEqualTo("false");
    }

    @Test
    void opensAndClosesAll() {
        browser.open(MIXED);

        browser.click("[data-do=open]");
        assertThat(browser.all("details.part:not([open]), details.f:not([open])"))
                .isEmpty();
        browser.click("[data-do=close]");
        assertThat(browser.all("details.part[open], details.f[open]")).isEmpty();
    }

    /** From the address bar on, everything can be reached, in the order in which it stands, and is seen when it is. */
    @Test
    void goesThroughThePageWithTheTabKey() {
        browser.open(BROKEN);
        browser.keys(Keys.TAB);
        WebElement skip = browser.driver().switchTo().activeElement();
        assertThat(skip.getText()).isEqualTo("Skip to the results");
        assertThat(skip.getRect().getX()).isNotNegative();

        StringBuilder reached = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            browser.keys(Keys.TAB);
            WebElement here = browser.driver().switchTo().activeElement();
            if (here.getTagName().equals("body")) {
                break;
            }
            reached.append(browser.script("const e = document.activeElement; return (e.id || e.className.baseVal"
                            + " || e.className || e.tagName) + ' '"))
                    .append('|');
            assertThat(browser.script("const s = getComputedStyle(document.activeElement);"
                            + " return s.outlineStyle !== 'none' || s.outlineWidth !== '0px'"))
                    .as(reached.toString())
                    .isEqualTo(true);
        }
        assertThat(reached).containsSubsequence("words", "copy");
    }

    // ---- filters

    @Test
    void filtersByKind() {
        browser.open(BROKEN);
        int before = shown();

        browser.click("[name=kind][value=e]");
        browser.until("document.getElementById('shown').textContent.startsWith('All') === false");

        assertThat(browser.visible("[data-k=e]")).isEmpty();
        assertThat(shown()).isLessThan(before);
        assertThat(browser.visible("[data-k=w]")).isNotEmpty();
        assertThat(status()).matches("\\d+ of \\d+ results in 1 place");
    }

    @Test
    void showsOneKindAlone() {
        browser.open(MIXED);
        int undetermined = browser.all("[data-k=u]").size();

        for (WebElement box : browser.all("[name=kind]:not([value=u])")) {
            browser.script("arguments[0].scrollIntoView({block: 'center'})", box);
            box.click();
        }
        browser.until("document.getElementById('shown').textContent.startsWith('" + undetermined + " of')");

        assertThat(browser.visible("[data-k]:not([data-k=u])")).isEmpty();
        assertThat(browser.all("details.part:not([hidden])"))
                .isNotEmpty()
                .allMatch(
                        part -> !part.findElements(By.cssSelector("[data-k=u]")).isEmpty());
    }

    @Test
    void searchesInEverythingThatIsThere() {
        browser.open(BROKEN);

        browser.one("#words").sendKeys("Sql 1433");
        browser.until("document.querySelectorAll('[data-k]:not([hidden])').length < 10");

        assertThat(browser.all("[data-k]:not([hidden])")).isNotEmpty().allMatch(row -> {
            String text = row.getDomProperty("textContent").toLowerCase(java.util.Locale.ROOT);
            return text.contains("sql") && text.contains("1433");
        });
        assertThat(browser.all("[data-k][hidden]")).allMatch(row -> {
            String text = row.getDomProperty("textContent").toLowerCase(java.util.Locale.ROOT);
            return !text.contains("sql") || !text.contains("1433");
        });
    }

    @Test
    void findsLocationsByTheirNames() {
        browser.open(MIXED);
        int all = browser.all("details.part").size();

        browser.one("#words").sendKeys("northeurope");
        browser.until("document.querySelectorAll('details.part:not([hidden])').length < " + all);

        assertThat(browser.all("details.part:not([hidden])")).isNotEmpty();
        assertThat(browser.visible("section.snap h2"))
                .as("what was rejected stays in sight")
                .anyMatch(heading -> heading.getText().contains("torn.json"));
    }

    @Test
    void saysWhereNothingIsFoundAndGoesBack() {
        browser.open(BROKEN);

        browser.one("#words").sendKeys("there is no such thing");
        browser.until("!document.getElementById('nothing').hidden");
        assertThat(shown()).isZero();
        assertThat(status()).startsWith("0 of ");

        browser.click("#nothing button");
        browser.until("document.getElementById('nothing').hidden");
        assertThat(shown()).isPositive();
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
                .isEqualTo("words");
    }

    @Test
    void filtersByFamilySnapshotAndSubscription() {
        browser.open(MIXED);

        new Select(browser.one("#family")).selectByValue("C-NET");
        browser.until("document.getElementById('shown').textContent.includes(' of ')");
        assertThat(browser.all("[data-k]:not([hidden])"))
                .isNotEmpty()
                .allMatch(row -> row.getDomAttribute("data-f").equals("C-NET"));

        new Select(browser.one("#family")).selectByValue("");
        String snapshot = browser.all("section.snap:has(.part)").get(1).getDomAttribute("id");
        new Select(browser.one("#snapshot")).selectByValue(snapshot);
        browser.until("document.querySelectorAll('section.snap:not([hidden])').length === 1");
        assertThat(browser.visible("section.snap"))
                .singleElement()
                .satisfies(only -> assertThat(only.getDomAttribute("id")).isEqualTo(snapshot));

        new Select(browser.one("#snapshot")).selectByValue("");
        new Select(browser.one("#subscription")).selectByIndex(1);
        browser.until("document.getElementById('shown').textContent.includes(' of ')");
        assertThat(browser.all("details.part[hidden]")).isNotEmpty();
        assertThat(browser.all("details.part:not([hidden])"))
                .isNotEmpty()
                .allMatch(part -> part.getDomAttribute("data-s").equals("0"));
    }

    // ---- links, copying

    @Test
    void leadsFromTheSummaryToAFindingThatOpens() {
        browser.open(MIXED);
        browser.click("[data-do=close]");
        WebElement link = browser.one(".bars a");
        String id = Objects.requireNonNull(link.getDomAttribute("href")).substring(1);

        browser.click(".bars a");

        browser.until("document.getElementById('" + id + "').open");
        assertThat(browser.one("#" + id).isDisplayed()).isTrue();
    }

    @Test
    void leadsToWhatIsFilteredOut() {
        browser.open(MIXED);
        browser.one("#words").sendKeys("there is no such thing");
        browser.until("!document.getElementById('nothing').hidden");

        browser.click(".bars a");

        String id = Objects.requireNonNull(browser.one(".bars a").getDomAttribute("href"))
                .substring(1);
        browser.until("document.getElementById('" + id + "').checkVisibility()");
    }

    @Test
    void copiesTheCommandsAsTheyAre() {
        browser.open(BROKEN);
        WebElement button = browser.visible("details.f[open] .copy").get(0);
        String commands =
                Objects.requireNonNull(button.findElement(By.xpath("..//code")).getDomProperty("textContent"));
        browser.script("arguments[0].scrollIntoView({block: 'center'})", button);

        button.click();

        browser.until("document.getElementById('said').textContent === 'Copied to the clipboard'");
        assertThat(button.getText()).isEqualTo("Copied");
        assertThat(browser.clipboard()).isEqualTo(commands).startsWith("az ");
    }

    /** An option that ends a line as two hyphens is read wrongly. The commands stay what they are. */
    @Test
    void endsNoLineOfACommandWithinAnOption() {
        browser.size(420, 900);
        browser.open(BROKEN);
        browser.script(IN_SIGHT);
        browser.until("document.querySelectorAll('.cmd code span').length > 100");

        assertThat((List<?>) browser.script("const torn = []; const range = document.createRange();"
                        + "for (const code of document.querySelectorAll('.cmd code')) {"
                        + "  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);"
                        + "  while (texts.nextNode()) {"
                        + "    for (const found of texts.currentNode.data.matchAll(/(?<!\\S)--?[A-Za-z][\\w-]*/g)) {"
                        + "      range.setStart(texts.currentNode, found.index);"
                        + "      range.setEnd(texts.currentNode, found.index + found[0].length);"
                        + "      if (range.getClientRects().length !== 1) torn.push(found[0]);"
                        + "    }"
                        + "  }"
                        + "}"
                        + "return torn"))
                .isEmpty();
        assertThat(browser.script("return [...document.querySelectorAll('.cmd code')].map(code => code.textContent)"))
                .isEqualTo(Jsoup.parse(BROKEN).select(".cmd code").stream()
                        .map(Element::wholeText)
                        .toList());
    }

    @Test
    void copiesWithTheKeyboard() {
        browser.open(BROKEN);
        browser.script("document.querySelector('details.f[open] .copy').focus()");

        browser.keys(Keys.ENTER);

        browser.until("document.getElementById('said').textContent === 'Copied to the clipboard'");
    }

    // ---- pictures

    @Test
    void saysWhatDecidesAFlowOfThePicture() {
        browser.open(BROKEN);
        WebElement flow = browser.one(".net .flow.denied");

        browser.script("arguments[0].focus()", flow);
        browser.keys(Keys.ENTER);

        WebElement panel = browser.one(".net .picked");
        assertThat(panel.getText()).contains(": denied", "decided by nsg-apim/", "priority");
        assertThat(flow.getDomAttribute("class")).contains("selected");
        WebElement link = panel.findElement(By.tagName("a"));
        String id = Objects.requireNonNull(link.getDomAttribute("href")).substring(1);
        assertThat(browser.one("#" + id + " code").getDomProperty("textContent"))
                .isEqualTo(link.getText());
    }

    // ---- accessibility

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void hasNoFaultThatAxeKnows(String scheme) {
        browser.prefers(scheme);
        for (String page : List.of(MIXED, Reports.html(Reports.change()))) {
            browser.open(page);
            browser.script(IN_SIGHT);
            assertThat(faults()).isEmpty();
            // What is set from the outside is refused by the policy of the page, which the console tells.
            browser.console();
        }
    }

    @Test
    void hasNoFaultThatAxeKnowsOnANarrowScreen() {
        browser.size(400, 900);
        browser.open(MIXED);
        browser.script(IN_SIGHT);
        browser.console();
        assertThat(faults()).isEmpty();
        assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
                .as("nothing needs scrolling to the side")
                .isLessThanOrEqualTo((Long) browser.script("return document.documentElement.clientWidth"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> faults() {
        browser.script(axe());
        Object found = browser.driver()
                .executeAsyncScript("const done = arguments[0];"
                        + "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
                        + ".then(r => done(r.violations.flatMap(v => v.nodes.slice(0, 3).map(n =>"
                        + " v.id + ': ' + n.html.slice(0, 200) + ' ' + n.failureSummary))), e => done(['' + e]))");
        return (List<String>) found;
    }

    private static String axe() {
        try (var in = Objects.requireNonNull(BrowserTest.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- print, and without JavaScript

    @Test
    void printsWhatIsClosedAndLeavesOutWhatIsFilteredOut() throws IOException {
        browser.open(BROKEN);
        browser.click("[data-do=close]");
        browser.one("#words").sendKeys("1433");
        browser.until("document.querySelectorAll('[data-k]:not([hidden])').length < 10");

        String text = printed();

        assertThat(text.replaceAll("\\s+", " "))
                .contains("az network nsg rule create", "Allow-Sql-Tcp-1433-Outbound", "C-FLOW-OUT-SQL")
                .contains("https://learn.microsoft.com/azure/api-management/")
                .doesNotContain("subnet snet-apim is delegated")
                .doesNotContain("Close all");
    }

    @Test
    void printsPicturesAsWideAsThePage() {
        browser.size(700, 900);
        browser.open(BROKEN);
        browser.command("Emulation.setEmulatedMedia", Map.of("media", "print"));

        assertThat(browser.script("return [...document.querySelectorAll('.net')].filter(net =>"
                        + " net.firstElementChild.getBoundingClientRect().right > net.getBoundingClientRect().right"
                        + " || getComputedStyle(net).overflowX !== 'visible').length"))
                .isEqualTo(0L);
        assertThat(browser.all(".net > svg")).isNotEmpty();
    }

    @Test
    void canBeReadWithoutJavaScript() throws IOException {
        browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        browser.open(BROKEN);

        assertThat(browser.one("#filters").isDisplayed()).isFalse();
        assertThat(browser.visible(".copy")).isEmpty();
        WebElement second = browser.all("details.f").get(1);
        second.findElement(By.tagName("summary")).click();
        assertThat(second.findElement(By.cssSelector(".g")).isDisplayed()).isTrue();
        assertThat(printed().replaceAll("\\s+", " ")).contains("Allow-Sql-Tcp-1433-Outbound", "C-NET-04");
    }

    private static String printed() throws IOException {
        byte[] pdf = Base64.getDecoder()
                .decode(browser.driver().print(new PrintOptions()).getContent());
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    // ---- hostile names

    @Test
    void letsNoNameDoAnything() {
        HostileWords.all().forEach(words -> {
            browser.open(Reports.html(Reports.saying(words)));
            browser.script("window.evil = () => { window.harmed = true; }");
            browser.script("document.querySelectorAll('details').forEach(each => each.open = true)");
            browser.script("document.querySelectorAll('a[target], .flow').forEach(each => each.dispatchEvent("
                    + "new MouseEvent('mouseover', {bubbles: true})))");
            browser.one("#words").sendKeys("x");

            assertThat(browser.script("return window.harmed")).as(words).isNull();
            assertThat(browser.script(
                            "return document.querySelectorAll('script, iframe, img, base, link, svg [onload]').length"))
                    .as(words)
                    .isEqualTo(1L);
            assertThat(browser.driver().getWindowHandles()).hasSize(1);
            assertThat(browser.requests())
                    .as(words)
                    .allMatch(url -> url.startsWith("file:") || url.equals("about:blank"));
            assertThat(browser.console()).as(words).isEmpty();
        });
    }

    /** Even markup that came into the page could do nothing. */
    @Test
    void runsNothingThatWasNotInIt() {
        browser.open(
                BROKEN.replace(
                        "<main>",
                        "<main><script>document.title = 'harmed'</script>"
                                + "<p id=a onclick=\"document.title = 'harmed'\" style='color: red'>a</p><img src='https://evil.example/a.png'>"));

        browser.script("document.getElementById('a').click()");

        assertThat(browser.driver().getTitle()).startsWith("netkb: ");
        assertThat(browser.console())
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(message -> message.contains("Content Security Policy"));
        assertThat(browser.requests()).noneMatch(url -> url.contains("evil.example"));
    }

    // ---- size

    @Test
    void worksWithAThousandLocations() {
        String html = Reports.html(Reports.many(1_000));
        browser.open(html);

        LOG.warn(
                "1,000 locations: {} kB; {}",
                html.length() / 1024,
                browser.script("const n = performance.getEntriesByType('navigation')[0];"
                        + "return `interactive ${Math.round(n.domInteractive)} ms, loaded ${Math.round(n.loadEventEnd)} ms,`"
                        + "+ ` first paint ${Math.round((performance.getEntriesByName('first-paint')[0] ?? {startTime: NaN}).startTime)} ms,`"
                        + "+ ` ${document.getElementsByTagName('*').length} elements`"));
        assertThat(browser.all("details.part")).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(browser.all("details.part[open]")).hasSize(3);
        Object took = browser.driver()
                .executeAsyncScript("const done = arguments[0]; const began = performance.now();"
                        + "const words = document.getElementById('words'); words.value = 'subscription-0120';"
                        + "words.dispatchEvent(new Event('input', {bubbles: true}));"
                        + "const wait = () => document.querySelectorAll('details.part:not([hidden])').length < 10"
                        + " ? done(performance.now() - began) : setTimeout(wait, 5); wait()");
        LOG.warn("1,000 locations: searched in {} ms", took);
        assertThat(browser.visible("section.snap h2"))
                .singleElement()
                .satisfies(heading -> assertThat(heading.getText()).contains("subscription-0120"));
    }

    // ---- comparisons

    @Test
    void showsAComparison() {
        browser.open(Reports.html(Reports.change()));

        assertThat(browser.one("h1").getText()).contains("2 new errors");
        assertThat(browser.visible(".net svg")).hasSize(2);
    }

    /** One scale, letters that can be read, and what is too wide is reached by scrolling within its box. */
    @ParameterizedTest
    @ValueSource(ints = {1400, 1000, 400})
    void drawsBothSidesAtOneScaleThatCanBeRead(int width) {
        browser.size(width, 900);
        browser.open(Reports.html(Reports.change()));

        List<?> scales = (List<?>)
                browser.script("return [...document.querySelectorAll('.net svg')].map(svg => svg.getScreenCTM().a)");
        assertThat(scales).hasSize(2);
        assertThat(scales.get(0)).isEqualTo(scales.get(1));
        assertThat(((Number) browser.script(
                                "return Math.min(...[...document.querySelectorAll('.net svg text')].map(text =>"
                                        + " parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"))
                        .doubleValue())
                .isGreaterThanOrEqualTo(10);
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(browser.script("return [...document.querySelectorAll('.net')].every(net => net.scrollWidth"
                        + " <= net.clientWidth || getComputedStyle(net).overflowX === 'auto')"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"2400, true", "1400, false"})
    void drawsBothSidesSideBySideWhereTheyFit(int width, boolean fit) {
        browser.size(width, 900);
        browser.open(Reports.html(Reports.change()));

        assertThat(browser.script("const [was, is] = [...document.querySelectorAll('.net')].map(net =>"
                        + " net.getBoundingClientRect()); return was.top === is.top && was.right < is.left"))
                .isEqualTo(fit);
    }

    @Test
    void leavesNoColumnEmptyBesideManyFindings() {
        browser.size(1400, 900);
        browser.open(Reports.html(Reports.change()));
        browser.script("document.querySelectorAll('details').forEach(each => each.open = true)");

        WebElement all = browser.one("div.body");
        for (WebElement finding : browser.visible("details.f")) {
            assertThat(finding.getRect().getWidth()).isGreaterThan(all.getRect().getWidth() * 9 / 10);
        }
        assertThat(browser.visible("details.f")).hasSizeGreaterThan(10);
    }
}
