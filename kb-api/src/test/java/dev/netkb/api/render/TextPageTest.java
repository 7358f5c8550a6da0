package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextPageTest {

    @Test
    void breaksACommandBeforeOptionsButNeverInsideQuotes() {
        TextPage page = new TextPage(new TextStyle(50, false));

        page.command("az tool --name 'a --long --quoted --value' --other \"b --c \\\" --d\" --last x");

        assertThat(page.toString().lines().map(String::strip))
                .containsExactly(
                        "az tool \\", "--name 'a --long --quoted --value' \\", "--other \"b --c \\\" --d\" --last x");
    }

    @Test
    void keepsAWordThatIsLongerThanTheWidthWhole() {
        TextPage page = new TextPage(new TextStyle(40, false));

        page.labelled("subject", "subnet " + "x".repeat(60) + " tail");

        assertThat(page.toString().lines()).anyMatch(line -> line.endsWith(" " + "x".repeat(60)));
    }

    @Test
    void continuesBelowTheWords() {
        TextPage page = new TextPage(new TextStyle(40, false));

        page.labelled("because", "one two three four five six seven");

        assertThat(page).hasToString("  because      one two three four five\n               six seven\n");
    }

    @Test
    void putsAtMostOneBlankLine() {
        TextPage page = new TextPage(TextStyle.PLAIN);

        page.blank();
        page.line("a");
        page.blank();
        page.blank();
        page.line("b");

        assertThat(page).hasToString("a\n\nb\n");
    }
}
