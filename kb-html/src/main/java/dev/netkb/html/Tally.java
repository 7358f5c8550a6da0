package dev.netkb.html;

import dev.netkb.model.report.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How many results there are of each kind; kinds without any are not in it. */
record Tally(Map<Kind, Integer> counts) {

    /** A part of a bar: where it begins and how wide it is, in percent. */
    record Segment(Kind kind, String start, String width) {}

    static Tally of(Collection<Result> results) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        results.forEach(result -> counts.merge(Kind.of(result), 1, Integer::sum));
        return new Tally(counts);
    }

    static Tally of(List<Tally> parts) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        parts.forEach(part -> part.counts().forEach((kind, count) -> counts.merge(kind, count, Integer::sum)));
        return new Tally(counts);
    }

    int of(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The kinds of which there are any, worst first. */
    List<Kind> kinds() {
        return List.copyOf(counts.keySet());
    }

    boolean hasViolations() {
        return counts.keySet().stream().anyMatch(Kind::isViolated);
    }

    /** Whether nothing is violated, known to be or undetermined. */
    boolean isClean() {
        return !hasViolations() && of(Kind.UNDETERMINED) == 0 && of(Kind.KNOWN) == 0;
    }

    /** The worst kind; {@link Kind#PASSED} where there is none. */
    Kind worst() {
        return counts.keySet().stream().findFirst().orElse(Kind.PASSED);
    }

    /** {@code 2 errors, 1 warning}; infos only where there is nothing worse. */
    String violations() {
        return counts.entrySet().stream()
                .filter(each -> each.getKey().isViolated())
                .filter(each -> each.getKey() != Kind.INFO || worst() == Kind.INFO)
                .map(each -> each.getKey().counted(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** All of them in words. */
    String inWords() {
        return counts.entrySet().stream()
                .map(each -> each.getKey().counted(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The parts of one bar that holds them all. */
    List<Segment> bar() {
        List<Segment> bar = new ArrayList<>();
        double total = total();
        int before = 0;
        for (Map.Entry<Kind, Integer> each : counts.entrySet()) {
            bar.add(new Segment(each.getKey(), percent(before / total), percent(each.getValue() / total)));
            before += each.getValue();
        }
        return bar;
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * part);
    }
}
