package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Scope.Variable;
import dev.netkb.api.internal.drools.language.Syntax.Accumulate;
import dev.netkb.api.internal.drools.language.Syntax.Binary;
import dev.netkb.api.internal.drools.language.Syntax.Condition;
import dev.netkb.api.internal.drools.language.Syntax.Constraint;
import dev.netkb.api.internal.drools.language.Syntax.Expression;
import dev.netkb.api.internal.drools.language.Syntax.Forall;
import dev.netkb.api.internal.drools.language.Syntax.Function;
import dev.netkb.api.internal.drools.language.Syntax.Head;
import dev.netkb.api.internal.drools.language.Syntax.In;
import dev.netkb.api.internal.drools.language.Syntax.Member;
import dev.netkb.api.internal.drools.language.Syntax.Not;
import dev.netkb.api.internal.drools.language.Syntax.Pattern;
import dev.netkb.api.internal.drools.language.Syntax.Quantified;
import dev.netkb.api.internal.drools.language.Syntax.Rule;
import dev.netkb.api.internal.drools.language.Syntax.Several;
import dev.netkb.api.internal.drools.language.Syntax.Text;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.derived.Applicable;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.value.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what a rule means: types, fields, variables, joins, and whether it can match at all. */
final class RuleCheck {

    static final int MOST_PATTERNS = 12;
    private static final Set<String> FUNCTIONS = Set.of("average", "count", "max", "min", "sum");

    private final SourceText source;
    private final Rule rule;
    private final @Nullable String id;
    private final Set<String> ids;
    private final Map<String, Set<String>> seeds;
    private final Types types;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Set<Class<?>> used = new HashSet<>();
    private final Set<String> applicables = new HashSet<>();
    private int patterns;

    /**
     * @param id the id of the rule, null where it has none
     * @param ids the ids that there are
     * @param seeds what the selectors of the id allow: path from an {@code Applicable} on → values
     * @param tiers the tiers that there are
     */
    RuleCheck(
            SourceText source,
            Rule rule,
            @Nullable String id,
            Set<String> ids,
            Map<String, Set<String>> seeds,
            Map<String, Class<?>> imported,
            List<String> tiers) {
        this.source = source;
        this.rule = rule;
        this.id = id;
        this.ids = ids;
        this.seeds = seeds;
        this.types = new Types(this::add, imported, used, tiers);
    }

    /** @return everything that is wrong */
    List<RuleProblem> run() {
        Scope scope = new Scope();
        rule.conditions().forEach(condition -> condition(condition, scope));
        consequence(scope);
        return problems;
    }

    /** The types of the model that the rule names. */
    Set<Class<?>> used() {
        return used;
    }

    private void add(LanguageCode code, Token at, String message, String hint) {
        problems.add(source.problem(code, at, rule.name().value(), message, hint));
    }

    // ---- conditions

    private void condition(Condition condition, Scope scope) {
        if (condition instanceof Pattern pattern) {
            pattern(pattern, scope);
        } else if (condition instanceof Quantified quantified) {
            condition(quantified.condition(), scope.inner());
        } else if (condition instanceof Several several) {
            if (several.or()) {
                several.conditions().forEach(each -> condition(each, scope.copy()));
            } else {
                several.conditions().forEach(each -> condition(each, scope));
            }
        } else if (condition instanceof Forall forall) {
            Scope inner = scope.inner();
            forall.patterns().forEach(each -> pattern(each, inner));
        } else if (condition instanceof Accumulate accumulate) {
            accumulate(accumulate, scope);
        }
    }

