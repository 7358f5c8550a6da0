package dev.netkb.api.read.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.value.AddressPrefix;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The shortcut never takes for a prefix what the IP library does not. */
class PrefixSyntaxTest {

    @Property(tries = 5000)
    void whatIsSurelyAPrefixIsOne(@ForAll("nearlyPrefixes") String text) {
        if (PrefixSyntax.isSurelyPrefix(text)) {
            assertThat(AddressPrefix.tryParse(text)).as(text).isPresent();
        }
    }

    @Test
    void theFormsOfTagFilesAreRecognised() {
        assertThat(new String[] {
                    "10.0.0.0/24",
                    "13.66.1.2",
                    "0.0.0.0/0",
                    "2603:1020::/47",
                    "2603:1:2:3:4:5:6:7/128",
                    "::/0",
                    "::1",
                    "fe80::1234:5678:9abc/128"
                })
                .allMatch(PrefixSyntax::isSurelyPrefix);
        assertThat(new String[] {
                    "",
                    "/",
                    "10",
                    "10.0.0",
                    "10.0.0.0/33",
                    "10.0.0.256",
                    "1.2.3.4.5",
                    "1:2",
                    "1::2::3",
                    ":1::",
                    "1:2:3:4:5:6:7:8:9",
                    "12345::",
                    "::/129",
                    "10.0.0.0/",
                    "x"
                })
                .noneMatch(PrefixSyntax::isSurelyPrefix);
    }

    @Provide
    Arbitrary<String> nearlyPrefixes() {
        Arbitrary<String> part = Arbitraries.of(
                "0", "1", "00", "10", "255", "256", "a", "ffff", "2603", "", ":", "::", ".", "/", "/0", "/24", "/32",
                "/64", "/128", "/129", "/024", "g", " ");
        Arbitrary<String> ipv4 = Arbitraries.integers()
                .between(0, 260)
                .map(String::valueOf)
                .list()
                .ofMinSize(3)
                .ofMaxSize(5)
                .map(parts -> String.join(".", parts));
        Arbitrary<String> ipv6 = Arbitraries.of("", "0", "1", "ab", "ffff", "12345")
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(parts -> String.join(":", parts));
        Arbitrary<String> length = Arbitraries.of("", "/0", "/8", "/32", "/33", "/128", "/129", "/");
        return Arbitraries.oneOf(
                part.list().ofMaxSize(14).map(parts -> String.join("", parts)),
                net.jqwik.api.Combinators.combine(Arbitraries.oneOf(ipv4, ipv6), length)
                        .as(String::concat));
    }
}
