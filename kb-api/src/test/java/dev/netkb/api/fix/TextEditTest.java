package dev.netkb.api.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextEditTest {

    private static final String CONTENT = "one\r\ntwo \ud83d\ude00 three\n\nfour";

    private static TextEdit edit(int from, int to, String text) {
        return TextEdit.replacing("a.json", CONTENT, from, to, text);
    }

    @Test
    void countsLinesAndUtf16UnitsFromOne() {
        assertThat(edit(0, 0, "")).isEqualTo(new TextEdit("a.json", 1, 1, 1, 1, ""));
        assertThat(edit(CONTENT.indexOf("three"), CONTENT.indexOf("four"), "x"))
                .isEqualTo(new TextEdit("a.json", 2, 8, 4, 1, "x"));
        assertThat(edit(CONTENT.length(), CONTENT.length(), "x")).isEqualTo(new TextEdit("a.json", 4, 5, 4, 5, "x"));
    }

    @Test
    void appliesEditsWhateverTheirOrder() {
        TextEdit first = edit(0, 3, "eins");
        TextEdit second = edit(5, 8, "zwei\nund");
        TextEdit third = edit(CONTENT.length(), CONTENT.length(), "!");

        String edited = "eins\r\nzwei\nund \ud83d\ude00 three\n\nfour!";
        assertThat(TextEdit.apply(List.of(first, second, third), CONTENT)).isEqualTo(edited);
        assertThat(TextEdit.apply(List.of(third, second, first), CONTENT)).isEqualTo(edited);
    }

    @Test
    void doesNotCountAByteOrderMark() {
        byte[] marked = ("\uFEFF" + CONTENT).getBytes(StandardCharsets.UTF_8);

        assertThat(TextEdit.apply(List.of(edit(0, 3, "uno")), marked))
                .isEqualTo(("\uFEFF" + CONTENT.replace("one", "uno")).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesARegionThatIsNotThere() {
        assertThatThrownBy(() -> TextEdit.apply(List.of(new TextEdit("a.json", 9, 1, 9, 1, "x")), CONTENT))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