    private void pattern(Pattern pattern, Scope scope) {
        int number = scope.begin(++patterns);
        if (patterns == MOST_PATTERNS + 1) {
            add(
                    LanguageCode.TOO_LARGE,
                    pattern.at(),
                    "the rule has more than " + MOST_PATTERNS + " conditions",
                    "Split it into several rules.");
        }
        Class<?> type = typeOf(pattern);
        String path = "#" + number;
        Token variable = pattern.variable();
        if (variable != null) {
            bind(scope, variable, new Variable(type == null ? Kind.UNKNOWN : Kind.of(type), path, number, variable));
        }
        if (type == Applicable.class) {
            seeds.forEach((field, values) -> scope.demands(path + "." + field).oneOf(values));
        }
        Set<String> before = new TreeSet<>(scope.variableNames());
        if (variable != null) {
            before.remove(variable.text());
        }
        Types.Owner owner = new Types.Owner(type == null ? Kind.UNKNOWN : Kind.of(type), path);
        boolean ownId = false;
        int told = problems.size();
        for (Constraint constraint : pattern.constraints()) {
            ownId |= constraint(constraint, scope, owner, number);
        }
        if (ownId && variable != null) {
            applicables.add(variable.text());
        }
        if (type != null && !FactCatalogue.isSingle(type) && problems.size() == told) {
            join(pattern, scope, before, type);
        }
    }

    private @Nullable Class<?> typeOf(Pattern pattern) {
        String name = pattern.type();
        Class<?> type = FactCatalogue.type(name);
        if (type != null) {
            used.add(type);
            return type;
        }
        if (name.contains(".") && Character.isLowerCase(name.charAt(0))) {
            add(
                    LanguageCode.FORBIDDEN,
                    pattern.at(),
                    "'" + name + "' is a name with its package, so rules of a folder must not use it",
                    "Write the fact type only, such as Subnet.");
        } else if (FactCatalogue.isPart(name.substring(name.lastIndexOf('.') + 1))) {
            add(
                    LanguageCode.NEVER_MATCHES,
                    pattern.at(),
                    name.equals("Finding")
                            ? "what rules find cannot be matched by rules"
                            : "no fact is a " + name + " by itself; it is only a part of others, so this never matches",
                    "Match the fact that has it: docs/rule-language.md lists the fact types with their fields.");
        } else {
            add(
                    LanguageCode.UNKNOWN_TYPE,
                    pattern.at(),
                    "there is no fact type '" + name + "'." + Nearest.question(name, FactCatalogue.types()),
                    "docs/rule-language.md lists the fact types.");
        }
        return null;
    }

    private void bind(Scope scope, Token name, Variable variable) {
        Variable earlier = scope.variable(name.text());
        if (earlier != null) {
            add(
                    LanguageCode.VARIABLE,
                    name,
                    "the variable " + name.text() + " is there already, since line "
                            + earlier.at().line(),
                    "Choose another name, or compare with it: field == " + name.text() + ".");
            return;
        }
        if (!name.text().matches("\\$[a-zA-Z][a-zA-Z0-9]*")) {
            add(
                    LanguageCode.VARIABLE,
                    name,
                    "'" + name.text() + "' is not a name for a variable",
                    "A variable is $ and letters or digits, such as $subnet.");
        }
        scope.bind(name.text(), variable);
    }

    /** @return whether it demands the rule's own id */
    private boolean constraint(Constraint constraint, Scope scope, Types.Owner owner, int number) {
        Expression expression = constraint.expression();
        if (constraint.variable() != null) {
            Types.Value value = types.of(expression, scope, owner);
            if (expression instanceof Binary || expression instanceof In || expression instanceof Not) {
                add(
                        LanguageCode.SYNTAX,
                        expression.at(),
                        "a variable and a comparison stand in one constraint",
                        "Write two, with a comma between: "
                                + constraint.variable().text() + " : field, field == ….");
            }
            if (types.literal(expression) != null
                    || expression instanceof Head head && head.at().kind() == Token.Kind.VARIABLE) {
                add(
                        LanguageCode.VARIABLE,
                        expression.at(),
                        "a variable names a field, and " + expression.at().shown() + " is none",
                        "Write the value itself where it is needed.");
            }
            Kind kind = scope.isPresent(value.path()) ? value.kind().always() : value.kind();
            bind(scope, constraint.variable(), new Variable(kind, value.path(), number, constraint.variable()));
            return false;
        }
        return test(expression, scope, owner);
    }

