package dev.netkb.api.internal.pack;

import dev.netkb.api.Parameters;
import dev.netkb.api.internal.pack.SettingsText.Entry;
import dev.netkb.api.internal.pack.SettingsText.Item;
import dev.netkb.api.internal.pack.SettingsText.Mapping;
import dev.netkb.api.internal.pack.SettingsText.Scalar;
import dev.netkb.api.internal.pack.SettingsText.Sequence;
import dev.netkb.api.rules.RuleProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code parameters.yaml} of a folder of rules: a key and its value on each line; a list may be a list. */
public final class ParametersFile {

    private static final String SHAPE = "KB-E367";
    private static final String VALUE = "KB-E368";

    private ParametersFile() {}

    /**
     * Reads the text of a file.
     *
     * @param file how problems name it
     * @param problems what is wrong is added to it, each thing by itself
     */
    public static Parameters read(String file, String text, List<RuleProblem> problems) {
        SettingsText settings = SettingsText.of(file, text);
        Item root = settings.isEmpty() ? null : settings.parse(SHAPE, problems);
        if (root == null) {
            return Parameters.NONE;
        }
        if (!(root instanceof Mapping mapping)) {
            problems.add(settings.problem(
                    SHAPE,
                    root,
                    "the file says no parameters",
                    "Write one a line, such as 'classicLongestPrefix: 28'."));
            return Parameters.NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Entry> entries = settings.entries(mapping, SHAPE, problems);
        entries.forEach((key, entry) -> {
            String value = value(entry.value());
            if (value == null) {
                problems.add(settings.problem(
                        VALUE,
                        entry.value(),
                        key + " is neither a value nor a list of values",
                        "Write a value, or [a, b]."));
            } else if (!value.isBlank()) {
                values.put(key, value);
            } else {
                problems.add(settings.problem(
                        VALUE,
                        entry.value(),
                        key + " has no value",
                        "Write one, or take the line away: then what holds anyway counts."));
            }
        });
        List<Parameters.Trouble> troubles = new ArrayList<>();
        Parameters parameters = Parameters.read(values, troubles);
        for (Parameters.Trouble trouble : troubles) {
            Entry entry = entries.get(trouble.key());
            problems.add(settings.problem(
                    trouble.code(),
                    entry == null ? root : trouble.code().equals(VALUE) ? wrong(entry) : entry.key(),
                    trouble.message(),
                    trouble.hint().isEmpty()
                            ? "netkb rules list --parameters tells what each may be."
                            : trouble.hint()));
        }
        return parameters;
    }

    /** The value that is wrong; of a list the first one that is wrong by itself. */
    private static Item wrong(Entry entry) {
        if (entry.value() instanceof Sequence list) {
            for (Item part : list.items()) {
                List<Parameters.Trouble> troubles = new ArrayList<>();
                if (part instanceof Scalar scalar) {
                    Parameters.read(Map.of(entry.key().text(), scalar.text()), troubles);
                }
                if (!troubles.isEmpty()) {
                    return part;
                }
            }
        }
        return entry.value();
    }

    private static @Nullable String value(Item item) {
        if (item instanceof Scalar scalar) {
            return scalar.text();
        }
        if (!(item instanceof Sequence list)) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (Item part : list.items()) {
            if (!(part instanceof Scalar scalar)) {
                return null;
            }
            parts.add(scalar.text());
        }
        return String.join(",", parts);
    }
}
