package dev.netkb.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OncePerJvmTest {

    private final OncePerJvm<Integer> values = new OncePerJvm<>();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void manyTasksThatAskForOneShareIt() throws Exception {
        ExecutorService tasks = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> asked = IntStream.range(0, 64)
                    .mapToObj(i -> tasks.submit(() -> values.get("key", () -> {
                        pause();
                        return made.incrementAndGet();
                    })))
                    .toList();
            for (Future<Integer> each : asked) {
                assertThat(each.get()).isEqualTo(1);
            }
        } finally {
            tasks.shutdownNow();
        }
        assertThat(made).hasValue(1);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneThatFailsIsMadeAnewForTheNext() {
        assertThatThrownBy(() -> values.get("key", () -> {
                    throw new IllegalArgumentException("no room for it");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no room for it");
        assertThat(values.get("key", made::incrementAndGet)).isEqualTo(1);
    }

    @Test
    void differentKeysHaveDifferentOnesAndThoseThatNobodyWantsAreDropped() {
        IntStream.range(0, 9).forEach(i -> values.get("key " + i, made::incrementAndGet));

        assertThat(values.get("key 8", made::incrementAndGet)).isEqualTo(9);
        assertThat(values.get("key 0", made::incrementAndGet)).isEqualTo(10);
    }
}
