package dev.netkb.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Values that are costly to make and are shared by all tasks of a JVM. Several tasks that ask for the same one wait for it
 * to be made once; one that could not be made is made anew for the next. The ones that were not asked for longest are
 * dropped, so that a notebook that lives for weeks does not fill up; who uses one keeps it.
 */
final class OncePerJvm<V> {

    private static final int MOST = 8;

    private final Map<String, FutureTask<V>> made = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FutureTask<V>> eldest) {
            return size() > MOST;
        }
    };

    V get(String key, Supplier<V> maker) {
        FutureTask<V> task;
        synchronized (made) {
            task = made.computeIfAbsent(key, missing -> new FutureTask<>(maker::get));
        }
        task.run(); // does nothing where another task has begun
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the rules were loaded", e);
        } catch (ExecutionException e) {
            synchronized (made) {
                made.remove(key, task);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
