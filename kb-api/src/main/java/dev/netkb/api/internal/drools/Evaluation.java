package dev.netkb.api.internal.drools;

import dev.netkb.api.Limits;
import dev.netkb.api.Options;
import dev.netkb.api.Parameters;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.rules.RuleTrace;
import dev.netkb.model.derived.Applicable;
import dev.netkb.model.derived.DerivationDone;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.derived.HostsVerdict;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.derived.RequiredFlow;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.derived.RoutePlaces;
import dev.netkb.model.dns.NameResolution;
import dev.netkb.model.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.drools.core.common.InternalAgenda;
import org.drools.core.phreak.RuleAgendaItem;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;

/**
 * One evaluation of one snapshot, or of the change between two: rules derive which flows are required, reachability decides them, rules decide the
 * requirements. A rule that fails is left out and the evaluation begins again without it.
 */
final class Evaluation {

    /**
     * What came out.
     *
     * @param failures name of a rule that failed → why
     * @param stopped why the evaluation was stopped; null where it came to its end
     */
    record Outcome(
            List<LocationModel> locations,
            List<Applicable> applicable,
            List<FlowVerdict> verdicts,
            List<Finding> findings,
            Map<String, String> failures,
            @Nullable String stopped) {

        private static Outcome nothing(Map<String, String> failures, @Nullable String stopped) {
            return new Outcome(List.of(), List.of(), List.of(), List.of(), failures, stopped);
        }

        /** Whether no result is missing. */
        boolean complete() {
            return failures.isEmpty() && stopped == null;
        }

        /** Whether nothing was decided, because it was stopped or too many rules failed. */
        boolean isWithoutResults() {
            return !complete() && locations.isEmpty();
        }
    }

    private static final int MAX_FAILURES = 20;

    // A session gives its facts in no order. What comes out of it is sorted, so that the same snapshot gives the same
    // report: results that look the same are told apart, and a tag is named as the flow that meets it first spells it.

    private static final Comparator<LocationModel> LOCATIONS =
            Comparator.comparing(located -> located.location().key());
    private static final Comparator<Applicable> APPLICABLE = Comparator.comparing(Applicable::rule)
            .thenComparing(a -> a.location().key());
    private static final Comparator<RequiredFlow> FLOWS = Comparator.<RequiredFlow, String>comparing(
                    flow -> flow.row().id())
            .thenComparing(flow -> flow.location().key())
            .thenComparing(flow -> flow.row().direction())
            .thenComparing(flow -> flow.row().protocols().toString())
            .thenComparing(flow -> flow.row().remote());
    private static final Comparator<Finding> FINDINGS = Comparator.comparing(Finding::rule)
            .thenComparing(finding -> finding.location().key())
            .thenComparing(Finding::kind)
            .thenComparing(Finding::message)
            .thenComparing(finding -> finding.evidence().toString());

    private final CompiledRules rules;
    private final Snapshot snapshot;
    private final List<Requirement> requirements;
    private final List<FlowRow> flows;
    /** Facts that stand in no snapshot: those of the pack's tables, what network statuses say of locations, or changes. */
    private final List<Object> others;

    private final NameResolution names;
    private final Parameters parameters;
    private final RuleTrace trace;
    private final Limits limits;

    /** When it has to end, as {@link System#nanoTime()} counts. */
    private final long deadline;

    private volatile @Nullable KieSession running;

    private Evaluation(
            CompiledRules rules,
            Snapshot snapshot,
            List<Requirement> requirements,
            List<FlowRow> flows,
            List<Object> others,
            Parameters parameters,
            Limits limits,
            RuleTrace trace) {
        this.rules = rules;
        this.snapshot = snapshot;
        this.requirements = requirements;
        this.flows = flows;
        this.others = others;
        this.names = NameResolution.of(snapshot);
        this.parameters = parameters;
        this.trace = trace;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.maxTime().toNanos();
    }

    /**
     * Of one snapshot.
     *
     * @param others facts of the pack's tables, and what network statuses say of locations
     */
    static Evaluation of(
            CompiledRules rules,
            Snapshot snapshot,
            List<Requirement> requirements,
            List<FlowRow> flows,
            List<Object> others,
            Parameters parameters,
            Limits limits,
            RuleTrace trace) {
        return new Evaluation(rules, snapshot, requirements, flows, others, parameters, limits, trace);
    }

    /** Of what differs between two snapshots. Their own facts are left out, so that only rules about changes match. */
    static Evaluation ofChanges(
            CompiledRules rules,
            List<Object> changes,
            List<Requirement> requirements,
            Options options,
            RuleTrace trace) {
        return new Evaluation(
                rules, Snapshot.EMPTY, requirements, List.of(), changes, Parameters.NONE, options.limits(), trace);
    }

    Outcome run() {
        if (!rules.isFromFolders()) {
            return within();
        }
        if (GivenUp.areTooMany()) {
            return Outcome.nothing(
                    Map.of(), "it was not begun, because too many evaluations that were given up are still at work");
        }
        try {
            // What can be stopped is stopped before.
            return GivenUp.after(limits.maxTime().multipliedBy(3).dividedBy(2), this::within);
        } catch (TimeoutException e) {
            return Outcome.nothing(Map.of(), Budget.outOfTime(limits) + atWork());
        }
    }

