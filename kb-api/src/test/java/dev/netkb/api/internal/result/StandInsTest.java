package dev.netkb.api.internal.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandInsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rg-shop | rg-shop",
                "{resourceGroup} | <resourceGroup>",
                "{prefix}-nsg-{env} | <prefix>-nsg-<env>",
                "{format('{0}-vnet', parameters('name'))} | <format({0}-vnet, parameters(name))>",
                "{open | {open",
                "close} | close}",
                "}{ | }{",
                "O'Brien | O'Brien",
            })
    void standInsBecomeGaps(String text, String expected) {
        assertThat(StandIns.asGaps(text)).isEqualTo(expected);
    }
}
