package dev.netkb.api;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells when files change: at once where the file system says so, else, as on network drives, after a second. It waits
 * until nothing has changed for a moment, because editors write in steps. One daemon thread, until {@link #close()}.
 */
public final class FileWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    /** So long has nothing to change. */
    private static final Duration QUIET = Duration.ofMillis(20);

    /** So often is it waited for; a file that never rests is read as it is. */
    private static final int MOST_WAITS = 100;

    private final List<Path> paths;
    private final FileStamps.By by;
    private final Runnable changed;
    private final @Nullable WatchService service;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Begins to watch.
     *
     * @param paths files and folders; they may come later
     * @param since how they were when the caller last looked
     * @param changed is run, on the thread of the watch, after each change; what it throws is dropped
     */
    public FileWatch(List<Path> paths, FileStamps.By by, FileStamps since, Runnable changed) {
        this.paths = List.copyOf(paths);
        this.by = by;
        this.changed = changed;
        this.service = service(this.paths);
        this.thread = new Thread(() -> watch(since), "netkb-watch");
        thread.setDaemon(true);
        register(since);
        thread.start();
    }

    private static @Nullable WatchService service(List<Path> paths) {
        try {
            return paths.isEmpty() ? null : paths.get(0).getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private void watch(FileStamps since) {
        FileStamps told = since;
        try {
            while (closing.getCount() > 0) {
                FileStamps now = FileStamps.of(paths, by);
                if (now.equals(told)) {
                    await();
                } else {
                    told = settled(now);
                    register(told);
                    tell();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // It was closed.
        }
    }

    private FileStamps settled(FileStamps seen) throws InterruptedException {
        FileStamps before = seen;
        for (int waits = 0; waits < MOST_WAITS; waits++) {
            sleep(QUIET);
            FileStamps now = FileStamps.of(paths, by);
            if (now.equals(before)) {
                break;
            }
            before = now;
        }
        return before;
    }

    private void sleep(Duration time) throws InterruptedException {
        if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ClosedWatchServiceException();
        }
    }

    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // The watch must go on.
        }
    }

    private void await() throws InterruptedException {
        if (service == null) {
            sleep(POLL);
            return;
        }
        WatchKey key = service.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = service.poll();
        }
    }

    /** Folders, and those of single files. One that is there already is registered only once. */
    private void register(FileStamps stamps) {
        if (service == null) {
            return;
        }
        stamps.byPath().forEach((path, stamp) -> {
            Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
            try {
                if (folder != null) {
                    folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
                }
            } catch (IOException | UnsupportedOperationException | ProviderMismatchException e) {
                // It is looked at every second all the same.
            }
        });
    }

    /** Stops watching; a change that is being told is finished first. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            // Nothing is left to close.
        }
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
