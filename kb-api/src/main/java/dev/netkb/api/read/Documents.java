package dev.netkb.api.read;

import dev.netkb.api.read.azure.AdminRuleReader;
import dev.netkb.api.read.azure.EffectiveReader;
import dev.netkb.api.read.azure.Facts;
import dev.netkb.api.read.azure.OwnSections;
import dev.netkb.api.read.azure.ProviderReader;
import dev.netkb.api.read.azure.Resource;
import dev.netkb.api.read.azure.ServiceTagsReader;
import dev.netkb.api.read.azure.StatusReader;
import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.OwnFormat;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.api.read.template.Deployments;
import dev.netkb.api.read.template.Target;
import dev.netkb.api.read.terraform.Terraform;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises by content what a file holds, and hands its parts to those who read them. A new shape (an envelope around
 * resources, or an answer that is no resource) is added to {@link #object}.
 */
final class Documents {

    /** What other resources refer to by its id, and which resources do. */
    private record Referred(String kind, String by) {}

    private static final Map<String, Referred> REFERRED = Map.of(
            "microsoft.network/networksecuritygroups", new Referred("network security group", "subnet"),
            "microsoft.network/routetables", new Referred("route table", "subnet"),
            "microsoft.network/virtualnetworks", new Referred("virtual network", "instance"),
            "microsoft.network/publicipaddresses", new Referred("public IP address", "instance"));

    private final Facts facts;
    private final Problems problems;
    private final Deployments deployments;
    private final Paging paging;
    private boolean results;

    /** What the envelope says about the answers in it. */
    private record Context(
            @Nullable ResourceId service,
            @Nullable String location,
            @Nullable ResourceId nic,
            @Nullable ResourceId vnet) {
        static final Context NONE = new Context(null, null, null, null);

        /** What an envelope says beside its answers, where people wrapped them to say whose they are. */
        Context within(Node envelope) {
            return new Context(
                    Resource.tryId(envelope.text("serviceId")).orElse(service),
                    envelope.text("serviceId") == null ? location : envelope.text("location"),
                    Resource.tryId(envelope.text("networkInterfaceId")).orElse(nic),
                    Resource.tryId(envelope.text("virtualNetworkId")).orElse(vnet));
        }
    }

    /** @param target what templates are deployed to */
    Documents(Facts facts, Target target, Problems problems) {
        this.facts = facts;
        this.problems = problems;
        this.deployments = new Deployments(target, problems);
        this.paging = new Paging(facts, problems);
    }

    /** Reads a file. Templates are kept until all files were read, because their parameters may stand in another one. */
    void read(Node root) {
        value(root, Context.NONE);
    }

    /**
     * Evaluates the templates, and judges pages by one another.
     *
     * @param parameters for all of them, besides the files beside them
     */
    void finish(List<Node> parameters) {
        parameters.forEach(deployments::addGiven);
        paging.finish();
        List<Resource> planned = deployments.resources();
        deployments.reportLikely(planned, facts.ids());
        planned.forEach(facts::add);
        deployments.unknownTypes().forEach(facts::sawUnknown);
        deployments.unknownTypes().forEach(facts::incomplete);
        deployments.doubtful().forEach(facts::perhaps);
        deployments.missing().ifPresent(facts::anythingMore);
    }

    private void value(Node node, Context context) {
        Json value = node.value();
        if (value instanceof Json.Arr) {
            items(node, context);
        } else if (value instanceof Json.Obj) {
            object(node, context);
        } else if (!(value instanceof Json.Null)) {
            notUnderstood(node, value.kind());
        }
    }

    private void items(Node list, Context context) {
        List<Node> items = list.items();
        if (items.stream().anyMatch(EffectiveReader::recognisesRoute)) {
            EffectiveReader.sawRoutes(facts);
        }
        for (Node item : items) {
            value(item, context);
        }
    }

    private void object(Node node, Context context) {
        String schema = node.text("$schema");
        if (schema != null && isTemplate(schema)) {
            deployments.addTemplate(node);
        } else if (schema != null && isParameters(schema)) {
            deployments.addParameters(node);
        } else if (deployed(node) != null) {
            deployment(node);
        } else if (Terraform.recognises(node)) {
            new Terraform(problems).read(node).forEach(facts::add);
        } else if (OwnSections.recognises(node)) {
            OwnSections.read(node, facts);
        } else if (OwnFormat.result(node).isPresent()) {
            result(node, OwnFormat.result(node).get());
        } else if (isExample(node)) {
            example(node);
        } else if (ServiceTagsReader.recognises(node)) {
            paging.add(node, List.of());
            ServiceTagsReader.read(node, facts);
        } else if (EffectiveReader.recognisesRules(node)) {
            EffectiveReader.readRules(node, facts);
        } else if (EffectiveReader.recognisesRoute(node)) {
            EffectiveReader.readRoute(node, context.nic(), facts);
        } else if (StatusReader.recognises(node)) {
            StatusReader.read(node, context.service(), context.location(), facts);
        } else if (AdminRuleReader.recognises(node)) {
            AdminRuleReader.read(node, context.vnet(), facts);
        } else if (ProviderReader.recognises(node)) {
            ProviderReader.read(node, facts);
        } else {
            envelope(node, context);
        }
    }

    private void envelope(Node node, Context context) {
        Optional<Resource> resource = Resource.recognise(node);
        Node value = node.get("value");
        Node data = node.get("data");
        Node rows = data == null ? null : data.get("rows");
        if (resource.isPresent()) {
            facts.add(resource.get());
            reportWithoutId(resource.get());
            Node children = node.get("resources");
            if (children != null && children.isArray()) {
                items(children, context);
            }
        } else if (value != null && value.isArray()) {
            paging.add(node, value.items());
            if (node.get("virtualNetworkId") != null) {
                AdminRuleReader.covers(facts);
            }
            items(value, context.within(node));
        } else if (value != null && value.isObject() && node.get("serviceId") != null) {
            object(value, context.within(node));
        } else if (data != null && data.isArray()) {
            paging.add(node, data.items());
            items(data, context);
        } else if (data != null && rows != null) {
            List<Node> table = table(data.get("columns"), rows);
            paging.add(node, table);
            table.forEach(row -> value(row, context));
        } else {
            notUnderstood(node, "an object");
        }
    }

    private void reportWithoutId(Resource resource) {
        Referred referred = REFERRED.get(resource.type());
        if (referred != null && resource.isWithoutId()) {
            problems.add(
                    ProblemCode.NO_ID,
                    resource.node().place(),
                    referred.kind() + " " + Problems.quote(resource.name()) + " has no id, so no " + referred.by()
                            + " can refer to it",
                    "Export it with its id; a Resource Graph query has to keep the column id.");
        }
    }

    /** The template inside of what deploys or keeps one: the body of a deployment request, a template spec. */
    private static @Nullable Node deployed(Node node) {
        Node properties = node.get("properties");
        for (String key : List.of("template", "mainTemplate")) {
            Node template = properties == null ? null : properties.get(key);
            String schema = template == null ? null : template.text("$schema");
            if (schema != null && isTemplate(schema)) {
                return template;
            }
        }
        return null;
    }

    private void deployment(Node node) {
        Node template = deployed(node);
        Node properties = node.get("properties");
        if (template != null) {
            deployments.addTemplate(template);
        }
        if (properties != null && properties.get("parameters") != null) {
            deployments.addParameters(properties);
        }
    }

    private static boolean isTemplate(String schema) {
        return schema.toLowerCase(Locale.ROOT).contains("deploymenttemplate.json");
    }

    private static boolean isParameters(String schema) {
        return schema.toLowerCase(Locale.ROOT).contains("deploymentparameters.json");
    }

    /** An example of Microsoft's REST specifications: the answer stands below {@code responses}. */
    private static boolean isExample(Node node) {
        Node responses = node.get("responses");
        return node.get("parameters") != null && responses != null && responses.isObject();
    }

    private void example(Node node) {
        Node parameters = node.get("parameters");
        Node responses = node.get("responses");
        for (Node response : responses == null ? List.<Node>of() : responses.members()) {
            Node body = response.get("body");
            if (response.key().startsWith("2") && body != null) {
                // Other answers to the same call show other moments of the same resource.
                value(body, parameters == null ? Context.NONE : context(parameters));
                return;
            }
        }
        notUnderstood(node, "a REST example without a body");
    }

    private static Context context(Node parameters) {
        String group = "/subscriptions/" + parameters.text("subscriptionId") + "/resourceGroups/"
                + parameters.text("resourceGroupName");
        String service = parameters.text("serviceName");
        String nic = parameters.text("networkInterfaceName");
        String vnet = parameters.text("virtualNetworkName");
        return new Context(
                service == null
                        ? null
                        : ResourceId.of(Resource.idText(group, "Microsoft.ApiManagement/service", service)),
                parameters.text("locationName"),
                nic == null ? null : ResourceId.of(Resource.idText(group, "Microsoft.Network/networkInterfaces", nic)),
                vnet == null ? null : ResourceId.of(Resource.idText(group, "Microsoft.Network/virtualNetworks", vnet)));
    }

    /** Resource Graph's table: column names once, then rows of values. */
    private List<Node> table(@Nullable Node columns, Node rows) {
        List<Node> objects = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Node column : columns == null ? List.<Node>of() : columns.items()) {
            names.add(String.valueOf(column.text("name")));
        }
        for (Node row : rows.items()) {
            if (!(row.value() instanceof Json.Arr cells) || cells.items().size() != names.size()) {
                problems.add(
                        ProblemCode.WRONG_TYPE,
                        row.place(),
                        "a row of the table does not have one value for each of its " + names.size() + " columns",
                        "Export it again, best with the result format objectArray.");
                continue;
            }
            List<String> segments = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                segments.add(Integer.toString(i));
            }
            objects.add(row.withValue(new Json.Obj(names, cells.items(), segments)));
        }
        return objects;
    }

    /** What netkb wrote into a folder that it reads now. */
    private void result(Node node, String what) {
        results = true;
        problems.count(
                ProblemCode.NOT_UNDERSTOOD,
                node.place(),
                node.file() + " is " + what + ", no export, and is skipped",
                "Keep what netkb writes outside of the folders that it reads.");
    }

    /** Whether there is a report, or the like. */
    boolean hasResults() {
        return results;
    }

    private void notUnderstood(Node node, String what) {
        List<String> keys = node.value() instanceof Json.Obj object
                ? object.keys().stream().limit(6).toList()
                : List.of();
        problems.count(
                ProblemCode.NOT_UNDERSTOOD,
                node.place(),
                what + " in " + node.file() + " is none of the shapes that are read"
                        + (keys.isEmpty() ? "" : "; it has the fields " + String.join(", ", keys)),
                "Give exports of Resource Graph, ARM, az or PowerShell, templates, Terraform plans, effective rules or"
                        + " routes, network status, service tags, or a netkb snapshot.");
    }
}
