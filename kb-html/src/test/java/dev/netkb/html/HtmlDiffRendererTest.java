package dev.netkb.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
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
        assertThat(page.select(".side:has(h5:contains(Only before))").text()).contains("solved C-NET-04");
        assertThat(page.select(".side:has(h5:contains(Only after)) .f h5").eachText())
                .anyMatch(text -> text.contains("C-FLOW-OUT-KV"))
                .anyMatch(text -> text.contains("C-VIP-MODE"));
        assertThat(page.text()).contains("Holds its former addresses", "shop.example/api");
    }

    @Test
    void comparesNothingWithWhatWasRejected() {
        Document page = Jsoup.parse(Reports.html(Reports.rejectedChange()));

        assertThat(page.select("h1").text()).isEqualTo("Nothing was compared");
        assertThat(page.select(".alarm").text()).contains("torn.json", "rejected", "the file ends inside an object");
    }
}
