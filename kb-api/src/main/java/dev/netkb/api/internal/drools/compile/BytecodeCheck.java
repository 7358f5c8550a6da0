package dev.netkb.api.internal.drools.compile;

import dev.netkb.api.internal.drools.compile.AllowList.Section;
import dev.netkb.api.internal.drools.compile.ClassFile.Member;
import dev.netkb.api.internal.drools.compile.ClassFile.Method;
import dev.netkb.api.internal.drools.compile.ClassFile.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Compares compiled rules with the {@link AllowList}, before any of them is loaded: what they name, and the form of their
 * classes. It needs to know nothing of how a rule was written.
 */
final class BytecodeCheck {

    /** A class of a unit, told by its name. Whatever is of no kind is refused. */
    private enum Kind {
        /** A condition, what a condition looks at, or a consequence. */
        LAMBDA(
                "P[0-9A-F]{2}\\.Lambda(?:Predicate|Extractor|Consequence)[0-9A-F]{32}",
                Section.CONDITIONS,
                Set.of(
                        "<clinit>",
                        "<init>",
                        "values",
                        "valueOf",
                        "getExpressionHash",
                        "predicateInformation",
                        "test",
                        "apply",
                        "execute")),
        /** The rules, each as a method that builds it. */
        RULES(
                "Rules[0-9A-F]{32}(?:RuleMethods\\d+)?",
                Section.RULES,
                Set.of(
                        "<clinit>",
                        "<init>",
                        "getName",
                        "getGlobals",
                        "getTypeMetaDatas",
                        "getRules",
                        "getRulesList",
                        "getQueries",
                        "getEntryPoints",
                        "rule_*")),
        /** The names of the fields of fact types. */
        FIELDS(
                "DomainClassesMetadata[0-9A-F]{32}(?:\\$\\w+_Metadata)?",
                Section.RULES,
                Set.of("<clinit>", "<init>", "getDomainClass", "getPropertiesSize", "getPropertyIndex"));

        private final Pattern name;
        private final Section members;
        private final Set<String> methods;

        Kind(String name, Section members, Set<String> methods) {
            this.name = Pattern.compile(name);
            this.members = members;
            this.methods = methods;
        }

        boolean hasMethod(String method) {
            return methods.contains(method) || method.startsWith("rule_") && methods.contains("rule_*");
        }
    }

    private static final Set<String> LINKERS = Set.of(
            "java.lang.invoke.LambdaMetafactory#metafactory",
            "java.lang.invoke.StringConcatFactory#makeConcatWithConstants");

    private final AllowList list;

    BytecodeCheck(AllowList list) {
        this.list = list;
    }

    /**
     * What a unit may not have.
     *
     * @return what it names or does, in words of the class file, sorted; empty when it may be loaded
     */
    List<Refusal> check(UnitClasses unit) {
        Map<String, Refusal> refusals = new TreeMap<>();
        new TreeMap<>(unit.classes()).forEach((name, bytes) -> {
            for (Refusal refusal : refusals(unit, name, bytes)) {
                refusals.putIfAbsent(refusal.toString(), refusal);
            }
        });
        return List.copyOf(refusals.values());
    }

    private List<Refusal> refusals(UnitClasses unit, String name, byte[] bytes) {
        ClassFile file;
        try {
            file = ClassFile.read(bytes);
        } catch (IOException e) {
            return List.of(new Refusal("", ""));
        }
        if (!file.name().equals(name) || !name.startsWith(unit.packageName() + ".")) {
            return List.of(new Refusal(file.name(), ""));
        }
        String local = name.substring(unit.packageName().length() + 1);
        for (Kind kind : Kind.values()) {
            if (kind.name.matcher(local).matches()) {
                return new OneClass(unit, kind, file).refusals();
            }
        }
        return List.of(new Refusal(name, ""));
    }

    private final class OneClass {
        private final UnitClasses unit;
        private final Kind kind;
        private final ClassFile file;
        private final List<Refusal> refusals = new ArrayList<>();

        OneClass(UnitClasses unit, Kind kind, ClassFile file) {
            this.unit = unit;
            this.kind = kind;
            this.file = file;
        }

        List<Refusal> refusals() {
            for (String named : file.classes()) {
                if (!isOwn(named) && !list.hasClass(Section.TYPES, named) && !list.hasClass(Section.NAMED, named)) {
                    refusals.add(new Refusal(named, ""));
                }
            }
            for (Member member : file.members()) {
                if (!isOwn(member.owner())
                        && !list.hasMember(kind.members, member.owner(), member.name())
                        && !links(member)) {
                    refusals.add(new Refusal(member.owner(), member.name()));
                }
            }
            for (Member bootstrap : file.bootstraps()) {
                if (!LINKERS.contains(bootstrap.toString())) {
                    refusals.add(new Refusal(bootstrap.owner(), bootstrap.name()));
                }
            }
            file.methods().forEach(this::look);
            return refusals;
        }

        /** Whether it links dynamic calls and nothing else: no code calls it by itself. */
        private boolean links(Member member) {
            return LINKERS.contains(member.toString())
                    && file.bootstraps().contains(member)
                    && file.methods().stream().noneMatch(method -> method.calls().contains(member));
        }

        private boolean isOwn(String name) {
            return unit.classes().containsKey(name);
        }

        private void look(Method method) {
            if (!kind.hasMethod(method.name())) {
                refusals.add(new Refusal("", method.name()));
            }
            for (Trait trait : method.traits()) {
                // What every enumeration has copies an array of its values.
                if (!(trait == Trait.SIZED_ARRAY && kind == Kind.LAMBDA && method.name().equals("values"))) {
                    refusals.add(new Refusal("", word(trait)));
                }
            }
            for (Member call : method.calls()) {
                if (isOwn(call.owner()) && !mayCall(method, call)) {
                    refusals.add(new Refusal("", call.name()));
                }
            }
        }

        /** What the generated classes of rules call of each other; none of it can go round in a circle. */
        private boolean mayCall(Method method, Member call) {
            boolean itself = call.owner().equals(file.name());
            return switch (kind) {
                case LAMBDA ->
                    itself && (method.bridge() || method.name().equals("<clinit>") && call.name().equals("<init>"));
                case RULES ->
                    itself
                            ? method.name().equals("<init>") && call.name().equals("getRulesList")
                            : method.name().equals("getRulesList") && call.name().startsWith("rule_");
                case FIELDS -> method.name().equals("<clinit>") && call.name().equals("<init>");
            };
        }
    }

    private static String word(Trait trait) {
        return switch (trait) {
            case NATIVE -> "native";
            case LOOP -> Refusal.LOOP;
            case SIZED_ARRAY -> "new";
            case LOCK -> "synchronized";
        };
    }
}
