package dev.netkb.api.fix;

import dev.netkb.api.fix.EditableFiles.EditableFile;
import dev.netkb.api.fix.Insertion.Entries;
import dev.netkb.api.read.json.Node;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The edits that may carry out a remediation. Whether one does has to be tried. */
final class Edits {

    private static final Pattern ITEM = Pattern.compile("(?<list>.*)/[0-9]+", Pattern.DOTALL);

    private final Snapshot snapshot;
    private final EditableFiles files;

    Edits(Snapshot snapshot, EditableFiles files) {
        this.snapshot = snapshot;
        this.files = files;
    }

    /** The ways to carry out all changes of its remediation, likely ones first; none where text cannot express a change. */
    List<List<TextEdit>> of(Result result) {
        Remediation remediation = result.remediation();
        List<Map<String, Object>> changes = remediation == null ? List.of() : remediation.changes();
        Map<ItemList, List<Map<String, Object>>> byList = new LinkedHashMap<>();
        for (Map<String, Object> change : changes) {
            Optional<NewItem> item = NewItem.of(change, result, snapshot);
            if (item.isEmpty()) {
                return List.of();
            }
            byList.computeIfAbsent(item.get().list(), list -> new ArrayList<>())
                    .add(item.get().json());
        }
        List<List<TextEdit>> all = byList.isEmpty() ? List.of() : List.of(List.of());
        for (Map.Entry<ItemList, List<Map<String, Object>>> entry : byList.entrySet()) {
            List<TextEdit> ways = edits(entry.getKey(), entry.getValue());
            all = all.stream()
                    .flatMap(some -> ways.stream().map(way -> and(some, way)))
                    .filter(Objects::nonNull)
                    .toList();
        }
        return all;
    }

    /** Null where two edits would be in one place. */
    private static @Nullable List<TextEdit> and(List<TextEdit> some, TextEdit another) {
        if (some.contains(another)) {
            return some;
        }
        boolean clash = some.stream()
                .anyMatch(each -> each.file().equals(another.file())
                        && each.line() == another.line()
                        && each.column() == another.column());
        return clash ? null : Stream.concat(some.stream(), Stream.of(another)).toList();
    }

    /** One for each list that items of the resource stand in, then one for the resource itself. */
    private List<TextEdit> edits(ItemList list, List<Map<String, Object>> items) {
        List<Map<String, Object>> named = list.withFreeNames(items);
        List<TextEdit> edits = new ArrayList<>();
        for (Place place : places(list)) {
            files.named(place.file())
                    .flatMap(file -> Insertion.of(file.name(), file.utf8(), place.pointer(), Entries.items(named)))
                    .ifPresent(edits::add);
        }
        files.named(list.resource().file())
                .flatMap(file -> within(file, list, named))
                .ifPresent(edits::add);
        return edits.stream().distinct().toList();
    }

    private Set<Place> places(ItemList list) {
        Set<Place> places = new LinkedHashSet<>();
        for (Place at : list.items()) {
            Matcher item = ITEM.matcher(at.pointer());
            if (item.matches()) {
                files.named(at.file())
                        .map(file -> file.at(at.pointer()))
                        // An item may be a resource too, in a list of all kinds of resources.
                        .filter(found -> found.isObject() && found.get("type") == null)
                        .ifPresent(found -> places.add(new Place(at.file(), item.group("list"))));
            }
        }
        return places;
    }

    /** In the list of the resource, which is made where there is none. */
    private static Optional<TextEdit> within(EditableFile file, ItemList list, List<Map<String, Object>> items) {
        Node resource = file.at(list.resource().pointer());
        if (resource == null || !resource.isObject()) {
            return Optional.empty();
        }
        Node properties = resource.getOrNullValue("properties");
        if (properties == null) {
            return insertion(file, resource, Entries.member("properties", Map.of(list.key(), items)));
        }
        Node own = properties.getOrNullValue(list.key());
        if (own != null) {
            return insertion(file, own, Entries.items(items));
        }
        // A loop may make the list.
        return properties.get("copy") == null
                ? insertion(file, properties, Entries.member(list.key(), items))
                : Optional.empty();
    }

    private static Optional<TextEdit> insertion(EditableFile file, Node into, Entries entries) {
        return Insertion.of(file.name(), file.utf8(), into.place().pointer(), entries);
    }
}
