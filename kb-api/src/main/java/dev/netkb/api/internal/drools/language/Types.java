package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Scope.Variable;
import dev.netkb.api.internal.drools.language.Syntax.Binary;
import dev.netkb.api.internal.drools.language.Syntax.Choice;
import dev.netkb.api.internal.drools.language.Syntax.Expression;
import dev.netkb.api.internal.drools.language.Syntax.Head;
import dev.netkb.api.internal.drools.language.Syntax.In;
import dev.netkb.api.internal.drools.language.Syntax.Member;
import dev.netkb.api.internal.drools.language.Syntax.Not;
import dev.netkb.api.internal.drools.language.Syntax.Nothing;
import dev.netkb.api.internal.drools.language.Syntax.Number;
import dev.netkb.api.internal.drools.language.Syntax.Text;
import dev.netkb.api.internal.drools.language.Syntax.YesNo;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.value.Nearest;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what kind of value an expression has, and says where it has none. */
final class Types {

    private static final Set<String> PACKAGES =
            Set.of("java", "javax", "dev", "org", "com", "sun", "jdk", "kotlin", "net", "io", "groovy", "scala");
    private static final String LISTED = "docs/rule-language.md lists the fact types with their fields.";

    /** Takes what is wrong. */
    @FunctionalInterface
    interface Sink {
        void add(LanguageCode code, Token at, String message, String hint);
    }

    /** The fact of the pattern in which an expression stands. */
    record Owner(Kind kind, String path) {}

    /**
     * What an expression gives.
     *
     * @param path what it is, from a fact on; null where it is computed
     * @param asked what was asked for it; null where it is computed or named by a variable
     */
    record Value(Kind kind, @Nullable String path, @Nullable Method asked) {
        Value(Kind kind, @Nullable String path) {
            this(kind, path, null);
        }
    }

    /** Shorter variables, such as $a, are the beginning of many names. */
    private static final int SHORTEST_BEGINNING = 3;

    private static final int LAST_PORT = 65_535;

    private static final Value UNKNOWN = new Value(Kind.UNKNOWN, null);

    private final Sink sink;
    private final Map<String, Class<?>> imported;
    private final Set<Class<?>> used;
    private final List<String> tiers;
    private final Set<String> unknownVariables = new HashSet<>();

    /**
     * @param used takes the types of fixed values that are named
     * @param tiers the tiers that there are
     */
    Types(Sink sink, Map<String, Class<?>> imported, Set<Class<?>> used, List<String> tiers) {
        this.sink = sink;
        this.imported = imported;
        this.used = used;
        this.tiers = tiers;
    }

    private Types silent() {
        return new Types((code, at, message, hint) -> {}, imported, used, tiers);
    }

    /** @param owner null outside of a pattern */
    Value of(Expression expression, Scope scope, @Nullable Owner owner) {
        return new Reading(scope, owner, false).value(expression);
    }

    Value consequence(Expression expression, Scope scope) {
        return new Reading(scope, null, true).value(expression);
    }

    void test(Expression expression, Scope scope, @Nullable Owner owner) {
        new Reading(scope, owner, false).test(expression);
    }

    /** What is surely there when a test holds, or does not. */
    Set<String> presentIf(boolean holds, Expression expression, Scope scope, @Nullable Owner owner) {
        Set<String> paths = new HashSet<>();
        if (expression instanceof Not not) {
            return presentIf(!holds, not.operand(), scope, owner);
        }
        if (expression instanceof In in && holds != in.negated()) {
            addPath(paths, in.left(), scope, owner);
        }
        if (expression instanceof Member && holds) {
            guarded(paths, expression, scope, owner);
        }
        if (expression instanceof Binary binary) {
            String operator = binary.operator();
            boolean all = operator.equals("&&") && holds || operator.equals("||") && !holds;
            if (all) {
                paths.addAll(presentIf(holds, binary.left(), scope, owner));
                paths.addAll(presentIf(holds, binary.right(), scope, owner));
            } else if (!operator.equals("&&") && !operator.equals("||")) {
                boolean nothing = binary.left() instanceof Nothing || binary.right() instanceof Nothing;
                if (nothing && operator.equals(holds ? "!=" : "==")
                        || !nothing
                                && holds
                                && !operator.equals("!=")
                                && (!operator.equals("==")
                                        || isThere(binary.left(), scope, owner)
                                        || isThere(binary.right(), scope, owner))) {
                    addPath(paths, binary.left(), scope, owner);
                    addPath(paths, binary.right(), scope, owner);
                }
                if (holds) {
                    guarded(paths, binary.left(), scope, owner);
                    guarded(paths, binary.right(), scope, owner);
                }
            }
        }
        return paths;
    }

