package dev.netkb.api.read.terraform;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows what expressions refer to, through variables and outputs of modules, to the resource whose id or name a value
 * will be. The plan lists the references of an expression but not the expression: where they leave a choice, nothing is
 * chosen.
 */
final class References {

    private static final int DEEPEST = 30;
    private static final int MOST_STEPS = 2_000;
    private static final Set<String> INDEXES = Set.of("each.key", "each.value", "count.index");
    private static final Pattern RESOURCE = Pattern.compile(
            "((?:data\\.)?([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]+)(?:" + ModuleAddress.INDEX + ")?(.*)", Pattern.DOTALL);
    private static final Pattern MODULE = Pattern.compile(
            "module\\.([A-Za-z0-9_-]+)(?:" + ModuleAddress.INDEX + ")?(?:\\.([A-Za-z0-9_-]+)(.*))?", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("var\\.([A-Za-z0-9_-]+)(.*)", Pattern.DOTALL);
    private static final Pattern FIRST_STEP =
            Pattern.compile("(?:" + ModuleAddress.INDEX + "|\\.([A-Za-z0-9_-]+)).*", Pattern.DOTALL);

    private final List<Instance> instances;
    private final Set<ModuleAddress> modules;
    private final Configuration configuration;

    References(List<Instance> instances, Configuration configuration) {
        this.instances = instances;
        this.modules = instances.stream().map(Instance::module).collect(Collectors.toCollection(LinkedHashSet::new));
        for (ModuleAddress module : List.copyOf(modules)) {
            for (ModuleAddress above = module; !above.isRoot(); above = above.parent()) {
                modules.add(above);
            }
        }
        this.configuration = configuration;
    }

    /**
     * What a value may be.
     *
     * @param candidates the resources that it may belong to
     * @param open whether it may also be something else
     */
    record Meaning(Set<Instance> candidates, boolean open) {

        /** The resource that it must belong to; empty where there is a choice. */
        Optional<Instance> only() {
            return open || candidates.size() != 1
                    ? Optional.empty()
                    : Optional.of(candidates.iterator().next());
        }
    }

    /**
     * The resources whose id or name an unknown argument may be.
     *
     * @param armType the type that only makes sense there, in lower case; null for any
     */
    Meaning meaning(Term argument, Instance of, @Nullable String armType) {
        Search search = new Search(armType);
        search.expression(argument.expression(), of.module(), each(of), false, 0);
        return new Meaning(search.found, search.open);
    }

    /** What an expression refers to, each thing once as the expression names it. */
    static List<String> heads(@Nullable Node expression) {
        Node references = expression == null ? null : expression.get("references");
        List<String> heads = new ArrayList<>();
        String before = "";
        for (Node item : references == null ? List.<Node>of() : references.items()) {
            // The longest form comes first, then what it begins with: x.y.id, x.y.
            if (item.value() instanceof Json.Text text) {
                String shorter = text.value();
                boolean begins = before.length() > shorter.length()
                        && before.startsWith(shorter)
                        && ".[".indexOf(before.charAt(shorter.length())) >= 0;
                if (!begins) {
                    heads.add(shorter);
                }
                before = shorter;
            }
        }
        return heads.stream().distinct().toList();
    }

    /** What {@code each} and {@code count} mean in an expression: the own index, and those of its siblings. */
    private record Each(
            @Nullable String key,
            Set<String> siblings,
            @Nullable Node forEach,
            ModuleAddress module) {}

    private Each each(Instance instance) {
        Node shown = configuration.resource(instance.module(), instance.stem());
        return new Each(
                instance.key(),
                keys(instances(instance.module(), instance.stem())),
                shown == null ? null : shown.get("for_each_expression"),
                instance.module());
    }

    private Each each(ModuleAddress module) {
        Node call = configuration.call(module);
        return new Each(
                module.last().key(),
                calls(module.parent(), module.last().name()).stream()
                        .map(sibling -> String.valueOf(sibling.last().key()))
                        .collect(Collectors.toCollection(TreeSet::new)),
                call == null ? null : call.get("for_each_expression"),
                module.parent());
    }

    private List<Instance> instances(ModuleAddress module, String stem) {
        return instances.stream()
                .filter(one -> one.module().equals(module) && one.stem().equals(stem))
                .toList();
    }

    private List<ModuleAddress> calls(ModuleAddress caller, String name) {
        return modules.stream().filter(one -> one.isCallOf(caller, name)).toList();
    }

    private static Set<String> keys(List<Instance> instances) {
        return instances.stream().map(one -> String.valueOf(one.key())).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Collects what one argument may be. */
    private final class Search {
        private final @Nullable String armType;
        private final Set<Instance> found = new LinkedHashSet<>();
        private boolean open;
        private int steps;

        Search(@Nullable String armType) {
            this.armType = armType;
        }

        /** @param compound whether the value is only a part of what the expression gives */
        void expression(@Nullable Node expression, ModuleAddress module, Each each, boolean compound, int depth) {
            if (expression == null || depth > DEEPEST || ++steps > MOST_STEPS) {
                open = true;
                return;
            }
            List<String> heads = heads(expression);
            if (heads.isEmpty()) {
                open |= expression.getOrNullValue("constant_value") == null;
                return;
            }
            boolean named = heads.stream().anyMatch(head -> isNamed(head));
            boolean keyed = heads.stream().anyMatch(INDEXES::contains);
            for (String head : heads) {
                Matcher matcher;
                if (head.startsWith("each.value") && !named) {
                    sameKey(each, head.substring("each.value".length()), depth);
                } else if ((matcher = VARIABLE.matcher(head)).matches()) {
                    variable(matcher.group(1), matcher.group(2), module, compound, depth);
                } else if ((matcher = MODULE.matcher(head)).matches()) {
                    call(matcher, module, keyed ? each : null, compound, depth);
                } else if (isNamed(head) && (matcher = RESOURCE.matcher(head)).matches()) {
                    resource(matcher, module, keyed ? each : null, compound);
                } else if (head.startsWith("local.")) {
                    open = true;
                }
            }
            // An index, or another value to choose from where there is nothing to index.
            boolean value = heads.stream().anyMatch(head -> head.startsWith("each.value"));
            open |= named && value && found.stream().allMatch(one -> one.key() == null);
        }

        /** One of the things that {@code for_each} goes over; the one with the same index where they are resources. */
        private void sameKey(Each each, String rest, int depth) {
            Search all = new Search(armType);
            all.steps = steps;
            if (each.forEach() != null && each.key() != null) {
                boolean outer = !each.module().isRoot();
                all.expression(
                        each.forEach(),
                        each.module(),
                        outer ? each(each.module()) : new Each(null, Set.of(), null, ModuleAddress.ROOT),
                        true,
                        depth + 1);
            } else {
                all.open = true;
            }
            steps = all.steps;
            List<Instance> same = all.found.stream()
                    .filter(one -> String.valueOf(one.key()).equals(each.key()))
                    .toList();
            boolean chained = same.size() == 1 && keys(List.copyOf(all.found)).equals(each.siblings());
            found.addAll(chained ? same : all.found);
            open |= all.open || !rest.isEmpty() && !chained && all.found.isEmpty();
        }

        private void variable(String name, String rest, ModuleAddress module, boolean compound, int depth) {
            if (module.isRoot()) {
                // Its value was given when the plan was made, so nothing in it is unknown.
                return;
            }
            Node given = Configuration.at(configuration.call(module), "expressions", name);
            if (given == null) {
                open |= configuration.call(module) == null;
                return;
            }
            Search inner = inner();
            inner.expression(given, module.parent(), each(module), compound || !rest.isEmpty(), depth + 1);
            take(inner, rest);
        }

        private void call(Matcher reference, ModuleAddress module, @Nullable Each each, boolean compound, int depth) {
            List<ModuleAddress> called = calls(module, reference.group(1));
            List<ModuleAddress> meant = choose(
                    called,
                    reference.group(2),
                    each,
                    one -> String.valueOf(one.last().key()));
            open |= meant.isEmpty();
            String output = reference.group(3);
            String rest = reference.group(4) == null ? "" : reference.group(4);
            for (ModuleAddress one : meant) {
                if (output == null) {
                    // It is not said which of its outputs.
                    List<Instance> inside = instances.stream()
                            .filter(candidate -> one.contains(candidate.module()) && isWanted(candidate))
                            .toList();
                    found.addAll(inside);
                    open |= inside.isEmpty() || armType == null;
                    continue;
                }
                Search inner = inner();
                inner.expression(
                        configuration.output(one, output), one, each(one), compound || !rest.isEmpty(), depth + 1);
                take(inner, rest);
            }
        }

        private void resource(Matcher reference, ModuleAddress module, @Nullable Each each, boolean compound) {
            List<Instance> all = instances(module, reference.group(1));
            List<Instance> meant = choose(all, reference.group(3), each, one -> String.valueOf(one.key()));
            List<Instance> wanted = meant.stream().filter(this::isWanted).toList();
            found.addAll(wanted);
            open |= all.isEmpty() || meant.isEmpty() || wanted.isEmpty() && !compound;
        }

        /** The one with the index; the one with the own index where both have the same ones; else all of them. */
        private <T> List<T> choose(
                List<T> all, @Nullable String index, @Nullable Each each, Function<T, String> keyOf) {
            if (index != null) {
                return all.stream()
                        .filter(one -> keyOf.apply(one).equals(index))
                        .toList();
            }
            if (all.size() > 1 && each != null && each.key() != null) {
                Set<String> keys = all.stream().map(keyOf).collect(Collectors.toCollection(TreeSet::new));
                if (keys.equals(each.siblings())) {
                    return all.stream()
                            .filter(one -> keyOf.apply(one).equals(each.key()))
                            .toList();
                }
            }
            return all;
        }

        private Search inner() {
            Search inner = new Search(armType);
            inner.steps = steps;
            return inner;
        }

        /** Takes what was found; of several the one that the rest of the reference names. */
        private void take(Search inner, String rest) {
            steps = inner.steps;
            open |= inner.open;
            Matcher step = FIRST_STEP.matcher(rest);
            if (inner.found.size() > 1 && step.matches()) {
                String key = step.group(1) == null ? '"' + step.group(2) + '"' : step.group(1);
                List<Instance> keyed = inner.found.stream()
                        .filter(one -> key.equals(one.key())
                                || !one.module().isRoot()
                                        && key.equals(one.module().last().key()))
                        .toList();
                if (keyed.size() == 1) {
                    found.addAll(keyed);
                    return;
                }
            }
            found.addAll(inner.found);
        }

        private boolean isWanted(Instance instance) {
            return armType == null ? instance.armType() != null : instance.is(armType.toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isNamed(String head) {
        int dot = head.indexOf('.');
        String first = dot < 0 ? head : head.substring(0, dot);
        return dot > 0
                && !Set.of("var", "local", "each", "count", "path", "terraform", "self")
                        .contains(first);
    }
}
