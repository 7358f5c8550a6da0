package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** There are only 32 sets of protocols: all pairs are tried. */
class ProtocolSetTest {

    private static Set<Protocol> model(int mask) {
        Set<Protocol> protocols = EnumSet.noneOf(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            if ((mask >> protocol.ordinal()) % 2 == 1) {
                protocols.add(protocol);
            }
        }
        return protocols;
    }

    @Test
    void operationsAreThoseOfSets() {
        int all = ProtocolSet.ALL.mask();
        for (int a = 0; a <= all; a++) {
            for (int b = 0; b <= all; b++) {
                ProtocolSet first = new ProtocolSet(a);
                ProtocolSet second = new ProtocolSet(b);
                Set<Protocol> union = EnumSet.copyOf(model(a));
                union.addAll(model(b));
                Set<Protocol> common = EnumSet.copyOf(model(a));
                common.retainAll(model(b));
                Set<Protocol> difference = EnumSet.copyOf(model(a));
                difference.removeAll(model(b));

                assertThat(first.union(second).toList()).containsExactlyElementsOf(union);
                assertThat(first.intersect(second).toList()).containsExactlyElementsOf(common);
                assertThat(first.minus(second).toList()).containsExactlyElementsOf(difference);
            }
        }
    }

    @Test
    void namesAreReadInAnyLetterCase() {
        assertThat(ProtocolSet.tryParse("tcp")).contains(ProtocolSet.TCP);
        assertThat(ProtocolSet.tryParse(" UDP ")).contains(ProtocolSet.UDP);
        assertThat(ProtocolSet.tryParse("Icmp")).contains(ProtocolSet.of(Protocol.ICMP));
        assertThat(ProtocolSet.tryParse("esp")).contains(ProtocolSet.of(Protocol.ESP));
        assertThat(ProtocolSet.tryParse("Ah")).contains(ProtocolSet.of(Protocol.AH));
        assertThat(ProtocolSet.tryParse("*")).contains(ProtocolSet.ALL);
        assertThat(ProtocolSet.tryParse("Any")).contains(ProtocolSet.ALL);
        assertThat(ProtocolSet.tryParse("All")).contains(ProtocolSet.ALL);
        assertThat(ProtocolSet.tryParse("Sctp")).isEmpty();
        assertThat(ProtocolSet.tryParse("")).isEmpty();
    }

    @Test
    void theLowestIsTheFirstInTheOrderOfWitnesses() {
        assertThat(ProtocolSet.ALL.lowest()).isEqualTo(Protocol.TCP);
        assertThat(ProtocolSet.ALL.minus(ProtocolSet.TCP).lowest()).isEqualTo(Protocol.UDP);
        assertThat(ProtocolSet.WITHOUT_PORTS.lowest()).isEqualTo(Protocol.ICMP);
        assertThatThrownBy(ProtocolSet.EMPTY::lowest).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyTcpAndUdpCarryPorts() {
        assertThat(ProtocolSet.WITH_PORTS.toList()).containsExactly(Protocol.TCP, Protocol.UDP);
        assertThat(ProtocolSet.WITH_PORTS.union(ProtocolSet.WITHOUT_PORTS)).isEqualTo(ProtocolSet.ALL);
    }
}
