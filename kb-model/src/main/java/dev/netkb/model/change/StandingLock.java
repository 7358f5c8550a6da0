package dev.netkb.model.change;

import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A management lock that stands while a change is made.
 *
 * @param inAfter whether it was read from the later snapshot; else from the earlier one
 */
public record StandingLock(ManagementLock lock, boolean inAfter) {

    /** Whether it holds for a resource. */
    public boolean covers(@Nullable ResourceId resource) {
        return resource != null && lock.covers(resource);
    }

    /** That it stands, with its place. */
    public List<Evidence> evidence() {
        return List.of(new Evidence(
                (inAfter ? "" : Finding.BEFORE) + "level",
                Objects.requireNonNullElse(lock.level(), "unknown"),
                new FactRef(lock.factType(), lock.id()),
                lock.provenance().place().field("level")));
    }
}