    private boolean isThere(Expression expression, Scope scope, @Nullable Owner owner) {
        Value value = silent().of(expression, scope, owner);
        return !(expression instanceof Nothing) && (!value.kind().optional() || scope.isPresent(value.path()));
    }

    private void addPath(Set<String> paths, Expression expression, Scope scope, @Nullable Owner owner) {
        String path = path(expression, scope, owner);
        if (path != null) {
            paths.add(path);
        }
    }

    /** What {@code !.} asks: it is there, or the test does not hold. */
    private void guarded(Set<String> paths, Expression expression, Scope scope, @Nullable Owner owner) {
        if (expression instanceof Member member && member.owner() != null) {
            if (member.guarded()) {
                addPath(paths, member.owner(), scope, owner);
            }
            guarded(paths, member.owner(), scope, owner);
        }
    }

    /** What an expression is, from a fact on; null where it is computed or is none. */
    @Nullable
    String path(Expression expression, Scope scope, @Nullable Owner owner) {
        return expression instanceof Head || expression instanceof Member
                ? silent().of(expression, scope, owner).path()
                : null;
    }

    /** A fixed value as a text, null for what is none. */
    @Nullable
    String literal(Expression expression) {
        if (expression instanceof Nothing) {
            return Demands.NOTHING;
        }
        if (expression instanceof Text text) {
            return text.at().text();
        }
        if (expression instanceof Number || expression instanceof YesNo) {
            return expression.at().text();
        }
        String name = ExpressionParser.dotted(expression);
        if (name == null) {
            return null;
        }
        int dot = name.lastIndexOf('.');
        return dot > 0 && fixed(name.substring(0, dot)) != null ? name.substring(dot + 1) : null;
    }

    private @Nullable Class<?> fixed(String name) {
        Class<?> type = FactCatalogue.fixed(name);
        return type == null ? imported.get(name) : type;
    }

    /** What is written at the place of an expression, with what is known there. */
    private final class Reading {

        private final Scope scope;
        private final @Nullable Owner owner;
        private final boolean consequence;

        Reading(Scope scope, @Nullable Owner owner, boolean consequence) {
            this.scope = scope;
            this.owner = owner;
            this.consequence = consequence;
        }

        private Reading knowing(Set<String> present) {
            Scope wider = scope.copy();
            wider.present(present);
            return new Reading(wider, owner, consequence);
        }

        void test(Expression expression) {
            Value value = value(expression);
            if (!value.kind().isUnknown() && !value.kind().isYesNo()) {
                sink.add(
                        LanguageCode.TYPE,
                        expression.at(),
                        "a condition is true or false, and this is "
                                + value.kind().words(),
                        "Compare it: " + name(expression) + " == …, or give it a name: $x : " + name(expression) + ".");
            } else if (value.kind().optional() && !scope.isPresent(value.path())) {
                sink.add(
                        LanguageCode.MAY_BE_MISSING,
                        expression.at(),
                        "'" + name(expression) + "' may be missing, and a missing value is neither true nor false",
                        "Write: " + name(expression) + " == true.");
            }
        }

        private String name(Expression expression) {
            String name = ExpressionParser.dotted(expression);
            return name == null ? expression.at().text() : name;
        }

