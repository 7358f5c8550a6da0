package dev.netkb.api.internal.drools;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class RuleFailureTest {

    @Test
    void tooLittleMemoryIsNoFailureOfARule() {
        RuntimeException wrapped = new IllegalStateException(new OutOfMemoryError("Java heap space"));

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> RuleFailure.inCondition(wrapped).rethrowOutOfMemory());
        assertThatCode(() -> new RuleFailure("x", new IllegalStateException("boom")).rethrowOutOfMemory())
                .doesNotThrowAnyException();
    }
}
