package dev.netkb.api;

import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something that the rules take as given: what people know about a network that no export says, or where a line is drawn. */
public enum Parameter {
    TRUSTED_APPLIANCES(
            "trustedAppliances",
            Type.ADDRESSES,
            "",
            "Addresses of network virtual appliances, as routes name them as next hop, that let everything pass that the instance"
                    + " needs.",
            "every outbound flow"),
    CLIENT_RANGES(
            "clientRanges",
            Type.PREFIXES,
            "",
            "Where clients are: the inbound flows of clients are decided for these ranges instead of the whole internet, and a"
                    + " range that does not get through is no decision but a mistake.",
            "C-FLOW-IN-CLIENT",
            "C-FLOW-IN-CLIENT-80"),
    FEATURES_IN_USE(
            "featuresInUse",
            Type.FEATURES,
            "",
            "Optional features that are in use although no export shows it: what they need is a warning where it is missing.",
            "every optional flow",
            "C-DNS-INT-HOSTS"),
    FEATURES_NOT_IN_USE(
            "featuresNotInUse",
            Type.FEATURES,
            "",
            "Optional features that nobody uses: what only they need is not asked for. Where an export shows one in use, the"
                    + " export is believed.",
            "every optional flow"),
    CLASSIC_LONGEST_PREFIX(
            "classicLongestPrefix",
            Type.PREFIX_LENGTH,
            "29",
            "The prefix length of the smallest subnet of an instance of a classic tier.",
            "C-SIZE-MIN"),
    V2_INJECTION_LONGEST_PREFIX(
            "v2InjectionLongestPrefix",
            Type.PREFIX_LENGTH,
            "27",
            "The prefix length of the smallest subnet of an injected v2 instance.",
            "V2I-SIZE"),
    V2_INJECTION_RECOMMENDED_PREFIX(
            "v2InjectionRecommendedPrefix",
            Type.PREFIX_LENGTH,
            "24",
            "The prefix length that is recommended for an injected v2 instance.",
            "V2I-SIZE"),
    V2_INTEGRATION_LONGEST_PREFIX(
            "v2IntegrationLongestPrefix",
            Type.PREFIX_LENGTH,
            "27",
            "The prefix length of the smallest subnet of an integrated v2 instance.",
            "V2O-SIZE"),
    WORKSPACE_LONGEST_PREFIX(
            "workspaceLongestPrefix",
            Type.PREFIX_LENGTH,
            "27",
            "The prefix length of the smallest subnet of a workspace gateway.",
            "WG-SIZE"),
    WORKSPACE_RECOMMENDED_PREFIX(
            "workspaceRecommendedPrefix",
            Type.PREFIX_LENGTH,
            "24",
            "The prefix length that is recommended for a workspace gateway.",
            "WG-SIZE"),
    WORKSPACE_SHORTEST_PREFIX(
            "workspaceShortestPrefix",
            Type.PREFIX_LENGTH,
            "24",
            "The prefix length of the largest subnet of a workspace gateway.",
            "WG-SIZE"),
    NETWORK_STATUS_MINUTES(
            "networkStatusMinutes",
            Type.NUMBER,
            "15",
            "How many minutes old a network status may be, besides five that pass between looking and answering.",
            "C-NS-AGE",
            "C-NS-REQ",
            "C-NS-OPT",
            "C-NS-DNS"),
    WAIVER_SUBJECTS(
            "waiverSubjects",
            Type.NUMBER,
            "20",
            "How many subjects of one snapshot a waiver may accept before it is told to be too broad.",
            "waivers");