        Value value(Expression expression) {
            if (expression instanceof Text) {
                return new Value(Kind.TEXT, null);
            }
            if (expression instanceof Number) {
                return new Value(Kind.of(expression.at().text().contains(".") ? Double.class : Integer.class), null);
            }
            if (expression instanceof YesNo) {
                return new Value(Kind.YES_NO, null);
            }
            if (expression instanceof Nothing) {
                return new Value(Kind.UNKNOWN.maybe(), null);
            }
            if (expression instanceof Head head) {
                return head(head.at());
            }
            if (expression instanceof Member member) {
                return member(member);
            }
            if (expression instanceof Not not) {
                test(not.operand());
                return new Value(Kind.YES_NO, null);
            }
            if (expression instanceof In in) {
                Value left = value(in.left());
                in.values().forEach(each -> compare(in.at(), "==", in.left(), left, each, value(each)));
                return new Value(Kind.YES_NO, null);
            }
            if (expression instanceof Choice choice) {
                test(choice.test());
                Value yes =
                        knowing(presentIf(true, choice.test(), scope, owner)).value(choice.yes());
                Value no =
                        knowing(presentIf(false, choice.test(), scope, owner)).value(choice.no());
                if (yes.kind().isUnknown() || no.kind().isUnknown()) {
                    return new Value(yes.kind().isUnknown() ? no.kind() : yes.kind(), null);
                }
                if (yes.kind().type() != no.kind().type()
                        && !(yes.kind().isNumber() && no.kind().isNumber())) {
                    sink.add(
                            LanguageCode.TYPE,
                            choice.at(),
                            "a choice is between two values of one kind; this is between "
                                    + yes.kind().words() + " and " + no.kind().words(),
                            "Write both as texts: \"…\".");
                    return UNKNOWN;
                }
                return new Value(yes.kind(), null);
            }
            return binary((Binary) expression);
        }

        private Value binary(Binary binary) {
            String operator = binary.operator();
            if (operator.equals("&&") || operator.equals("||")) {
                test(binary.left());
                knowing(presentIf(operator.equals("&&"), binary.left(), scope, owner))
                        .test(binary.right());
                return new Value(Kind.YES_NO, null);
            }
            if (binary.left() instanceof Head head && owner != null && isQuestion(owner.kind(), head.at())) {
                bracketsMissing(owner.kind(), head.at(), binary.right());
                return UNKNOWN;
            }
            Value left = value(binary.left());
            Value right = value(binary.right());
            switch (operator) {
                case "+" -> {
                    return plus(binary, left, right);
                }
                case "-", "*" -> {
                    number(binary.left(), left);
                    number(binary.right(), right);
                    return new Value(Kind.NUMBER, null);
                }
                case "contains" -> contained(binary.at(), binary.left(), left, binary.right(), right);
                case "memberOf" -> contained(binary.at(), binary.right(), right, binary.left(), left);
                case "str[startsWith]", "str[endsWith]" -> {
                    text(binary.left(), left);
                    text(binary.right(), right);
                }
                default -> compare(binary.at(), operator, binary.left(), left, binary.right(), right);
            }
            return new Value(Kind.YES_NO, null);
        }

        private Value plus(Binary binary, Value left, Value right) {
            if (left.kind().isText() || right.kind().isText()) {
                return new Value(Kind.TEXT, null);
            }
            number(binary.left(), left);
            number(binary.right(), right);
            return new Value(Kind.NUMBER, null);
        }

        private void number(Expression expression, Value value) {
            if (!value.kind().isUnknown() && !value.kind().isNumber()) {
                sink.add(
                        LanguageCode.TYPE,
                        expression.at(),
                        "only numbers are computed with, and this is "
                                + value.kind().words(),
                        consequence ? "Put a text in \"…\" between the two." : LISTED);
            }
            there(expression, value);
        }

        private void text(Expression expression, Value value) {
            if (!value.kind().isUnknown() && !value.kind().isText()) {
                sink.add(
                        LanguageCode.TYPE,
                        expression.at(),
                        "'str' compares texts, and this is " + value.kind().words(),
                        "Compare it with '=='.");
            }
            there(expression, value);
        }

        private void contained(Token at, Expression listed, Value list, Expression part, Value element) {
            Kind kind = list.kind();
            there(listed, list);
            if (kind.isUnknown()) {
                return;
            }
            if (!kind.isList() && !kind.isText()) {
                sink.add(
                        LanguageCode.TYPE,
                        listed.at(),
                        "'" + at.text() + "' asks a list, and this is " + kind.words(),
                        "Compare it with '=='.");
                return;
            }
            Kind inside = kind.isText() ? Kind.TEXT : kind.ofElement();
            compare(part.at(), "==", listed, new Value(inside, null), part, element);
        }

        /** Uses a value that has to be there. */
        private void there(Expression expression, Value value) {
            if (value.kind().optional() && !scope.isPresent(value.path())) {
                missing(expression.at(), name(expression), false);
            }
        }

        private void missing(Token at, String name, boolean canGuard) {
            sink.add(
                    LanguageCode.MAY_BE_MISSING,
                    at,
                    "'" + name + "' may be missing, and then the rule fails while it runs",
                    consequence
                            ? "Test in 'when' that it is there: … != null."
                            : "Put a constraint before it: " + name + " != null"
                                    + (canGuard ? ", or write '!.' instead of '.' after it." : "."));
        }

