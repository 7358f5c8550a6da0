package dev.netkb.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefaultLimitsTest {

    @Test
    void fitTheMemoryThatThereIs() {
        assertThat(Limits.within(512L << 20).maxDerivedFacts()).isEqualTo(134_217);
        assertThat(Limits.within(512L << 20).maxFirings()).isEqualTo(268_434);
        assertThat(Limits.within(1 << 20).maxDerivedFacts()).isEqualTo(100_000);
        assertThat(Limits.within(1L << 40).maxDerivedFacts()).isEqualTo(1_000_000);
    }
}
