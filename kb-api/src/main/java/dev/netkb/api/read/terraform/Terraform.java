package dev.netkb.api.read.terraform;

import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import java.util.List;
import java.util.Set;

/** Plans and states of Terraform and OpenTofu, and the resources that there are or will be. */
public final class Terraform {

    private static final Set<String> FORMATS = Set.of("0", "1");
    private static final String STATE_VERSION = "4";

    private final Problems problems;

    public Terraform(Problems problems) {
        this.problems = problems;
    }

    /** Whether a file is a plan or state: as {@code terraform show -json} writes it, or the raw state. */
    public static boolean recognises(Node root) {
        boolean shown = root.get("format_version") != null
                && (root.get("planned_values") != null
                        || root.get("resource_changes") != null
                        || root.get("terraform_version") != null
                        || root.get("values") != null);
        return shown || Document.isRawState(root);
    }

    /** The resources of a file in the shape of ARM. */
    public List<Resource> read(Node root) {
        boolean raw = Document.isRawState(root);
        Node version = root.get(raw ? "version" : "format_version");
        String written = version == null
                ? ""
                : version.value() instanceof Json.Text text
                        ? text.value()
                        : version.value().toString();
        boolean read = raw ? written.equals(STATE_VERSION) : FORMATS.contains(written.split("\\.", -1)[0]);
        if (!read) {
            problems.add(
                    ProblemCode.TERRAFORM_VERSION,
                    (version == null ? root : version).place(),
                    "the format version of this " + (raw ? "state" : "plan or state") + " is " + Problems.quote(written)
                            + " but must be " + (raw ? STATE_VERSION : "0.x or 1.x"),
                    "Write it with Terraform 0.12 to 1.x or OpenTofu: terraform show -json.");
            return List.of();
        }
        Document document = new Document(root, problems);
        boolean whole = isWhole(root);
        return new Translation(document, whole, problems).resources();
    }

    private boolean isWhole(Node root) {
        Node complete = root.get("complete");
        Node errored = root.get("errored");
        if (errored != null && errored.value().equals(new Json.Bool(true))) {
            reportPart(errored, "the plan ended with an error, so it is not whole");
            return false;
        }
        if (complete != null && complete.value().equals(new Json.Bool(false))) {
            reportPart(
                    complete, "the plan is not whole: it was made for some targets only, or a part of it was put off");
            return false;
        }
        return true;
    }

    private void reportPart(Node said, String message) {
        problems.add(
                ProblemCode.INCOMPLETE,
                said.place(),
                message,
                "What it lacks is taken for not known. Plan again without -target, and mend what failed.");
    }
}
