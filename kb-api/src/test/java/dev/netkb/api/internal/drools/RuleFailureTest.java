package dev.netkb.api.internal.drools;

import static org.assertj.core.api.Assertions.assertThat;
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

    @Test
    void whatTheProgramSaysIsToldInPlainWords() {
        assertThat(why(new NullPointerException("Cannot invoke \"java.util.List.size()\" because \"x\" is null")))
                .isEqualTo("a value that the rule uses is missing");
        assertThat(why(new StackOverflowError())).isEqualTo("the rule calls itself without end");
        assertThat(why(new IllegalStateException("no units are given"))).isEqualTo("no units are given");
        assertThat(why(new ArithmeticException("/ by zero"))).isEqualTo("/ by zero");
        assertThat(why(new ClassCastException("class java.lang.String cannot be cast to class java.lang.Integer")))
                .isEqualTo("it gives no reason");
        assertThat(why(new IllegalStateException("IllegalArgumentException at x")))
                .isEqualTo("it gives no reason");
        assertThat(why(new IllegalStateException())).isEqualTo("it gives no reason");
    }

    private static String why(Throwable thrown) {
        return new RuleFailure("x", new IllegalStateException("wrapped", thrown)).why();
    }
}
