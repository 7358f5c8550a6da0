package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownRendererTest {

    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    private static final Pattern ENTITY = Pattern.compile("&#(\\d+);");

    /** All that the renderer itself means: nothing that loads, runs or leads away. */
    private static final Pattern HARMLESS = Pattern.compile(
            "</?(h3|h4|p|strong|ul|li|code|pre|details|summary|table|thead|tbody|tr|hr)>|<t[hd]( align=\"right\")?>|</t[hd]>"
                    + "|<!-- -->|<code class=\"language-sh\">");

    @Test
    void writesABrokenDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("broken.md", render(ReportExamples.broken()));
    }

    @Test
    void writesAMendedDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("mended.md", render(ReportExamples.mended()));
    }

    /** What is accepted or known is no error, but it is there. */
    @Test
    void namesWhatIsAcceptedInTheHeadlineWhereThereIsSome() throws IOException {
        assertThat(render(ReportExamples.broken()))
                .startsWith("### netkb: 4 errors, 2 warnings, 2 infos, 3 undetermined, 1 waived, 1 known\n");
        assertThat(render(ReportExamples.clean()))
                .startsWith("### netkb: 0 errors, 0 warnings, 0 infos, 0 undetermined\n");
    }

    static Stream<Report> everyExample() {
        return SarifRendererTest.everyExample();
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void letsNoNameBeMarkup(Report report) throws IOException {
        String html = html(render(report));

        assertThat(TAG.matcher(html).results().map(tag -> tag.group()))
                .allMatch(tag -> HARMLESS.matcher(tag).matches());
        assertThat(count(html, "<details>")).isEqualTo(count(html, "</details>"));
        assertThat(html).doesNotContain("<hr>");
    }

    /** A site looks for mentions in what is left when the markup is gone, but not within code. */
    @ParameterizedTest
    @MethodSource("everyExample")
    void mentionsNobodyAndRefersToNothing(Report report) throws IOException {
        String text = TAG.matcher(html(render(report)).replaceAll("(?s)<pre>.*?</pre>", ""))
                .replaceAll("");
        text = ENTITY.matcher(text)
                .replaceAll(entity -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(entity.group(1)))))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");

        assertThat(text).doesNotContainPattern("@\\w").doesNotContainPattern("#\\d");
        assertThat(text)
                .doesNotContainPattern("(?i)\\bgh-\\d")
                .doesNotContain("://")
                .doesNotContain("www.");
    }

    /** Names are changed in nothing but what nobody sees. */
    @Test
    void showsNamesAsTheyAre() throws IOException {
        String words = "a_b*c*[d](e)<f>&amp;`g`|h|\\i ~j~ \"k\" $l$ {m}";
        String html = html(render(ReportExamples.saying(words)));

        assertThat(html)
                .contains("a_b*c*[d](e)&lt;f&gt;&amp;amp;`g`|h|\\i ~j~ &quot;k&quot; $l$ {m}")
                .doesNotContain("<em>");
    }

    @Test
    void holdsCommandsInABlockThatTheyCannotEnd() throws IOException {
        String html = html(render(ReportExamples.saying("x ```` y\n```\n</details><b>")));

        assertThat(html)
                .contains("<pre><code class=\"language-sh\">x ```` y\\u000a```\\u000a&lt;/details&gt;&lt;b&gt;\n");
    }

    @Test
    void putsTheWorstFirst() throws IOException {
        assertThat(render(ReportExamples.broken()))
                .containsSubsequence(
                        "### netkb: 4 errors, 2 warnings, 2 infos, 3 undetermined",
                        "| <code>broken</code> | 2 | 4 | 2 | 2 | 3 | 1 | 1 |",
                        "#### Errors (4)",
                        "C-FLOW-OUT-SQL",
                        "#### Warnings (2)",
                        "C-FLOW-OUT-STORAGE",
                        "#### Infos (2)",
                        "#### Undetermined (3)",
                        "#### Waived (1)",
                        "#### Known before (1)");
    }

    @Test
    void saysPlaceAndRemediation() throws IOException {
        assertThat(render(ReportExamples.broken()))
                .contains("- place: <code>broken/export.json:97:9</code>")
                .contains("- remediation: Allow Tcp 1433 to Sql before priority 200.")
                .contains("```sh\naz network nsg rule create");
    }

    @Test
    void saysThatNothingWasCheckedAndWhatWasRejected() throws IOException {
        assertThat(render(ReportExamples.empty())).contains("**Nothing was checked, which is no pass.**");
        assertThat(render(ReportExamples.mended()))
                .contains("| <code>torn.json</code> **rejected** |")
                .contains("- <code>torn.json</code>: the snapshot was rejected: KB-E101");
    }

    @Test
    void fitsACommentAndSaysHowMuchIsLeftOut() throws IOException {
        String text = render(ReportExamples.brokenTimes(200));

        assertThat(text.length()).isBetween(MarkdownRenderer.LONGEST - 4_000, MarkdownRenderer.LONGEST);
        assertThat(text).contains("and 150 more snapshots").doesNotContain("#### Warnings");
        int shown = count(text, "<details>");
        assertThat(text)
                .endsWith("**" + (200 * 13 - shown) + " more results are left out: a comment holds no more."
                        + " The other formats have all.**\n");
        assertThat(count(text, "</details>")).isEqualTo(shown);
    }

    @Test
    void fitsWhateverTheNamesAre() throws IOException {
        for (String words : HostileWords.all().toList()) {
            assertThat(render(ReportExamples.saying(words)).length()).isLessThanOrEqualTo(MarkdownRenderer.LONGEST);
        }
        assertThat(render(ReportExamples.saying("*".repeat(70_000))).length())
                .isLessThanOrEqualTo(MarkdownRenderer.LONGEST);
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static String html(String markdown) {
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .render(Parser.builder()
                        .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
                        .build()
                        .parse(markdown));
    }

    private static String render(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        new MarkdownRenderer().render(report, out);
        return out.toString();
    }
}
