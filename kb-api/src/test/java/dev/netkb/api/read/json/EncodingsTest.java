package dev.netkb.api.read.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.Reading;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoding of a file changes nothing, neither what is read nor where it stands. */
class EncodingsTest {

    private static final String GROUP =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/";
    private static final String TEXT = "[\r\n  {\"name\": \"\u00fc\u20ac\ud83d\ude00\", \"id\": \"" + GROUP
            + "\u00fc\", \"properties\": {\"x\": \"\u20ac\", \"securityRules\": 7}}\r\n]";

    @ParameterizedTest
    @CsvSource({
        "UTF-8, false",
        "UTF-8, true",
        "UTF-16LE, false",
        "UTF-16LE, true",
        "UTF-16BE, false",
        "UTF-16BE, true",
        "UTF-32LE, false",
        "UTF-32LE, true",
        "UTF-32BE, false",
        "UTF-32BE, true"
    })
    void readsEveryEncodingAlikeWithTheSamePlaces(String charset, boolean mark) {
        byte[] bytes = ((mark ? "\uFEFF" : "") + TEXT).getBytes(Charset.forName(charset));

        Problem error = Reading.error(Reading.bytes(bytes));

        String line = TEXT.lines().toList().get(1);
        assertThat(error.code()).isEqualTo("KB-E103");
        assertThat(error.at()).isEqualTo(new Place("a.json", "/0/properties/securityRules", 2, line.indexOf("7}") + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void saysWhereWhatIsNotJsonStandsInEveryEncoding(String charset) {
        byte[] bytes = "\uFEFF[\n\"\u00fc\u20ac\ud83d\ude00\", x]".getBytes(Charset.forName(charset));

        Problem error = Reading.error(Reading.bytes(bytes));

        assertThat(error.code()).isEqualTo("KB-E101");
        assertThat(error.at().line()).isEqualTo(2);
        assertThat(error.at().column()).isEqualTo(9);
    }

    @Test
    void theSameTextIsTheSameSnapshot() {
        String text = new String(Reading.fixture("dialects/powershell.json"), StandardCharsets.UTF_8);
        Object expected = Reading.snapshot(Reading.bytes(text.getBytes(StandardCharsets.UTF_8)));

        for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
            assertThat((Object) Reading.snapshot(Reading.bytes(("\uFEFF" + text).getBytes(Charset.forName(charset)))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatIsUtf8AlreadyIsNotCopied() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);

        assertThat(Encodings.toUtf8(bytes)).isSameAs(bytes);
    }

    @Test
    void aTextThatEndsWithinACharacterIsNotJson() {
        byte[] bytes = ("\uFEFF[1]").getBytes(StandardCharsets.UTF_16LE);
        byte[] odd = Arrays.copyOf(bytes, bytes.length + 1);
        odd[bytes.length] = '\n';

        assertThat(Reading.error(Reading.bytes(odd)).code()).isEqualTo("KB-E101");
    }

    /** Characters of four bytes on every boundary between two blocks. */
    @Test
    void longTextsAreDecodedInBlocks() throws IOException {
        for (int shift = 0; shift < 3; shift++) {
            String text = "[\"" + "x".repeat(shift) + "\ud83d\ude00".repeat(30_000) + "\"]";
            byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);

            byte[] utf8 = Encodings.toUtf8(new BufferedInputStream(new ByteArrayInputStream(bytes)))
                    .readAllBytes();

            assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(text);
        }
    }

    @Test
    void halfACharacterIsReplacedOrRejected() {
        byte[] bytes = "[\"x\"]".getBytes(StandardCharsets.UTF_16LE);
        bytes[5] = (byte) 0xd8;

        assertThat(new String(Encodings.toUtf8(bytes), StandardCharsets.UTF_8)).startsWith("[\"\uFFFD");
    }
}
