package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    @Test
    void letterCaseAndTheDotAtTheEndDoNotMatter() {
        assertThat(HostName.of(" API.Contoso.com. ")).isEqualTo(HostName.of("api.contoso.com"));
    }

    @Test
    void liesInItsDomainsOnly() {
        HostName host = HostName.of("api.contoso.com");

        assertThat(host.isIn(host)).isTrue();
        assertThat(host.isIn(HostName.of("contoso.com"))).isTrue();
        assertThat(host.isIn(HostName.of("ntoso.com"))).isFalse();
        assertThat(HostName.of("contoso.com").isIn(host)).isFalse();
    }

    @Test
    void isNamedRelativeToItsZone() {
        HostName zone = HostName.of("contoso.com");

        assertThat(HostName.of("a.b.contoso.com").relativeTo(zone)).isEqualTo("a.b");
        assertThat(zone.relativeTo(zone)).isEqualTo("@");
    }

    @Test
    void isReadFromAUrl() {
        assertThat(HostName.ofUrl("https://API.contoso.com:8443/orders")).contains(HostName.of("api.contoso.com"));
        assertThat(HostName.ofUrl("https://{{host}}/orders")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"erp", "erp.contoso.local", "erp.lan", "erp.corp", "erp.internal", "erp.home.arpa"})
    void noPublicDnsKnowsSuchNames(String name) {
        assertThat(HostName.of(name).isPrivateByForm()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"erp.contoso.com", "local.contoso.com", "erp.thelocal", "10.0.0.4", "2001:db8::1"})
    void publicDnsMayKnowOthers(String name) {
        assertThat(HostName.of(name).isPrivateByForm()).isFalse();
    }
}
