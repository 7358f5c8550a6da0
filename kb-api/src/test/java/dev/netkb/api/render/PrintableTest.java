package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "0000", "0007", "0008", "0009", "000a", "000d", "001b", "007f", "0085", "009b", "009d", "00ad", "200b", "200e",
        "202a", "202e", "2066", "2069", "2028", "2029", "feff", "d800", "dfff"
    })
    void writesCharactersThatCommandOrHideAsTheirNumber(String hex) {
        char unsafe = (char) Integer.parseInt(hex, 16);

        assertThat(Printable.of("a" + unsafe + "b")).isEqualTo("a\\u" + hex + "b");
    }

    @Test
    void writesUnsafeCharactersBeyondSixteenBitsAsTwoNumbers() {
        assertThat(Printable.of("\udb40\udc41")).isEqualTo("\\udb40\\udc41");
    }

    @Test
    void leavesNamesOfAllLanguagesAlone() {
        String names = "nsg-apim_1.x (Zürich) 東京 Ελλάδα 🙂 →";

        assertThat(Printable.of(names)).isSameAs(names);
    }
}