    /** What a value can be. */
    public enum Type {
        ADDRESSES("addresses", "10.0.1.4,10.0.1.5") {
            @Override
            void check(String text) {
                if (!AddressPrefix.tryParse(text)
                        .filter(AddressPrefix::isSingle)
                        .isPresent()) {
                    throw new IllegalArgumentException(
                            "which is no address; write the addresses that routes name as next hop");
                }
            }
        },
        PREFIXES("prefixes", "203.0.113.0/24,10.0.0.0/8") {
            @Override
            void check(String text) {
                AddressPrefix prefix = AddressPrefix.tryParse(text)
                        .orElseThrow(
                                () -> new IllegalArgumentException("which is no address and no range of addresses"));
                String address = text.replaceFirst("/.*", "").trim();
                if (!prefix.isSingle() && !prefix.startsAt(address)) {
                    throw new IllegalArgumentException("which is no range: " + address
                            + " is not its first address; write " + prefix.text() + " or " + address);
                }
            }
        },
        FEATURES("features", "external_cache,git") {
            @Override
            void check(String text) {
                if (feature(text).isEmpty()) {
                    List<String> names =
                            Arrays.stream(Feature.values()).map(Parameter::word).toList();
                    throw new IllegalArgumentException("which is no feature; there are " + String.join(", ", names)
                            + "." + Nearest.question(text, names));
                }
            }
        },
        PREFIX_LENGTH("prefix length", "26") {
            @Override
            void check(String text) {
                number(text, 8, 29, "which is no prefix length of a subnet from 8 to 29");
            }
        },
        NUMBER("number", "30") {
            @Override
            void check(String text) {
                number(text, 1, 100_000, "which is no whole number from 1 to 100000");
            }
        };

        private final String word;
        private final String example;

        Type(String word, String example) {
            this.word = word;
            this.example = example;
        }

        /** Such as {@code addresses}. */
        public String word() {
            return word;
        }

        /** A value, as {@code --set} takes it. */
        public String example() {
            return example;
        }

        public boolean isList() {
            return this == ADDRESSES || this == PREFIXES || this == FEATURES;
        }

        /** @throws IllegalArgumentException when one value is none of this type; the message says why */
        abstract void check(String text);

        private static void number(String text, int least, int most, String otherwise) {
            int number;
            try {
                number = Integer.parseInt(text.startsWith("/") ? text.substring(1) : text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(otherwise, e);
            }
            if (number < least || number > most) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }

    private final String key;
    private final Type type;
    private final String standard;
    private final String description;
    private final List<String> usedBy;

    Parameter(String key, Type type, String standard, String description, String... usedBy) {
        this.key = key;
        this.type = type;
        this.standard = standard;
        this.description = description;
        this.usedBy = List.of(usedBy);
    }

    /** Its name, as {@code --set} takes it. */
    public String key() {
        return key;
    }

    public Type type() {
        return type;
    }

    /** The value that it has where nobody says another; empty for an empty list. */
    public String standard() {
        return standard;
    }

    public String description() {
        return description;
    }

    /** Ids of the rules that read it, or what else does. */
    public List<String> usedBy() {
        return usedBy;
    }

    /** The parameter of a name, in whatever letter case. */
    static Optional<Parameter> of(String key) {
        return Arrays.stream(values())
                .filter(each -> each.key.equalsIgnoreCase(key.trim()))
                .findFirst();
    }

    /** The parts of a value. */
    Stream<String> parts(String value) {
        return type.isList() ? Stream.of(value.split(",", -1)).map(String::trim) : Stream.of(value.trim());
    }

    /** What is wrong with a value; null where nothing is. */
    @Nullable
    String wrong(String value) {
        for (String part : parts(value).toList()) {
            try {
                type.check(part);
            } catch (IllegalArgumentException e) {
                String why = String.valueOf(e.getMessage());
                return key + " has '" + part + "', " + why + (why.endsWith("?") ? " An example: " : ", such as ") + key
                        + "=" + type.example();
            }
        }
        return null;
    }

    static Optional<Feature> feature(String text) {
        String name = text.trim().replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(Feature.values())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    static String word(Feature feature) {
        return feature.name().toLowerCase(Locale.ROOT);
    }
}
