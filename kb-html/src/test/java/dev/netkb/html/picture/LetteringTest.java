package dev.netkb.html.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetteringTest {

    @Test
    void keepsWhatFits() {
        assertThat(Lettering.fit("vnet-shop", 12, 190)).isEqualTo("vnet-shop");
    }

    @Test
    void leavesOutTheMiddle() {
        String fit = Lettering.fit("network-security-group-of-the-gateway-in-west-europe-001", 12, 150);

        assertThat(fit).startsWith("network").contains("…").endsWith("001");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 100, 190})
    void neverTakesMoreRoomThanThereIs(int width) {
        for (String text : new String[] {
            "W".repeat(100), "i".repeat(1000), "\u4e2d".repeat(60), "\ud83d\ude00".repeat(40), "", "\u202e\u001b"
        }) {
            String fit = Lettering.fit(text, 12, width);
            assertThat(fit.equals("…") || Lettering.width(fit, 12) <= width).isTrue();
            assertThat(fit.codePoints()).noneMatch(point -> Character.getType(point) == Character.SURROGATE);
        }
    }

    @Test
    void showsWhatNobodyCouldSee() {
        assertThat(Lettering.fit("a\u202eb\u0007", 12, 300)).isEqualTo("a\\u202eb\\u0007");
    }
}
