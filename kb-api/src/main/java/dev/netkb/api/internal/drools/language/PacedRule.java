package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Syntax.Accumulate;
import dev.netkb.api.internal.drools.language.Syntax.Condition;
import dev.netkb.api.internal.drools.language.Syntax.Constraint;
import dev.netkb.api.internal.drools.language.Syntax.Forall;
import dev.netkb.api.internal.drools.language.Syntax.Pattern;
import dev.netkb.api.internal.drools.language.Syntax.Quantified;
import dev.netkb.api.internal.drools.language.Syntax.Rule;
import dev.netkb.api.internal.drools.language.Syntax.Several;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds a call to every condition that is combined with earlier ones. The engine makes it for each combination that it
 * tries, which is the only place from where a search without end can be stopped.
 */
public final class PacedRule {

    /** Where a constraint is put in → what. */
    private final TreeMap<Integer, String> added = new TreeMap<>();

    private final String call;

    private PacedRule(String call) {
        this.call = call;
    }

    /**
     * @param call such as {@code Pace.goesOn}; it gets a value of an earlier condition and the name of the rule
     * @return the text of the rule, with the same lines
     */
    public static String text(CheckedRule checked, String call) {
        String before = checked.preamble() + " ";
        SourceText source = new SourceText(checked.file(), before + checked.text());
        PacedRule paced = new PacedRule(call);
        for (Rule rule :
                RuleParser.parse(source, Lexer.read(source).tokens()).file().rules()) {
            List<String> earlier = new ArrayList<>();
            rule.conditions()
                    .forEach(condition ->
                            paced.add(condition, earlier, rule.name().value()));
        }
        StringBuilder text = new StringBuilder(source.text());
        paced.added.descendingMap().forEach(text::insert);
        return text.substring(before.length());
    }

    /** @param earlier the variables of conditions that stand before it; its own are added where they are seen later */
    private void add(Condition condition, List<String> earlier, String rule) {
        if (condition instanceof Pattern pattern) {
            add(pattern, earlier, rule);
        } else if (condition instanceof Quantified quantified) {
            add(quantified.condition(), new ArrayList<>(earlier), rule);
        } else if (condition instanceof Several several) {
            for (Condition each : several.conditions()) {
                add(each, several.or() ? new ArrayList<>(earlier) : earlier, rule);
            }
        } else if (condition instanceof Forall forall) {
            List<String> within = new ArrayList<>(earlier);
            forall.patterns().forEach(each -> add(each, within, rule));
        } else if (condition instanceof Accumulate accumulate) {
            add(accumulate.source(), new ArrayList<>(earlier), rule);
        }
    }

    private void add(Pattern pattern, List<String> earlier, String rule) {
        if (!earlier.isEmpty()) {
            // Before all others: one that is not met would keep it from being asked.
            added.put(
                    pattern.open().end(),
                    " " + call + "( " + earlier.get(0) + ", \"" + rule + "\" )"
                            + (pattern.constraints().isEmpty() ? "" : ","));
        }
        bind(pattern.variable(), earlier);
        pattern.constraints().stream().map(Constraint::variable).forEach(variable -> bind(variable, earlier));
    }

    private static void bind(@Nullable Token variable, List<String> earlier) {
        if (variable != null) {
            earlier.add(variable.text());
        }
    }
}