        private void compare(Token at, String operator, Expression a, Value left, Expression b, Value right) {
            if (b instanceof Nothing || a instanceof Nothing) {
                Value other = b instanceof Nothing ? left : right;
                Expression tested = b instanceof Nothing ? a : b;
                if (!operator.equals("==") && !operator.equals("!=")) {
                    sink.add(
                            LanguageCode.TYPE,
                            at,
                            "null has no order; '" + operator + "' compares numbers",
                            "Use == or !=.");
                } else if (operator.equals("==")
                        && !consequence
                        && !other.kind().isUnknown()
                        && !other.kind().optional()
                        && other.path() != null) {
                    sink.add(
                            LanguageCode.NEVER_MATCHES,
                            tested.at(),
                            "'" + name(tested) + "' is always there, so it is never null",
                            other.kind().isList()
                                    ? "Write: " + name(tested) + ".size == 0."
                                    : "Remove the comparison.");
                }
                return;
            }
            if (fixedByText(a, left, b, right) || fixedByText(b, right, a, left)) {
                return;
            }
            tier(left.asked(), b);
            tier(right.asked(), a);
            boolean equality = operator.equals("==") || operator.equals("!=");
            if (consequence
                    && equality
                    && !left.kind().isUnknown()
                    && !left.kind().isFixed()
                    && !left.kind().isYesNo()
                    && !(a instanceof Number || b instanceof Number)) {
                sink.add(
                        LanguageCode.TYPE,
                        at,
                        "after 'then' only numbers, fixed values, true, false and null are compared",
                        "Compare in 'when', and write one rule for each case.");
                return;
            }
            boolean fits =
                    equality ? left.kind().canEqual(right.kind()) : left.kind().canOrder(right.kind());
            if (!fits) {
                sink.add(
                        LanguageCode.TYPE,
                        b.at(),
                        equality
                                ? "'" + name(a) + "' is " + left.kind().words() + " and is compared with "
                                        + right.kind().words()
                                : "'" + operator + "' compares two numbers; this compares "
                                        + left.kind().words() + " with "
                                        + right.kind().words(),
                        equality ? advice(a, left.kind(), right.kind(), b) : orderAdvice(left.kind(), b));
            } else if (consequence && (left.kind().optional() || right.kind().optional()) && !equality) {
                there(a, left);
                there(b, right);
            }
        }

        /** A tier that nobody knows is never met. */
        private void tier(@Nullable Method asked, Expression written) {
            if (asked == null || !(written instanceof Text) || tiers.isEmpty() || !FactCatalogue.isTier(asked)) {
                return;
            }
            String name = written.at().value();
            boolean inLowerCase = asked.getName().equals("tierKey");
            List<String> known = inLowerCase
                    ? tiers.stream().map(tier -> tier.toLowerCase(Locale.ROOT)).toList()
                    : tiers;
            boolean anyCase = asked.getName().equals("hasSku");
            if (known.stream().noneMatch(tier -> anyCase ? tier.equalsIgnoreCase(name) : tier.equals(name))) {
                sink.add(
                        LanguageCode.UNKNOWN_VALUE,
                        written.at(),
                        "there is no tier \"" + name + "\", so no instance has it." + Nearest.question(name, known),
                        "The tiers are " + String.join(", ", known)
                                + "; tiers.csv in the folder makes a new one known.");
            }
        }

        private String orderAdvice(Kind wanted, Expression written) {
            return wanted.isNumber()
                            && written instanceof Text text
                            && text.at().value().matches("-?[0-9]+")
                    ? "Write the number without quotation marks: " + text.at().value() + "."
                    : "Use == or != for what is no number.";
        }

        private String advice(Expression compared, Kind wanted, Kind given, Expression written) {
            if (given.isText() && FactCatalogue.field(wanted.type(), "name") != null) {
                return "Compare its name: " + name(compared) + (wanted.optional() ? "!." : ".") + "name == ….";
            }
            if (wanted.isNumber()
                    && written instanceof Text text
                    && text.at().value().matches("-?[0-9]+")) {
                return "Write the number without quotation marks: " + text.at().value() + ".";
            }
            if (wanted.isText() && written instanceof Number) {
                return "Write the text in quotation marks: \"" + written.at().text() + "\".";
            }
            if (wanted.isYesNo() && given.isText()) {
                return "Write true or false, without quotation marks.";
            }
            if (wanted.isList()) {
                return "Use 'contains', or .size for the number of entries.";
            }
            return "Compare it with " + wanted.words() + ". " + LISTED;
        }

