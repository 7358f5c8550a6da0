package dev.netkb.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    @Test
    void whatOneCommandExportsIsNamedOnceWithAllReasons() {
        assertThat(Reasons.merged(List.of(
                        "the routes of snet, because gateway a may have brought one (az routes)",
                        "the rules of nsg (az rules)",
                        "the routes of snet, because gateway b may have brought one (az routes)",
                        "the routes of snet, because Azure may keep its own (az routes)",
                        "the routes of other, because gateway a may have brought one (az routes)")))
                .containsExactly(
                        "the routes of snet, because gateway a may have brought one, gateway b may have brought one"
                                + " and Azure may keep its own (az routes)",
                        "the rules of nsg (az rules)",
                        "the routes of other, because gateway a may have brought one (az routes)");
    }

    @Test
    void otherTextsStayAsTheyAre() {
        assertThat(Reasons.merged(List.of("a (b)", "c, because d", "e (f), because g")))
                .containsExactly("a (b)", "c, because d", "e (f), because g");
        assertThat(Reasons.merged(List.of())).isEmpty();
    }
}
