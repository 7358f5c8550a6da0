package dev.netkb.model.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run: the same for the same inputs, rules and options, whatever the threads.
 *
 * @param serviceTags the tag data that were used, null where there were none
 */
public record Report(
        String toolVersion, Rules rules, @Nullable Tags serviceTags, List<SnapshotReport> snapshots) {

    public static final String SCHEMA = "netkb/report/1";

    /** By name; lines of one file ({@code exports.jsonl:12}) by their numbers. */
    private static final Comparator<SnapshotReport> ORDER =
            Comparator.comparing(Report::file).thenComparing(Report::line).thenComparing(SnapshotReport::source);

    private static final Pattern LINE = Pattern.compile("(.*):([0-9]{1,18})", Pattern.DOTALL);

    public Report {
        snapshots = snapshots.stream().sorted(ORDER).toList();
    }

    private static String file(SnapshotReport snapshot) {
        Matcher line = LINE.matcher(snapshot.source());
        return line.matches() ? line.group(1) : snapshot.source();
    }

    private static long line(SnapshotReport snapshot) {
        Matcher line = LINE.matcher(snapshot.source());
        return line.matches() ? Long.parseLong(line.group(2)) : 0;
    }

    /**
     * The rules that were applied.
     *
     * @param packs the packaged one first, then folders in the order in which they were given
     * @param owners id → name of the pack that decides it, of ids that a folder decides or changes
     */
    public record Rules(int count, List<Pack> packs, Map<String, String> owners) {

        /** No rules. */
        public static final Rules NONE = new Rules(0, List.of(), Map.of());

        public Rules {
            packs = List.copyOf(packs);
            owners = Map.copyOf(owners);
        }

        public Rules(int count, List<Pack> packs) {
            this(count, packs, Map.of());
        }

        /**
         * The rules by which snapshots were evaluated. Where rules were changed in between, the packs of all of them are
         * named.
         *
         * @param otherwise what is said where none was evaluated
         */
        public static Rules of(List<SnapshotReport> snapshots, Rules otherwise) {
            List<Rules> used = snapshots.stream()
                    .map(SnapshotReport::rules)
                    .filter(rules -> !rules.equals(NONE))
                    .distinct()
                    .toList();
            return used.stream().reduce(Rules::and).orElse(otherwise);
        }

        private Rules and(Rules later) {
            Map<String, String> both = new HashMap<>(owners);
            both.putAll(later.owners);
            return new Rules(
                    Math.max(count, later.count),
                    Stream.concat(packs.stream(), later.packs.stream())
                            .distinct()
                            .toList(),
                    both);
        }

        /** The name of the pack that decides a requirement. */
        public String packOf(String rule) {
            return folderOf(rule).orElse(packs.isEmpty() ? "" : packs.get(0).name());
        }

        /** The name of the folder that decides or changes a requirement; empty where the packaged rules decide it. */
        public Optional<String> folderOf(String rule) {
            return Optional.ofNullable(owners.get(rule));
        }
    }

    /** A set of rules: {@code origin} is {@code packaged} or the folder it came from. */
    public record Pack(String name, String version, String origin, String sha256) {}

    /** The service tag data that were used. */
    public record Tags(String cloud, String changeNumber, String file) {}

    /** Counts over snapshots. */
    public record Summary(
            int snapshots,
            int evaluated,
            int rejected,
            int locations,
            int errors,
            int warnings,
            int infos,
            int undetermined,
            int waived,
            int known) {

        /** Over no snapshots. */
        public static final Summary NONE = new Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        /** Over one snapshot. */
        public static Summary of(SnapshotReport snapshot) {
            return new Summary(
                    1,
                    snapshot.evaluated() ? 1 : 0,
                    snapshot.evaluated() ? 0 : 1,
                    snapshot.locations().size(),
                    count(snapshot, r -> r.outcome() == Outcome.VIOLATED && r.severity() == Severity.ERROR),
                    count(snapshot, r -> r.outcome() == Outcome.VIOLATED && r.severity() == Severity.WARNING),
                    count(snapshot, r -> r.outcome() == Outcome.VIOLATED && r.severity() == Severity.INFO),
                    count(snapshot, r -> r.outcome() == Outcome.UNDETERMINED),
                    count(snapshot, r -> r.outcome() == Outcome.WAIVED),
                    count(snapshot, r -> r.outcome() == Outcome.KNOWN));
        }

        private static int count(SnapshotReport snapshot, Predicate<Result> wanted) {
            return (int) snapshot.results().stream().filter(wanted).count();
        }

        /** Over these snapshots and others. */
        public Summary and(Summary others) {
            return new Summary(
                    snapshots + others.snapshots,
                    evaluated + others.evaluated,
                    rejected + others.rejected,
                    locations + others.locations,
                    errors + others.errors,
                    warnings + others.warnings,
                    infos + others.infos,
                    undetermined + others.undetermined,
                    waived + others.waived,
                    known + others.known);
        }
    }

    public Summary summary() {
        return snapshots.stream().map(Summary::of).reduce(Summary.NONE, Summary::and);
    }
}
