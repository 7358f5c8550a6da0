package dev.netkb.model.reach;

import dev.netkb.model.value.ServiceTag;
import java.util.Comparator;

/**
 * A route that may decide about its destinations, before other routes are looked at.
 *
 * @param destination the addresses it is for
 * @param length the prefix length of these addresses, or {@link #UNKNOWN_LENGTH}
 */
record RouteCandidate(Term destination, int length, Rank rank, ResolvedRoute route) {

    /** Of addresses that are known only by name; service tags and virtual networks have no prefixes shorter than /8. */
    static final int UNKNOWN_LENGTH = -1;

    static final int SHORTEST_UNKNOWN = 8;

    /** Of a private endpoint, which comes before every other route. */
    static final int BEFORE_ALL = Integer.MAX_VALUE;

    /** Of routes that nobody sees: where one decides it comes before the prefixes that are known. */
    static final int BEFORE_KNOWN = Integer.MAX_VALUE - 1;

    /** Which of several routes for one prefix decides: the first (requirements C.3). */
    enum Rank {
        USER_PREFIX,
        USER_REGIONAL_TAG,
        USER_TAG,
        USER_REGIONAL_CLOUD,
        USER_CLOUD,
        GATEWAY,
        SYSTEM;

        private static final ServiceTag CLOUD = ServiceTag.of("AzureCloud");

        static Rank of(ServiceTag tag) {
            boolean regional = tag.parent().isPresent();
            if (tag.parent().orElse(tag).equals(CLOUD)) {
                return regional ? USER_REGIONAL_CLOUD : USER_CLOUD;
            }
            return regional ? USER_REGIONAL_TAG : USER_TAG;
        }
    }

    /** The order in which routes with a known prefix length are tried. */
    static final Comparator<RouteCandidate> LONGEST_FIRST =
            Comparator.comparingInt(RouteCandidate::length).reversed().thenComparing(RouteCandidate::rank);

    boolean isBeforePrefixes() {
        return length >= BEFORE_KNOWN;
    }

    boolean isLengthKnown() {
        return length != UNKNOWN_LENGTH;
    }
}
