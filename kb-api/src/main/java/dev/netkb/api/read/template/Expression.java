package dev.netkb.api.read.template;

import java.util.List;

/** An expression of the template language, parsed. */
sealed interface Expression {

    /** A text between quotes. */
    record Text(String value) implements Expression {}

    /** A whole number. */
    record Number(String value) implements Expression {}

    /** {@code name(arguments)}. */
    record Call(String name, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code target.name}. */
    record Property(Expression target, String name) implements Expression {}

    /** What is no expression. */
    record Invalid(String why) implements Expression {}

    /** {@code target[index]}. */
    record Index(Expression target, Expression index) implements Expression {}
}
