package dev.netkb.model.value;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of service tags, as one published file or API answer lists them. A tag is expanded to a set when it
 * is first asked for and kept, so that one instance serves every evaluation of a process. Thread-safe.
 */
public final class ServiceTags {

    /** No data: every tag is only a name. */
    public static final ServiceTags NONE = new ServiceTags("", "", "", Map.of());

    private final String cloud;
    private final String changeNumber;
    private final String file;
    private final Map<ServiceTag, List<String>> prefixes;
    private final Map<ServiceTag, AddressSet> expanded = new ConcurrentHashMap<>();
    private final Map<ServiceTag, Map<Integer, AddressSet>> byLength = new ConcurrentHashMap<>();

    private ServiceTags(String cloud, String changeNumber, String file, Map<ServiceTag, List<String>> prefixes) {
        this.cloud = cloud;
        this.changeNumber = changeNumber;
        this.file = file;
        this.prefixes = Map.copyOf(prefixes);
    }

    /**
     * @param cloud such as {@code Public}
     * @param changeNumber the version of the data
     * @param file the name of the file they were read from
     * @param prefixes tag → its addresses and CIDR blocks; each must parse as {@link AddressPrefix}
     */
    public static ServiceTags of(
            String cloud, String changeNumber, String file, Map<ServiceTag, List<String>> prefixes) {
        return new ServiceTags(cloud, changeNumber, file, prefixes);
    }

    public String cloud() {
        return cloud;
    }

    /** The cloud whose addresses these are, null where it is named by no known name. */
    public @Nullable Cloud ofCloud() {
        return Cloud.named(cloud).orElse(null);
    }

    public String changeNumber() {
        return changeNumber;
    }

    public String file() {
        return file;
    }

    public boolean isEmpty() {
        return prefixes.isEmpty();
    }

    public boolean contains(ServiceTag tag) {
        return prefixes.containsKey(tag);
    }

    /** Whether a tag is known by its name: these data list it or the tag that it is the regional variant of, or Azure. */
    public boolean knows(ServiceTag tag) {
        return PublishedTags.contains(tag)
                || contains(tag)
                || tag.parent().filter(this::contains).isPresent();
    }

    /** Names of tags that are like a misspelt one, the most alike first; empty where none is. */
    public List<String> namesLike(String misspelt) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(PublishedTags.names());
        tags().forEach(tag -> names.add(tag.name()));
        int dot = misspelt.lastIndexOf('.');
        if (dot > 0) {
            ServiceTag whole = ServiceTag.of(misspelt.substring(0, dot));
            String region = misspelt.substring(dot + 1);
            if (knows(whole)) {
                PublishedTags.regional(whole).forEach(names::add);
            } else if (Regions.isRegion(region)) {
                Nearest.to(whole.name(), names)
                        .forEach(near -> names.add(
                                ServiceTag.of(near).in(Region.of(region)).name()));
            }
        }
        return Nearest.to(misspelt, names);
    }

    /** The names of all tags in the data, sorted. */
    public Set<ServiceTag> tags() {
        return new TreeMap<>(prefixes).keySet();
    }

    /** The addresses and CIDR blocks of a tag as they were listed; empty where the data do not list it. */
    public List<String> prefixes(ServiceTag tag) {
        return prefixes.getOrDefault(tag, List.of());
    }

    /** The addresses of a tag, both families; empty where the data do not list it. */
    public Optional<AddressSet> find(ServiceTag tag) {
        List<String> listed = prefixes.get(tag);
        if (listed == null) {
            return Optional.empty();
        }
        return Optional.of(expanded.computeIfAbsent(
                tag,
                t -> AddressSet.ofPrefixes(
                                listed.stream().map(AddressPrefix::parse).toList())
                        .published()));
    }

    /**
     * The addresses of a tag by the prefix length, in bits, under which they are listed: of two routes the one with the
     * longer prefix decides. Empty where the data do not list the tag.
     */
    public Map<Integer, AddressSet> byPrefixLength(ServiceTag tag) {
        return byLength.computeIfAbsent(tag, t -> {
            Map<Integer, List<AddressPrefix>> grouped = prefixes.getOrDefault(t, List.of()).stream()
                    .map(AddressPrefix::parse)
                    .collect(Collectors.groupingBy(AddressPrefix::length));
            Map<Integer, AddressSet> sets = new TreeMap<>();
            grouped.forEach((length, some) ->
                    sets.put(length, AddressSet.ofPrefixes(some).published()));
            return Collections.unmodifiableMap(sets);
        });
    }

    /** The same data, whatever file they came from. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceTags that
                && cloud.equals(that.cloud)
                && changeNumber.equals(that.changeNumber)
                && prefixes.equals(that.prefixes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cloud, changeNumber, prefixes.keySet());
    }
}
