package dev.netkb.api.internal.pack;

import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Applicability.Scope;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads which locations a requirement speaks of, from the cells of a table or the metadata of a rule. */
public final class Selectors {

    private Selectors() {}

    /** Each text is a list separated by commas; empty means any. */
    public static Applicability parse(
            String models, String platforms, String networkTypes, String tiers, String scope) {
        return new Applicability(
                set(models, NetworkModel::of),
                set(platforms, text -> Platform.valueOf(text.toUpperCase(Locale.ROOT))),
                set(networkTypes, Selectors::networkType),
                set(tiers, text -> text.toLowerCase(Locale.ROOT)),
                scope(scope));
    }

    /** The parts of a list separated by commas or semicolons. */
    public static List<String> list(String text) {
        return Arrays.stream(text.split("[,;]", -1))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static <T> Set<T> set(String text, Function<String, T> parse) {
        return list(text).stream().map(parse).collect(Collectors.toUnmodifiableSet());
    }

    private static VirtualNetworkType networkType(String text) {
        VirtualNetworkType type = VirtualNetworkType.of(text);
        if (type == VirtualNetworkType.UNKNOWN && !text.equalsIgnoreCase("unknown")) {
            throw new IllegalArgumentException("'" + text + "' is none of None, External, Internal");
        }
        return type;
    }

    private static Scope scope(String text) {
        return switch (text.trim()) {
            case "" -> Scope.ANY;
            case "singleRegion" -> Scope.SINGLE_REGION;
            case "multiRegion" -> Scope.MULTI_REGION;
            default -> throw new IllegalArgumentException("'" + text + "' is none of singleRegion, multiRegion");
        };
    }
}
