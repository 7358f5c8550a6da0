package dev.netkb.api.read;

import dev.netkb.api.read.azure.Facts;
import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers that come in pages. A page that says that there is more makes its resource types incomplete, so that what is not there is not
 * taken for absent, unless the other pages are in the snapshot too. What can be known of that:
 *
 * <ul>
 *   <li>A page of Resource Graph says how many rows the whole answer has. Pages with one total that hold as many different
 *       resources together, and of which one says that nothing follows, are complete.
 *   <li>A page of a REST list says where the next one is, in a form that no other page repeats. Where a page without a next one
 *       holds resources of the same type in the scope of that link, they are taken for the end of the same list, and a notice
 *       says so: nobody can see whether a page between them is missing.
 *   <li>A list without entries may name the {@code resourceTypes} of which there is more: what an export lacks.
 * </ul>
 */
final class Paging {

    private static final List<String> LINKS = List.of("nextLink", "$skipToken", "skip_token", "skipToken");
    private static final List<String> TOTALS = List.of("totalRecords", "total_records");

    private static final String TYPES = "resourceTypes";

    private static final class Page {
        private final Node node;
        private final List<Node> items;
        private @Nullable List<Resource> resources;

        Page(Node node, List<Node> items) {
            this.node = node;
            this.items = items;
        }

        boolean saysMore() {
            Node truncated = node.get("resultTruncated");
            return LINKS.stream().map(node::text).anyMatch(more -> more != null && !more.isBlank())
                    || truncated != null && plain(truncated).equalsIgnoreCase("true");
        }

        @Nullable
        String total() {
            return TOTALS.stream()
                    .map(node::get)
                    .filter(Objects::nonNull)
                    .map(Page::plain)
                    .findFirst()
                    .orElse(null);
        }

        List<Resource> resources() {
            if (resources == null) {
                resources = items.stream()
                        .map(Resource::recognise)
                        .flatMap(Optional::stream)
                        .toList();
            }
            return resources;
        }

        Set<String> types() {
            Set<String> types = new TreeSet<>(named());
            resources().forEach(resource -> types.add(resource.type()));
            return types;
        }

        /** The types that a page says it is about: the scripts write so of an answer that did not come. */
        private Set<String> named() {
            Node types = node.get(TYPES);
            return types == null || !types.isArray()
                    ? Set.of()
                    : types.items().stream()
                            .map(Page::plain)
                            .map(type -> type.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toSet());
        }

        boolean isNothingBut(String what) {
            return items.isEmpty() && node.get(what) != null;
        }

        /** Path of the list in the link to its next page, in lower case; null where there is no such link. */
        @Nullable
        String scope() {
            String link = node.text("nextLink");
            int start = link == null ? -1 : link.toLowerCase(Locale.ROOT).indexOf("/subscriptions/");
            if (link == null || start < 0) {
                return null;
            }
            String path = link.substring(start).toLowerCase(Locale.ROOT);
            int providers = path.indexOf("/providers/");
            int query = path.indexOf('?');
            int end = providers >= 0 ? providers : query;
            return (end < 0 ? path : path.substring(0, end)) + "/";
        }

        private static String plain(Node node) {
            Json value = node.value();
            return value instanceof Json.Text text ? text.value() : value.toString();
        }
    }

    private final Facts facts;
    private final Problems problems;
    private final List<Page> pages = new ArrayList<>();
    private final Map<String, Boolean> wholeTotals = new HashMap<>();

    Paging(Facts facts, Problems problems) {
        this.facts = facts;
        this.problems = problems;
    }

    /**
     * Adds an answer, whether or not it is only a part.
     *
     * @param items what it lists
     */
    void add(Node node, List<Node> items) {
        pages.add(new Page(node, items));
    }

    /** Says of every page that is followed by another one what is known of that. */
    void finish() {
        for (Page page : pages) {
            if (!page.saysMore() || isWholeByTotal(page)) {
                continue;
            }
            if (isEndedBySame(page)) {
                problems.add(
                        ProblemCode.PAGES_ASSUMED,
                        page.node.place(),
                        "this is a page of an answer, and what seems to be its last one is here too; whether a page between"
                                + " them is missing cannot be seen",
                        "Nothing, where all pages are in the snapshot; else add the missing ones.");
                continue;
            }
            page.types().forEach(facts::incomplete);
            if (page.isNothingBut(TYPES)) {
                problems.add(
                        ProblemCode.INCOMPLETE,
                        page.node.place(),
                        "an answer did not come when this was exported, so there may be more of "
                                + String.join(", ", page.types()),
                        "See export-problems.txt beside it for why, and export again; until then what depends on what is not"
                                + " there is undetermined.");
                continue;
            }
            problems.add(
                    ProblemCode.INCOMPLETE,
                    page.node.place(),
                    "this is only one page of an answer; the rest of it is not here",
                    "Ask for the next pages too (az graph query --first 1000 --skip-token …) and put them into the same"
                            + " directory; until then what depends on what is not there is undetermined.");
        }
    }

    private boolean isWholeByTotal(Page page) {
        String total = page.total();
        return total != null && wholeTotals.computeIfAbsent(total, this::isWhole);
    }

    private boolean isWhole(String total) {
        Set<Object> ids = new HashSet<>();
        boolean ended = false;
        for (Page each : pages) {
            if (total.equals(each.total())) {
                List<Resource> resources = each.resources();
                if (resources.size() != each.items.size() || resources.stream().anyMatch(Resource::isWithoutId)) {
                    return false;
                }
                resources.forEach(resource -> ids.add(resource.id()));
                ended |= !each.saysMore();
            }
        }
        return ended && total.equals(Integer.toString(ids.size()));
    }

    private boolean isEndedBySame(Page page) {
        String scope = page.scope();
        Set<String> types = page.types();
        return scope != null
                && !types.isEmpty()
                && pages.stream()
                        .filter(other -> !other.saysMore() && other.types().equals(types))
                        .anyMatch(other -> other.resources().stream()
                                .allMatch(resource -> resource.id().key().startsWith(scope)));
    }
}
