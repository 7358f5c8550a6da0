package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Route tables, and routes on their own. */
final class RouteTableMapper implements Mapper {

    static final String KIND = "routeTable";
    private static final String TABLE = "microsoft.network/routetables";
    private static final String ROUTE = "microsoft.network/routetables/routes";

    @Override
    public Set<String> types() {
        return Set.of(TABLE, ROUTE);
    }

    @Override
    public void map(Resource resource, Facts facts) {
        if (resource.type().equals(TABLE)) {
            table(resource, facts);
            return;
        }
        Optional<ResourceId> parent =
                resource.id().parent().filter(id -> id.type().equals(TABLE));
        if (parent.isEmpty()) {
            facts.problems()
                    .add(
                            ProblemCode.NO_PARENT,
                            resource.node().place(),
                            "the id " + Problems.quote(resource.id().text()) + " of a route does not say its table",
                            "The route was left out; export it again.");
            return;
        }
        Routes reader = new Routes(parent.get(), facts.problems());
        reader.read(resource.node(), resource.name()).ifPresent(route -> facts.addChild(parent.get(), "routes", route));
        reader.unknown().ifPresent(why -> facts.addOpenChild(parent.get(), "routes", resource.node(), why));
    }

    private static void table(Resource resource, Facts facts) {
        ResourceId id = resource.id();
        Fields fields = new Fields(resource.node(), facts.problems());
        String location = fields.text("location", "location");
        Boolean noPropagation = fields.bool("disableBgpRoutePropagation", "disableBgpRoutePropagation");
        Routes reader = new Routes(id, facts.problems());
        List<Draft> routes = new ArrayList<>();
        for (Node item : fields.objects("routes", "routes")) {
            facts.saw(id.child("routes", String.valueOf(item.text("name"))), ROUTE);
            reader.read(item, null).ifPresent(routes::add);
        }
        reader.unknown().ifPresent(why -> fields.unknown("routes", why));
        String reason = fields.whyUnknown("routes");
        if (reason != null) {
            facts.problems()
                    .add(
                            ProblemCode.UNKNOWN_VALUE,
                            resource.node().place(),
                            "the routes of " + Problems.quote(id.name()) + " are not known: " + Problems.quote(reason),
                            "Where the table sends packets is undetermined.");
        }
        fields.reportRest(KIND);
        RouteTable table = new RouteTable(
                id,
                resource.name(),
                location == null ? null : Region.of(location),
                noPropagation,
                List.of(),
                fields.provenance());
        facts.add(new Draft(
                Facts.key(KIND, id), withRoutes(table, routes), fields.said(), Map.of("routes", List.copyOf(routes))));
    }

    static RouteTable withRoutes(RouteTable table, List<Draft> routes) {
        return new RouteTable(
                table.id(),
                table.name(),
                table.location(),
                table.disableBgpRoutePropagation(),
                routes.stream().map(route -> (Route) route.fact()).toList(),
                table.provenance());
    }

    /** Reads the routes of one table. */
    private static final class Routes {
        private final ResourceId tableId;
        private final Problems problems;
        private @Nullable String unknown;

        Routes(ResourceId tableId, Problems problems) {
            this.tableId = tableId;
            this.problems = problems;
        }

        Optional<String> unknown() {
            return Optional.ofNullable(unknown);
        }

        Optional<Draft> read(Node node, @Nullable String knownName) {
            Fields fields = new Fields(node, problems);
            String exported = fields.text("name", "name");
            String name = knownName != null ? knownName : exported;
            if (fields.isUnknown("name")) {
                unknown = fields.whyUnknown("name");
                return Optional.empty();
            }
            Node prefix = fields.at("destination", "addressPrefix");
            AddressMatch destination = prefix == null ? null : destination(prefix);
            String reason = fields.whyUnknown("destination");
            if (reason != null) {
                destination = new AddressMatch.Unknown(reason);
            }
            if (destination instanceof AddressMatch.Unknown open) {
                fields.unknown("destination", open.text());
            }
            String hop = fields.text("nextHopType", "nextHopType");
            NextHopType type = hop == null ? NextHopType.UNKNOWN : NextHopType.of(hop);
            if (hop != null && type == NextHopType.UNKNOWN && !hop.equalsIgnoreCase("Unknown")) {
                Node found = node.field("nextHopType");
                problems.add(
                        ProblemCode.WRONG_VALUE,
                        (found == null ? node : found).place(),
                        "nextHopType was " + Problems.quote(hop)
                                + " but must be VirtualAppliance, VirtualNetworkGateway, VnetLocal, Internet or None",
                        "Maybe the export was edited by hand.");
            }
            if (name == null || destination == null || hop == null && !fields.isUnknown("nextHopType")) {
                reportMissing(
                        node, name == null ? "name" : destination == null ? "addressPrefix" : "nextHopType", prefix);
                return Optional.empty();
            }
            List<AddressPrefix> hops = Addresses.prefixes(fields, problems, "nextHopIp", "nextHopIpAddress");
            fields.reportRest("route");
            Route route = new Route(
                    tableId, name, destination, type, hops.isEmpty() ? null : hops.get(0), fields.provenance());
            return Optional.of(new Draft(name.toLowerCase(Locale.ROOT), route, fields.said()));
        }

        private @Nullable AddressMatch destination(Node prefix) {
            AddressMatch match = Addresses.match(prefix, problems);
            if (match instanceof AddressMatch.Any) {
                // A route is of one family; only rules take 0.0.0.0/0 for both.
                return new AddressMatch.Prefix(AddressPrefix.parse("0.0.0.0/0"));
            }
            return match;
        }

        private void reportMissing(Node node, String field, @Nullable Node prefix) {
            if (field.equals("addressPrefix") && prefix != null) {
                return;
            }
            problems.add(
                    ProblemCode.MISSING_FIELD,
                    node.place(),
                    "a route of " + Problems.quote(tableId.name()) + " has no " + field,
                    "Export the table with all fields of its routes: without it nothing can be decided.");
        }
    }
}