    /** A test that has to hold. */
    private boolean test(Expression expression, Scope scope, Types.@Nullable Owner owner) {
        if (expression instanceof Binary binary && binary.operator().equals("&&")) {
            return test(binary.left(), scope, owner) | test(binary.right(), scope, owner);
        }
        types.test(expression, scope, owner);
        Set<String> present = types.presentIf(true, expression, scope, owner);
        boolean own = owner != null && ownId(expression, owner);
        if (owner != null) {
            contradiction(expression, scope, owner);
        }
        scope.present(present);
        return own;
    }

    private boolean ownId(Expression expression, Types.Owner owner) {
        if (owner.kind().type() != Applicable.class) {
            return false;
        }
        List<Text> named = new ArrayList<>();
        if (expression instanceof Binary binary
                && binary.operator().equals("==")
                && binary.left() instanceof Head head
                && head.at().is("rule")
                && binary.right() instanceof Text text) {
            named.add(text);
        } else if (expression instanceof In in
                && !in.negated()
                && in.left() instanceof Head head
                && head.at().is("rule")) {
            in.values().forEach(value -> {
                if (value instanceof Text text) {
                    named.add(text);
                }
            });
        }
        if (named.isEmpty()) {
            return false;
        }
        Set<String> values = named.stream().map(text -> text.at().value()).collect(Collectors.toSet());
        if (id != null && values.equals(Set.of(id))) {
            return true;
        }
        Text first = named.get(0);
        String wanted = first.at().value();
        if (id != null && values.stream().noneMatch(ids::contains)) {
            add(
                    LanguageCode.NEVER_MATCHES,
                    first.at(),
                    "there is no requirement \"" + wanted + "\", so this never matches."
                            + Nearest.question(wanted, ids),
                    "The id of this rule is \"" + id + "\".");
            return true;
        }
        return false;
    }

    private void contradiction(Expression expression, Scope scope, Types.Owner owner) {
        String why = null;
        Expression left = expression;
        if (expression instanceof Binary binary) {
            String path = types.path(binary.left(), scope, owner);
            String literal = types.literal(binary.right());
            left = binary.left();
            if (path == null) {
                path = types.path(binary.right(), scope, owner);
                literal = types.literal(binary.left());
                left = binary.right();
                if (!Set.of("==", "!=").contains(binary.operator())) {
                    return;
                }
            }
            if (path == null || literal == null) {
                return;
            }
            why = switch (binary.operator()) {
                case "==" -> scope.demands(path).oneOf(List.of(literal));
                case "!=" -> scope.demands(path).not(literal);
                case "str[startsWith]", "str[endsWith]" ->
                    binary.right() instanceof Text
                            ? scope.demands(path).edge(binary.operator().contains("starts"), literal)
                            : null;
                case "<", "<=", ">", ">=" ->
                    literal.matches("-?[0-9.]+") ? scope.demands(path).bound(binary.operator(), literal) : null;
                default -> null;
            };
        } else if (expression instanceof In in) {
            String path = types.path(in.left(), scope, owner);
            List<String> literals = new ArrayList<>();
            for (Expression value : in.values()) {
                String literal = types.literal(value);
                if (literal == null) {
                    return;
                }
                literals.add(literal);
            }
            left = in.left();
            if (path != null && in.negated()) {
                for (String literal : literals) {
                    String reason = scope.demands(path).not(literal);
                    why = why == null ? reason : why;
                }
            } else if (path != null) {
                why = scope.demands(path).oneOf(literals);
            }
        } else {
            boolean wanted = !(expression instanceof Not);
            left = expression instanceof Not not ? not.operand() : expression;
            String path = types.path(left, scope, owner);
            if (path != null) {
                why = scope.demands(path).oneOf(List.of(String.valueOf(wanted)));
            }
        }
        if (why != null) {
            String name = ExpressionParser.dotted(left);
            add(
                    LanguageCode.NEVER_MATCHES,
                    left.at(),
                    "the rule can never match: " + (name == null ? "what is compared here" : name) + " cannot be this; "
                            + why,
                    "Remove one of the two, or put '||' between them in one constraint. What @models, @platforms and @networkTypes say counts too.");
        }
    }

