package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.OwnFormat;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the project's own snapshot format: resources in the shape of ARM, and beside them what is no resource. What a
 * section lists is complete, so nothing is derived for it from the resources.
 */
public final class OwnSections {

    private final Facts facts;
    private final Problems problems;

    private OwnSections(Facts facts) {
        this.facts = facts;
        this.problems = facts.problems();
    }

    public static boolean recognises(Node node) {
        return OwnFormat.SCHEMA.equals(node.text("schema"));
    }

    public static void read(Node file, Facts facts) {
        Node node = file.withValue(OwnFormat.withUnknown(file.value()));
        new OwnSections(facts).sections(node);
    }

    private void sections(Node node) {
        Fields fields = new Fields(node, problems);
        Node coverage = fields.at("coverage", "coverage");
        boolean listsUsers = fields.at("subnetUsers", "subnetUsers") != null;
        boolean listsFeatures = fields.at("featuresInUse", "featuresInUse") != null;
        facts.exactly(coverage != null, listsUsers, listsFeatures);
        if (node.get("resources") == null) {
            problems.add(
                    ProblemCode.MISSING_FIELD,
                    node.place(),
                    "a file with the schema " + OwnFormat.SCHEMA + " has no list 'resources'",
                    "Write it again with netkb convert.");
        }
        for (Node item : fields.objects("resources", "resources")) {
            Optional<Resource> resource = Resource.recognise(item);
            if (resource.isPresent()) {
                facts.add(resource.get());
            } else {
                problems.add(
                        ProblemCode.MISSING_FIELD,
                        item.place(),
                        "a resource has neither id nor type",
                        "Every resource has id, name, type and properties.");
            }
        }
        fields.objects("subnetUsers", "subnetUsers").forEach(this::user);
        fields.objects("featuresInUse", "featuresInUse").forEach(this::feature);
        for (Node item : fields.objects("networkStatuses", "networkStatuses")) {
            StatusReader.read(item, null, null, facts);
        }
        for (Node item : fields.objects("effectiveRules", "effectiveRules")) {
            EffectiveReader.readRules(item, facts);
        }
        for (Node item : fields.objects("effectiveRoutes", "effectiveRoutes")) {
            Fields route = new Fields(item, problems);
            EffectiveReader.readRoute(item, route.id("networkInterfaceId", "networkInterfaceId"), facts);
        }
        Node read = fields.at("facts", "facts");
        if (read != null) {
            FactJson.read(read, facts);
        }
        Node tags = fields.at("serviceTags", "serviceTags");
        if (tags != null) {
            ServiceTagsReader.read(tags, facts);
        }
        facts.exactly(false, false, false);
        if (coverage != null) {
            coverage(coverage);
        }
        fields.texts("incomplete", "incomplete").forEach(facts::incomplete);
    }

    private void coverage(Node coverage) {
        for (Node member : coverage.members()) {
            String digits = member.value().toString();
            if (member.value() instanceof Json.Num && digits.matches("\\d{1,9}")) {
                facts.sawTimes(member.key(), Integer.parseInt(digits));
            } else {
                new Fields(coverage, problems).wrongType(member, "a count");
            }
        }
    }

    private void user(Node item) {
        Fields fields = new Fields(item, problems);
        ResourceId subnet = id(fields, "subnetId");
        ResourceId owner = id(fields, "owner");
        SubnetUser.Kind kind = oneOf(SubnetUser.Kind.class, fields, "kind");
        String type = fields.text("ownerType", "ownerType");
        if (subnet != null && owner != null && kind != null) {
            String id = fields.text("id", "id");
            facts.addLoose(new SubnetUser(
                    id == null ? owner : ResourceId.of(id),
                    subnet,
                    kind,
                    owner,
                    type == null ? owner.type() : type,
                    Provenance.at(item.place())));
        }
    }

    private void feature(Node item) {
        Fields fields = new Fields(item, problems);
        ResourceId service = id(fields, "serviceId");
        ResourceId shownBy = id(fields, "shownBy");
        FeatureInUse.Feature feature = oneOf(FeatureInUse.Feature.class, fields, "feature");
        Map<String, String> unknown = new TreeMap<>();
        Node reasons = fields.at("unknown", "unknown");
        for (Node member : reasons == null ? java.util.List.<Node>of() : reasons.members()) {
            unknown.put(member.key(), String.valueOf(fields.scalar(member)));
        }
        if (service != null && shownBy != null && feature != null) {
            Place place = item.place();
            facts.addLoose(new FeatureInUse(service, feature, shownBy, new Provenance(place, unknown)));
        }
    }

    /** Ids that never were in Azure's form stay as they are. */
    private @Nullable ResourceId id(Fields fields, String name) {
        String text = fields.text(name, name);
        if (text == null) {
            missing(fields, name);
            return null;
        }
        return ResourceId.of(text);
    }

    private <E extends Enum<E>> @Nullable E oneOf(Class<E> type, Fields fields, String name) {
        String text = fields.text(name, name);
        if (text == null) {
            missing(fields, name);
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        problems.add(
                ProblemCode.WRONG_VALUE,
                fields.node().place().field(name),
                name + " was " + Problems.quote(text) + " but must be one of "
                        + java.util.Arrays.toString(type.getEnumConstants()),
                "Write the file again with netkb convert.");
        return null;
    }

    private void missing(Fields fields, String name) {
        problems.add(
                ProblemCode.MISSING_FIELD,
                fields.node().place(),
                "an entry has no " + name,
                "Write the file again with netkb convert.");
    }
}
