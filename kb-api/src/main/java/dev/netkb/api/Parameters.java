package dev.netkb.api;

import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Nearest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of the parameters of the rules, as far as somebody says others than those that hold anyway. Immutable.
 *
 * @param values what somebody says, as {@code --set} takes it; checked
 */
public record Parameters(Map<Parameter, String> values) implements Serializable {

    public static final Parameters NONE = new Parameters(Map.of());

    /** Where the JSON schema of a file of parameters is on the class path. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/parameters-1.schema.json";

    static final List<String> KEYS =
            Arrays.stream(Parameter.values()).map(Parameter::key).toList();

    private static final String UNKNOWN = "KB-E367";
    private static final String VALUE = "KB-E368";
    private static final String CONTRADICTION = "KB-E369";

    public Parameters {
        Map<Parameter, String> copy = new EnumMap<>(Parameter.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /**
     * Something that is wrong with a parameter.
     *
     * @param code its page in the documentation
     * @param key the parameter as it was written
     */
    public record Trouble(String code, String key, String message, String hint) {}

    /**
     * Reads parameters as people write them.
     *
     * @param values key → value, such as {@code trustedAppliances} → {@code 10.0.1.4,10.0.1.5}
     * @throws IllegalArgumentException when there is no such parameter, a value is none of its type, or two contradict each
     *     other; the message says everything that is wrong, which value, and what it may be
     */
    public static Parameters parse(Map<String, String> values) {
        List<Trouble> troubles = new ArrayList<>();
        Parameters parameters = read(values, troubles);
        parameters.contradictions().forEach(troubles::add);
        if (!troubles.isEmpty()) {
            throw new IllegalArgumentException(troubles.stream()
                    .map(trouble -> trouble.message() + (trouble.hint().isEmpty() ? "" : "\n" + trouble.hint()))
                    .collect(Collectors.joining("\n")));
        }
        return parameters;
    }

    /** Reads them likewise; what is wrong with one of them is added to the troubles, and it is left out. */
    public static Parameters read(Map<String, String> values, List<Trouble> troubles) {
        Map<Parameter, String> read = new EnumMap<>(Parameter.class);
        values.forEach((key, value) -> {
            Parameter parameter = Parameter.of(key).orElse(null);
            if (parameter == null) {
                List<String> nearest = Nearest.to(key, KEYS);
                troubles.add(new Trouble(
                        UNKNOWN,
                        key,
                        "there is no parameter '" + key + "'",
                        nearest.isEmpty() ? "There are " + String.join(", ", KEYS) + "." : Nearest.advice(nearest)));
                return;
            }
            String wrong = parameter.wrong(value);
            if (wrong != null) {
                troubles.add(new Trouble(VALUE, key, wrong, ""));
            } else {
                read.put(parameter, value);
            }
        });
        return new Parameters(read);
    }

    /** What cannot be true at once, whether somebody says it or not. */
    public List<Trouble> contradictions() {
        List<Trouble> troubles = new ArrayList<>();
        Set<Feature> both =
                featuresInUse().stream().filter(featuresNotInUse()::contains).collect(Collectors.toSet());
        both.stream()
                .sorted()
                .forEach(feature -> troubles.add(new Trouble(
                        CONTRADICTION,
                        Parameter.FEATURES_NOT_IN_USE.key(),
                        Parameter.word(feature) + " is in " + Parameter.FEATURES_IN_USE.key() + " and in "
                                + Parameter.FEATURES_NOT_IN_USE.key(),
                        "Take it out of one of them.")));
        int smallest = number(Parameter.WORKSPACE_LONGEST_PREFIX);
        int largest = number(Parameter.WORKSPACE_SHORTEST_PREFIX);
        if (largest > smallest) {
            troubles.add(new Trouble(
                    CONTRADICTION,
                    Parameter.WORKSPACE_SHORTEST_PREFIX.key(),
                    "no subnet can be a /" + smallest + " or larger and a /" + largest + " or smaller",
                    Parameter.WORKSPACE_SHORTEST_PREFIX.key() + " may be " + smallest + " at most, which is "
                            + Parameter.WORKSPACE_LONGEST_PREFIX.key() + "."));
        }
        return troubles;
    }

    /** These values, and those of others for what is not said here. */
    public Parameters over(Parameters lower) {
        Map<Parameter, String> both = new EnumMap<>(Parameter.class);
        both.putAll(lower.values);
        both.putAll(values);
        return new Parameters(both);
    }

    /** The value in force. */
    public String text(Parameter parameter) {
        return values.getOrDefault(parameter, parameter.standard());
    }

    /** The value in force of a parameter that is a number or a prefix length. */
    public int number(Parameter parameter) {
        String text = text(parameter).trim();
        return Integer.parseInt(text.startsWith("/") ? text.substring(1) : text);
    }

    /**
     * Addresses of network virtual appliances that let everything pass that the instance needs: a route to one of them
     * passes instead of being undetermined. Rules of an Azure Firewall that were exported count all the same, and replies to
     * the internet that go through an appliance are lost.
     */
    public Set<AddressPrefix> trustedAppliances() {
        return list(Parameter.TRUSTED_APPLIANCES, AddressPrefix::parse).collect(Collectors.toUnmodifiableSet());
    }

    /** Where clients are; empty where nobody says it. */
    public List<AddressPrefix> clientRanges() {
        return list(Parameter.CLIENT_RANGES, AddressPrefix::parse).distinct().toList();
    }

    /** Optional features that are in use whatever an export shows. */
    public Set<Feature> featuresInUse() {
        return features(Parameter.FEATURES_IN_USE);
    }

    /** Optional features that are not in use unless an export shows them. */
    public Set<Feature> featuresNotInUse() {
        return features(Parameter.FEATURES_NOT_IN_USE);
    }

    private Set<Feature> features(Parameter parameter) {
        return list(parameter, text -> Parameter.feature(text).orElseThrow()).collect(Collectors.toUnmodifiableSet());
    }

    private <T> Stream<T> list(Parameter parameter, Function<String, T> parse) {
        String text = text(parameter);
        return text.isEmpty() ? Stream.empty() : parameter.parts(text).map(parse);
    }

    /** The parameters whose value is not the one that holds anyway, such as {@code clientRanges=10.0.0.0/8}. */
    public List<String> changed() {
        return values.entrySet().stream()
                .filter(entry -> !Objects.equals(entry.getKey().standard(), entry.getValue()))
                .map(entry -> entry.getKey().key() + "=" + entry.getValue())
                .toList();
    }
}
