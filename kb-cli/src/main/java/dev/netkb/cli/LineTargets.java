package dev.netkb.cli;

import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.render.JsonLinesRenderer;
import dev.netkb.api.render.SnapshotDigest;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The targets of {@code --format jsonl}: each report is written as soon as its turn comes. */
final class LineTargets implements Closeable {

    private final Map<OutputTarget, LineSink> sinks = new LinkedHashMap<>();
    private final JsonLinesRenderer renderer = new JsonLinesRenderer();
    private int written;

    private LineTargets() {}

    /** Those of the targets that take lines. */
    static List<OutputTarget> of(List<OutputTarget> targets) {
        return targets.stream()
                .filter(target -> target.format() == Format.JSONL)
                .toList();
    }

    /** Whether one of the targets is a file that is called otherwise until it is complete. */
    static boolean needMark(List<OutputTarget> targets) {
        return of(targets).stream().anyMatch(target -> isPlain(target.file()));
    }

    /**
     * @param resume whether the only target goes on where a run before was interrupted
     * @param mark what a file on a disk is marked with
     * @throws CliException when one cannot be written
     */
    static LineTargets open(
            List<OutputTarget> targets, boolean resume, Supplier<RunMark> mark, PrintWriter out, Messages messages)
            throws IOException {
        LineTargets opened = new LineTargets();
        for (OutputTarget target : of(targets)) {
            try {
                opened.sinks.put(target, sink(target.file(), resume, mark, out, messages));
            } catch (IOException e) {
                opened.close();
                throw opened.failed(target, e);
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        }
        return opened;
    }

    private static LineSink sink(
            @Nullable Path file, boolean resume, Supplier<RunMark> mark, PrintWriter out, Messages messages)
            throws IOException {
        if (file == null) {
            return LineSink.to(out);
        }
        if (!isPlain(file)) {
            return LineSink.toDevice(file);
        }
        if (resume) {
            return PartialFile.resume(file, mark.get());
        }
        PartialFile started = PartialFile.start(file, mark.get());
        if (started.replaces()) {
            messages.notice("'" + PartialFile.partial(file) + "' of a run that was interrupted is replaced; --resume "
                    + file + " would have gone on with it");
        }
        return started;
    }

    /** Whether it is a file on a disk, or will be. */
    static boolean isPlain(@Nullable Path file) {
        return file != null && (!Files.exists(file) || Files.isRegularFile(file));
    }

    /**
     * The inputs of which no run before has written the report. What is found in the file is compared with the inputs one
     * by one: the stream fails with a {@link CliException} where it is of others.
     *
     * @param finished is told of each line that a run before wrote; on the thread that goes through the inputs
     */
    <T extends SnapshotInput> Stream<T> unfinished(Stream<T> inputs, Consumer<SnapshotDigest> finished) {
        for (Map.Entry<OutputTarget, LineSink> each : sinks.entrySet()) {
            if (each.getValue() instanceof PartialFile partial) {
                Path file = each.getKey().file();
                Finished lines = new Finished(String.valueOf(file), partial, finished);
                return Stream.concat(inputs.filter(input -> !lines.isNext(input)), lines.rest());
            }
        }
        return inputs;
    }

    /** The lines that a run before wrote, which are the first ones. */
    private static final class Finished {
        private final String file;
        private final PartialFile partial;
        private final Consumer<SnapshotDigest> told;
        private @Nullable BufferedReader lines;
        private boolean ended;
        private int line;

        Finished(String file, PartialFile partial, Consumer<SnapshotDigest> told) {
            this.file = file;
            this.partial = partial;
            this.told = told;
        }

        boolean isNext(SnapshotInput input) {
            SnapshotDigest digest = next();
            if (digest == null) {
                return false;
            }
            if (!digest.source().equals(input.name())) {
                throw refused("line " + line + " is of '" + digest.source() + "', but the snapshot in that place is '"
                        + input.name() + "'");
            }
            told.accept(digest);
            return true;
        }

        /** None; fails where there are more lines than inputs. */
        <T> Stream<T> rest() {
            return Stream.of(this).flatMap(lines -> {
                SnapshotDigest digest = next();
                if (digest != null) {
                    throw refused("line " + line + " is of '" + digest.source() + "', but there are only " + (line - 1)
                            + " snapshots");
                }
                return Stream.empty();
            });
        }

        private @Nullable SnapshotDigest next() {
            if (ended) {
                return null;
            }
            try {
                if (lines == null) {
                    lines = partial.lines();
                }
                String text = lines.readLine();
                line++;
                ended = text == null;
                return text == null ? null : SnapshotDigest.read(text);
            } catch (IllegalArgumentException e) {
                throw refused("line " + line + " is no report of a snapshot: " + e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private CliException refused(String why) {
            return new CliException(
                    ExitStatus.NOT_LOADED,
                    "'" + file + "' cannot be resumed: " + why + ". Run it without --resume, which starts anew.");
        }
    }

    /** @throws CliException when a file cannot be written */
    void write(SnapshotReport report, Report.Rules rules) {
        if (sinks.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder();
        try {
            renderer.render(report, rules, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sinks.forEach((target, sink) -> {
            try {
                sink.append(line.toString());
            } catch (IOException e) {
                throw failed(target, e);
            }
        });
        written++;
    }

    /** @throws CliException when a file cannot be written */
    void complete(Messages messages) {
        sinks.forEach((target, sink) -> {
            try {
                sink.complete();
            } catch (IOException e) {
                throw failed(target, e);
            }
            if (target.file() != null) {
                messages.notice("wrote the jsonl report to " + target.file());
            }
        });
    }

    private CliException failed(OutputTarget target, IOException e) {
        Path file = target.file();
        String rest = isPlain(file) && written > 0
                ? "; what is finished is in '" + PartialFile.partial(Objects.requireNonNull(file)) + "', and --resume "
                        + file + " goes on from there"
                : "";
        return new CliException(
                ExitStatus.INTERNAL,
                "the report could not be written to '" + file + "': " + WholeFile.why(e) + rest,
                e);
    }

    @Override
    public void close() throws IOException {
        for (LineSink sink : sinks.values()) {
            sink.close();
        }
    }
}