        /** A fixed value that is compared with a text. */
        private boolean fixedByText(Expression named, Value value, Expression written, Value text) {
            if (!value.kind().isFixed()
                    || !(written instanceof Text)
                    || !text.kind().isText()) {
                return false;
            }
            Class<?> type = value.kind().type();
            List<String> constants = Kind.constants(type);
            String word = written.at().value();
            List<String> nearest = Nearest.to(word, constants);
            String shown = FactCatalogue.shownName(type);
            sink.add(
                    LanguageCode.UNKNOWN_VALUE,
                    written.at(),
                    "'" + name(named) + "' is one of the values of " + shown + " and not the text "
                            + written.at().shown(),
                    nearest.isEmpty()
                            ? "Its values are " + shown + "." + String.join(", " + shown + ".", constants) + "."
                            : "Write " + shown + "." + nearest.get(0) + ", without quotation marks. Its values are "
                                    + String.join(", ", constants) + ".");
            return true;
        }

        // ---- names

        private Value head(Token at) {
            if (at.kind() == Token.Kind.VARIABLE) {
                Variable variable = scope.variable(at.text());
                if (variable == null && !unknownVariables.add(at.text())) {
                    return UNKNOWN;
                }
                if (variable == null) {
                    sink.add(
                            LanguageCode.VARIABLE,
                            at,
                            "there is no variable " + at.text() + " here." + alike(at.text(), scope.variableNames()),
                            scope.variableNames().isEmpty()
                                    ? "Bind it first: $loc : location."
                                    : "There are " + String.join(", ", scope.variableNames())
                                            + "; what is bound in 'not', 'exists' or 'or' is not known outside of it.");
                    return UNKNOWN;
                }
                return new Value(variable.kind(), variable.path());
            }
            if (at.is("this") && owner != null) {
                return new Value(owner.kind(), owner.path());
            }
            if (owner != null
                    && (Character.isLowerCase(at.text().charAt(0))
                            || owner.kind().isUnknown())
                    && !(PACKAGES.contains(at.text())
                            && FactCatalogue.field(owner.kind().type(), at.text()) == null)) {
                return field(owner.kind(), owner.path(), at, false);
            }
            if (PACKAGES.contains(at.text())) {
                sink.add(
                        LanguageCode.FORBIDDEN,
                        at,
                        "'" + at.text() + ".…' is a name with its package, so rules of a folder must not use it",
                        "Use the fields and methods of the facts, as docs/rule-language.md lists them.");
                return UNKNOWN;
            }
            if (Character.isUpperCase(at.text().charAt(0))) {
                strangeType(at, at.text());
                return UNKNOWN;
            }
            sink.add(
                    LanguageCode.VARIABLE,
                    at,
                    "'" + at.text() + "' is neither a variable nor a value",
                    "A variable begins with $, a text stands in \"…\".");
            return UNKNOWN;
        }

        private void strangeType(Token at, String name) {
            if (FactCatalogue.type(name) != null || FactCatalogue.fixed(name) != null) {
                sink.add(
                        LanguageCode.TYPE,
                        at,
                        "'" + name + "' is a type and not a value",
                        "Name one of its values, or a variable that begins with $.");
            } else if (Nearest.to(name, FactCatalogue.fixedTypes()).isEmpty()) {
                sink.add(
                        LanguageCode.FORBIDDEN,
                        at,
                        "'" + name
                                + "' is no list of fixed values; other names of programs must not be used in rules of a folder",
                        "The lists of fixed values are " + String.join(", ", FactCatalogue.fixedTypes()) + ".");
            } else {
                sink.add(
                        LanguageCode.UNKNOWN_VALUE,
                        at,
                        "there is no list of fixed values '" + name + "'."
                                + Nearest.question(name, FactCatalogue.fixedTypes()),
                        "The lists of fixed values are " + String.join(", ", FactCatalogue.fixedTypes()) + ".");
            }
        }

