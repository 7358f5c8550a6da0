package dev.netkb.api.read.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a module stands: the calls that lead to it, each with its index. */
record ModuleAddress(List<Step> steps) {

    static final ModuleAddress ROOT = new ModuleAddress(List.of());

    /** An index as Terraform writes it. */
    static final String INDEX = "\\[(\"(?:[^\"\\\\]|\\\\.)*+\"|\\d+)\\]";

    private static final Pattern STEP = Pattern.compile("module\\.([A-Za-z0-9_-]+)(?:" + INDEX + ")?");

    /**
     * A call.
     *
     * @param key its index; null where there is one only
     */
    record Step(String name, @Nullable String key) {}

    ModuleAddress {
        steps = List.copyOf(steps);
    }

    /** Reads the beginning of an address; what is no module ends it. */
    static ModuleAddress parse(String address) {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(address);
        int at = 0;
        while (step.find(at) && step.start() == at) {
            steps.add(new Step(step.group(1), step.group(2)));
            at = step.end() + 1;
            if (at > address.length()) {
                break;
            }
        }
        return new ModuleAddress(steps);
    }

    boolean isRoot() {
        return steps.isEmpty();
    }

    /** The module that calls this one, which is not the root. */
    ModuleAddress parent() {
        return new ModuleAddress(steps.subList(0, steps.size() - 1));
    }

    Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Whether a module is this one or called from it, directly or not. */
    boolean contains(ModuleAddress other) {
        return other.steps.size() >= steps.size()
                && other.steps.subList(0, steps.size()).equals(steps);
    }

    boolean isCallOf(ModuleAddress caller, String name) {
        return !isRoot() && last().name().equals(name) && parent().equals(caller);
    }
}
