package dev.netkb.api.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where rules come from besides the packaged ones.
 *
 * @param folders folders of rules; a later one wins over an earlier one, each over the packaged rules
 * @param trust how far the rules of these folders are trusted
 * @param cache a folder in which compiled rules are kept for the next start; null where none is
 */
public record RuleSources(
        List<Path> folders, Trust trust, @Nullable Path cache) {

    public RuleSources {
        folders = List.copyOf(folders);
    }

    /** Restricted folders, without a cache. */
    public static RuleSources of(Path... folders) {
        return new RuleSources(List.of(folders), Trust.RESTRICTED, null);
    }

    /** With a further folder, which wins over the others. */
    public RuleSources with(Path folder) {
        List<Path> more = new ArrayList<>(folders);
        more.add(folder);
        return new RuleSources(more, trust, cache);
    }

    public RuleSources withTrust(Trust wanted) {
        return new RuleSources(folders, wanted, cache);
    }

    public RuleSources withCache(@Nullable Path folder) {
        return new RuleSources(folders, trust, folder);
    }
}
