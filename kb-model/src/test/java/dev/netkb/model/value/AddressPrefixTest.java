package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24, 10.0.0.0/24, 24",
        "10.0.0.4, 10.0.0.4, 32",
        "10.0.0.4/32, 10.0.0.4, 32",
        "0.0.0.0/0, 0.0.0.0/0, 0",
        "255.255.255.255, 255.255.255.255, 32",
        "10.0.0.5/24, 10.0.0.0/24, 24",
        "10.255.255.255/8, 10.0.0.0/8, 8",
        "' 10.0.0.0/24 ', 10.0.0.0/24, 24",
        "::/0, ::/0, 0",
        "::, ::, 128",
        "2001:DB8::/48, 2001:db8::/48, 48",
        "2001:db8:0:1::5/64, 2001:db8:0:1::/64, 64",
        "2001:db8::1/128, 2001:db8::1, 128",
        "fe80::1234:5678:9abc, fe80::1234:5678:9abc, 128"
    })
    void addressesAndBlocksAreReadAndHostBitsCleared(String text, String canonical, int length) {
        AddressPrefix prefix = AddressPrefix.parse(text);

        assertThat(prefix.text()).isEqualTo(canonical);
        assertThat(prefix.length()).isEqualTo(length);
        assertThat(prefix.isSingle()).isEqualTo(length == (prefix.isIpv4() ? 32 : 128));
        assertThat(AddressPrefix.parse(prefix.text())).isEqualTo(prefix).hasSameHashCodeAs(prefix);
        assertThat(AddressPrefix.tryParse(text)).contains(prefix);
        assertThat(prefix.addresses().toPrefixes())
                .containsExactly(canonical.contains("/") ? canonical : canonical + "/" + length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "/24",
                "300.1.1.1/99",
                "300.1.1.1",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/24/8",
                "10.0.0",
                "10",
                "10.0.0.1-5",
                "10.0.0.1-10.0.0.9",
                "10.0.0.*",
                "10.0.0.0/255.255.255.0",
                "0x0a.0.0.1",
                "010.0.0.1.1",
                "10.0.0.0.0",
                "10.0.0.0 10.0.1.0",
                "10.0.0.0,10.0.1.0",
                "::/129",
                "1:2:3",
                "1:2:3:4:5:6:7:8:9",
                "fe80::1%eth0",
                "2001:db8::/48/64",
                "Internet",
                "localhost",
                "10.XXX.0.1"
            })
    void whatIsNoAddressIsRefusedWithItsText(String text) {
        assertThatThrownBy(() -> AddressPrefix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
        assertThat(AddressPrefix.tryParse(text)).isEmpty();
    }

    @Test
    void blocksThatAreWrittenDifferentlyAreEqual() {
        assertThat(AddressPrefix.parse("10.0.0.7/24")).isEqualTo(AddressPrefix.parse("10.0.0.0/24"));
        assertThat(AddressPrefix.parse("2001:0db8::/32")).isEqualTo(AddressPrefix.parse("2001:db8:0::/32"));
        assertThat(AddressPrefix.parse("10.0.0.0/24")).isNotEqualTo(AddressPrefix.parse("10.0.0.0/25"));
        assertThat(AddressPrefix.parse("10.0.0.0/8").isIpv4()).isTrue();
        assertThat(AddressPrefix.parse("::/0").isIpv4()).isFalse();
    }

    /** Written with leading zeros an address may be meant in two ways; Azure's tools read them as decimal. */
    @Test
    void leadingZerosAreDecimal() {
        assertThat(AddressPrefix.tryParse("010.0.0.1").map(AddressPrefix::text).orElse("refused"))
                .isIn("10.0.0.1", "refused");
    }

    /** No packet carries such addresses, and they must not be taken for the IPv4 addresses that they spell. */
    @Test
    void ipv4AddressesInIpv6SpellingAreNoIpv4Addresses() {
        assertThat(AddressPrefix.tryParse("::ffff:10.0.0.1")
                        .map(p -> p.addresses().ipv4()))
                .satisfiesAnyOf(
                        none -> assertThat(none).isEmpty(),
                        some -> assertThat(some).contains(AddressSet.EMPTY));
    }
}
