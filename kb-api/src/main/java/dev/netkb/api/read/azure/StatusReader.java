package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.NetworkStatus.ConnectivityStatus;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Network status answers of API Management, by service and by location. */
public final class StatusReader {

    /** How coverage calls these answers. */
    public static final String KIND = "microsoft.apimanagement/service/networkstatus";

    private static final Set<String> STATES = Set.of("initializing", "success", "failure");

    private StatusReader() {}

    public static boolean recognises(Node node) {
        Node inner = node.get("networkStatus");
        return inner != null && inner.isObject()
                || node.get("connectivityStatus") != null && node.get("dnsServers") != null;
    }

    /** @param knownService whose answer it is unless it says so itself, null where nothing around it says so */
    public static void read(Node node, @Nullable ResourceId knownService, @Nullable String knownLocation, Facts facts) {
        facts.sawKind(KIND);
        Fields outer = new Fields(node, facts.problems());
        ResourceId ownService = outer.id("serviceId", "serviceId");
        ResourceId serviceId = ownService == null ? knownService : ownService;
        String location = outer.text("location", "location");
        if (location == null || Fields.isBlank(location)) {
            location = knownLocation;
        }
        Node inner = node.get("networkStatus");
        Fields fields = new Fields(inner == null ? node : inner, facts.problems());
        List<String> servers = fields.texts("dnsServers", "dnsServers");
        List<ConnectivityStatus> rows = new ArrayList<>();
        for (Node item : fields.objects("connectivity", "connectivityStatus")) {
            ConnectivityStatus row = row(item, facts.problems());
            if (row != null) {
                rows.add(row);
            }
        }
        facts.addLoose(new NetworkStatus(
                serviceId,
                location == null || Fields.isBlank(location) ? null : Region.of(location),
                servers,
                rows,
                fields.provenance()));
    }

    private static @Nullable ConnectivityStatus row(Node item, Problems problems) {
        Fields fields = new Fields(item, problems);
        String name = fields.text("name", "name");
        String status = fields.text("status", "status");
        if (name == null || status == null) {
            problems.add(
                    ProblemCode.MISSING_FIELD,
                    item.place(),
                    "a dependency in the network status has no " + (name == null ? "name" : "status"),
                    "Ask for the network status again and save the whole answer.");
            return null;
        }
        if (!STATES.contains(status.toLowerCase(Locale.ROOT))) {
            Node found = item.get("status");
            problems.add(
                    ProblemCode.WRONG_VALUE,
                    (found == null ? item : found).place(),
                    "status was " + Problems.quote(status) + " but must be initializing, success or failure",
                    "Maybe the answer was edited by hand.");
        }
        return new ConnectivityStatus(
                name,
                status.toLowerCase(Locale.ROOT),
                fields.text("error", "error"),
                Instants.parse(fields.text("lastUpdated", "lastUpdated")),
                Instants.parse(fields.text("lastStatusChange", "lastStatusChange")),
                fields.text("resourceType", "resourceType"),
                fields.bool("optional", "isOptional"),
                fields.provenance());
    }
}