        /** {@code NsgRule.Access.ALLOW}; null where it is none. */
        private @Nullable Value constant(Member member) {
            String name = member.owner() == null ? null : ExpressionParser.dotted(member.owner());
            if (name == null || member.arguments() != null || !Character.isUpperCase(name.charAt(0))) {
                return null;
            }
            Class<?> type = fixed(name);
            if (type == null) {
                return null;
            }
            used.add(type);
            List<String> constants = Kind.constants(type);
            if (!constants.contains(member.at().text())) {
                sink.add(
                        LanguageCode.UNKNOWN_VALUE,
                        member.at(),
                        name + " has no value '" + member.at().text() + "'."
                                + Nearest.question(member.at().text(), constants),
                        "Its values are " + String.join(", ", constants) + ".");
            }
            return new Value(Kind.of(type), null);
        }

        private Value member(Member member) {
            Value constant = constant(member);
            if (constant != null) {
                return constant;
            }
            if (member.owner() == null) {
                if (owner == null) {
                    sink.add(
                            LanguageCode.FORBIDDEN,
                            member.at(),
                            "'" + member.at().text()
                                    + "( … )' is called without the fact that it is asked of, so rules of a folder must not use it",
                            "Begin with a variable: $subnet." + member.at().text() + "().");
                    return UNKNOWN;
                }
                return call(owner.kind(), owner.path(), member);
            }
            if (member.owner() instanceof Head head && head.at().is("Finding") && member.arguments() != null) {
                return finding(member);
            }
            String dotted = ExpressionParser.dotted(member.owner());
            if (dotted != null
                    && Character.isUpperCase(dotted.charAt(0))
                    && fixed(dotted) == null
                    && !isConstant(member.owner())) {
                strangeType(first(member.owner()), dotted);
                return UNKNOWN;
            }
            Value asked = value(member.owner());
            if (asked.kind().optional() && !member.guarded() && !scope.isPresent(asked.path())) {
                missing(member.owner().at(), name(member.owner()), true);
            }
            Value found;
            if (member.arguments() == null) {
                found = consequence
                        ? fieldWithoutBrackets(asked, member)
                        : field(asked.kind(), asked.path(), member.at(), false);
            } else {
                found = call(asked.kind(), asked.path(), member);
            }
            return member.guarded() ? new Value(found.kind().maybe(), found.path()) : found;
        }

        private boolean isConstant(Expression expression) {
            return literal(expression) != null && !(expression instanceof Text);
        }

        private static Token first(Expression expression) {
            return expression instanceof Member member && member.owner() != null
                    ? first(member.owner())
                    : expression.at();
        }

        private Value fieldWithoutBrackets(Value asked, Member member) {
            if (asked.kind().isUnknown()) {
                return UNKNOWN;
            }
            Method field = FactCatalogue.field(asked.kind().type(), member.at().text());
            if (field != null) {
                sink.add(
                        LanguageCode.UNKNOWN_FIELD,
                        member.at(),
                        "after 'then' a field is written with brackets",
                        "Write: " + (member.owner() == null ? "" : name(member.owner()) + ".") + field.getName()
                                + "().");
                return result(asked.kind(), asked.path(), field);
            }
            return field(asked.kind(), asked.path(), member.at(), false);
        }

        private Value field(Kind kind, @Nullable String path, Token at, boolean called) {
            if (kind.isUnknown()) {
                return UNKNOWN;
            }
            Method field = called ? null : FactCatalogue.field(kind.type(), at.text());
            if (field == null && isQuestion(kind, at) && !called) {
                bracketsMissing(kind, at, null);
                return UNKNOWN;
            }
            if (field == null) {
                unknown(kind, at, called);
                return UNKNOWN;
            }
            if (FactCatalogue.isReserved(at.text())) {
                sink.add(
                        LanguageCode.UNKNOWN_FIELD,
                        at,
                        "'" + at.text() + "' is a word of the engine's own and cannot name a field",
                        "Write: " + field.getName() + ".");
            }
            return result(kind, path, field);
        }

        /** Whether a name is none of a field, but of a question with values in brackets. */
        private boolean isQuestion(Kind kind, Token at) {
            return !kind.isUnknown()
                    && FactCatalogue.field(kind.type(), at.text()) == null
                    && !FactCatalogue.methods(kind.type(), at.text()).isEmpty();
        }