    /** The rule whose conditions are being searched, as far as the engine tells. */
    private String atWork() {
        KieSession session = running;
        if (session != null && session.getAgenda() instanceof InternalAgenda agenda) {
            RuleAgendaItem next = agenda.getAgendaGroupsManager().peekNextRule();
            if (next != null) {
                return "; rule '" + next.getRule().getName() + "' was at work";
            }
        }
        return "";
    }

    private Outcome within() {
        try {
            return withoutFailures();
        } catch (LimitReached reached) {
            return Outcome.nothing(Map.of(), reached.why());
        }
    }

    private Outcome withoutFailures() {
        Map<String, String> failures = new TreeMap<>();
        while (failures.size() < MAX_FAILURES) {
            try {
                return fire(failures);
            } catch (RuleFailure failure) {
                failure.rethrowOutOfMemory();
                String rule = rules.decides(failure.rule()) ? failure.rule() : culprit(failures);
                if (rule == null || failures.put(rule, failure.why()) != null) {
                    failures.put("a rule that cannot be named", failure.why());
                    break;
                }
            }
        }
        return Outcome.nothing(failures, null);
    }

    /**
     * The rule without which the evaluation does not fail; null where leaving out one rule does not help. What a rule
     * derives can make a condition of another one throw, so those that decide a requirement are tried first.
     */
    private @Nullable String culprit(Map<String, String> failures) {
        for (String candidate : rules.decidingFirst()) {
            Map<String, String> without = new TreeMap<>(failures);
            if (without.put(candidate, "") == null && runs(without)) {
                return candidate;
            }
        }
        return null;
    }

    private boolean runs(Map<String, String> without) {
        try {
            fire(without);
            return true;
        } catch (RuleFailure stillFails) {
            return false;
        }
    }

    private Outcome fire(Map<String, String> failures) {
        KieSession session = rules.without(failures.keySet()).newKieSession();
        Budget budget = new Budget(limits, deadline, session);
        running = session;
        try {
            budget.checkTime(null);
            listen(session);
            insertAll(session, facts());
            budget.factsAreGiven();
            if (rules.isFromFolders()) {
                budget.watchClosely();
                Pace.set(budget);
            }
            fireAll(session, budget);
            RequiredFlows required = new RequiredFlows(snapshot, names, parameters);
            for (RequiredFlow flow : collect(session, RequiredFlow.class, FLOWS)) {
                budget.checkTime(null);
                FlowVerdict verdict = required.decide(flow);
                Optional<HostsVerdict> hosts = required.decideHosts(verdict);
                session.insert(hosts.map(HostsVerdict::flow).orElse(verdict));
                hosts.ifPresent(session::insert);
                required.decideRoutes(flow).ifPresent(session::insert);
            }
            for (LocationModel located : collect(session, LocationModel.class, LOCATIONS)) {
                required.defaultRoute(located.location()).ifPresent(session::insert);
                required.crossedRoutes(located.location()).ifPresent(session::insert);
            }
            session.insert(new RoutePlaces(snapshot));
            session.insert(new DerivationDone());
            fireAll(session, budget);
            budget.checkTime(null);
            return new Outcome(
                    collect(session, LocationModel.class, LOCATIONS),
                    collect(session, Applicable.class, APPLICABLE),
                    collect(session, FlowVerdict.class, Comparator.comparing(FlowVerdict::flow, FLOWS)),
                    collect(session, Finding.class, FINDINGS),
                    failures,
                    null);
        } finally {
            running = null;
            Pace.set(null);
            session.dispose();
        }
    }

    private void listen(KieSession session) {
        if (trace != RuleTrace.NONE) {
            session.addEventListener(new DefaultAgendaEventListener() {
                @Override
                public void afterMatchFired(AfterMatchFiredEvent event) {
                    trace.fired(event.getMatch().getRule().getName());
                }
            });
        }
    }

    private static void insertAll(KieSession session, List<Object> facts) {
        try {
            facts.forEach(session::insert);
        } catch (RuntimeException e) {
            throw RuleFailure.inCondition(e);
        }
    }

    private static void fireAll(KieSession session, Budget budget) {
        try {
            session.fireAllRules(budget);
        } catch (RuntimeException e) {
            LimitReached reached = LimitReached.in(e);
            if (reached != null) {
                throw reached;
            }
            throw e instanceof ConsequenceException failed
                    ? new RuleFailure(failed.getMatch().getRule().getName(), failed)
                    : RuleFailure.inCondition(e);
        } catch (OutOfMemoryError lacking) {
            throw lacking;
        } catch (Error e) {
            // Whatever a rule of a folder does to itself must not end the process.
            throw new RuleFailure(null, e);
        }
    }

    private List<Object> facts() {
        List<Object> facts = new ArrayList<>(snapshot.facts());
        facts.addAll(snapshot.locations());
        facts.addAll(snapshot.firewallRules());
        facts.addAll(requirements);
        facts.add(snapshot.coverage());
        facts.addAll(others);
        facts.add(names);
        snapshot.networkSecurityGroups().forEach(nsg -> facts.addAll(nsg.rules()));
        snapshot.routeTables().forEach(table -> facts.addAll(table.routes()));
        flows.forEach(row -> facts.add(row.requirement()));
        facts.add(snapshot.serviceTags());
        return facts;
    }

    /** Distinct: a join that matches twice derives equal facts. */
    private static <T> List<T> collect(KieSession session, Class<T> type, Comparator<T> order) {
        return session.getObjects(new ClassObjectFilter(type)).stream()
                .map(type::cast)
                .distinct()
                .sorted(order)
                .toList();
    }
}
