package dev.netkb.api.read;

import dev.netkb.api.read.azure.Facts;
import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers that come in pages. A page that says that there is more makes its resource types incomplete, so that what is not there is not
 * taken for absent, unless the other pages are in the snapshot too. What can be known of that:
 *
 * <ul>
 *   <li>A page of Resource Graph says how many rows the whole answer has, and it is a part where it holds fewer. Pages with one
 *       total that have types in common, hold as many different resources together, and of which one says that nothing
 *       follows, are complete. Pages without a type in common may be of two answers that happen to have one total.
 *   <li>A page of a REST list says where the next one is, in a form that no other page repeats. Where a page without a next one
 *       holds other resources of the same type in the scope of that link, they are taken for the end of the same list, and a
 *       notice says so: nobody can see whether a page between them is missing. What may be the list of one resource group is
 *       no end of a longer one.
 *   <li>A list without entries may name the {@code resourceTypes} of which there is more: what an export lacks.
 * </ul>
 */
final class Paging {

    private static final List<String> LINKS = List.of("nextLink", "$skipToken", "skip_token", "skipToken");
    private static final Pattern GROUP = Pattern.compile("/subscriptions/[^/]*/resourcegroups/[^/]*/");
    private static final Pattern ROWS = Pattern.compile("[0-9]{1,9}");
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

        boolean isPart() {
            return saysMore() || holdsFewer();
        }

        /** Whether the whole answer has more rows than this page. */
        private boolean holdsFewer() {
            String total = total();
            return total != null && ROWS.matcher(total).matches() && items.size() < Integer.parseInt(total);
        }

        /** What is missing, as far as that can be said. */
        String lack() {
            return holdsFewer()
                    ? "this is only one page of an answer, " + items.size() + " of its " + total()
                            + " rows; the rest of it is not here"
                    : "this is only one page of an answer; the rest of it is not here";
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
    private final Map<String, Set<Page>> wholes = new HashMap<>();

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
            if (!page.isPart() || isWholeByTotal(page)) {
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
                    page.lack(),
                    "Ask for the other pages too (az graph query --first 1000 --skip-token …) and put them into the same"
                            + " directory; until then what depends on what is not there is undetermined.");
        }
    }

    private boolean isWholeByTotal(Page page) {
        String total = page.total();
        return total != null && wholes.computeIfAbsent(total, this::wholes).contains(page);
    }

    /** The pages with a total of which all are here. */
    private Set<Page> wholes(String total) {
        List<Page> rest = new ArrayList<>(
                pages.stream().filter(page -> total.equals(page.total())).toList());
        Set<Page> wholes = new HashSet<>();
        while (!rest.isEmpty()) {
            List<Page> answer = answer(rest.get(0), rest);
            if (isWhole(answer, total)) {
                wholes.addAll(answer);
            }
            rest.removeAll(answer);
        }
        return wholes;
    }

    /** A page and all that have a type in common with it or with one another. */
    private static List<Page> answer(Page first, List<Page> pages) {
        List<Page> others = new ArrayList<>(pages);
        Set<String> types = new HashSet<>();
        List<Page> found = List.of(first);
        while (!found.isEmpty()) {
            others.removeAll(found);
            found.forEach(page -> types.addAll(page.types()));
            found = others.stream()
                    .filter(page -> !Collections.disjoint(types, page.types()))
                    .toList();
        }
        List<Page> answer = new ArrayList<>(pages);
        answer.removeAll(others);
        return answer;
    }

    private static boolean isWhole(List<Page> answer, String total) {
        Set<Object> ids = new HashSet<>();
        for (Page each : answer) {
            List<Resource> resources = each.resources();
            if (resources.size() != each.items.size() || resources.stream().anyMatch(Resource::isWithoutId)) {
                return false;
            }
            resources.forEach(resource -> ids.add(resource.id()));
        }
        return total.equals(Integer.toString(ids.size())) && answer.stream().anyMatch(page -> !page.saysMore());
    }

    private boolean isEndedBySame(Page page) {
        String scope = page.scope();
        Set<String> types = page.types();
        return scope != null
                && !types.isEmpty()
                && pages.stream()
                        .filter(other -> !other.isPart() && other.types().equals(types))
                        .anyMatch(other -> isInScope(other, scope) && goesOn(page, other));
    }

    private static boolean isInScope(Page page, String scope) {
        return page.resources().stream()
                .allMatch(resource -> resource.id().key().startsWith(scope));
    }

    /** Whether one page can follow the other: no resource is in both, and it is not the list of one resource group. */
    private static boolean goesOn(Page page, Page next) {
        Set<String> ids = keys(page);
        Set<String> groups = next.resources().stream()
                .map(resource -> GROUP.matcher(resource.id().key()))
                .filter(Matcher::lookingAt)
                .map(Matcher::group)
                .collect(Collectors.toSet());
        // The whole list of a group would repeat what the page has of that group.
        return Collections.disjoint(ids, keys(next))
                && (groups.size() > 1
                        || groups.stream().allMatch(group -> ids.stream().anyMatch(id -> id.startsWith(group))));
    }

    private static Set<String> keys(Page page) {
        return page.resources().stream().map(resource -> resource.id().key()).collect(Collectors.toSet());
    }
}
