package dev.netkb.html;

import dev.netkb.api.render.Words;
import dev.netkb.html.picture.NetworkPicture;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a snapshot that opens by itself: a location, or the results that belong to none.
 *
 * @param id its anchor
 * @param heading what it is
 * @param location null where the results belong to none
 * @param results worst first
 * @param first the number in the anchor of the first result; the others follow
 * @param open whether it is open at first
 */
record Part(
        String id,
        String heading,
        @Nullable LocationSummary location,
        List<Result> results,
        int first,
        Tally tally,
        Findings findings,
        boolean open) {

    /** The subscriptions that it is about: that of the service, else those of its results. */
    List<String> subscriptions() {
        return location == null
                ? results.stream()
                        .map(result -> subscription(result.subject().id()))
                        .distinct()
                        .sorted()
                        .toList()
                : List.of(subscription(location.service()));
    }

    /** Its subscriptions by number, as the filter knows them. */
    String numbers(Map<String, Integer> subscriptions) {
        return subscriptions().stream()
                .map(each -> String.valueOf(subscriptions.get(each)))
                .collect(Collectors.joining(" "));
    }

    private static String subscription(ResourceId id) {
        return id.subscription().toLowerCase(Locale.ROOT);
    }

    /** Mode, tier, platform, subnet. */
    List<String> facts() {
        if (location == null) {
            return List.of();
        }
        ResourceId subnet = location.subnet();
        return List.of(
                location.virtualNetworkType(),
                location.sku() == null ? "unknown tier" : location.sku(),
                location.platformVersion() == null ? "unknown platform" : location.platformVersion(),
                subnet == null ? "no subnet" : Words.shortName(subnet),
                "baseline " + location.baseline());
    }

    /** Ids in full. */
    List<String> ids() {
        if (location == null) {
            return List.of();
        }
        ResourceId subnet = location.subnet();
        return subnet == null || subnet.equals(location.service())
                ? List.of(location.service().text())
                : List.of(location.service().text(), subnet.text());
    }

    /** The picture of its network; empty where there is none. */
    String picture() {
        return location == null ? "" : NetworkPicture.of(location, results).svg(id + "p");
    }
}
