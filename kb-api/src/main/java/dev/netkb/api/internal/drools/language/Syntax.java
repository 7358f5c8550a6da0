package dev.netkb.api.internal.drools.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file of rules is made of, as it was read. Every part knows the word at which it stands. */
final class Syntax {

    private Syntax() {}

    /** @param packageName null where the file does not name one */
    record File(@Nullable Name packageName, List<Name> imports, List<Rule> rules) {}

    /** A name with dots. */
    record Name(Token at, String text) {}

    /**
     * A rule.
     *
     * @param at the word {@code rule}
     * @param end the word {@code end}
     * @param then the word {@code then}
     */
    record Rule(
            Token at,
            Token name,
            List<Annotation> annotations,
            List<Condition> conditions,
            Token then,
            Expression consequence,
            Token end) {}

    /** @param at the name, without {@code @} */
    record Annotation(Token at, Token value) {}

    /** What {@code when} asks for. */
    sealed interface Condition {
        Token at();
    }

    /**
     * @param variable null where it binds none
     * @param open the bracket before its constraints
     */
    record Pattern(@Nullable Token variable, Token at, String type, List<Constraint> constraints, Token open)
            implements Condition {}

    /** {@code not} or {@code exists}. */
    record Quantified(Token at, Condition condition) implements Condition {}

    /** {@code and} or {@code or}. */
    record Several(Token at, boolean or, List<Condition> conditions) implements Condition {}

    /** For each match of the first pattern there is one of the others. */
    record Forall(Token at, List<Pattern> patterns) implements Condition {}

    record Accumulate(Token at, Condition source, List<Function> functions, List<Expression> constraints)
            implements Condition {}

    /** @param argument null where it has none */
    record Function(Token variable, Token at, @Nullable Expression argument) {}

    /** @param variable null where it only tests */
    record Constraint(@Nullable Token variable, Expression expression) {}

    /** A value or a test. */
    sealed interface Expression {
        Token at();
    }

    record Text(Token at) implements Expression {}

    record Number(Token at) implements Expression {}

    /** {@code true} or {@code false}. */
    record YesNo(Token at) implements Expression {}

    record Nothing(Token at) implements Expression {}

    /** A variable, a field of the pattern, or the first part of the name of a fixed value. */
    record Head(Token at) implements Expression {}

    /**
     * A field or a method of something.
     *
     * @param owner null for a method of the pattern's own fact
     * @param guarded whether it may be asked of something that is missing: {@code !.}
     * @param arguments null for a field
     */
    record Member(
            @Nullable Expression owner,
            boolean guarded,
            Token at,
            @Nullable List<Expression> arguments) implements Expression {}

    /** @param at the operator */
    record Binary(Token at, String operator, Expression left, Expression right) implements Expression {}

    record Not(Token at, Expression operand) implements Expression {}

    /** @param negated {@code not in} */
    record In(Token at, boolean negated, Expression left, List<Expression> values) implements Expression {}

    /** One of two values. */
    record Choice(Token at, Expression test, Expression yes, Expression no) implements Expression {}
}