    // ---- joins

    private void join(Pattern pattern, Scope scope, Set<String> before, Class<?> type) {
        boolean usesEarlier = pattern.constraints().stream().anyMatch(each -> mentions(each.expression(), before));
        boolean needed = !scope.isFirstHere() || !before.isEmpty() && usesEarlier;
        if (!needed || before.isEmpty() && scope.isFirstHere()) {
            return;
        }
        Set<String> own = pattern.constraints().stream()
                .filter(each -> each.variable() != null)
                .map(each -> each.variable().text())
                .collect(Collectors.toSet());
        boolean joined = pattern.constraints().stream()
                .flatMap(each -> conjuncts(each.expression()))
                .anyMatch(each -> each instanceof Binary binary
                        && binary.operator().equals("==")
                        && (mentions(binary.left(), before) && isOwn(binary.right(), own)
                                || mentions(binary.right(), before) && isOwn(binary.left(), own)));
        if (!joined) {
            List<String> fields = FactCatalogue.fields(type).stream()
                    .filter(field -> field.equals("location") || field.equals("id") || field.endsWith("Id"))
                    .toList();
            add(
                    LanguageCode.NO_JOIN,
                    pattern.at(),
                    "nothing says which " + FactCatalogue.shownName(type)
                            + " is meant, so each would be tried with each fact before it, which can take for ever",
                    "Compare a field of it with a variable by '=='"
                            + (fields.isEmpty()
                                    ? "."
                                    : ", such as " + String.join(", ", fields) + ": Subnet( id == $loc.subnetId )."));
        }
    }

    private static Stream<Expression> conjuncts(Expression expression) {
        return expression instanceof Binary binary && binary.operator().equals("&&")
                ? Stream.concat(conjuncts(binary.left()), conjuncts(binary.right()))
                : Stream.of(expression);
    }

    /** A field of the fact itself, or a variable for one. */
    private static boolean isOwn(Expression expression, Set<String> own) {
        if (expression instanceof Head head) {
            return head.at().kind() == Token.Kind.WORD || own.contains(head.at().text());
        }
        return expression instanceof Member member
                && member.arguments() == null
                && member.owner() != null
                && isOwn(member.owner(), own);
    }

    private static boolean mentions(Expression expression, Set<String> variables) {
        if (expression instanceof Head head) {
            return variables.contains(head.at().text());
        }
        if (expression instanceof Member member) {
            return member.owner() != null && mentions(member.owner(), variables)
                    || member.arguments() != null
                            && member.arguments().stream().anyMatch(each -> mentions(each, variables));
        }
        if (expression instanceof Binary binary) {
            return mentions(binary.left(), variables) || mentions(binary.right(), variables);
        }
        if (expression instanceof Not not) {
            return mentions(not.operand(), variables);
        }
        return expression instanceof In in
                && (mentions(in.left(), variables) || in.values().stream().anyMatch(each -> mentions(each, variables)));
    }

    // ---- accumulate