        /** @param compared what it is compared with, which was probably meant to stand in the brackets */
        private void bracketsMissing(Kind kind, Token at, @Nullable Expression compared) {
            Method question = FactCatalogue.methods(kind.type(), at.text()).get(0);
            List<String> examples = new ArrayList<>();
            for (AnnotatedType parameter : question.getAnnotatedParameterTypes()) {
                Kind wanted = Kind.of(parameter);
                examples.add(wanted.isNumber() ? "443" : wanted.isText() ? "\"…\"" : "…");
            }
            String given = compared == null ? null : ExpressionParser.dotted(compared);
            if (compared instanceof Text || compared instanceof Number) {
                given = compared.at().text();
            }
            sink.add(
                    LanguageCode.UNKNOWN_FIELD,
                    at,
                    "'" + at.text() + "' asks a question about the value in brackets after it, and none stands here",
                    "Write: " + at.text() + "( " + (given == null ? String.join(", ", examples) : given) + " ).");
        }

        private void unknown(Kind kind, Token at, boolean called) {
            String type = FactCatalogue.shownName(kind.type());
            List<String> fields = FactCatalogue.fields(kind.type());
            List<String> questions = FactCatalogue.questions(kind.type());
            List<String> all = Stream.concat(fields.stream(), questions.stream())
                    .distinct()
                    .sorted()
                    .toList();
            if (at.is("getClass")
                    || at.is("equals")
                    || at.is("hashCode")
                    || at.is("toString")
                    || at.is("wait")
                    || at.is("notify")) {
                sink.add(
                        LanguageCode.FORBIDDEN,
                        at,
                        "'" + at.text() + "' reaches into the program, so rules of a folder must not use it",
                        at.is("equals")
                                ? "Compare with '=='."
                                : at.is("toString") ? "Put it together with a text by '+'." : LISTED);
                return;
            }
            sink.add(
                    LanguageCode.UNKNOWN_FIELD,
                    at,
                    (called
                                    ? "'" + at.text() + "( … )' cannot be asked of "
                                    : "there is no field '" + at.text() + "' of ")
                            + (kind.isText() || kind.isList() ? kind.words() : type)
                            + "." + Nearest.question(at.text(), all),
                    "It has: " + RuleCheck.list(fields)
                            + (questions.isEmpty()
                                    ? "."
                                    : "; and it can be asked " + String.join(", ", questions) + "."));
        }

        private Value call(Kind kind, @Nullable String path, Member member) {
            List<Expression> arguments = member.arguments() == null ? List.of() : member.arguments();
            List<Value> given = new ArrayList<>();
            arguments.forEach(each -> given.add(value(each)));
            if (kind.isUnknown()) {
                return UNKNOWN;
            }
            List<Method> named = FactCatalogue.methods(kind.type(), member.at().text());
            if (named.isEmpty()) {
                Method field = arguments.isEmpty()
                        ? FactCatalogue.field(kind.type(), member.at().text())
                        : null;
                if (field != null) {
                    sink.add(
                            LanguageCode.UNKNOWN_FIELD,
                            member.at(),
                            "'" + member.at().text() + "()' is written " + field.getName() + "() with brackets",
                            "Write: " + field.getName() + "().");
                    return result(kind, path, field);
                }
                unknown(kind, member.at(), true);
                return UNKNOWN;
            }
            Method method = choose(member.at(), named, arguments, given, kind);
            return method == null ? UNKNOWN : result(kind, arguments.isEmpty() ? path : null, method);
        }

        private Value finding(Member member) {
            List<Method> starts = FactCatalogue.findingMethods(true);
            List<Expression> arguments = member.arguments() == null ? List.of() : member.arguments();
            List<Value> given = new ArrayList<>();
            arguments.forEach(each -> given.add(value(each)));
            List<Method> named = starts.stream()
                    .filter(method -> method.getName().equals(member.at().text()))
                    .toList();
            if (named.isEmpty()) {
                List<String> names =
                        starts.stream().map(Method::getName).distinct().toList();
                sink.add(
                        LanguageCode.CONSEQUENCE,
                        member.at(),
                        "there is no Finding." + member.at().text() + "."
                                + Nearest.question(member.at().text(), names),
                        "A finding begins with Finding." + String.join(", Finding.", names) + ".");
                return new Value(Kind.of(Finding.class), null);
            }
            choose(member.at(), named, arguments, given, Kind.of(Finding.class));
            return new Value(Kind.of(Finding.class), null);
        }

