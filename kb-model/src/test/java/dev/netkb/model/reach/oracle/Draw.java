package dev.netkb.model.reach.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random choices. */
final class Draw {

    private final Random random;

    Draw(Random random) {
        this.random = random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code least} to {@code most}, both included. */
    int number(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T from(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... options) {
        return options[random.nextInt(options.length)];
    }

    /** From {@code least} to {@code most} different ones, as far as there are so many. */
    <T> List<T> some(int least, int most, List<T> options) {
        List<T> left = new ArrayList<>(options);
        List<T> chosen = new ArrayList<>();
        for (int i = number(least, most); i > 0 && !left.isEmpty(); i--) {
            chosen.add(left.remove(random.nextInt(left.size())));
        }
        return chosen;
    }

    <T> List<T> list(int least, int most, Supplier<? extends T> one) {
        List<T> chosen = new ArrayList<>();
        for (int i = number(least, most); i > 0; i--) {
            chosen.add(one.get());
        }
        return chosen;
    }
}
