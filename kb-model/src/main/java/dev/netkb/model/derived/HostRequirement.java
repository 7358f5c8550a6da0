package dev.netkb.model.derived;

import dev.netkb.model.value.Cloud;
import dev.netkb.model.value.Region;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that a required flow is for, where documents name hosts instead of a service tag (requirements B.6).
 *
 * @param names host names; {@code *.data.microsoft.com} stands for all names that end so, and {@code <region>} for the
 *     name of the location's region. Empty where no document names them
 * @param clouds the clouds that have these hosts; empty means all
 * @param fqdnTags tags of Azure Firewall that surely hold the names
 * @param graverWith the id of another requirement; where both are broken it is an error. Null where there is none
 */
public record HostRequirement(
        List<String> names,
        Set<Cloud> clouds,
        Set<String> fqdnTags,
        @Nullable String graverWith) {

    private static final String REGION = "<region>";

    public HostRequirement {
        names = List.copyOf(names);
        clouds = Set.copyOf(clouds);
        fqdnTags = Set.copyOf(fqdnTags);
    }

    /** Whether a cloud may have these hosts: true too where the cloud is not known. */
    public boolean mayBeIn(@Nullable Cloud cloud) {
        return clouds.isEmpty() || cloud == null || clouds.contains(cloud);
    }

    /** Whether it needs to be known which cloud it is. */
    public boolean dependsOnCloud() {
        return !clouds.isEmpty();
    }

    /** The names in a region; where the region is not known, those of all regions. */
    public List<String> namesIn(@Nullable Region region) {
        return names.stream()
                .map(name -> name.replace(REGION, region == null ? "*" : region.key()))
                .toList();
    }
}