        private @Nullable Method choose(
                Token at, List<Method> named, List<Expression> arguments, List<Value> given, Kind kind) {
            List<Method> counted = named.stream()
                    .filter(method -> method.getParameterCount() == given.size())
                    .toList();
            if (counted.isEmpty()) {
                sink.add(
                        LanguageCode.TYPE,
                        at,
                        "'" + at.text() + "' takes " + values(named.get(0).getParameterCount()) + " in brackets, and "
                                + given.size() + (given.size() == 1 ? " is" : " are") + " given",
                        "Write: " + shown(named.get(0), kind) + ".");
                return null;
            }
            for (Method method : counted) {
                if (fits(method, given)) {
                    present(method, arguments, given);
                    portOrTier(method, arguments);
                    return method;
                }
            }
            Method first = counted.get(0);
            for (int i = 0; i < given.size(); i++) {
                Kind wanted = Kind.of(first.getAnnotatedParameterTypes()[i]);
                if (!takes(wanted, given.get(i).kind())) {
                    sink.add(
                            LanguageCode.TYPE,
                            arguments.get(i).at(),
                            "'" + at.text() + "' takes " + wanted.words() + " here, and this is "
                                    + given.get(i).kind().words(),
                            "Write: " + shown(first, kind) + ".");
                    break;
                }
            }
            return null;
        }

        private void portOrTier(Method method, List<Expression> arguments) {
            if (FactCatalogue.takesPort(method)
                    && arguments.get(0) instanceof Number number
                    && !isPort(number.at().text())) {
                sink.add(
                        LanguageCode.NEVER_MATCHES,
                        number.at(),
                        "there is no port " + number.at().text() + ", so this never matches",
                        "Ports are 0 to 65535.");
            } else if (arguments.size() == 1) {
                tier(method, arguments.get(0));
            }
        }

        private boolean isPort(String number) {
            return number.matches("[0-9]+") && Long.parseLong(number) <= LAST_PORT;
        }

        private String values(int count) {
            return count == 0 ? "no value" : count == 1 ? "one value" : count + " values";
        }

        private String shown(Method method, Kind kind) {
            List<String> parameters = new ArrayList<>();
            for (AnnotatedType parameter : method.getAnnotatedParameterTypes()) {
                parameters.add(Kind.of(parameter).words());
            }
            return (kind.type() == Finding.class ? "" : FactCatalogue.shownName(kind.type()) + " … ")
                    + method.getName()
                    + (parameters.isEmpty() ? "()" : "( " + String.join(", ", parameters) + " )");
        }

        private boolean fits(Method method, List<Value> given) {
            AnnotatedType[] parameters = method.getAnnotatedParameterTypes();
            for (int i = 0; i < parameters.length; i++) {
                if (!takes(Kind.of(parameters[i]), given.get(i).kind())) {
                    return false;
                }
            }
            return true;
        }

        private boolean takes(Kind wanted, Kind given) {
            return wanted.isUnknown()
                    || given.isUnknown()
                    || wanted.type().isAssignableFrom(given.type())
                    || wanted.isNumber() && given.isNumber();
        }

        private void present(Method method, List<Expression> arguments, List<Value> given) {
            AnnotatedType[] parameters = method.getAnnotatedParameterTypes();
            for (int i = 0; i < parameters.length; i++) {
                if (!Kind.of(parameters[i]).optional() && !(arguments.get(i) instanceof Nothing)) {
                    there(arguments.get(i), given.get(i));
                } else if (!Kind.of(parameters[i]).optional()) {
                    missing(arguments.get(i).at(), "null", false);
                }
            }
        }

        private Value result(Kind kind, @Nullable String path, Method method) {
            Kind found = Kind.of(method.getAnnotatedReturnType());
            if (found.isUnknown() && kind.element() != null) {
                found = method.getName().equals("get") ? kind.ofElement().maybe() : kind.ofElement();
            }
            return new Value(
                    found,
                    path == null || method.getParameterCount() > 0 ? null : path + "." + method.getName(),
                    method.getParameterCount() > 0 ? null : method);
        }
    }

    /** A question for the variable that may be meant: one that is spelt nearly so, or one whose name this one goes on with. */
    private static String alike(String word, Collection<String> variables) {
        String question = Nearest.question(word, variables);
        return question.isEmpty()
                ? variables.stream()
                        .filter(each -> each.length() >= SHORTEST_BEGINNING && word.startsWith(each))
                        .max(Comparator.comparingInt(String::length))
                        .map(each -> " Did you mean " + each + "?")
                        .orElse("")
                : question;
    }
}
