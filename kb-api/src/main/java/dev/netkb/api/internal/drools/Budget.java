package dev.netkb.api.internal.drools;

import dev.netkb.api.Limits;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.MatchCreatedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.Match;

/**
 * What one session may still do. It throws {@link LimitReached} out of the engine: the session is of no use then, and
 * nobody uses it again.
 */
final class Budget implements AgendaFilter {

    /** How many events pass between two looks at the clock, less one. */
    private static final int CLOCK_MASK = 63;

    /** The same for combinations, of which there are many more. */
    private static final int SEARCH_MASK = 1_023;

    /** How many combinations may be tried: what is found in them is kept, and takes a hundred bytes each. */
    private static final long MOST_TRIES =
            Math.max(1_000_000, Runtime.getRuntime().maxMemory() / 400);

    private final Limits limits;
    private final long deadline;
    private final Map<String, Integer> firings = new HashMap<>();
    private final KieSession session;
    private int fired;
    private int given;
    private int inserted;
    private int matches;
    private long tried;

    /** @param deadline when the evaluation has to end, as {@link System#nanoTime()} counts */
    Budget(Limits limits, long deadline, KieSession session) {
        this.limits = limits;
        this.deadline = deadline;
        this.session = session;
    }

    /** From here on, facts are derived by rules. */
    void factsAreGiven() {
        given = (int) session.getFactCount();
    }

    /**
     * Looks at each match and each fact too, which costs some percent: so a rule is stopped before it fires, and one that
     * inserts without end while it fires.
     */
    void watchClosely() {
        session.addEventListener(new DefaultAgendaEventListener() {
            @Override
            public void matchCreated(MatchCreatedEvent event) {
                String rule = event.getMatch().getRule().getName();
                // They are kept until they fire, and take memory.
                if (++matches - fired > limits.maxFirings()) {
                    throw new LimitReached("more than " + number(limits.maxFirings())
                            + " matches of rules wait to fire, the last one of '" + rule + "'");
                }
                if ((matches & CLOCK_MASK) == 0) {
                    checkTime(rule);
                }
            }
        });
        session.addEventListener(new DefaultRuleRuntimeEventListener() {
            @Override
            public void objectInserted(ObjectInsertedEvent event) {
                inserted++;
                String rule = event.getRule() == null ? null : event.getRule().getName();
                checkFacts(inserted, rule);
                if ((inserted & CLOCK_MASK) == 0) {
                    checkTime(rule);
                }
            }
        });
    }

    @Override
    public boolean accept(Match match) {
        firings.merge(match.getRule().getName(), 1, Integer::sum);
        if (++fired > limits.maxFirings()) {
            throw new LimitReached(
                    "rules fired more than " + number(limits.maxFirings()) + " times, most often " + mostFired());
        }
        if ((fired & CLOCK_MASK) == 0) {
            checkTime(null);
        }
        checkFacts(session.getFactCount() - given, null);
        return true;
    }

    /** A combination of facts is looked at. */
    void tries(String rule) {
        if (++tried > MOST_TRIES) {
            throw new LimitReached("rules tried more than " + number(MOST_TRIES) + " combinations of facts; rule '"
                    + rule + "' was at work");
        }
        if ((tried & SEARCH_MASK) == 0) {
            checkTime(rule);
        }
    }

    private void checkFacts(long derived, @Nullable String rule) {
        if (derived > limits.maxDerivedFacts()) {
            throw new LimitReached("rules derived more than " + number(limits.maxDerivedFacts()) + " facts; "
                    + (rule == null || firings.getOrDefault(rule, 0) > 1
                            ? "most often fired " + mostFired()
                            : "the last ones come from '" + rule + "'"));
        }
    }

    /** @param rule the rule that is at work; null where the one that fired most is to be named */
    void checkTime(@Nullable String rule) {
        if (System.nanoTime() - deadline > 0) {
            throw new LimitReached(outOfTime(limits)
                    + (rule != null
                            ? "; rule '" + rule + "' was at work"
                            : firings.isEmpty() ? "" : "; most often fired " + mostFired()));
        }
    }

    static String outOfTime(Limits limits) {
        return "it took more than " + limits.maxTime().toMillis() / 1_000.0 + " seconds";
    }

    private String mostFired() {
        return firings.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(most -> "'" + most.getKey() + "'")
                .orElse("none");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
