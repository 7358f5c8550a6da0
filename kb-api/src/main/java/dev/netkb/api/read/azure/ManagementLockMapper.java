package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.value.ResourceId;
import java.util.Optional;
import java.util.Set;

/** Management locks. */
final class ManagementLockMapper implements Mapper {

    private static final String TYPE = "microsoft.authorization/locks";

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        Optional<ResourceId> scope = scope(resource, fields);
        if (scope.isEmpty()) {
            facts.problems()
                    .add(
                            ProblemCode.NO_PARENT,
                            resource.node().place(),
                            "the id " + Problems.quote(resource.id().text())
                                    + " of a lock does not say what it stands on",
                            "The lock was left out; export it again with az lock list.");
            return;
        }
        ManagementLock lock = new ManagementLock(
                resource.id(), resource.name(), scope.get(), fields.text("level", "level"), fields.provenance());
        fields.reportRest("managementLock");
        facts.add(lock, fields);
    }

    /** What a template names as scope, else what the id of the lock stands behind. */
    private static Optional<ResourceId> scope(Resource resource, Fields fields) {
        int end = resource.id().key().lastIndexOf("/providers/" + TYPE);
        String behind = end <= 0 ? "" : resource.id().text().substring(0, end);
        if (fields.hasText("scope")) {
            String named = fields.text("scope", "scope");
            if (named != null) {
                // Without a slash in front it lies in the resource group of the deployment.
                return Optional.of(ResourceId.of(named.startsWith("/") ? named : behind + "/providers/" + named));
            }
        }
        ResourceId symbol = fields.hasText("scope") ? null : fields.id("scope", "scope");
        if (symbol != null) {
            return Optional.of(symbol);
        }
        return behind.isEmpty() ? Optional.empty() : Optional.of(ResourceId.of(behind));
    }
}