    private void accumulate(Accumulate accumulate, Scope scope) {
        Scope inner = scope.inner();
        condition(accumulate.source(), inner);
        for (Function function : accumulate.functions()) {
            String name = function.at().text();
            if (!FUNCTIONS.contains(name)) {
                add(
                        LanguageCode.FORBIDDEN,
                        function.at(),
                        "'" + name + "' is not something that 'accumulate' can compute in a folder's rules."
                                + Nearest.question(name, new TreeSet<>(FUNCTIONS)),
                        "Use count, sum, min, max or average.");
                bind(scope, function.variable(), new Variable(Kind.UNKNOWN, null, patterns, function.variable()));
                continue;
            }
            Expression over = function.argument();
            Kind argument = over == null ? null : types.of(over, inner, null).kind();
            if (argument == null && !name.equals("count")) {
                add(
                        LanguageCode.TYPE,
                        function.at(),
                        "'" + name + "' does not say of what",
                        "Write: " + name + "( $n ).");
            }
            if (over != null
                    && argument != null
                    && !name.equals("count")
                    && !argument.isUnknown()
                    && !argument.isNumber()) {
                add(
                        LanguageCode.TYPE,
                        over.at(),
                        "'" + name + "' computes with numbers, and this is " + argument.words(),
                        "Name a number, or use count.");
            }
            if (over != null && boundIn(over, inner).size() > 1) {
                add(
                        LanguageCode.TYPE,
                        over.at(),
                        "'" + name + "' computes with values of one fact, and these are of several",
                        "Name values of one of them; for the sum of both write two functions: $x : sum( $n ), $y : sum( $k ).");
            }
            bind(scope, function.variable(), new Variable(Kind.NUMBER, null, patterns, function.variable()));
        }
        Set<String> computed = accumulate.functions().stream()
                .map(function -> function.variable().text())
                .collect(Collectors.toSet());
        for (Expression each : accumulate.constraints()) {
            test(each, scope, null);
            if (computed.stream().filter(name -> mentions(each, Set.of(name))).count() != 1) {
                add(
                        LanguageCode.TYPE,
                        each.at(),
                        "a test of what 'accumulate' computes is about one of its values",
                        "Write one test for each, with commas between them, or a rule for each: $n > 3, $sum < 10.");
            }
        }
    }

    /** The patterns whose values an expression names. */
    private static Set<Integer> boundIn(Expression expression, Scope scope) {
        return scope.variableNames().stream()
                .filter(name -> mentions(expression, Set.of(name)))
                .map(scope::variable)
                .filter(Objects::nonNull)
                .map(Variable::pattern)
                .collect(Collectors.toSet());
    }

    // ---- what the rule does

    private void consequence(Scope scope) {
        Expression inserted = rule.consequence();
        Token first = first(inserted);
        if (first.kind() == Token.Kind.WORD
                && Character.isUpperCase(first.text().charAt(0))
                && !first.is("Finding")) {
            add(
                    LanguageCode.CONSEQUENCE,
                    first,
                    "a rule of a folder inserts findings only, and this begins with '" + first.text() + "'",
                    "Write: insert( Finding.violated( $a, \"what was found\" ) );");
            return;
        }
        int told = problems.size();
        Types.Value value = types.consequence(inserted, scope);
        Member start = start(inserted);
        if (problems.size() > told) {
            return;
        }
        if (start == null) {
            add(
                    LanguageCode.CONSEQUENCE,
                    inserted.at(),
                    "what is inserted is not a finding",
                    "Write: insert( Finding.violated( $a, \"what was found\" ) );");
            return;
        }
        used.add(Finding.class);
        if (!value.kind().isUnknown() && value.kind().type() != Finding.class) {
            add(
                    LanguageCode.CONSEQUENCE,
                    inserted.at(),
                    "what is inserted is " + value.kind().words() + " and not a finding",
                    "Write: insert( Finding.violated( $a, \"what was found\" ) );");
        }
        if (id != null
                && start.arguments() != null
                && !start.arguments().isEmpty()
                && !(start.arguments().get(0) instanceof Head head
                        && applicables.contains(head.at().text()))) {
            add(
                    LanguageCode.CONSEQUENCE,
                    start.arguments().get(0).at(),
                    "a finding begins with the variable of the requirement that the rule decides",
                    "Begin the conditions with $a : Applicable( rule == \"" + id + "\", … ), and write $a here.");
        }
    }

    private static Token first(Expression expression) {
        return expression instanceof Member member && member.owner() != null ? first(member.owner()) : expression.at();
    }

    /** The {@code Finding.violated( … )} with which an expression begins, wherever it stands in it. */
    private static @Nullable Member start(Expression expression) {
        if (!(expression instanceof Member member)) {
            return null;
        }
        if (member.owner() instanceof Head head && head.at().is("Finding")) {
            return member;
        }
        Member found = member.owner() == null ? null : start(member.owner());
        if (found == null && member.arguments() != null) {
            for (Expression argument : member.arguments()) {
                found = found == null ? start(argument) : found;
            }
        }
        return found;
    }

    static String list(Collection<String> names) {
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }
}
